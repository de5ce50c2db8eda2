"""Any bytes become a table or one sentence, and a table is what plain pandas reads."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.data.preparation import fit, suggest
from clustering.data.reading import given_from
from clustering.data.tables import Table, read
from clustering.errors import ClusterloomError, ReadError

HOME = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CLUSTERLOOM_DATA", HOME.parent / "shared" / "data"))


def said(content: bytes, name: str = "mine.csv", **more: object) -> str:
    """The one sentence that bad bytes get."""
    with pytest.raises(ReadError) as caught:
        read(content, name, **more)  # type: ignore[arg-type]
    sentence = str(caught.value)
    assert sentence.endswith(".") and len(sentence) < 300
    assert "\n" not in sentence and "Error" not in sentence and "Traceback" not in sentence
    return sentence


def test_the_same_table_in_two_encodings_is_the_same() -> None:
    text = "省份,纬度\n北京市,39.9\n天津市,39.1\n上海市,31.2\n"
    one, two = (read(text.encode(code), "a.csv") for code in ("utf-8", "gbk"))
    pd.testing.assert_frame_equal(one.frame, two.frame)
    assert one.key != two.key


def test_without_a_header_columns_are_numbered() -> None:
    table = read(b"1.5,2\n3,4\n", "a.txt")
    assert list(table.frame.columns) == ["column 1", "column 2"]
    assert not table.reading.header


def test_repeated_and_empty_names_become_unique() -> None:
    names = list(read(b"a,a,,a.1\n1,2,3,4\n", "a.csv").frame.columns)
    assert len(set(names)) == 4 and all(isinstance(name, str) for name in names)


def test_a_reading_can_be_given() -> None:
    table = read(b"1;2\n3;4\n", "a.csv", given={"delimiter": ";", "header": True})
    assert list(table.frame.columns) == ["1", "2"] and len(table.frame) == 1


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
        (b"a\x00b,c\n1,2\n3,4\n", "Line 1 of 'mine.csv' holds a zero byte"),
        (b"", "is empty"),
        (b"\n\n \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x00" * 4000, "is empty"),
        (b"a,b,c\n", "names 3 columns but holds no rows"),
        (b"a,b\n1,2,3\n", "Line 2 of 'mine.csv' has 3 cells where the first has 2"),
        (b"a,b\n1,2\n" * 300 + b"1,2,3\n", "Line 601"),
        (b'a,b\n"1,2,5\n3,4\n', "opens a quote"),
        (bytes(range(256)) * 50, "does not hold text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG picture"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"<!DOCTYPE html><html><body>1,2</body></html>", "a web page"),
        (b"PK\x03\x04" + bytes(range(256)), "zip archive"),
        (b"\xd0\xcf\x11\xe0" + bytes(range(256)), "not a workbook"),
        (b"a\n", "names 1 column but"),
        (b"a,b\n" + b"1,2,\n" * 300 + b"1,2,3\n", "Line 302 of 'mine.csv' has 3 cells"),
        (b"," * 20_000 + b"\n" + b"1," * 20_000, "20,001 columns"),
    ],
)
def test_bad_bytes_get_one_sentence(content: bytes, words: str) -> None:
    assert words in said(content)


def test_wrong_readings_get_one_sentence() -> None:
    for told in ({"encoding": "no-such"}, {"encoding": "utf-16"}, {"delimiter": "::"}):
        said(b"a,b\n1,2\n3,4,5", given=told)


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


def test_the_key_follows_bytes_and_reading() -> None:
    def key(content: bytes, **more: object) -> str:
        table: Table = read(content, "a.csv", **more)  # type: ignore[arg-type]
        return table.key

    assert key(b"a,b\n1,2\n") == key(b"a,b\n1,2\n") != key(b"a,b\n1,3\n")
    assert key(b"1,2\n3,4\n") != key(b"1,2\n3,4\n", given={"header": True})


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
    assert table.reading.skip == skip and any("above" in note for note in table.notes) == bool(skip)


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
    assert table.reading.skip == 0 and not any("above" in note for note in table.notes)


def test_a_delimiter_too_many_at_the_end_of_lines_is_no_column() -> None:
    content = b"a,b\n1,2,\n3,4,\n"
    table = read(content, "mine.csv")
    assert table.frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}


def test_a_column_in_which_most_rows_differ_holds_no_groups() -> None:
    assert read(b"x,label\n1,a\n2,b\n3,c\n4,a\n", "mine.csv").truth is None
    assert read(b"x,label\n1,a\n2,b\n3,b\n4,a\n", "mine.csv").truth == "label"


def test_a_ragged_line_is_named_by_its_place_in_the_file() -> None:
    content = b"Sales in 2024\n\ntown,sum\nOslo,5\nRome,7\nBern,4,9\nParis,7\n"
    assert said(content).startswith("Line 6 of 'mine.csv' has 3 cells")


def test_a_duration_longer_than_any_is_odd() -> None:
    table = read(b"t,x\n99999999999999:00,1\n" + b"1:00,2\n2:30,3\n" * 20, "a.csv")
    assert table.form("t").kind == "text" and table.form("t").odd == 1
    assert table.form("t").odd_example == "99999999999999:00"
    told = read(b"t,x\n99999999999999:00,1\n1:30,2\n", "a.csv", given={"kinds": (("t", "time"),)})
    assert told.frame["t"].dt.total_seconds().fillna(-1).tolist() == [-1, 5400]


@pytest.mark.parametrize("end", ["\x1a", "\x1a\x1a\r\n", "\r\nSource: me\r\n\x1a"])
@pytest.mark.parametrize("head", ["a,b\r\n1,2\r\n3,4\r\n", "a\r\n1\r\n3\r\n"])
def test_the_sign_that_ends_a_file_is_no_row(head: str, end: str) -> None:
    if "Source" in end and "b" not in head:
        end = "\x1a"  # of one column a source may be a row
    table = read((head + end).encode(), "a.csv")
    assert table.frame["a"].tolist() == [1, 3]
    assert any("below the table" in note for note in table.notes)


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        (b'k,n\n"\\",1\n"b ""c",2\n"d",3\n', ["\\", 'b "c', "d"]),
        (b'n,k\n1,"\\"\n2,"b ""c"\n3,"d"\n', ["\\", 'b "c', "d"]),
        (b'k,n\n"say \\"hi\\", he",1\n"x",2\n', ['say "hi", he', "x"]),
        (b'k,n\n"5\\" wide\n7\\" high",1\n"x",2\n', ['5" wide\n7" high', "x"]),
    ],
)
def test_a_backslash_escapes_only_where_no_row_is_lost(content: bytes, cells: list[str]) -> None:
    assert read(content, "a.csv").frame["k"].tolist() == cells


DAYS = b"d,x\n01/02/2024,1\n03/04/2024,2\n05/06/2024,3\n"


@pytest.mark.parametrize(("told", "month"), [(None, 1), (False, 1), (True, 2)])
def test_the_order_of_day_and_month_can_be_told(told: bool | None, month: int) -> None:
    table = read(DAYS, "a.csv", given={} if told is None else {"dayfirst": told})
    assert table.frame["d"].dt.month.iloc[0] == month
    assert ("Tell the order of day and month" in table.form("d").doubt) == (told is None)
    assert table.reading.dayfirst is bool(told)  # what was chosen stands in the reading, too
    again = read(DAYS, "a.csv", given={"dayfirst": table.reading.dayfirst})
    pd.testing.assert_frame_equal(again.frame, table.frame)


def test_dates_that_leave_no_choice_do_not_follow_what_is_told() -> None:
    table = read(b"d,e\n13/02/2024,01/02/2024\n14/02/2024,02/02/2024\n", "a.csv")
    assert table.frame["e"].dt.day.tolist() == [1, 2] and table.reading.dayfirst is True
    assert not table.form("e").doubt
    other = read(b"d,x\n13/02/2024,1\n14/02/2024,2\n", "a.csv", given={"dayfirst": False})
    assert other.frame["d"].dt.month.tolist() == [2, 2]
    assert read(b"d,x\n2024-02-01,1\n2024-03-01,2\n", "a.csv").reading.dayfirst is None


def test_all_of_a_reading_told_gives_the_same_table() -> None:
    contents = [DAYS, b"d;e;x\n01.02.2024;01/02/2024;1\n03.04.2024;05/06/2024;2\n"]
    for content in contents:
        table = read(content, "a.csv")
        told = given_from(table.reading.told())
        pd.testing.assert_frame_equal(read(content, "a.csv", given=told).frame, table.frame)


def test_a_number_of_many_digits_is_not_rounded_in_silence() -> None:
    cells = [str(i * 7 % 31) for i in range(60)]
    for odd in ("123456789012345678901", "-123456789012345678901"):
        table = read(
            "\n".join(["n,x", *(f"{c},a{c}" for c in cells), f"{odd},b"]).encode(), "a.csv"
        )
        form = table.form("n")
        assert form.kind == "number" and odd[:20] in form.doubt and "rounded" in form.doubt
        assert table.written["n"].iloc[-1] == odd
