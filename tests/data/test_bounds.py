"""A small file that becomes a huge table gets a sentence and takes nothing down."""

import io
import struct
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.data.formats import bounds
from clustering.data.formats.extent import extent, glance
from clustering.data.tables import read
from clustering.errors import ReadError
from tests.making import old_workbook, sheet, workbook

FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{place}">{what}</c></row>'
FARTHEST = FAR.format(row=2**20, place="XFD1048576", what="<v>1</v>")


def with_sheet(xml: str, *, prolog: str = "", parts: dict[str, str] | None = None) -> bytes:
    """A workbook whose only sheet is this XML."""
    whole = sheet([]).replace("<sheetData>", f"<sheetData>{xml}")
    return workbook({"s": prolog + whole}, parts=parts)


def said(content: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read(content, "bomb.xlsx")
    assert str(caught.value).endswith(".") and len(str(caught.value)) < 300
    return str(caught.value)


def test_two_cells_in_far_corners_are_refused() -> None:
    content = with_sheet(FARTHEST)
    assert len(content) < 2000
    assert "1,048,576 rows and 16,384 columns" in said(content)


@pytest.mark.parametrize(
    "xml",
    [
        FARTHEST.replace("<c r", "<x:c r").replace("</c>", "</x:c>"),
        FARTHEST.replace("<c r=", "<c s='1' r="),
        FARTHEST.replace("<c r=", "<c\n  r ="),
        FARTHEST.replace('"XFD1048576"', "'XFD1048576'"),
        FARTHEST.replace("XFD", "&#88;FD"),
        FARTHEST.replace("XFD", "xfd"),
        FARTHEST.replace('<c r="XFD', '<c x="&quot; r=&quot;B2" r="XFD'),
        '<row r="1048576">' + "<c><v>1</v></c>" * 100 + "</row>",
        FAR.format(row=1, place="ZZZZZZ1048576", what="<v>1</v>"),
        FAR.format(row=1, place="B99999999999", what="<v>1</v>"),
    ],
)
def test_other_spellings_are_refused_as_well(xml: str) -> None:
    said(with_sheet(xml).replace(b"<worksheet", b'<worksheet xmlns:x="x"'))


def test_a_sheet_elsewhere_counts_too() -> None:
    hidden = f"<worksheet><sheetData>{FARTHEST}</sheetData></worksheet>"
    content = with_sheet("<row><c><v>1</v></c></row>", parts={"xl/media/a.png": hidden})
    assert "1,048,576 rows" in said(content)


def test_empty_cells_far_away_do_not_matter() -> None:
    content = with_sheet(
        '<row r="1"><c r="A1"><v>7</v></c></row><row r="2"><c r="A2"><v>8</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )
    assert read(content, "a.xlsx").frame.shape == (2, 1)


def test_document_types_are_refused() -> None:
    lines = "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9))
    prolog = f'<!DOCTYPE worksheet [<!ENTITY a0 "lol">{lines}]>'
    assert "not a workbook" in said(with_sheet("<row><c><v>&a9;</v></c></row>", prolog=prolog))


def test_what_unpacks_to_too_much_is_refused_whatever_size_it_states(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "UNPACKED", 3_000_000)
    content = with_sheet(f"<row><c><v>{'1' * 5_000_000}</v></c></row>")
    assert "unpacks to more than" in said(content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sizes = {part.file_size for part in book.infolist() if part.file_size > 3_000_000}
    (true,) = sizes
    lying = content.replace(struct.pack("<I", true), struct.pack("<I", 900))
    assert "unpacks to more than" in said(lying)


@given(
    st.lists(st.tuples(st.integers(1, 2**20), st.integers(1, 2**14), st.booleans()), max_size=8),
    st.integers(1, 40),
)
def test_a_glance_never_says_less_than_the_sheet_holds(
    cells: list[tuple[int, int, bool]], size: int
) -> None:
    def letters(column: int) -> str:
        return (letters((column - 1) // 26) if column > 26 else "") + chr(65 + (column - 1) % 26)

    tags = (
        f'<c r="{letters(column)}{row}"{"><v>1</v></c>" if full else "/>"}'
        for row, column, full in cells
    )
    xml = f"<sheetData>{''.join(tags)}</sheetData>".encode()
    pieces = [xml[place : place + size] for place in range(0, len(xml), size)]
    held = [(row, column) for row, column, full in cells if full]
    true = (max((r for r, _ in held), default=0), max((c for _, c in held), default=0))
    seen = glance(iter(pieces))
    assert extent(iter(pieces)) == true
    assert seen is not None and seen[0] >= true[0] and seen[1] >= true[1]


@pytest.mark.parametrize(
    ("part", "kind"), [("content.xml", "an ODS"), ("xl/workbook.bin", "an XLSB")]
)
def test_other_workbooks_are_refused_by_what_they_are(part: str, kind: str) -> None:
    assert f"{kind} workbook" in said(with_sheet("", parts={part: "x"}))


def test_an_old_workbook_that_asks_for_too_much_is_refused() -> None:
    content = old_workbook([(0, 0, 1.0), (65535, 65535, 1.0)])
    code = (
        "import sys; from clustering.data.tables import read\n"
        "try: read(sys.stdin.buffer.read(), 'a.xls')\n"
        "except Exception as error: print(error)"
    )
    # In a process of its own, for where this fails there is no test report.
    run = subprocess.run([sys.executable, "-c", code], input=content, capture_output=True)
    assert run.returncode == 0 and b"not a workbook that can be opened" in run.stdout


def test_an_archive_behind_other_first_bytes_is_refused() -> None:
    assert "not a workbook" in said(b"\xd0\xcf\x11\xe0" + bytes(600) + with_sheet(FARTHEST))


def test_cells_that_state_no_place_are_counted_row_by_row() -> None:
    row = b"<row><c><v>1</v></c><c/><c><v>1</v></c></row>"
    assert extent(iter([b"<sheetData>", row, row, b"</sheetData>"])) == (2, 3)
