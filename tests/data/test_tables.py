"""Any bytes become a table or one sentence, and a table is what plain pandas reads."""

import io
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering import kmeans
from clustering.data.preparation import fit, suggest
from clustering.data.tables import Reading, Table, read
from clustering.errors import ClusterloomError, ReadError
from clustering.export import labels_frame, labels_parquet

HOME = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CLUSTERLOOM_DATA", HOME.parent / "shared" / "data"))


def files(*patterns: str) -> list[Path]:
    """The real files where they are at hand, and the project's own always."""
    own = sorted((HOME / "sample_data").glob("*.csv"))
    return own + [path for pattern in patterns for path in sorted(SHARED.glob(pattern))]


def as_plain_pandas(content: bytes, reading: Reading) -> pd.DataFrame:
    if reading.kind == "xlsx":
        return pd.read_excel(io.BytesIO(content), **reading.arguments)
    return pd.read_csv(io.BytesIO(content), **reading.arguments)


def said(content: bytes, name: str = "mine.csv", **more: Reading) -> str:
    """The one sentence that bad bytes get."""
    with pytest.raises(ReadError) as caught:
        read(content, name, **more)
    sentence = str(caught.value)
    assert sentence.endswith(".") and len(sentence) < 300
    assert "\n" not in sentence and "Error" not in sentence and "Traceback" not in sentence
    return sentence


@pytest.mark.parametrize(
    "path",
    files("tables/*.csv", "shapes/*.csv", "cookbook/*.txt", "cookbook/*.csv", "cookbook/*.xlsx"),
    ids=lambda path: path.name,
)
def test_every_file_reads_as_plain_pandas_reads_it(path: Path) -> None:
    content = path.read_bytes()
    table = read(content, path.name)
    plain = as_plain_pandas(content, table.reading)
    assert isinstance(table.frame.index, pd.RangeIndex)
    plain.columns = table.frame.columns
    pd.testing.assert_frame_equal(table.frame, plain)
    numeric = table.frame.select_dtypes("number")
    assert len(table.frame) > 100 and numeric.shape[1] >= 1
    assert fit(table, suggest(table)).apply(table).n > 100


REAL = {
    "cookbook/data_multivar.txt": ((200, 2), Reading(header=False)),
    "cookbook/data_perf.txt": ((250, 2), Reading(header=False)),
    "cookbook/wholesale.csv": ((440, 8), Reading()),
    "tables/bikes_montreal_latin1_semicolon.csv": (
        (310, 10),
        Reading(encoding="latin-1", delimiter=";"),
    ),
    "tables/china_counties_gbk.csv": ((3337, 5), Reading(encoding="gb18030")),
    "tables/winequality_red_semicolon.csv": ((1599, 12), Reading(delimiter=";")),
    "tables/winequality_white_bom.csv": ((4898, 12), Reading(encoding="utf-8-sig")),
}


def test_real_files_are_read_as_they_were_written() -> None:
    for name, (shape, reading) in REAL.items():
        path = SHARED / name
        if not path.exists():  # then the same reading is tried on text of our own
            rows = pd.DataFrame(np.arange(20.0).reshape(10, 2), columns=["é", "ü"])
            text = rows.to_csv(index=False, sep=reading.delimiter, header=reading.header)
            content = text.encode(reading.encoding)
            table = read(content, path.name)
            assert table.reading.delimiter == reading.delimiter
            assert table.reading.header == reading.header
            assert table.frame.to_numpy().tolist() == rows.to_numpy().tolist()
        else:
            table = read(path.read_bytes(), path.name)
            assert (table.frame.shape, table.reading) == (shape, reading)


def test_the_same_table_in_two_encodings_is_the_same() -> None:
    text = "省份,纬度\n北京市,39.9\n天津市,39.1\n上海市,31.2\n"
    one, two = (read(text.encode(code), "a.csv") for code in ("utf-8", "gbk"))
    pd.testing.assert_frame_equal(one.frame, two.frame)
    assert one.key != two.key


def test_leading_zeros_stay_at_hand() -> None:
    table = read(b"CustomerID,Age\n0001,19\n0017,21\n", "mall.csv")
    assert table.frame["CustomerID"].tolist() == [1, 17]
    assert table.written == {"CustomerID": ("0001", "0017")}


def test_without_a_header_columns_are_numbered() -> None:
    table = read(b"1.5,2\n3,4\n", "a.txt")
    assert list(table.frame.columns) == ["column 1", "column 2"]
    assert not table.reading.header and table.reading.arguments == {"header": None}


