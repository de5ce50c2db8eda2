"""Cells become the values that they say, to the last bit, and all else becomes missing."""

import ast
import datetime
import inspect
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.data.kinds import conversion
from clustering.data.kinds.conversion import to_booleans, to_dates, to_hours, to_numbers
from clustering.data.tables import read


def texts(*cells: str | None) -> "pd.Series[str]":
    return pd.Series(list(cells), dtype="str")


@given(st.lists(st.floats(allow_nan=False), min_size=1, max_size=20))
def test_numbers_are_rounded_as_python_rounds(values: list[float]) -> None:
    cells = texts(*[repr(value) for value in values], None)
    found = to_numbers(cells)
    np.testing.assert_array_equal(found.to_numpy(), [*values, np.nan])
    comma = to_numbers(texts(*[repr(value).replace(".", ",") for value in values]), ",")
    np.testing.assert_array_equal(comma.to_numpy(), values)


@given(st.text(alphabet="0123456789.eE+-", min_size=1, max_size=25))
def test_a_text_is_a_number_exactly_where_python_says_so(text: str) -> None:
    try:
        expected = float(text)
    except ValueError:
        expected = math.nan
    if (
        text[-1:] == "-" and text[-2:] != "--" and text[0] not in "+-"
    ):  # a minus may stand behind, in books
        assert math.isnan(expected)
        expected = -to_numbers(texts(text[:-1]))[0]
    np.testing.assert_array_equal(to_numbers(texts(text)).to_numpy(), [expected])


@given(
    st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=10),
    st.integers(0, 3),
    st.sampled_from([(".", ","), (",", "."), (",", " "), (".", "'"), (",", "'"), (".", " ")]),
    st.sampled_from(["", "%", "€", "CHF", "km/h"]),
    st.booleans(),
)
def test_grouped_numbers_are_what_was_written(
    values: list[int], digits: int, signs: tuple[str, str], unit: str, front: bool
) -> None:
    decimal, thousands = signs
    cells = []
    for value in values:
        text = f"{value / 10**digits:,.{digits}f}"
        text = text.translate(str.maketrans({",": thousands, ".": decimal}))
        cells.append((f"{unit} {text}" if front else f"{text} {unit}") if unit else text)
    found = to_numbers(texts(*cells), decimal, thousands, unit)
    expected = [float(f"{value / 10**digits:.{digits}f}") for value in values]
    np.testing.assert_array_equal(found.to_numpy(), expected)


@pytest.mark.parametrize(
    ("cell", "signs", "value"),
    [
        ("1,234", (".", ","), 1234.0),
        ("12,34,567.5", (".", ","), 1234567.5),
        ("1,23", (".", ","), None),
        ("1,2345", (".", ","), None),
        ("0,123", (".", ","), None),
        ("1234,567", (".", ","), None),
        ("1 234,5", (",", " "), 1234.5),
        ("1\u00a0234\u00a0567", (".", " "), 1234567.0),
        ("1\u202f234", (".", " "), 1234.0),
        ("1\u2019234.5", (".", "'"), 1234.5),
        ("1'234", (".", "'"), 1234.0),
        ("-$1,234.50", (".", ",", "$"), -1234.5),
        ("$-5", (".", "", "$"), -5.0),
        ("$ 5", (".", "", "$"), 5.0),
        ("($5.00)", (".", "", "$"), -5.0),
        ("$(5)", (".", "", "$"), -5.0),
        ("(1,234)", (".", ","), -1234.0),
        ("\u22125", (".", ""), -5.0),
        ("- 5", (".", ""), -5.0),
        ("+5", (".", ""), 5.0),
        ("12.5 %", (".", "", "%"), 12.5),
        ("12.5%", (".", "", "%"), 12.5),
        ("12.5 %", (".", ""), None),
        ("5 €", (".", "", "$"), None),
        ("1e400", (".", ""), math.inf),
        ("-Infinity", (".", ""), -math.inf),
        ("1_000", (".", ""), None),
        ("0x10", (".", ""), None),
        ("", (".", ""), None),
        ("()", (".", ""), None),
        (".", (".", ""), None),
        ("--5", (".", ""), None),
        ("1.234.567", (",", "."), 1234567.0),
    ],
)
def test_signs_units_and_groups(cell: str, signs: tuple[str, ...], value: float | None) -> None:
    found = to_numbers(texts(cell, None), *signs).tolist()
    np.testing.assert_array_equal(found, [math.nan if value is None else value, math.nan])


@given(
    st.lists(st.datetimes(datetime.datetime(1, 1, 1), datetime.datetime(9999, 12, 31, 23))),
    st.sampled_from(
        ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S", "%d %b %Y", "%B %d, %Y",
         "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d %H:%M:%S.%f"]
    ),
)  # fmt: skip
def test_dates_are_what_was_written(dates: list[datetime.datetime], form: str) -> None:
    years = form.replace("%Y", "{year}")
    cells = [date.strftime(years).replace("{year}", f"{date.year:04d}") for date in dates]
    found = to_dates(texts(*cells), (form,))
    assert found.dtype == "datetime64[us]"
    exact = "%H" in form
    for date, value in zip(dates, found, strict=True):
        expected = date if exact else datetime.datetime(date.year, date.month, date.day)
        if "%f" not in form:
            expected = expected.replace(microsecond=0)
        assert value.to_pydatetime() == expected


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("5 March 2024", "%d %b %Y"),
        ("Tue, 5 Mar 2024", "%d %b %Y"),
        ("5. März 2024", "%d. %b %Y"),
        ("5 mars 2024", "%d %b %Y"),
        ("mardi 5 mars 2024", "%d %b %Y"),
        ("5 de marzo de 2024", "%d de %b de %Y"),
        ("5 marzo 2024", "%d %b %Y"),
        ("5 mrt 2024", "%d %b %Y"),
        ("Mar. 5, 2024", "%b %d, %Y"),
        ("2024-03-05T01:30:00+02:00", "%Y-%m-%dT%H:%M:%S%z"),
        (" 5/3/24 ", "%d/%m/%y"),
    ],
)
def test_names_of_months_and_zones(cell: str, form: str) -> None:
    day = to_dates(texts(cell, None, "never"), (form,))
    expected = "2024-03-04 23:30:00" if "%z" in form else "2024-03-05 00:00:00"
    assert [str(value) for value in day] == [expected, "NaT", "NaT"]


