"""Samples: a market that the project draws, sectors known."""

from collections.abc import Mapping
from functools import cache

from clustering.data.prices.kept import Named, Prices, made
from clustering.errors import DataError
from sample_data.market import companies, market

__all__ = ["SAMPLES", "sample"]

SAMPLES: Mapping[str, str] = {"market": "A market simulated from sectors"}
"""Title of each sample by its id."""


def sample(id: str) -> Prices:
    """Give a sample of prices.

    Parameters
    ----------
    id : str
        One of `SAMPLES`.

    Returns
    -------
    Prices
        With names and sectors.

    Raises
    ------
    DataError
        Where there is no such sample.
    """
    if id not in SAMPLES:
        shown = " ".join(id.split())[:80]
        raise DataError(f"There are no sample prices called '{shown}'; choose from the list.")
    return _market()


@cache
def _market() -> Prices:
    """Draw it once."""
    known = companies().astype("str")
    named = Named(
        dict(zip(known["symbol"], known["name"], strict=True)),
        dict(zip(known["symbol"], known["sector"], strict=True)),
    )
    return made(market(), SAMPLES["market"], named)