def test_repeated_and_empty_names_become_unique() -> None:
    names = list(read(b"a,a,,a.1\n1,2,3,4\n", "a.csv").frame.columns)
    assert len(set(names)) == 4 and all(isinstance(name, str) for name in names)


def test_a_reading_can_be_given() -> None:
    table = read(b"1;2\n3;4\n", "a.csv", reading=Reading(delimiter=";"))
    assert list(table.frame.columns) == ["1", "2"]


def test_the_line_that_spreadsheets_write_names_the_delimiter() -> None:
    table = read(b"sep=|\na,b|c\n1|2\n", "a.csv")
    assert table.reading.skip == 1 and list(table.frame.columns) == ["a,b", "c"]


def test_known_groups_are_found_by_name() -> None:
    rows = "".join(f"{i},{i % 3}\n" for i in range(30))
    assert read(f"x,label\n{rows}".encode(), "a.csv").truth == "label"
    assert read(f"x,level\n{rows}".encode(), "a.csv").truth is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x00" * 4000, "is empty"),
        (b"a,b,c\n", "names 3 columns but holds no rows"),
        (b"a,b\n1,2,3\n", "Line 2 of 'mine.csv' has 3 cells where the first has 2"),
        (b"a,b\n1,2\n" * 300 + b"1,2,3\n", "Line 601"),
        (b'a,b\n"1,2\n3,4\n', "opens a quote"),
        (bytes(range(256)) * 50, "does not hold text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG picture"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"<!DOCTYPE html><html><body>1,2</body></html>", "a web page"),
        (b"PK\x03\x04" + bytes(range(256)), "not a workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(range(256)), "not a workbook"),
        (b"a\n", "names 1 column but"),
        (b'{"a": [1, 2]}', "a JSON file"),
        (b'\xef\xbb\xbf[\n  {"a": 1}\n]', "a JSON file"),
        (b"[[1, 2], [3, 4]]", "a JSON file"),
        (b"a,b\n" + b"1,2,\n" * 300 + b"1,2,3\n", "Line 302 of 'mine.csv' has 3 cells"),
        (b"," * 20_000 + b"\n" + b"1," * 20_000, "20,001 columns"),
    ],
)
def test_bad_bytes_get_one_sentence(content: bytes, words: str) -> None:
    assert words in said(content)


def test_unknown_endings_and_wrong_readings_get_one_sentence() -> None:
    assert "ends in .exe" in said(b"a,b\n1,2\n", "mine.exe")
    for reading in (
        Reading(encoding="no-such"),
        Reading(encoding="utf-16"),
        Reading(delimiter=""),
        Reading(kind="xlsx", sheet="none"),
    ):
        said(b"a,b\n1,2\n3,4,5", reading=reading)


@pytest.mark.parametrize(
    "name", ["a.csv", "a.xlsx", "a.TXT", "a", "<b>=1+1</b>.csv", "../../a.csv"]
)
def test_the_bytes_count_more_than_the_name(name: str) -> None:
    assert read(b"a,b\n1,2\n", name).frame.to_numpy().tolist() == [[1, 2]]


@pytest.mark.parametrize(
    "content",
    [
        b"x\n5\n",
        b"x,y\n1,2\n",
        b"x\n1\n2\n3\n",
        b"a,b\nred,blue\ngreen,blue\n",
        b"a,b\n7,7\n7,7\n7,7\n",
        b"a,b\n,\nNA,nan\n,\n",
        b"a,b\n1,inf\n-inf,2\n3,4\n5,1e309\n",
        b"a,b\n1e308,1\n-1e308,2\n1e308,3\n",
        b"a,b\n1e-320,1\n2e-320,2\n3e-320,3\n",
        b"a,b\n" + b"9" * 400 + b",1\n1,2\n",
        b"<script>alert(1)</script>,**b**,=1+1,$x$\n1,2,3,4\n5,6,7,9\n",
        b"a,b\n<b>x</b>,=cmd|' /C calc'!A0\n@x,+1+1\n",
        b"a,a,a\n1,2,3\n4,5,7\n",
        b"a\x00b,c\n1,2\n3,4\n",
        b"a,b\n1\x00,2\n3,4\n5,6\n",
        b'"a\nb","c""d"\n1,2\n3,5\n',
        b"a,b,c\n1,2\n3\n4,5,6\n",
        b"a,b\r1,2\r3,4\r",
        ",".join(f"c{j}" for j in range(100)).encode()
        + b"\n"
        + b"\n".join(",".join(str(i * j % 17) for j in range(100)).encode() for i in range(30)),
    ],
)
def test_hostile_tables_work_or_get_one_sentence(content: bytes) -> None:
    table = read(content, "mine.csv")
    choices = suggest(table)
    try:
        data = fit(table, choices).apply(table)
    except ClusterloomError as error:
        assert str(error).endswith(".") and len(str(error)) < 400
    else:
        assert np.isfinite(data.points).all()


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    try:
        table = read(content, "mine.csv")
    except ReadError as error:
        assert str(error).endswith(".")
    else:
        assert table.frame.shape[0] >= 1 and table.frame.columns.is_unique