@pytest.mark.parametrize("cell", ["2024-02-30", "2024-13-01", "0000-01-01", "2024-01-01x", "1"])
def test_days_that_never_were_are_missing(cell: str) -> None:
    assert to_dates(texts(cell), ("%Y-%m-%d",)).isna().all()


def test_the_first_format_that_fits_counts() -> None:
    found = to_dates(texts("03/04/2024", "13/04/2024"), ("%m/%d/%Y", "%d/%m/%Y"))
    assert [str(day)[:10] for day in found] == ["2024-03-04", "2024-04-13"]


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("7:30", 7.5), ("07:30:36", 7.51), ("125:00", 125.0), ("-1:30", -1.5), ("7:30 pm", 19.5),
        ("12:00 AM", 0.0), ("12:15 p.m.", 12.25), ("13:00 pm", None), ("7:60", None), ("7", None),
        ("0:00:00.5", 0.5 / 3600),
    ],
)  # fmt: skip
def test_times(cell: str, hours: float | None) -> None:
    found = to_hours(texts(cell, None)).tolist()
    np.testing.assert_array_equal(found, [math.nan if hours is None else hours, math.nan])


def test_yes_and_no_in_any_case() -> None:
    found = to_booleans(texts("JA", " nein", "Ja", "vielleicht", None), ("nein", "ja"))
    assert found.dtype == "boolean" and found[:3].tolist() == [True, False, True]
    assert found[3:].isna().all()


@pytest.mark.parametrize("name", conversion.__all__)
def test_each_function_stands_alone(name: str) -> None:
    function = getattr(conversion, name)
    source = inspect.getsource(function)
    ast.parse(source)
    names: dict[str, object] = {"np": np, "pd": pd, "re": __import__("re"), "Any": object}
    exec(source, names)
    again = names[name]
    cells = texts("1,5", "07:30", "2024-01-01", "yes", None)
    extra = {"to_dates": (("%Y-%m-%d",),), "to_booleans": (("no", "yes"),), "to_numbers": (",",)}
    arguments = extra.get(name, ())
    pd.testing.assert_series_equal(again(cells, *arguments), function(cells, *arguments))  # type: ignore[operator]


def test_empty_columns_and_any_index() -> None:
    for cells in (texts(), texts(None, None)):
        assert to_numbers(cells).isna().all() and to_hours(cells).isna().all()
        assert to_dates(cells, ("%Y",)).isna().all()
        assert to_booleans(cells, ("n", "y")).isna().all()
    cells = pd.Series(["1", "2"], index=[7, 3], dtype="str")
    assert to_numbers(cells).to_dict() == {7: 1.0, 3: 2.0}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("١٢٫٥", 12.5), ("١٬٢٣٤", 1234.0), ("१२", 12.0), ("－１２．５", -12.5), ("1.5-", -1.5),
        ("-1.5-", None), ("(5)-", None), ("²", None), ("½", None), ("5²", None), ("一", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("many", [1, 2000])
def test_digits_of_any_script_are_digits(text: str, value: float | None, many: int) -> None:
    cells = pd.Series([text, *(str(i) for i in range(many))], dtype="str")
    found = to_numbers(cells, ".", "," if "٬" in text else "")
    assert found.tolist()[1:] == list(range(many))
    assert (None if np.isnan(found[0]) else found[0]) == value


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["١٢", "٣٤"], [12, 34]),
        (["－１２．５", "７．２５"], [-12.5, 7.25]),
        (["5.20-", "7.10"], [-5.2, 7.1]),
        (["９００７１９９２５４７４０９９３", "５", "６"], [9007199254740993, 5, 6]),
        (["２０２４年１月２日", "２０２４年３月１２日"], ["2024-01-02", "2024-03-12"]),
        (["²", "³"], ["²", "³"]),
    ],
)
def test_columns_of_other_digits_are_numbers_and_dates(
    cells: list[str], values: list[object]
) -> None:
    table = read("\n".join(["x;y", *(f"{cell};a" for cell in cells)]).encode(), "a.csv")
    expected = pd.to_datetime(values).tolist() if str(values[0])[:4] == "2024" else values  # type: ignore[call-overload]
    assert table.frame["x"].tolist() == expected
    if values != cells:
        assert table.written["x"].tolist() == cells


def test_a_long_cell_is_no_number_and_is_told_so_at_once() -> None:
    long = pd.Series(["1" + " " * 200_000 + "x", "7"], dtype="str")
    assert to_numbers(long).isna().tolist() == [True, False]
