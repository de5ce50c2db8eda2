"""What the cells of a column are is found out from how they are written."""

import datetime
import decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.data.kinds import Form, Typed, typed
from clustering.data.reading import Kind


def table(**columns: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})


def column(cells: list[str | None], name: str = "x", **told: str) -> tuple[Form, list[object]]:
    made = typed(table(**{name: cells}), **told)
    return made.forms[0], made.frame[name].tolist()


def days(*texts: str) -> list[pd.Timestamp]:
    return [pd.Timestamp(text) for text in texts]


def hours(*values: float) -> list[pd.Timedelta]:
    return [pd.Timedelta(hours=value) for value in values]


NAMES = [f"{word} {place}" for place in range(5) for word in ("Ann", "Bo", "Cy", "Di")]
SENTENCES = [f"The delivery number {i} was late, and nobody told us why it was." for i in range(9)]
WEEK = [f"0{i}/02/2024" for i in range(1, 8)]

# name, cells, kind, values (None: as they stand), and what the form says beside its kind
COLUMNS = [
    ("x", ["1", "2", "-3"], "number", [1, 2, -3], {}),
    ("x", ["1.5", "2", None], "number", [1.5, 2.0, np.nan], {}),
    ("x", ["1e3", "2.5E-2"], "number", [1000.0, 0.025], {}),
    ("x", ["0.5", "-inf", "Infinity"], "number", [0.5, -np.inf, np.inf], {}),
    ("x", ["1,5", "2,25"], "number", [1.5, 2.25], {"decimal": ","}),
    ("x", ["0,123", "4,567"], "number", [0.123, 4.567], {"decimal": ","}),
    ("x", ["1.234,5", "6"], "number", [1234.5, 6.0], {"decimal": ",", "thousands": "."}),
    ("x", ["1,234.5", "6"], "number", [1234.5, 6.0], {"thousands": ","}),
    ("x", ["1,234,567", "1"], "number", [1234567, 1], {"thousands": ","}),
    ("x", ["1.234.567", "1"], "number", [1234567, 1], {"decimal": ",", "thousands": "."}),
    ("x", ["12,34,567", "1"], "number", [1234567, 1], {"thousands": ","}),
    ("x", ["1 234", "567"], "number", [1234, 567], {"thousands": " "}),
    ("x", ["1\u00a0234,5", "5"], "number", [1234.5, 5], {"decimal": ",", "thousands": " "}),
    ("x", ["1\u202f234", "5"], "number", [1234, 5], {"thousands": " "}),
    ("x", ["1'234.50", "5"], "number", [1234.5, 5], {"thousands": "'"}),
    ("x", ["1\u2019234", "5"], "number", [1234, 5], {"thousands": "'"}),
    ("x", ["12.5 %", "7 %"], "number", [12.5, 7.0], {"unit": "%"}),
    ("x", ["12,5%", "7%"], "number", [12.5, 7.0], {"unit": "%", "decimal": ","}),
    ("x", ["3 ‰", "4 ‰"], "number", [3.0, 4.0], {"unit": "‰"}),
    ("x", ["$5", "-$7.50", "$1,000"], "number", [5.0, -7.5, 1000.0], {"unit": "$"}),
    ("x", ["5 €", "7,50 €"], "number", [5.0, 7.5], {"unit": "€", "decimal": ","}),
    ("x", ["£5", "£6"], "number", [5.0, 6.0], {"unit": "£"}),
    ("x", ["¥500", "¥600"], "number", [500.0, 600.0], {"unit": "¥"}),
    ("x", ["₹1,00,000", "₹5"], "number", [100000, 5], {"unit": "₹"}),
    ("x", ["12元", "15元"], "number", [12.0, 15.0], {"unit": "元"}),
    ("x", ["CHF 1'200.50", "CHF 7"], "number", [1200.5, 7.0], {"unit": "CHF"}),
    ("x", ["5 USD", "6 USD"], "number", [5.0, 6.0], {"unit": "USD"}),
    ("x", ["72 kg", "81.5 kg"], "number", [72.0, 81.5], {"unit": "kg"}),
    ("x", ["21°C", "-4°C"], "number", [21.0, -4.0], {"unit": "°C"}),
    ("x", ["+5", "-3", "+7"], "number", [5, -3, 7], {}),
    ("x", ["\u22125.5", "3"], "number", [-5.5, 3.0], {}),
    ("x", ["(5.5)", "3", "(1)"], "number", [-5.5, 3.0, -1.0], {}),
    ("year", ["1999", "2000", "2001"] * 3, "number", [1999, 2000, 2001] * 3, {}),
    ("year", [str(y) for y in range(1990, 2010)], "number", list(range(1990, 2010)), {}),
    ("x", ["5", "3", "9223372036854775807"], "number", [5, 3, 2**63 - 1], {}),
    ("x", ["0", "1", "0"], "number", [0, 1, 0], {}),
    ("is_open", ["0", "1", "0"], "boolean", [False, True, False], {"words": ("0", "1")}),
    ("region", ["1", "2", "3", "1", "2", "3"], "code", [1, 2, 3, 1, 2, 3], {}),
    ("Channel", ["1", "2", "1", "2"], "code", [1, 2, 1, 2], {}),
    ("month", ["1", "12", "7"], "code", [1, 12, 7], {}),
    ("month", ["1", "120", "7"], "number", [1, 120, 7], {}),
    ("hour", ["0", "23", "7"], "code", [0, 23, 7], {}),
    ("ZIP", ["90210", "10115", "60601"], "code", [90210, 10115, 60601], {}),
    ("zip code", ["01067", "10115"], "code", None, {}),
    ("PLZ", ["01067", "10115", None], "code", None, {}),
    ("class", ["3", "1", "3", "2"], "code", [3, 1, 3, 2], {}),
    ("class", ["3.5", "1", "3", "2"], "number", [3.5, 1, 3, 2], {}),
    ("number of stores", ["3", "1", "2", "3"], "number", [3, 1, 2, 3], {}),
    ("邮编", ["100000", "200000"], "code", [100000, 200000], {}),
    ("CustomerID", ["0001", "0002", "0003"], "id", None, {}),
    ("x", [f"{i:05d}" for i in range(30)], "id", None, {}),
    ("x", ["007", "007", "12"], "code", None, {}),
    ("id", ["4", "4", "9"], "id", [4, 4, 9], {}),
    ("x", [str(i) for i in range(1, 21)], "id", list(range(1, 21)), {}),
    ("x", [str(2 * i) for i in range(1, 21)], "number", [2 * i for i in range(1, 21)], {}),
    ("card", ["4111111111111111", "5500000000000004"], "id", None, {}),
    ("x", ["12345678901234567890", "12345678901234567891"], "id", None, {}),
    ("x", ["2024-03-05", "1999-12-31"], "date", days("2024-03-05", "1999-12-31"), {}),
    ("x", ["2024-3-5", None], "date", [*days("2024-03-05"), pd.NaT], {}),
    ("x", ["2024/03/05"], "date", days("2024-03-05"), {"formats": ("%Y/%m/%d",)}),
    ("x", ["2024.03.05"], "date", days("2024-03-05"), {"formats": ("%Y.%m.%d",)}),
    ("x", ["2024-03-05T10:30:00"], "date", days("2024-03-05 10:30"), {}),
    ("x", ["2024-03-05 10:30"], "date", days("2024-03-05 10:30"), {}),
    ("x", ["2024-03-05T10:30:00Z"], "date", days("2024-03-05 10:30"), {}),
    ("x", ["2024-03-05T10:30:00+02:00"], "date", days("2024-03-05 08:30"), {}),
    ("x", ["2024-03-05 10:30:00.25"], "date", days("2024-03-05 10:30:00.25"), {}),
    ("x", ["0001-01-01", "9999-12-31"], "date", days("0001-01-01", "9999-12-31"), {}),
    ("x", ["05.03.2024", "1.2.2023"], "date", days("2024-03-05", "2023-02-01"), {}),
    ("x", ["31/01/2024", "05/03/2024"], "date", days("2024-01-31", "2024-03-05"), {}),
    ("x", ["01/31/2024", "03/05/2024"], "date", days("2024-01-31", "2024-03-05"), {}),
    ("x", ["31-01-24", "05-03-24"], "date", days("2024-01-31", "2024-03-05"), {}),
    ("x", ["5.3.24"], "date", days("2024-03-05"), {"formats": ("%d.%m.%y",)}),
    ("x", ["3/13/2024 2:05 PM"], "date", days("2024-03-13 14:05"), {}),
    ("x", ["5 Mar 2024", "31 December 2023"], "date", days("2024-03-05", "2023-12-31"), {}),
    ("x", ["March 5, 2024"], "date", days("2024-03-05"), {}),
    ("x", ["5-Mar-24"], "date", days("2024-03-05"), {}),
    ("x", ["5. März 2024", "1. Mai 2023"], "date", days("2024-03-05", "2023-05-01"), {}),
    ("x", ["5 août 2024"], "date", days("2024-08-05"), {}),
    ("x", ["5 de enero de 2024"], "date", days("2024-01-05"), {}),
    ("x", ["2024年3月5日", "2023年12月31日"], "date", days("2024-03-05", "2023-12-31"), {}),
    ("x", ["2024-03", "2023-12"], "date", days("2024-03-01", "2023-12-01"), {}),
    ("x", ["Mar 2024"], "date", days("2024-03-01"), {}),
    ("date", ["20240305", "20231231"], "date", days("2024-03-05", "2023-12-31"), {}),
    ("x", ["20240305", "20231231"], "number", [20240305, 20231231], {}),
    ("x", ["7:30", "07:30:36"], "time", hours(7.5, 7.51), {}),
    ("x", ["25:00", "125:30:00"], "time", hours(25, 125.5), {}),
    ("x", ["7:30 PM", "12:00 am"], "time", hours(19.5, 0), {}),
    ("x", ["true", "FALSE", "True"], "boolean", [True, False, True], {"words": ("false", "true")}),
    ("x", ["yes", "No"], "boolean", [True, False], {}),
    ("x", ["ja", "nein", None], "boolean", [True, False, pd.NA], {}),
    ("x", ["oui", "non"], "boolean", [True, False], {}),
    ("x", ["si", "no"], "boolean", [True, False], {}),
    ("x", ["是", "否"], "boolean", [True, False], {}),
    ("x", ["Y", "n"], "boolean", [True, False], {}),
    ("x", ["T", "F"], "boolean", [True, False], {}),
    ("x", ["on", "off"], "boolean", [True, False], {}),
    ("x", ["yes", "no", "yes", "maybe"] * 2, "category", None, {}),
    ("x", ["red", "blue"] * 9, "category", None, {}),
    ("x", ["same"] * 4, "category", None, {}),
    ("x", [f"w{i % 60}" for i in range(600)], "category", None, {}),
    ("x", [f"w{i % 60}" for i in range(200)], "text", None, {}),
    ("x", NAMES, "id", None, {}),
    ("x", [*NAMES, NAMES[0]], "text", None, {}),
    ("x", SENTENCES, "text", None, {}),
    ("Comments", [SENTENCES[0]] * 5, "text", None, {}),
    ("user id", ["ab", "ab", "cd"], "id", None, {}),
    ("x", [None, None], "text", None, {}),
    ("x", ["192.168.1.1", "10.0.0.1", "10.0.0.1"], "text", None, {}),
    ("x", ["1.2.3", "1.2.10", "1.2.3"], "text", None, {}),
    ("x", ["inf", "nan?"] * 5, "category", None, {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "cells", "kind", "values", "said"),
    COLUMNS,
    ids=[f"{place}-{row[0]}-{row[1][0]}" for place, row in enumerate(COLUMNS)],
)
def test_a_column_is_what_a_careful_person_takes_it_for(
    name: str,
    cells: list[str | None],
    kind: Kind,
    values: list[object] | None,
    said: dict[str, object],
) -> None:
    frame = table(**{name: cells})
    made = typed(frame)
    form = made.forms[0]
    assert form.kind == kind
    assert {key: getattr(form, key) for key in said} == said
    assert form.odd == 0 and not form.native
    if values is None:
        pd.testing.assert_frame_equal(made.frame, frame)
        assert not made.written
    else:
        found = made.frame[name]
        assert [one is pd.NA or one == value or one != one for one, value in
                zip(found, values, strict=True)] == [True] * len(cells)  # fmt: skip
        assert found.isna().tolist() == [cell is None for cell in cells]
        pd.testing.assert_series_equal(made.written[name], frame[name])
        kinds = {"number": "iuf", "code": "iuf", "id": "iu", "date": "M", "time": "m"}
        assert found.dtype.kind in kinds.get(kind, "b")


def test_a_column_that_leaves_a_choice_follows_those_that_leave_none() -> None:
    either: list[str | None] = ["1,234", "5,678"]
    for other, first in ((["0,5", "1,25"], 1.234), (["1,234.5", "7.25"], 1234)):
        made = typed(table(a=either, b=[*other]))
        assert made.frame["a"][0] == first
        assert not any(form.doubt for form in made.forms)
    assert typed(table(a=["1.234", "5.678"], b=["0,5", "1,25"])).frame["a"].tolist() == [1234, 5678]
    assert typed(table(a=["1.234", "5.678"], b=["2.5", "1"])).frame["a"].tolist() == [1.234, 5.678]
    made = typed(table(a=either).assign(b=[0.5, 1.5]))  # read with a point already
    assert made.frame["a"].tolist() == [1234, 5678] and not made.forms[0].doubt


@pytest.mark.parametrize(
    ("cells", "value", "choose"), [(["1,234"], 1234, "comma"), (["1.234", "2.345"], 1.234, "comma")]
)
def test_what_nothing_decides_is_said(cells: list[str | None], value: float, choose: str) -> None:
    form, values = column(cells)
    assert values[0] == value
    for part in (f"'{cells[0]}' could be", "1234", "1.234", f"Choose the {choose}"):
        assert part in form.doubt


@pytest.mark.parametrize(
    ("cells", "sign", "values"),
    [
        (["1,234", "5,678"], ",", [1.234, 5.678]),
        (["1,234", "5,678"], ".", [1234, 5678]),
        (["1.234", "5.678"], ",", [1234, 5678]),
        (["1.234", "5.678"], ".", [1.234, 5.678]),
    ],
)
def test_a_told_sign_decides(cells: list[str | None], sign: str, values: list[float]) -> None:
    form, found = column(cells, decimal=sign)
    assert found == values and form.decimal == sign and not form.doubt
    other = "," if sign == "." else "."
    assert column(cells, thousands=other)[1] == values


def test_days_and_months_are_told_apart_over_the_whole_column_and_the_file() -> None:
    form, values = column([*WEEK, "31/12/2024"])
    assert form.formats == ("%d/%m/%Y",) and values[2] == pd.Timestamp("2024-02-03")
    made = typed(table(a=[*WEEK], b=["25/12/2023"] * 7))
    assert made.frame["a"][2] == pd.Timestamp("2024-02-03") and not made.forms[0].doubt
    made = typed(table(a=[*WEEK], b=["12/25/2023"] * 7))
    assert made.frame["a"][2] == pd.Timestamp("2024-03-02") and not made.forms[0].doubt
    made = typed(table(a=[*WEEK], b=["0,5"] * 7))  # who writes so puts the day first
    assert made.frame["a"][2] == pd.Timestamp("2024-02-03")
    form, values = column([*WEEK])
    for part in ("'01/02/2024'", "2024-01-02", "2024-02-01", "no cell decides"):
        assert part in form.doubt
    assert not column(["01.02.2024", "03.02.2024"])[0].doubt  # points always follow the day
    assert not column(["02/02/2024", "03/03/2024"])[0].doubt  # the same day either way


def test_formats_may_be_mixed() -> None:
    cells = [f"{month:02d}/{day:02d}/1999" for month in (1, 5) for day in range(1, 29)]
    form, values = column([*cells, "1975-02-23T02:58:41.000Z", "1985-04-28T02:53:41.530Z"])
    assert form.kind == "date" and form.odd == 0
    assert form.formats == ("%m/%d/%Y", "%Y-%m-%dT%H:%M:%S.%f%z")
    assert values[-2] == pd.Timestamp("1975-02-23 02:58:41")


@pytest.mark.parametrize(
    ("good", "odd"),
    [
        ([f"{i}.5" for i in range(40)], "12 (est.)"),
        ([str(i * i) for i in range(40)], "n.a."),
        ([f"{i},50 €" for i in range(40)], "7 kg"),
        ([f"2024-01-{i:02d}" for i in range(1, 29)], "2024-02-30"),
        ([f"{i:02d}.01.2024" for i in range(1, 29)], "later"),
        ([f"{i}:15" for i in range(24)], "noon"),
    ],
)
def test_near_misses_stay_text_and_are_counted(good: list[str], odd: str) -> None:
    form, values = column([*good, odd, None, odd])
    assert (form.kind, form.odd, form.odd_example) == ("text", 2, odd)
    assert values[: len(good)] == good
    kind: Kind = "time" if ":" in good[0] else "date" if "2024" in good[0] else "number"
    told = typed(table(x=[*good, odd, None, odd]), kinds={"x": kind})
    assert (told.forms[0].kind, told.forms[0].odd) == (kind, 2)
    assert told.frame["x"].isna().sum() == 3


def test_different_units_are_no_numbers() -> None:
    form, _ = column(["$5", "€7"] * 10)
    assert form.kind == "category" and "'$'" in form.doubt and "'€'" in form.doubt
    form, values = column(["5 %"] * 8 + ["0", "7"])
    assert values[-2:] == [0.0, 7.0] and "1 cell" in form.doubt


@pytest.mark.parametrize(
    ("name", "cells"),
    [("x", ["0", "1"] * 20), ("kind", ["1", "2", "3"] * 40), ("x", ["012", "7", "7"] * 9)],
)
def test_what_may_be_a_code_is_said(name: str, cells: list[str | None]) -> None:
    form, _ = column(cells, name)
    assert "choose" in form.doubt
    assert not column(cells, "rating")[0].doubt or name == "x"


TOLD: list[tuple[list[str | None], Kind, list[object], int]] = [
    (["1", "2", "x"], "number", [1, 2, np.nan], 1),
    (["1", "2"], "category", ["1", "2"], 0),
    (["01", "02"], "number", [1, 2], 0),
    (["01", "02"], "code", ["01", "02"], 0),
    (["1", "2"], "code", [1, 2], 0),
    (["a", "b"], "code", ["a", "b"], 0),
    (["1.50", "2"], "text", ["1.50", "2"], 0),
    (["20240305", "x"], "date", [pd.NaT, pd.NaT], 2),
    (["2024-03-05", "x"], "date", [pd.Timestamp("2024-03-05"), pd.NaT], 1),
    (["7:30", "x"], "time", [pd.Timedelta(hours=7.5), pd.NaT], 1),
    (["0", "1"], "boolean", [False, True], 0),
    (["yes", "maybe", "no"], "boolean", [True, pd.NA, False], 1),
    (["bad", "good"], "boolean", [False, True], 0),
    (["nothing"], "date", [pd.NaT], 1),
    (["nothing"], "number", [np.nan], 1),
    ([None], "number", [np.nan], 0),
]


@pytest.mark.parametrize(("cells", "kind", "values", "odd"), TOLD)
def test_a_told_kind_wins_and_counts_what_does_not_fit(
    cells: list[str | None], kind: Kind, values: list[object], odd: int
) -> None:
    made = typed(table(x=cells), kinds={"x": kind})
    assert (made.forms[0].kind, made.forms[0].odd) == (kind, odd)
    found = made.frame["x"]
    assert found.isna().tolist() == [value is pd.NA or value != value for value in values]
    assert found.dropna().tolist() == [v for v in values if not (v is pd.NA or v != v)]


NATIVE = [
    ([1, 2], "number", "int64"),
    ([1.5, None], "number", "float64"),
    (pd.array([1, None], dtype="Int64"), "number", "float64"),
    (np.array([1, 2], dtype="uint8"), "number", "int64"),
    (np.array([1, 2], dtype="float32"), "number", "float64"),
    ([10**30, 1], "number", "float64"),
    ([decimal.Decimal("1.5"), None], "number", "float64"),
    ([True, False], "boolean", "bool"),
    ([True, None], "boolean", "boolean"),
    (pd.to_datetime(["2020-01-31", None]), "date", "datetime64[us]"),
    (pd.to_datetime(["2020-01-31"], utc=True), "date", "datetime64[us]"),
    ([datetime.date(2020, 1, 31), None], "date", "datetime64[us]"),
    (pd.to_timedelta([1, 2], unit="h"), "time", "timedelta64"),
    (["a", 1, None], "text", "str"),
    ([b"ab", None], "text", "str"),
    (pd.Categorical(["a", "b", "a", "b"]), "category", "str"),
    (["n.a.", *[float(i) for i in range(30)]], "text", "str"),
    ([None, None], "text", "str"),
]


@pytest.mark.parametrize(("cells", "kind", "dtype"), NATIVE)
def test_columns_with_a_type_of_their_own(cells: object, kind: str, dtype: str) -> None:
    made = typed(pd.DataFrame({"x": cells}))
    assert made.forms[0].kind == kind
    assert str(made.frame["x"].dtype).startswith(dtype)
    assert len(made.frame) == len(pd.DataFrame({"x": cells}))


def test_native_numbers_have_meanings_too() -> None:
    frame = pd.DataFrame({"region": [1, 2, 1, 3] * 5, "id": [5, 9, 7, 4] * 5, "zip": [1e4] * 20})
    frame["zip"] += np.arange(20)
    made = typed(frame)
    assert [form.kind for form in made.forms] == ["code", "id", "code"]
    assert typed(pd.DataFrame({"date": [20240305, 20231231]})).forms[0].kind == "date"
    told = typed(pd.DataFrame({"x": [1.0, 2.0, np.nan]}), kinds={"x": "category"})
    assert told.frame["x"].tolist()[:2] == ["1", "2"] and told.frame["x"].isna()[2]


cells_of_any_sort = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats().map(repr),
    st.integers().map(str),
    st.dates().map(str),
    st.sampled_from(["1,5", "1.234", "yes", "07:30", "5 %", "$3", "1/2/2024", "(3)", "inf", "%"]),
)


