"""Prices come in from any layout as they stand in the file, or are refused in a sentence."""

import io
import zipfile
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from clustering.data import prices
from clustering.data.prices import Named
from clustering.data.prices.columns import field_of, split_name
from clustering.errors import ReadError
from clustering.script.prices import prices_csv
from tests.affinity import markets
from tests.making import sheet, workbook

OPENED, CLOSED = markets.frames()


def same(found: prices.Prices, *, opened: bool = True) -> None:
    pd.testing.assert_frame_equal(
        found.close, CLOSED, check_freq=False, check_index_type=False, check_column_type=False
    )
    if opened:
        assert found.open is not None
        assert np.array_equal(found.open.to_numpy(), OPENED.to_numpy())
    else:
        assert found.open is None


def packed(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("inner.csv", content)
    return held.getvalue()


def long_frame(**columns: object) -> bytes:
    """A long table with other columns than the usual."""
    stacked = pd.concat({"o": OPENED.T.stack(), "c": CLOSED.T.stack()}, axis=1)
    frame = stacked.reset_index(names=["who", "when"]).assign(**columns)
    written: str = frame.to_csv(index=False)
    return written.encode()


LAYOUTS = {
    "a sheet for each symbol": (markets.book(OPENED, CLOSED), "book.xlsx"),
    "long, German, cp1252": (markets.long_csv(OPENED, CLOSED), "kurse.csv"),
    "two names above each column": (markets.two_level_csv(OPENED, CLOSED), "download.csv"),
    "long, packed": (packed(prices_csv(markets.small())), "prices.zip"),
    "long, names that say nothing": (long_frame(), "x.csv"),
    "long, with high, low and volume": (
        long_frame(
            hi=(np.maximum(OPENED, CLOSED) + 0.1).T.stack().to_numpy(),
            lo=(np.minimum(OPENED, CLOSED) - 0.1).T.stack().to_numpy(),
            n=np.arange(CLOSED.size) * 1000 + 5_000_000,
        ),
        "x.csv",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_prices(layout: str) -> None:
    same(prices.read(*LAYOUTS[layout]))


def test_a_wide_table_holds_closing_prices() -> None:
    found = prices.read(markets.wide_csv(CLOSED), "wide.tsv")
    same(found, opened=False)
    assert found.notes[0] == (
        "Closing prices of 8 companies on 60 days, 2005-01-03 to 2005-03-25: days in 'Day', a "
        "column each."
    )


@pytest.mark.parametrize(
    "label", ["{s}_open|{s}_close", "Open {s}|Close {s}", "{s}.Open|{s}.Close"]
)
def test_a_name_may_hold_symbol_and_price(label: str) -> None:
    first, last = label.split("|")
    both = {first.format(s=s): OPENED[s] for s in OPENED}
    both |= {last.format(s=s): CLOSED[s] for s in CLOSED}
    same(prices.read(pd.DataFrame(both).rename_axis("date").to_csv().encode(), "wide.csv"))


@pytest.mark.parametrize(
    ("name", "found"),
    [("Adj. Close", "adjusted"), ("PX_LAST", "close"), ("Kurs", "close"), ("开盘价", "open"),
     ("Volume", "volume"), ("KO", ""), ("LOW", "low"), ("Openheimer", "")],
)  # fmt: skip
def test_names_of_prices(name: str, found: str) -> None:
    assert field_of(name) == found


def test_a_symbol_may_hold_a_point_and_a_dash() -> None:
    assert split_name("BRK.B close") == ("BRK.B", "close")
    assert split_name("BF-B_Open") == ("BF-B", "open")


def test_rows_in_any_order_and_several_prices_of_a_day() -> None:
    rows = """symbol,time,open,close
K,2005-01-04 16:00,41,42
F,2005-01-03 09:00,8,8.1
F,2005-01-03 16:00,8.2,8.3
K,2005-01-03 16:00,40,40.5
F,2005-01-04 16:00,8.3,8.5
"""
    found = prices.read(rows.encode(), "intraday.csv")
    assert found.symbols == ("K", "F")
    assert found.open is not None
    assert found.open["F"].tolist() == [8.0, 8.3] and found.close["F"].tolist() == [8.3, 8.5]
    assert "1 row for a symbol and day that stand already" in " ".join(found.notes)


def test_what_no_price_can_be_is_missing_and_told() -> None:
    text = markets.long_csv(OPENED, CLOSED).decode("cp1252").split("\n")
    for line, cell in ((3, "0"), (4, "-5,2"), (5, "halted"), (6, "")):
        text[line] = ";".join([*text[line].split(";")[:3], cell])
    found = prices.read("\n".join(text).encode("cp1252"), "kurse.csv")
    assert int(found.close.isna().to_numpy().sum()) == 4
    told = " ".join(found.notes)
    assert "1 price that is no number counts as missing, such as 'halted'." in told
    assert "2 prices at or below zero count as missing: C, D." in told


REFUSED = {
    "moves rather than prices": (
        (CLOSED.diff().iloc[1:].rename_axis("date").to_csv().encode()),
        "holds no prices: .* of its numbers are zero or negative",
    ),
    "no days": (b"a,b\n1,2\n3,4\n", "no column of days"),
    "days alone": (b"date,what\n2005-01-03,up\n2005-01-04,down\n", "no column of numbers"),
    "nobody's": (
        b"date,price\n2005-01-03,1\n2005-01-03,2\n2005-01-04,3\n2005-01-04,3\n",
        "no column says whose price a row is",
    ),
    "no close": (
        b"symbol,date,note\nA,2005-01-03,x\nB,2005-01-03,y\nA,2005-01-04,z\nB,2005-01-04,u\n",
        "no column of closing prices",
    ),
    "all zero": (b"date,A,B\n2005-01-03,0,0\n2005-01-04,0,0\n", "holds no prices"),
    "all text": (
        b"symbol,date,close\nA,2005-01-03,x\nB,2005-01-03,y\nA,2005-01-04,z\nB,2005-01-04,u\n",
        "no column of closing prices",
    ),
    "empty": (b"", "is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "'prices.csv'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_holds_no_prices_is_refused_in_a_sentence(case: str) -> None:
    content, sentence = REFUSED[case]
    with pytest.raises(ReadError, match=sentence) as caught:
        prices.read(content, "prices.csv")
    assert str(caught.value).endswith(".")


def test_sheets_that_are_no_symbols_are_passed_over_and_told() -> None:
    rows = [["day", "price"], *([f"2005-01-0{i}", 5.0 + i] for i in range(3, 9))]
    content = workbook(
        {"Read me": sheet([["By Ann"], ["2005"]]), "F": sheet(rows), "K": sheet(rows)}
    )
    found = prices.read(content, "book.xlsx")
    assert found.symbols == ("F", "K") and found.open is None
    assert "1 sheet with other columns than the rest passed over." in found.notes


def test_one_sheet_is_a_table_like_any_other() -> None:
    frame = CLOSED.rename_axis("date").reset_index()
    rows = [list(frame.columns), *([str(d.date()), *r] for d, *r in frame.itertuples(index=False))]
    same(prices.read(workbook({"all": sheet(rows)}), "book.xlsx"), opened=False)


def test_a_symbol_map_names_companies_and_tells_what_does_not_fit() -> None:
    named = prices.names_from(
        b"Ticker;Firma;Branche\nA;M\xfcller;Cars\nB;Ford;Cars\nC;Ford;\nQ;Quux;Food\nD;;Food\n",
        "karte.csv",
    )
    found = prices.read(markets.wide_csv(CLOSED), "wide.tsv", names=named)
    assert [found.name_of(s) for s in "ABCD"] == ["Müller", "Ford (B)", "Ford (C)", "D"]
    assert found.sectors == {"A": "Cars", "B": "Cars"}
    told = " ".join(found.notes)
    assert "1 line of the symbol map without a symbol or a name passed over." in told
    assert "names 1 symbol without prices: Q." in told
    assert "5 symbols have no name in the map: D, E, F, G, H." in told


def test_names_change_the_key_and_nothing_else() -> None:
    plain = markets.small()
    named = prices.with_names(plain, Named({"A": "Ann"}))
    assert named.key != plain.key and replace(plain).key == plain.key
    assert named.close is plain.close


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b'{"X": "one", "Y": "two"}', "map.json", "None of the 2 symbols in the symbol map"),
        (b"{}", "map.json", "names no company"),
        (b'{"A": 3, "B": null}', "map.json", "names no company"),
        (b"symbol\nA\nB\n", "map.csv", "a column of symbols and one of names"),
    ],
)
def test_a_symbol_map_of_nothing_is_refused(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(ReadError, match=sentence):
        prices.with_names(markets.small(), prices.names_from(content, name))


def test_json_objects_may_hold_sectors() -> None:
    named = prices.names_from(b'{"A": {"name": "Ann", "sector": "Food"}, "B": "Bob"}', "m.json")
    assert (named.names, named.sectors) == ({"A": "Ann", "B": "Bob"}, {"A": "Food"})
