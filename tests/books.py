"""The smallest workbooks that readers accept, written by hand."""

import io
import zipfile
from collections.abc import Mapping


def workbook(sheets: Mapping[str, list[list[object]]]) -> bytes:
    """Write the smallest workbook that readers accept."""
    kinds = "http://schemas.openxmlformats.org/"
    main = f"{kinds}spreadsheetml/2006/main"
    names = list(enumerate(sheets, start=1))

    def cell(value: object) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value!r}</v></c>"

    book = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, name in names)
    links = "".join(
        f'<Relationship Id="r{i}" Type="{kinds}officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/{i}.xml"/>'
        for i, _ in names
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as parts:
        parts.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{kinds}package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        parts.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{kinds}package/2006/relationships"><Relationship Id="b" '
            f'Type="{kinds}officeDocument/2006/relationships/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        parts.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{kinds}officeDocument/2006/relationships">'
            f"<sheets>{book}</sheets></workbook>",
        )
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{kinds}package/2006/relationships">{links}</Relationships>',
        )
        for i, name in names:
            rows = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in sheets[name])
            parts.writestr(
                f"xl/worksheets/{i}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
            )
    return held.getvalue()