CELL = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    ["1", "-2.5", "1e308", "inf", "", "NA", "=1+1", "0017", "1,5", '"', "a;b", "\n"]
)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=6))
def test_any_text_is_prepared_or_told_in_a_sentence(rows: list[list[str]]) -> None:
    content = "\n".join(",".join(row) for row in rows).encode()
    try:
        table = read(content, "mine.csv")
        data = fit(table, suggest(table)).apply(table)
    except ClusterloomError as error:
        assert str(error)
    else:
        assert np.isfinite(data.points).all() and set(data.rows) <= set(range(len(table.frame)))


def workbook(**frames: pd.DataFrame) -> bytes:
    """A minimal XLSX file, written by hand because nothing else here writes one."""
    import zipfile

    def cell(value: object) -> str:
        if isinstance(value, str):
            text = value.replace("&", "&amp;").replace("<", "&lt;")
            return f'<c t="inlineStr"><is><t>{text}</t></is></c>'
        return f"<c><v>{value}</v></c>" if value is not None else "<c/>"

    schema = "http://schemas.openxmlformats.org"
    main = f"{schema}/spreadsheetml/2006/main"
    office = f"{schema}/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    names = list(frames)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{schema}/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/s{i}.xml" ContentType="{kind}.worksheet+xml"/>'
                for i in range(len(names))
            )
            + "</Types>",
        )
        relations = f'<Relationships xmlns="{schema}/package/2006/relationships">'
        book.writestr(
            "_rels/.rels",
            f'{relations}<Relationship Id="r" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            + "".join(
                f'<sheet name="{name}" sheetId="{i + 1}" r:id="r{i}"/>'
                for i, name in enumerate(names)
            )
            + "</sheets></workbook>",
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            relations
            + "".join(
                f'<Relationship Id="r{i}" Type="{office}/worksheet" Target="worksheets/s{i}.xml"/>'
                for i in range(len(names))
            )
            + "</Relationships>",
        )
        for i, frame in enumerate(frames.values()):
            lines = [list(frame.columns), *frame.astype(object).to_numpy().tolist()]
            if not frame.columns.size:
                lines = []
            book.writestr(
                f"xl/worksheets/s{i}.xml",
                f'<worksheet xmlns="{main}"><sheetData>'
                + "".join(f"<row>{''.join(map(cell, line))}</row>" for line in lines)
                + "</sheetData></worksheet>",
            )
    return buffer.getvalue()


def test_a_workbook_is_read_whatever_its_ending() -> None:
    frame = pd.DataFrame({"<b>x</b>": [1.5, 2.5], "=1+1": ["a", "b"]})
    for name in ("book.xlsx", "book.csv"):
        table = read(workbook(first=frame), name)
        pd.testing.assert_frame_equal(table.frame, frame, check_dtype=False)
        assert table.reading == Reading(kind="xlsx", sheet="first") and table.note == ""


def test_the_first_sheet_with_cells_is_shown_and_others_can_be_chosen() -> None:
    book = workbook(
        blank=pd.DataFrame(), one=pd.DataFrame({"x": [1, 2]}), two=pd.DataFrame({"y": [3, 4]})
    )
    table = read(book, "b.xlsx")
    assert table.reading.sheet == "one" and "2 more" in table.note
    other = read(book, "b.xlsx", reading=Reading(kind="xlsx", sheet="two"))
    assert list(other.frame.columns) == ["y"] and other.key != table.key


def test_workbooks_without_names_or_cells() -> None:
    bare = read(workbook(s=pd.DataFrame([[3, 4], [5, 6]], columns=[1, 2])), "b.xlsx")
    assert list(bare.frame.columns) == ["column 1", "column 2"] and len(bare.frame) == 3
    assert "holds no cells" in said(workbook(s=pd.DataFrame()), "b.xlsx")
    assert "holds no rows" in said(workbook(s=pd.DataFrame(columns=["x", "y"])), "b.xlsx")


