"""A simulated market: prices of 36 invented companies, of which the sectors are known.

Every day has a move that all companies share, another that two related sectors share, each
sector one of its own, and each company what concerns nobody else; some of it happens over
night, the rest between the opening and the close. So companies of a sector move together, by
a known amount, and what a method finds can be held against what was put in. Three companies
make trouble as real ones do: one leaves the market, one splits its share, and one goes over
to another business halfway. A few days are missing here and there.
"""

from functools import cache

import numpy as np
import pandas as pd

from clustering.dataset import Floats

__all__ = ["companies", "market"]

SECTORS: dict[str, dict[str, str]] = {
    "Energy": {
        "BRO": "Brent Oil", "DRL": "Deepdrill", "FLR": "Flare Gas", "HYD": "Hydra Power",
        "PIP": "Pipelink", "SUN": "Sunfield",
    },
    "Banks": {
        "ALB": "Albion Bank", "CRD": "Credo", "LMB": "Lombard Trust", "MNT": "Mint & Sons",
        "OAK": "Oak Savings", "VLT": "Vaultline",
    },
    "Software": {
        "BYT": "Byteworks", "CLD": "Cloudberry", "LPX": "Loopex", "NOD": "Nodal",
        "PXL": "Pixelhouse", "QRY": "Query Systems",
    },
    "Retail": {
        "BSK": "Basket", "CRN": "Cornershop", "HRB": "Harbour Stores", "MRT": "Martello",
        "TRL": "Trolley", "WDR": "Wardrobe",
    },
    "Pharma": {
        "AMP": "Ampoule", "CUR": "Curative", "GNM": "Genomia", "PAN": "Panacea",
        "SRM": "Serum Labs", "VAC": "Vaccinex",
    },
    "Carmakers": {
        "AXL": "Axle Motors", "CHS": "Chassis", "GRX": "Gearbox", "PST": "Piston",
        "TRQ": "Torque", "VLO": "Velo",
    },
}  # fmt: skip
"""Symbols and names of the companies, by sector."""

FIRST, LAST = "2021-01-04", "2023-12-29"
RELATED = ((0, 5), (1, 2), (3, 4))
"""Sectors that have something in common: what is dug up and burnt, money and data, the till."""
MARKET, COMMON, SECTOR, OWN = 0.0050, 0.0040, 0.0075, 0.0095
"""How much a day moves all companies, two related sectors, a sector, and one company: standard
deviations of logarithms."""
OVERNIGHT = 0.35
"""Share of a day's variance that happens before the opening."""

DELISTED = "DRL", "2023-06-30"
SPLIT = "BYT", "2022-08-15", 4
CHANGED = "HYD", "2022-07-01", "Carmakers"
GAPS = {"MRT": 3, "SUN": 2, "VAC": 2, "CRN": 1}


def companies() -> pd.DataFrame:
    """Give the companies: symbol, name and the sector that they were simulated in.

    Examples
    --------
    >>> table = companies()
    >>> table.shape, table["sector"].nunique()
    ((36, 3), 6)
    """
    rows = [
        (symbol, name, sector)
        for sector, members in SECTORS.items()
        for symbol, name in members.items()
    ]
    return pd.DataFrame(rows, columns=["symbol", "name", "sector"])


@cache
def _simulated() -> pd.DataFrame:
    """Draw the market once."""
    rng = np.random.default_rng(29)
    days = pd.bdate_range(FIRST, LAST)
    days = days[~((days.month == 12) & (days.day == 25)) & ~((days.month == 1) & (days.day == 1))]
    table, sectors = companies(), list(SECTORS)
    n, d = len(table), len(days)
    home = np.repeat(table["sector"].map(sectors.index).to_numpy()[:, None], d, axis=1)
    symbols = table["symbol"].tolist()
    changed, since, now = CHANGED
    home[symbols.index(changed), np.asarray(days >= pd.Timestamp(since))] = sectors.index(now)

    beta = rng.uniform(0.8, 1.2, size=(n, 1))
    tied = rng.uniform(0.8, 1.2, size=(n, 1))
    own = rng.uniform(0.8, 1.3, size=(n, 1))

    def moved(share: float) -> Floats:
        """Draw the part of all moves that happens in this share of a day, shape (n, d)."""
        everyone = MARKET * rng.standard_normal(d)
        businesses = SECTOR * rng.standard_normal((len(sectors), d))
        for related in RELATED:
            businesses[list(related)] += COMMON * rng.standard_normal(d)
        alone = OWN * own * rng.standard_normal((n, d))
        drawn: Floats = np.sqrt(share) * (
            beta * everyone + tied * businesses[home, np.arange(d)] + alone
        )
        return drawn

    night, day = moved(OVERNIGHT), moved(1.0 - OVERNIGHT)
    close = np.log(rng.uniform(18, 140, size=(n, 1))) + np.cumsum(night + day + 2e-4, axis=1)
    prices = {"open": np.exp(close - day), "close": np.exp(close)}
    symbol, on, times = SPLIT
    after = np.asarray(days >= pd.Timestamp(on))
    for values in prices.values():
        values[symbols.index(symbol), after] /= times

    kept = np.ones((n, d), dtype=bool)
    symbol, on = DELISTED
    kept[symbols.index(symbol)] = np.asarray(days <= pd.Timestamp(on))
    for symbol, missing in GAPS.items():
        kept[symbols.index(symbol), rng.choice(d - 2, missing, replace=False) + 1] = False
    who, when = np.nonzero(kept)
    return pd.DataFrame(
        {
            "symbol": np.array(symbols, dtype=object)[who],
            "date": days.to_numpy()[when],
            "open": prices["open"][kept].round(2),
            "close": prices["close"][kept].round(2),
        }
    )


def market() -> pd.DataFrame:
    """Give the prices, one row a company and day: symbol, date, open, close.

    Returns
    -------
    pandas.DataFrame
        By symbol in the order of `companies`, then by day; the same at every call.

    Examples
    --------
    >>> prices = market()
    >>> prices["symbol"].nunique(), prices["date"].min(), prices["date"].max()
    (36, Timestamp('2021-01-04 00:00:00'), Timestamp('2023-12-29 00:00:00'))
    """
    return _simulated().copy()