@given(st.lists(cells_of_any_sort, min_size=1, max_size=12), st.sampled_from(["x", "id", "date"]))
def test_no_row_is_lost_and_nothing_that_was_there_goes_missing(
    cells: list[str | None], name: str
) -> None:
    frame = table(**{name: cells})
    made: Typed = typed(frame)
    found, form = made.frame[name], made.forms[0]
    assert found.index.equals(frame.index)
    assert found.isna().tolist() == frame[name].isna().tolist()
    if isinstance(found.dtype, pd.StringDtype):
        pd.testing.assert_series_equal(found, frame[name])
    else:
        pd.testing.assert_series_equal(made.written[name], frame[name])
    again = typed(frame, decimal=made.decimal, thousands=made.thousands)
    pd.testing.assert_frame_equal(again.frame, made.frame)
    told = typed(frame, kinds={name: form.kind})
    assert told.forms[0].kind == form.kind


@given(
    st.lists(st.decimals(-9999999, 9999999, places=2), min_size=1, max_size=8),
    st.lists(st.decimals(-9999999, 9999999, places=2), min_size=1, max_size=8),
    st.booleans(),
)
def test_a_file_is_read_in_the_manner_in_which_it_was_written(
    first: list[decimal.Decimal], second: list[decimal.Decimal], comma: bool
) -> None:
    def write(value: decimal.Decimal) -> str:
        text = f"{value:,.2f}"
        return text.translate(str.maketrans(",.", ".,")) if comma else text

    cells = {"a": [*map(write, first)], "b": [*map(write, second)]}
    rows = min(len(first), len(second))
    made = typed(table(**{name: [*column[:rows]] for name, column in cells.items()}))
    assert made.decimal == ("," if comma else ".")
    for name, values in (("a", first), ("b", second)):
        assert made.frame[name].tolist() == [float(value) for value in values[:rows]]
