"""Every way to write a table as text is found out, told in a sentence, and can be overridden."""

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering.data.formats.digits import plain_numbers
from clustering.data.formats.lines import table_lines
from clustering.data.formats.parsing import by_arrow, by_pandas, cells_of_lines
from clustering.data.formats.quoting import may_break
from clustering.data.reading import Given, Reading
from clustering.data.tables import Table, read
from clustering.errors import ReadError

PLAIN = {"town": ["Oslo", "Rome", "Bern", "Lima"], "sum": [5, 7, 9, 8], "n": [1.5, 2.5, 3.5, 4.5]}


def table(text: str, **told: object) -> Table:
    return read(text.encode(), "mine.csv", given=told)  # type: ignore[arg-type]


CASES = {
    "comma": ("town,sum,n\nOslo,5,1.5\nRome,7,2.5\nBern,9,3.5\nLima,8,4.5\n", ""),
    "decimal comma": ("town;sum;n\nOslo;5;1,5\nRome;7;2,5\nBern;9;3,5\nLima;8;4,5\n", ""),
    "caret": ("town^sum^n\nOslo^5^1.5\nRome^7^2.5\nBern^9^3.5\nLima^8^4.5\n", ""),
    "tilde": ("town~sum~n\nOslo~5~1.5\nRome~7~2.5\nBern~9~3.5\nLima~8~4.5\n", ""),
    "colon": ("town:sum:n\nOslo:5:1.5\nRome:7:2.5\nBern:9:3.5\nLima:8:4.5\n", ""),
    "blanks": ("town  sum n\nOslo   5 1.5\nRome   7 2.5\nBern  9 3.5\nLima  8 4.5\n", ""),
    "padded": ("town, sum, n\nOslo, 5, 1.5\nRome, 7, 2.5\nBern, 9, 3.5\nLima, 8, 4.5\n", "Blanks"),
    "padded quotes": (
        'town, sum, n\n"Oslo", 5, 1.5\n"Rome", 7, 2.5\n"Bern", 9, 3.5\n"Lima", 8, 4.5\n',
        "Blanks",
    ),
    "single quotes": (
        "'town','sum','n'\n'Oslo',5,1.5\n'Rome',7,2.5\n'Bern',9,3.5\n'Lima',8,4.5\n",
        "single quotes",
    ),
    "lines in quotes": (
        '"town,sum,n"\n"Oslo,5,1.5"\n"Rome,7,2.5"\n"Bern,9,3.5"\n"Lima,8,4.5"\n',
        "as a whole",
    ),
    "rows in quotes, names not": (
        'town,sum,n\n"Oslo,5,1.5"\n"Rome,7,2.5"\n"Bern,9,3.5"\n"Lima,8,4.5"\n',
        "as a whole",
    ),
    "comment above": (
        "# by a program\ntown,sum,n\nOslo,5,1.5\nRome,7,2.5\nBern,9,3.5\nLima,8,4.5\n",
        "1 line above",
    ),
    "comment between": (
        "town,sum,n\nOslo,5,1.5\n# paused, twice\nRome,7,2.5\nBern,9,3.5\nLima,8,4.5\n",
        "begin with #",
    ),
    "title": ("Sales in 2024\n\ntown,sum,n\nOslo,5,1.5\nRome,7,2.5\nBern,9,3.5\nLima,8,4.5\n",
              "2 lines above"),
    "source": (
        "town,sum,n\nOslo,5,1.5\nRome,7,2.5\nBern,9,3.5\nLima,8,4.5\n\nSource: a, b, c, d\n",
        "2 lines below",
    ),
    "total": ("town,sum,n\nOslo,5,1.5\nRome,7,2.5\nBern,9,3.5\nLima,8,4.5\nTotal,29,12\n",
              "1 line below"),
    "spreadsheet": ("sep=;\ntown;sum;n\nOslo;5;1.5\nRome;7;2.5\nBern;9;3.5\nLima;8;4.5\n", ""),
    "trailing": ("town,sum,n,\nOslo,5,1.5,\nRome,7,2.5,\nBern,9,3.5,\nLima,8,4.5,\n", "too many"),
    "trailing below": ("town,sum,n\nOslo,5,1.5,\nRome,7,2.5,\nBern,9,3.5,\nLima,8,4.5,\n",
                       "too many"),
    "carriage returns": ("town,sum,n\rOslo,5,1.5\rRome,7,2.5\rBern,9,3.5\rLima,8,4.5\r", ""),
    "mixed ends": ("town,sum,n\r\nOslo,5,1.5\nRome,7,2.5\rBern,9,3.5\r\nLima,8,4.5", ""),
    "blank lines": ("town,sum,n\n\nOslo,5,1.5\nRome,7,2.5\n \nBern,9,3.5\nLima,8,4.5\n\n\n", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_one_table_in_many_dialects_is_one_table(name: str) -> None:
    text, words = CASES[name]
    found = table(text)
    assert found.frame.to_dict("list") == PLAIN
    assert any(words in note for note in found.notes) if words else found.notes == ()
    assert all(note.endswith(".") for note in found.notes)


@pytest.mark.parametrize("name", CASES)
def test_what_was_found_may_be_told(name: str) -> None:
    found = table(CASES[name][0])
    told = {part: getattr(found.reading, part) for part in Given.__annotations__}
    told = {part: value for part, value in told.items() if part not in ("member", "part")}
    again = table(CASES[name][0], **told)
    assert again.reading == found.reading
    pd.testing.assert_frame_equal(again.frame, found.frame)


def test_the_rest_is_found_out_around_what_is_told() -> None:
    text = "Report\n\na;b\n1,5;2\n2,5;3\n"
    assert list(table(text, delimiter=";").frame.columns) == ["a", "b"]
    assert table("a;b\n1;2\n3;4\n", header=False).frame.shape == (3, 2)
    assert table(text, skip=2, header=False).frame.iloc[0].tolist() == ["a", "b"]
    assert table("a|b,c\n1|2,3\n2|4,5\n", delimiter="|").reading.decimal == ","
    kept = table("a,b\n1,2\nTotal,2\n", footer=0)
    assert kept.frame["a"].tolist() == ["1", "Total"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"delimiter": "::"}, "one character"),
        ({"delimiter": '"'}, "one character"),
        ({"quote": "''"}, "quotes of one character"),
        ({"quote": "\ud800"}, "quotes of one character"),
        ({"escape": "ab"}, "one character"),
        ({"encoding": "no-such"}, "another encoding"),
        ({"encoding": "ascii\0"}, "another encoding"),
        ({"skip": 99}, "skip fewer lines"),
        ({"footer": 99}, "no rows|no cells"),
    ],
)
def test_what_makes_no_sense_gets_one_sentence(told: Given, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        read("a,b\n1,2\nä,4\n".encode(), "mine.csv", given=told)


def test_escaped_quotes_and_quotes_that_mean_nothing() -> None:
    escaped = table('a,b\n"say \\"hi\\", you",1\n"x \\"y\\", z",2\n')
    assert escaped.frame["a"].tolist() == ['say "hi", you', 'x "y", z']
    inches = table('name,x\n5" pipe,1\n"3 foot,2\n7" rod,3\n')
    assert inches.frame["name"].tolist() == ['5" pipe', '"3 foot', '7" rod']


def test_short_rows_are_counted_and_long_ones_named() -> None:
    short = table("a,b,c\n1,2,3\n4\n5,6\n")
    assert short.frame["c"].isna().tolist() == [False, True, True]
    assert any("2 rows end before the last column" in note for note in short.notes)
    with pytest.raises(ReadError, match="Line 5 of 'mine.csv' has 3 cells where the first has 2"):
        table("a,b\n1,2\n\n3,4\n5,6,7\n")


def test_blank_lines_are_missing_cells_of_a_single_column() -> None:
    found = table("x\n1\n\n3\n\n\n")
    assert found.frame["x"].isna().tolist() == [False, True, False]


def test_names_of_rows_as_r_writes_them() -> None:
    found = table('"x" "y"\n"1" 2.5 3\n"2" 4.5 5\n"3" 1.5 7\n'.replace(" ", "\t"))
    assert found.frame["x"].tolist() == [2.5, 4.5, 1.5]


def test_leading_zeros_and_long_numbers_are_kept_however_far_down() -> None:
    rows = [str(place) for place in range(5000)]
    late = table("\n".join(["code,long,x", *(f"{r},{r},{r}" for r in rows),
                            "0017,123456789012345678901,1"]))  # fmt: skip
    assert late.frame["code"].iloc[-1] == "0017"
    assert late.written["long"].iloc[-1] == "123456789012345678901"
    assert late.frame["x"].dtype == "int64"


def test_a_cell_of_two_megabytes() -> None:
    found = table(f'a,b\n1,"{"x, " * 700_000}"\n2,y\n')
    assert len(found.frame["b"].iloc[0]) == 2_100_000 and found.frame["a"].tolist() == [1, 2]


def test_zero_bytes_get_a_sentence() -> None:
    with pytest.raises(ReadError, match="Line 3 of 'mine.csv' holds a zero byte"):
        table("a,b\n1,2\n3,\0\n")


CELLS = st.sampled_from(
    ["1", "-2.5", "0017", "", "NA", "x", "a b", '"q"', '"a,b"', '"a\nb"', '"say ""x"""', "1e5",
     "é", "+3", " 4", "nan", "inf", "1.234", "12345678901234567890", "9007199254740993", "0x1F",
     "-", ".5", "5.", "-0", "00", "1_000"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=9), st.booleans())
def test_arrow_and_pandas_find_the_same_cells(rows: list[list[str]], end: bool) -> None:
    data = ("\n".join(map(",".join, rows)) + "\n" * end).encode()
    fast, slow = by_arrow(memoryview(data), Reading(), 3), by_pandas(data, Reading(), 3)
    if fast is not None:
        assert [c.to_pylist() for c in fast.columns] == [c.to_pylist() for c in slow.columns]


@settings(max_examples=150, deadline=None)
@given(st.lists(CELLS | st.integers().map(str) | st.floats().map(repr) | st.none(), min_size=1))
def test_numbers_at_sight_are_what_python_reads(cells: list[str | None]) -> None:
    found = plain_numbers(pa.chunked_array([cells], pa.large_string()))
    if found is not None:
        for cell, value in zip(cells, found.tolist(), strict=True):
            assert value != value if cell is None else float(cell) == value
            assert cell is None or not cell.lstrip("-").startswith(("00", "01", "+", " "))


NUMBERS = ["0.5", "12.25", "1.234", "-7", "17", "", "NA"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS)), min_size=6, max_size=9),
    st.lists(
        st.tuples(CELLS | st.sampled_from(NUMBERS), CELLS | st.floats().map(repr)), max_size=3
    ),
    st.booleans(),
)
def test_columns_given_out_as_numbers_are_the_ones_read_as_text(
    usual: list[tuple[str, str]], odd: list[tuple[str, str]], end: bool
) -> None:
    rows = [("1.5", "0.25")] * 3 + usual
    lines = [",".join((*row, "x")) for row in [*rows, *odd]]
    content = ("a,b,c\n" + "\n".join(lines) + "\n" * end).encode()
    with pytest.MonkeyPatch.context() as patch:
        fast = read_or_said(content)
        patch.setattr("clustering.data.formats.text.decimal_columns", lambda *_: set())
        slow = read_or_said(content)
        patch.setattr("clustering.data.formats.parsing.may_break", lambda *_: True)
        slowest = read_or_said(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("clustering.data.formats.digits.SEEN", 3)  # all else comes as a surprise
        surprised = read_or_said(content)
    for other in (slow, slowest, surprised):
        if isinstance(fast, str) or isinstance(other, str):
            assert fast == other
        else:
            pd.testing.assert_frame_equal(fast.frame, other.frame, check_exact=True)
            assert [form.kind for form in fast.forms] == [form.kind for form in other.forms]
            assert fast.reading == other.reading


def read_or_said(content: bytes) -> Table | str:
    try:
        return read(content, "mine.csv")
    except ReadError as error:
        return str(error)


QUOTED = st.text(alphabet='",\n\rab', max_size=12)


@settings(max_examples=300, deadline=None)
@given(QUOTED)
def test_what_breaks_within_quotes_is_never_missed(text: str) -> None:
    data = f"{text}\n".encode()
    if not may_break(memoryview(data), ",", '"'):
        cells = [cell for _, row in cells_of_lines(data, Reading()) for cell in row]
        assert not any("\n" in cell or "\r" in cell for cell in cells)


def test_line_ends_within_quotes_are_seen_across_parts_of_a_file() -> None:
    row = b'1,"a, b",2.5\n'
    plain = row * (3_000_000 // len(row))
    assert not may_break(memoryview(plain), ",", '"')
    assert may_break(memoryview(plain + b'1,"a\nb",2.5\n' + plain), ",", '"')
    assert may_break(memoryview(plain + b'1,"a,2.5\n'), ",", '"')


def test_lines_are_picked_alike_in_bytes_and_in_text() -> None:
    text = "title\n\na,b\n1,2\n3,4\n\nSource: x\n"
    assert table_lines(text, skip=2, footer=2) == "a,b\n1,2\n3,4\n"
    assert table(text).frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    try:
        found = read(content, "mine.csv")
    except ReadError as error:
        assert str(error).endswith(".")
    else:
        assert found.frame.shape[0] >= 1 and found.frame.columns.is_unique
