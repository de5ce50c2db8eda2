"""The simulated market is a market: honest prices, known sectors, and the trouble of real ones."""

import numpy as np

from sample_data import market as simulated

PRICES, COMPANIES = simulated.market(), simulated.companies()
CLOSE = PRICES.pivot(index="date", columns="symbol", values="close")
OPEN = PRICES.pivot(index="date", columns="symbol", values="open")


def test_every_company_has_prices_and_a_sector():
    assert set(PRICES["symbol"]) == set(COMPANIES["symbol"])
    assert COMPANIES.groupby("sector").size().tolist() == [6] * 6
    assert COMPANIES["name"].is_unique
    assert (PRICES[["open", "close"]] > 1).all(axis=None)
    assert not PRICES.duplicated(["symbol", "date"]).any()
    assert set(PRICES["date"].dt.day_of_week) == set(range(5))


def test_companies_of_a_sector_move_together():
    moves = (CLOSE - OPEN).corr()
    sector = COMPANIES.set_index("symbol")["sector"][moves.columns].to_numpy()
    same = (sector[:, None] == sector) & ~np.eye(len(sector), dtype=bool)
    other = sector[:, None] != sector
    assert moves.to_numpy()[same].mean() > 0.35 > 0.3 > moves.to_numpy()[other].mean()


def test_one_leaves_one_splits_one_changes_its_business_and_some_days_are_missing():
    gone, last = simulated.DELISTED
    assert CLOSE[gone].last_valid_index() <= np.datetime64(last)
    symbol, on, times = simulated.SPLIT
    drop = CLOSE[symbol] / CLOSE[symbol].shift()
    assert abs(drop[on] * times - 1) < 0.1
    assert (drop.drop(index=np.datetime64(on)).dropna() > 0.8).all()
    assert {name: int(CLOSE[name].isna().sum()) for name in simulated.GAPS} == simulated.GAPS
    symbol, since, new = simulated.CHANGED
    table = COMPANIES.set_index("symbol")["sector"]
    moves = CLOSE - OPEN
    for part, home in ((moves[:since], table[symbol]), (moves[since:], new)):
        near = part.corr()[symbol].drop(symbol).groupby(table).mean()
        assert near.idxmax() == home
