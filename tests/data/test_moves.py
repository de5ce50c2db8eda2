"""Moves: who is compared on which days, and what a split, a gap and an early end cost."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from clustering.data import prices
from clustering.data.prices import Prices, jumps, moves
from clustering.errors import DataError, ParameterError, UnsupportedError
from tests.affinity import markets

OPENED, CLOSED = markets.frames()


def changed(**cells: tuple[slice, float]) -> Prices:
    """The small market with some prices multiplied."""
    opened, closed = OPENED.copy(), CLOSED.copy()
    for symbol, (days, factor) in cells.items():
        for frame in (opened, closed):
            column = frame.columns.get_loc(symbol)
            frame.iloc[days, column] = frame.iloc[days, column] * factor
    return Prices(opened, closed)


def returns(closed: pd.DataFrame) -> np.ndarray:
    """Log returns in standard deviations, companies by days, in plain NumPy."""
    found = np.diff(np.log(closed.to_numpy()), axis=0)
    return (found / found.std(axis=0)).T


def test_the_recipes_moves() -> None:
    data = moves(markets.small())
    x = (CLOSED - OPENED).to_numpy().T.copy().T
    assert np.allclose(data.points, (x / x.std(axis=0)).T, rtol=1e-14)
    assert (data.source.draws, data.source.member) == ("days", "company")
    assert data.columns[0] == "2005-01-03" and data.changes == ()


def test_log_returns_begin_with_the_second_day() -> None:
    data = moves(markets.small(), kind="log returns")
    assert np.allclose(data.points, returns(CLOSED), rtol=1e-12)
    assert data.columns[0] == "2005-01-04"


def test_a_range_holds_both_its_ends() -> None:
    data = moves(markets.small(), begin="2005-01-10", end="2005-02-01")
    assert (data.columns[0], data.columns[-1]) == ("2005-01-10", "2005-02-01")
    assert np.allclose(data.points.std(axis=1), 1.0)
    assert (
        moves(markets.small(), begin=pd.Timestamp("2005-01-10").date()).columns[0] == "2005-01-10"
    )


def test_a_split_is_named_with_its_day_and_leaves_log_returns_alone() -> None:
    split = changed(C=(slice(30, None), 0.5))
    day = f"{CLOSED.index[30]:%Y-%m-%d}"
    (jump,) = jumps(split)
    assert (jump.symbol, f"{jump.day:%Y-%m-%d}", jump.within) == ("C", day, False)
    assert jump.told.endswith("as after a 2:1 split")
    data = moves(split, kind="log returns")
    whole = np.diff(np.log(CLOSED.to_numpy()), axis=0)
    whole[29, 2] = np.log(CLOSED.iloc[30, 2] / OPENED.iloc[30, 2])
    assert np.allclose(data.points, (whole / whole.std(axis=0)).T)
    assert f"C on {day}" in data.changes[0] and "does not count" in data.changes[0]
    plain = moves(split)
    assert plain.points[2, 30] != 0.0  # within the day nothing jumped
    assert "log returns know no size" in " ".join(plain.changes)


def test_a_jump_on_a_day_that_is_not_shared_does_not_come_back() -> None:
    closed = CLOSED.copy()
    closed.iloc[30:, 2] /= 4
    closed.iloc[30, 0] = np.nan  # the day of the split is shared no more
    data = moves(Prices(None, closed), kind="log returns")
    assert data.d == 58
    assert np.abs(data.points[2]).max() < 4
    assert "4:1 split" in " ".join(data.changes)


def test_a_price_that_jumps_within_a_day_does_not_count() -> None:
    closed = CLOSED.copy()
    closed.iloc[20, 1] *= 3  # a slip of the pen; the next day opens as if nothing had been
    data = moves(Prices(OPENED, closed))
    assert data.points[1, 20] == 0.0
    assert "1 jump within a day: no move counts for that day." in data.changes


def test_a_share_that_often_moves_much_has_no_jumps() -> None:
    wild = CLOSED.copy()
    wild["A"] = 10 * np.exp(np.cumsum(np.tile([0.5, -0.45], 30)))
    assert not [jump for jump in jumps(Prices(None, wild)) if jump.symbol == "A"]


def test_who_ends_early_or_begins_late_is_left_out_by_name() -> None:
    closed = CLOSED.copy()
    closed.iloc[40:, 7] = np.nan
    closed.iloc[:20, 6] = np.nan
    closed.iloc[::4, 5] = np.nan
    data = moves(prices.with_names(Prices(None, closed), prices.Named({"H": "Hoo"})),
                 kind="log returns")  # fmt: skip
    assert list(data.features["symbol"]) == list("ABCDE")
    told = " ".join(data.changes)
    assert f"Hoo ends on {CLOSED.index[39]:%Y-%m-%d}, lacks 33 % of the days" in told
    assert f"G begins on {CLOSED.index[20]:%Y-%m-%d}" in told
    assert "F lacks 25 % of the days and is left out." in told
    assert data.left_out["too few days"].tolist() == [5, 6, 7]
    assert data.rows.tolist() == [0, 1, 2, 3, 4]
    kept = moves(Prices(None, closed), kind="log returns", end=CLOSED.index[39])
    assert "H" in list(kept.features["symbol"])


def test_different_calendars_share_their_days() -> None:
    closed = CLOSED.copy()
    closed.iloc[[3, 20], :4] = np.nan  # one exchange's holidays
    closed.iloc[[7, 41], 4:] = np.nan  # the other's
    shared = moves(Prices(None, closed), kind="log returns")
    assert shared.d == 55
    assert shared.changes[0].startswith("4 of 60 days left out, because a price is missing")
    whole = returns(closed.dropna())
    assert np.allclose(shared.points, whole)
    still = moves(Prices(None, closed), kind="log returns", gaps="no move")
    assert still.d == 59 and still.points[0, 2] == 0.0
    assert "16 missing prices without a move" in still.changes[0]


def test_days_of_a_few_companies_do_not_count() -> None:
    weekend = pd.DataFrame(np.nan, [pd.Timestamp("2005-01-08")], CLOSED.columns)
    weekend["A"] = 50.0
    data = moves(Prices(None, pd.concat([CLOSED, weekend]).sort_index()), kind="log returns")
    assert data.d == 59
    assert "1 day on which fewer than half of the companies have prices left out." in data.changes


def test_who_never_moves_is_left_out_by_name() -> None:
    flat = replace(markets.small(), close=CLOSED.assign(B=7.0), open=OPENED.assign(B=6.5))
    data = moves(flat)
    assert "B" not in data.source.names
    assert "With the same move on every day and left out: B." in data.changes
    assert data.left_out["never moves"].tolist() == [1]


def constant(value: float) -> pd.DataFrame:
    return pd.DataFrame(value, CLOSED.index, CLOSED.columns)


REFUSED = {
    "no opening": (Prices(None, CLOSED), {}, "no opening prices; choose log returns"),
    "one symbol": (Prices(None, CLOSED[["A"]]), {"kind": "log returns"}, "one company alone"),
    "two days": (Prices(OPENED[:2], CLOSED[:2]), {}, "2 days on which all 8 companies"),
    "all-equal moves": (Prices(constant(1.0), constant(2.0)), {}, "same move on every day"),
    "one that moves": (
        Prices(constant(1.0).assign(A=OPENED["A"]), constant(1.1).assign(A=CLOSED["A"])), {},
        "Only A moves at all",
    ),
    "no days between": (markets.small(), {"begin": "2006-01-01", "end": "2006-02-01"},
                        "no prices from 2006-01-01 to 2006-02-01; they go from 2005-01-03"),
    "the wrong way round": (markets.small(), {"begin": "2005-03-01", "end": "2005-02-01"},
                            "no prices from 2005-03-01 to 2005-02-01"),
    "no date": (markets.small(), {"begin": "soon"}, "'soon' is no date"),
    "no kind": (markets.small(), {"kind": "up"}, "Moves are close - open or log returns"),
    "holes": (Prices(None, CLOSED.where(np.eye(60, 8) > 0)), {"kind": "log returns"},
              "0 days on which all 8 companies have prices"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_compared_is_refused_in_a_sentence(case: str) -> None:
    given, arguments, sentence = REFUSED[case]
    with pytest.raises((DataError, ParameterError, UnsupportedError), match=sentence) as caught:
        moves(given, **arguments)
    assert str(caught.value).endswith(".")
