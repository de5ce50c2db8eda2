"""Books: workbooks that are none, that are protected, or that reach too far."""

from datetime import datetime

from tests.hostile.case import Case
from tests.making import MAIN, compound, old_workbook, sheet, workbook, zipped

ROWS = [["town", "sum"], ["Oslo", 5], ["Rome", 7.5], ["Lima", 9]]


def cells(xml: str, *, prolog: str = "") -> bytes:
    return workbook(
        {"s": f'{prolog}<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'}
    )


def far(row: int, place: str) -> bytes:
    return cells(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        f'<row r="{row}"><c r="{place}{row}"><v>2</v></c></row>'
    )


def laughs() -> bytes:
    lines = "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9))
    prolog = f'<!DOCTYPE worksheet [<!ENTITY a0 "lol">{lines}]>'
    return cells("<row><c t='inlineStr'><is><t>&a9;</t></is></c></row>", prolog=prolog)


def shared_laughs() -> bytes:
    prolog = '<!DOCTYPE sst [<!ENTITY a "' + "x" * 10_000 + '">]>'
    text = f'{prolog}<sst xmlns="{MAIN}"><si><t>{"&a;" * 10_000}</t></si></sst>'
    return workbook({"s": sheet(ROWS)}, parts={"xl/sharedStrings.xml": text})


BOOKS = (
    Case("a workbook called CSV", "a.csv", lambda: workbook({"s": sheet(ROWS)}), (3, 2)),
    Case("text called XLSX", "a.xlsx", lambda: b"a,b\n1,2\n3,4\n", (2, 2)),
    Case(
        "a title and blanks above and beside",
        "a.xlsx",
        lambda: workbook({"s": sheet([["Sales"], [], *[[None, *row] for row in ROWS]])}),
        (3, 2),
    ),
    Case("merged cells", "a.xlsx", lambda: workbook({"s": sheet(ROWS, merged=["A2:A3"])}), (3, 2)),
    Case(
        "a workbook with a password",
        "a.xlsx",
        lambda: compound({"EncryptionInfo": bytes(300), "EncryptedPackage": bytes(9000)}),
        "password",
    ),
    Case(
        "an old Word document",
        "a.xls",
        lambda: compound({"WordDocument": bytes(5000)}),
        "text document",
    ),
    Case(
        "an old workbook",
        "a.xls",
        lambda: old_workbook([(i, j, i + j) for i in range(4) for j in (0, 1)]),
        (4, 2),
    ),
    Case(
        "an old workbook that reaches far",
        "a.xls",
        lambda: old_workbook([(0, 0, 1.0), (65535, 65535, 1.0)]),
        "workbook",
    ),
    Case(
        "an old workbook cut short", "a.xls", lambda: old_workbook([(0, 0, 1.0)])[:900], "workbook"
    ),
    Case(
        "a compound file of noise",
        "a.xls",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 9,
        "workbook",
    ),
    Case("a workbook without sheets", "a.xlsx", lambda: workbook({}), "'a.xlsx'"),
    Case("a workbook without cells", "a.xlsx", lambda: workbook({"s": sheet([])}), "no cells"),
    Case("names of columns alone", "a.xlsx", lambda: workbook({"s": sheet(ROWS[:1])}), "no rows"),
    Case(
        "a workbook without its parts",
        "a.xlsx",
        lambda: zipped({"[Content_Types].xml": "<x/>"}),
        "workbook",
    ),
    Case("a workbook cut short", "a.xlsx", lambda: workbook({"s": sheet(ROWS)})[:-200], "'a.xlsx'"),
    Case("entities in a sheet", "a.xlsx", laughs, "workbook"),
    Case("entities in the texts", "a.xlsx", shared_laughs, "'a.xlsx'"),
    Case(
        "no XML in a sheet",
        "a.xlsx",
        lambda: workbook({"s": "<worksheet><sheetData><row"}),
        "'a.xlsx'",
    ),
    Case("two cells far apart", "a.xlsx", lambda: far(1_048_576, "XFD"), "1,048,576 rows"),
    Case("two cells 300,000 rows apart", "a.xlsx", lambda: far(300_000, "B"), (300_000, 2)),
    Case(
        "a cell in no column",
        "a.xlsx",
        lambda: cells('<row r="1"><c r="ZZZZZZZZZ1"><v>1</v></c></row>'),
        "'a.xlsx'",
    ),
    Case(
        "a cell in row 99999999999",
        "a.xlsx",
        lambda: cells('<row><c r="A99999999999"><v>1</v></c></row>'),
        "'a.xlsx'",
    ),
    Case(
        "200 sheets",
        "a.xlsx",
        lambda: workbook({f"s{i}": sheet(ROWS if i == 150 else []) for i in range(200)}),
        (3, 2),
    ),
    Case(
        "a sheet called by markup",
        "a.xlsx",
        lambda: workbook({"<b>'\"&</b>": sheet(ROWS)}),
        "'a.xlsx'",
    ),
    Case(
        "formulas that failed",
        "a.xlsx",
        lambda: cells(
            "<row><c t='str'><v>a</v></c><c t='str'><v>b</v></c></row>"
            "<row><c t='e'><f>1/0</f><v>#DIV/0!</v></c><c><v>1</v></c></row>"
            "<row><c t='e'><v>#REF!</v></c><c><v>2</v></c></row>"
        ),
        (2, 2),
    ),
    Case(
        "numbers that are none",
        "a.xlsx",
        lambda: cells("<row><c t='str'><v>a</v></c></row><row><c><v>abc</v></c></row>"),
        (1, 1),
    ),
    Case(
        "dates out of range in a sheet",
        "a.xlsx",
        lambda: workbook(
            {
                "s": sheet(
                    [["d", "x"], [datetime(9999, 12, 31), 1], [datetime(1900, 1, 1), 2]]
                ).replace("2958465.0", "99999999999")
            }
        ),
        (2, 2),
    ),
    Case(
        "mixed cells",
        "a.xlsx",
        lambda: workbook(
            {"s": sheet([["a", "b"], [1, "x"], ["y", datetime(2024, 1, 1)], [True, 2]])}
        ),
        (3, 2),
    ),
    Case(
        "a text of 40,000 characters in a cell",
        "a.xlsx",
        lambda: workbook({"s": sheet([["a", "b"], ["x" * 40_000, 1], ["y", 2]])}),
        (2, 2),
    ),
    Case(
        "an ODS workbook", "a.ods", lambda: zipped({"mimetype": "x", "content.xml": "<x/>"}), "ODS"
    ),
    Case(
        "an XLSB workbook",
        "a.xlsb",
        lambda: zipped({"[Content_Types].xml": "", "xl/workbook.bin": "x"}),
        "XLSB",
    ),
    Case(
        "a Word document called CSV",
        "a.csv",
        lambda: zipped({"[Content_Types].xml": "", "word/document.xml": ""}),
        "text document",
    ),
    Case(
        "a presentation",
        "a.xlsx",
        lambda: zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}),
        "presentation",
    ),
)