def test_the_key_follows_bytes_and_reading() -> None:
    def key(content: bytes, **more: Reading) -> str:
        table: Table = read(content, "a.csv", **more)
        return table.key

    assert key(b"a,b\n1,2\n") == key(b"a,b\n1,2\n") != key(b"a,b\n1,3\n")
    assert key(b"1,2\n3,4\n") != key(b"1,2\n3,4\n", reading=Reading())


@pytest.mark.parametrize(
    ("above", "skip"),
    [
        ("Sales in 2024\n", 1),
        ("Sales, 2024\n\n", 2),
        ("2024\n", 1),
        ("\n\nSales\n\nof all towns\n", 5),
        ("# written by a program\n# x y\n", 2),
        ("Sales,,\n,,\n", 2),
        (",Sales,\n", 1),
        ("", 0),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_lines_above_the_table_are_passed_over(above: str, skip: int, delimiter: str) -> None:
    text = (above + "town,sum,n\nOslo,5,1\nRome,7,2\n\nBern,9,4\n").replace(",", delimiter)
    table = read(text.encode(), "mine.csv")
    assert list(table.frame.columns) == ["town", "sum", "n"] and len(table.frame) == 3
    assert table.reading.skip == skip and bool(table.note) == bool(skip)
    pd.testing.assert_frame_equal(table.frame, as_plain_pandas(text.encode(), table.reading))


@pytest.mark.parametrize(
    "content",
    [
        b",x\n0,1\n1,2\n",
        b",x\na,1\nb,2\n",
        b"x,\n1,2\n3,4\n",
        b"#,x,y\n1,2,3\n2,3,4\n",
        b"1,,\n2,3,4\n5,6,7\n",
        b"name\nNew York\nSan Juan\n",
        b"x\n1\n2\n",
    ],
)
def test_names_and_gaps_are_not_taken_for_a_title(content: bytes) -> None:
    table = read(content, "mine.csv")
    assert table.reading.skip == 0 and table.note == ""


def test_a_title_in_a_workbook_is_passed_over() -> None:
    rows = [[None, None], ["x", "y"], [1, 2], [3, 4]]
    content = workbook(s=pd.DataFrame(rows, columns=["Big merged title", None]))
    table = read(content, "b.xlsx")
    assert table.frame.to_dict("list") == {"x": [1, 3], "y": [2, 4]}
    assert "2 lines above the table are passed over" in table.note
    pd.testing.assert_frame_equal(table.frame, as_plain_pandas(content, table.reading))


def test_a_delimiter_too_many_at_the_end_of_lines_is_no_column() -> None:
    content = b"a,b\n1,2,\n3,4,\n"
    table = read(content, "mine.csv")
    assert table.frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}
    pd.testing.assert_frame_equal(table.frame, as_plain_pandas(content, table.reading))


def test_whole_numbers_beyond_64_bits_are_rounded_and_kept_as_written() -> None:
    long = [10**30 + i * 10**28 for i in range(4)]
    text = "x,y,z\n" + "".join(f"{x},{i},{'9' * 400}\n" for i, x in enumerate(long))
    table = read(text.encode(), "mine.csv")
    assert table.frame["x"].dtype == np.float64 and table.frame["x"].tolist() == list(
        map(float, long)
    )
    assert table.written["x"] == tuple(map(str, long))
    dataset = fit(table, suggest(table)).apply(table)
    partition = kmeans.fit(dataset, k=2)
    frame = pd.read_parquet(io.BytesIO(labels_parquet(labels_frame(table, dataset, partition))))
    assert frame["x"].tolist() == list(map(str, long)) and set(frame["z"]) == {"9" * 400}
    plain = as_plain_pandas(text.encode(), table.reading)
    assert plain["x"].astype(float).tolist() == table.frame["x"].tolist()


def test_a_column_in_which_most_rows_differ_holds_no_groups() -> None:
    assert read(b"x,label\n1,a\n2,b\n3,c\n4,a\n", "mine.csv").truth is None
    assert read(b"x,label\n1,a\n2,b\n3,b\n4,a\n", "mine.csv").truth == "label"


def test_a_ragged_line_is_named_by_its_place_in_the_file() -> None:
    content = b"Sales in 2024\n\ntown,sum\nOslo,5\nRome,7\nBern,4,9\nParis,7\n"
    assert said(content).startswith("Line 6 of 'mine.csv' has 3 cells")
