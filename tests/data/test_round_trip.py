"""Frames written in a random dialect, such that a person could read them only one way, come back.

What is ambiguous is not drawn: every frame has a column of names and a column of numbers
that cannot be taken for anything else, names are words, and dates are ISO.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clustering.data.formats.labels import unique, unnamed
from clustering.data.reading import MISSING
from clustering.data.tables import Table, read

WORDS = {
    "ascii": ["Oslo", "New York", "it is", "red", "blue-green", "a (b)", "long text here"],
    "western": ["Zürich", "São Paulo", "Málaga", "Besançon", "Köln", "Orléans"],
    "cyrillic": ["Москва", "Санкт-Петербург", "Казань", "Новосибирск"],
    "chinese": ["北京市", "上海市", "广州", "中国人民", "数据"],
    "japanese": ["東京", "大阪です", "ありがとう", "カタカナ"],
    "korean": ["서울", "부산광역시", "대한민국", "이름"],
}
ENCODINGS = {
    "ascii": ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1"],
    "western": ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"],
    "cyrillic": ["utf-8", "utf-16", "cp1251"],
    "chinese": ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"],
    "japanese": ["utf-8", "utf-16-be", "cp932"],
    "korean": ["utf-8", "utf-16", "cp949"],
}
ODD = {script: ["1", "a.1", " a", "a ", words[0]] for script, words in WORDS.items()}
SIGNS = ["", "", "", ",", ";", '"', "\n", "\t", "|"]


@dataclass(frozen=True)
class Written:
    """A frame, and the bytes that a person wrote of it."""

    frame: pd.DataFrame
    content: bytes
    header: bool
    told: str


def cell(text: str, delimiter: str, quote: str, *, always: bool) -> str:
    special = any(sign in text for sign in (delimiter, quote, "\n", "\r")) or text != text.strip()
    if always or special:
        return quote + text.replace(quote, quote * 2) + quote
    return text


def number(value: float, decimal: str, thousands: str, digits: int) -> str:
    text = f"{value:,.{digits}f}".replace(",", "T").replace(".", decimal)
    return text.replace("T", thousands)


@st.composite
def written(draw: st.DrawFn) -> Written:
    rows = draw(st.integers(6, 25))
    script = draw(st.sampled_from(sorted(WORDS)))
    encoding = draw(st.sampled_from(ENCODINGS[script]))
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"]))
    decimal = "." if delimiter == "," else draw(st.sampled_from([".", ","]))
    thousands = draw(st.sampled_from(["", {".": ",", ",": "."}[decimal]]))
    thousands = "" if delimiter == thousands else thousands
    header = draw(st.booleans())
    # Quotes around whole lines, single ones, and blanks behind delimiters are seen in every line.
    look = draw(st.sampled_from(["", "", "", "single", "framed", "padded"]))
    always = look == "single" or (look != "framed" and draw(st.booleans()))
    quote = "'" if look == "single" else '"'
    signs = [sign for sign in SIGNS if sign != {"single": '"', "framed": "\n"}.get(look)]
    end = draw(st.sampled_from(["\n", "\r\n"]))

    columns: dict[str, list[str]] = {}
    values: dict[str, object] = {}
    words = st.tuples(
        st.sampled_from(WORDS[script]), st.sampled_from(signs), st.sampled_from(WORDS[script])
    ).map("".join)
    names = [f"{word} {place}" for place, word in enumerate(draw(st.permutations(WORDS[script])))]
    texts = [f"{draw(words)} no. {place}" for place in range(rows)]  # never the same twice
    columns["key"], values["key"] = texts, texts
    # The last digit keeps a point from being read as a sign that groups digits.
    firm = [draw(st.integers(-9999, 9999)) + 0.25 for _ in range(rows)]
    columns["firm"] = [number(value, decimal, thousands, 2) for value in firm]
    values["firm"] = firm
    for kind in draw(st.lists(st.sampled_from(["whole", "float", "exponent", "date", "yes"]))):
        name = f"{kind} {len(columns)}"
        gap = st.sampled_from([False] * 5 + [True])
        gaps = [draw(gap) if place > 1 else False for place in range(rows)]
        missing = draw(st.sampled_from(["", "NA", "N/A", "null", "?", "NaN"]))
        if kind == "whole":
            raw = [draw(st.integers(-999, 999)) for _ in range(rows)]
            raw[0], raw[1] = -7, 998
            cells = [str(value) for value in raw]
        elif kind == "float":
            raw = [draw(st.integers(-(10**7), 10**7)) / 100 + 0.001 for _ in range(rows)]
            raw[0] = 0.5
            cells = [repr(value).replace(".", decimal) for value in raw]
        elif kind == "exponent":
            raw = [draw(st.integers(1, 99)) * 10.0 ** draw(st.integers(-20, 20)) for _ in gaps]
            cells = [f"{value:.6e}".replace(".", decimal) for value in raw]
            raw = [float(f"{value:.6e}") for value in raw]
        elif kind == "date":
            days = [draw(st.integers(0, 20_000)) for _ in range(rows)]
            raw = [pd.Timestamp("1970-01-01") + pd.Timedelta(days=day) for day in days]
            cells = [f"{value:%Y-%m-%d}" for value in raw]
        else:
            raw = [draw(st.booleans()) for _ in range(rows)]
            raw[0], raw[1] = True, False
            cells = ["true" if value else "false" for value in raw]
        columns[name] = [missing if gone else one for one, gone in zip(cells, gaps, strict=True)]
        values[name] = [None if gone else one for one, gone in zip(raw, gaps, strict=True)]

    labels = [f"{names[place % len(names)]} {name}" for place, name in enumerate(columns)]
    if draw(st.booleans()) and len(labels) > 2:
        # Blanks mean nothing where they stand everywhere, and speak against framed lines.
        bare = [name for name in ODD[script] if name == name.strip() or look in ("", "single")]
        odd = draw(st.sampled_from(bare))
        labels[2:] = [odd, *labels[3:]] if draw(st.booleans()) else [labels[1], *labels[3:]]
    gap = delimiter + " " * (look == "padded")
    lines = [
        gap.join(
            cell(column[row], delimiter, quote, always=always and column[row] not in MISSING)
            for column in columns.values()
        )
        for row in range(rows)
    ]
    if header:
        lines.insert(0, gap.join(cell(name, delimiter, quote, always=always) for name in labels))
    if look == "framed":
        lines = ['"' + line.replace('"', '""') + '"' for line in lines]
    told = "" if not header else draw(st.sampled_from(["", "title", "comment", "footer"]))
    if told == "title":
        lines = ["Measured in the summer", "", *lines]
    if told == "comment":
        lines.insert(4, "# the sensor was changed here")
    if told == "footer":
        lines += ["", "Source: office of statistics"]
    text = end.join(lines) + end * draw(st.integers(0, 1))
    frame = pd.DataFrame(values)
    frame.columns = unique(labels) if header else unnamed(len(labels))
    return Written(frame, text.encode(encoding), header, told)


def same(case: Written, table: Table) -> None:
    assert table.reading.header == case.header
    assert list(table.frame.columns) == list(case.frame.columns)
    assert len(table.frame) == len(case.frame)
    assert isinstance(table.frame.index, pd.RangeIndex)
    for name in case.frame.columns:
        assert isinstance(name, str)
        expected, found = case.frame[name], table.frame[name]
        assert expected.isna().tolist() == found.isna().tolist(), name
        expected, found = expected.dropna(), found.dropna()
        if "date" in table.form(name).kind:
            assert found.tolist() == pd.to_datetime(expected).tolist(), name
        elif expected.map(lambda value: isinstance(value, (bool, str))).any():
            assert [
                one.replace("\r\n", "\n") if isinstance(one, str) else one for one in found
            ] == [one for one in expected], name
        else:
            assert np.array_equal(found.astype(float), expected.astype(float)), name


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(written())
def test_a_frame_in_any_plain_dialect_comes_back(case: Written) -> None:
    same(case, read(case.content, "mine.csv"))


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(written())
def test_hundreds_of_frames_in_plain_dialects_come_back(case: Written) -> None:
    same(case, read(case.content, "mine.csv"))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(written())
def test_what_was_found_can_be_told_and_gives_the_same_table(case: Written) -> None:
    table = read(case.content, "mine.csv")
    told = {
        name: getattr(table.reading, name)
        for name in ("encoding", "delimiter", "quote", "escape", "enclosed", "comment", "padded",
                     "header", "skip", "footer", "decimal", "thousands", "missing")
    }  # fmt: skip
    again = read(case.content, "mine.csv", given=told)  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(again.frame, table.frame)
    assert again.reading == table.reading


@pytest.mark.parametrize("cells", [["1,234", "5,678"], ["1.234", "5.678"]])
def test_what_can_be_read_in_two_ways_says_so(cells: list[str]) -> None:
    table = read(
        "\n".join(["name;sum", *(f"n{i};{one}" for i, one in enumerate(cells))]).encode(), "a.csv"
    )
    assert "could be" in table.form("sum").doubt


@pytest.mark.parametrize("cells", [["1,234", "5,678"], ["1.234", "5.678"], ["01/02/2024"] * 2])
def test_what_another_column_decides_is_not_ambiguous(cells: list[str]) -> None:
    rows = [f"n{i};{one};0,5;13/05/2024" for i, one in enumerate(cells)]
    table = read("\n".join(["name;sum;half;day", *rows]).encode(), "a.csv")
    assert table.form("sum").doubt == ""
    expected = {"1,2": [1.234, 5.678], "1.2": [1234, 5678], "01/": [2, 2]}[cells[0][:3]]
    found = table.frame["sum"]
    assert (found.dt.month if found.dtype.kind == "M" else found).tolist() == expected


def test_a_date_that_can_be_read_in_two_ways_says_so() -> None:
    table = read(b"name;day\na;01/02/2024\nb;03/04/2024\n", "a.csv")
    assert "could be 2024-01-02 or 2024-02-01" in table.form("day").doubt


def test_a_header_told_to_be_data_is_an_odd_cell_of_a_date_that_can_be_read_in_two_ways() -> None:
    rows = "\n".join(["day;x", *[f"{1 + i % 12:02d}/02/2024;{i}" for i in range(40)]])
    form = read(rows.encode(), "a.csv", given={"header": False}).forms[0]
    assert (form.odd, form.odd_example) == (1, "day")
    table = read(rows.encode(), "a.csv", given={"header": False, "kinds": (("column 1", "date"),)})
    assert table.frame["column 1"].isna().tolist() == [True, *[False] * 40]
    assert "'01/02/2024' could be 2024-01-02 or 2024-02-01" in table.forms[0].doubt
