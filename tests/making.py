"""Making: the formats nobody here has a writer for, written by hand."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from xml.sax.saxutils import escape

SCHEMA = "http://schemas.openxmlformats.org"
MAIN = f"{SCHEMA}/spreadsheetml/2006/main"
OFFICE = f"{SCHEMA}/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DAY_ZERO = datetime(1899, 12, 30)

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts>'
    '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="21"/>'
    '<xf numFmtId="164"/><xf numFmtId="10"/></cellXfs></styleSheet>'
)
PLAIN, DATE, TIME, SPAN, PERCENT = range(5)
"""Places of the styles above."""


def cell(value: object) -> str:
    """The XML of a cell."""
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, datetime):
        return f'<c s="{DATE}"><v>{(value - DAY_ZERO) / timedelta(days=1)!r}</v></c>'
    if isinstance(value, time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return f'<c s="{TIME}"><v>{seconds / 86400!r}</v></c>'
    if isinstance(value, timedelta):
        return f'<c s="{SPAN}"><v>{value / timedelta(days=1)!r}</v></c>'
    return f"<c><v>{value}</v></c>"


def sheet(rows: Sequence[Sequence[object]], *, merged: Sequence[str] = ()) -> str:
    """The XML of a sheet."""
    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    ranges = "".join(f'<mergeCell ref="{place}"/>' for place in merged)
    more = f"<mergeCells>{ranges}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData>{more}</worksheet>'


def workbook(sheets: Mapping[str, str], *, parts: Mapping[str, str] | None = None) -> bytes:
    """An XLSX file of sheets given as XML, and parts beside or instead of the usual ones."""
    relations = f'<Relationships xmlns="{SCHEMA}/package/2006/relationships">'
    usual = {
        "[Content_Types].xml": (
            f'<Types xmlns="{SCHEMA}/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/s{i}.xml" ContentType="{KIND}.worksheet+xml"/>'
                for i in range(len(sheets))
            )
            + "</Types>"
        ),
        "_rels/.rels": f'{relations}<Relationship Id="r" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{i + 1}" r:id="r{i}"/>'
            for i, name in enumerate(sheets)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations
        + "".join(
            f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/s{i}.xml"/>'
            for i in range(len(sheets))
        )
        + f'<Relationship Id="st" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    usual |= {f"xl/worksheets/s{i}.xml": xml for i, xml in enumerate(sheets.values())}
    return zipped(usual | dict(parts or {}))


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of 1997 (XLS, encrypted XLSX) that holds these streams."""
    nothing, last = 0xFFFFFFFF, 0xFFFFFFFE
    chain = [0xFFFFFFFD, last]  # sector 0 is the table of chains, 1 the folder
    bodies, entries = b"", b""

    def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        fields = (len(text), kind, 1, nothing, right, child, start, size)
        return text.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", *fields)

    for place, (name, stream) in enumerate(streams.items()):
        body = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
        start = len(chain)
        right = place + 2 if place + 1 < len(streams) else nothing
        entries += entry(name, 2, right, nothing, start, len(body))
        chain += [*range(start + 1, start + len(body) // 512), last]
        bodies += body
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    numbers = (0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, last, 0, last, 0, 0)
    head += struct.pack("<HHHHH6xIIIIIIIIII", *numbers) + struct.pack("<I", nothing) * 108
    table = b"".join(struct.pack("<I", sector) for sector in chain).ljust(512, b"\xff")
    folder = entry("Root Entry", 5, nothing, 1, last, 0) + entries
    return head + table + folder.ljust(512, b"\0") + bodies


def old_workbook(cells: Sequence[tuple[int, int, float]]) -> bytes:
    """An XLS file of numbers at (row, column)."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def opening(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))

    end = record(0x000A, b"")
    name = record(0x0085, struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"s")
    place = len(opening(5) + name + end)
    name = record(0x0085, struct.pack("<IBBBB", place, 0, 0, 1, 0) + b"s")
    numbers = b"".join(record(0x0203, struct.pack("<HHHd", r, c, 0, x)) for r, c, x in cells)
    return compound({"Workbook": opening(5) + name + end + opening(0x10) + numbers + end})
