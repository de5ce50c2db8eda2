"""Prices at hand: the book's files where they are present, and small ones made by hand."""

import os
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from clustering import affinity
from clustering.data import prices
from clustering.data.prices import Prices
from clustering.dataset import Dataset
from clustering.partition import Partition
from tests.making import sheet, workbook

FOLDER = Path(
    os.environ.get("CLUSTERLOOM_DATA") or Path(__file__).resolve().parents[3] / "shared/data"
)


def books_file(name: str) -> list[Path]:
    """The file of that name where it is present; else nothing."""
    return sorted(FOLDER.rglob(name))[:1] if FOLDER.is_dir() else []


@cache
def frames(companies: int = 8, days: int = 60) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Opening and closing prices of companies in two sectors, rounded to cents."""
    draw = np.random.default_rng(5)
    sectors = draw.normal(size=(days, 2))[:, np.arange(companies) * 2 // companies]
    steps = 0.01 * (sectors + 0.6 * draw.normal(size=(days, companies)))
    close = 50 * np.exp(steps.cumsum(axis=0))
    opened = close * np.exp(-steps * 0.8)
    index = pd.bdate_range("2005-01-03", periods=days)
    names = list("ABCDEFGHIJKLMNOP"[:companies])
    return (
        pd.DataFrame(opened, index, names).round(2),
        pd.DataFrame(close, index, names).round(2),
    )


def small(**changes: object) -> Prices:
    """These prices as they are, or with some of their parts changed."""
    opened, closed = frames()
    return Prices(**{"open": opened, "close": closed, **changes})  # type: ignore[arg-type]


def long_csv(opened: pd.DataFrame, closed: pd.DataFrame, **arguments: object) -> bytes:
    """A row for each day and symbol, with German names."""
    rows = [
        (f"{day:%d.%m.%Y}", symbol, opened.at[day, symbol], closed.at[day, symbol])
        for day in closed.index
        for symbol in closed.columns
    ]
    frame = pd.DataFrame(rows, columns=["Datum", "Kürzel", "Eröffnung", "Schluss"])
    written: str = frame.to_csv(index=False, sep=";", decimal=",", **arguments)  # type: ignore[call-overload]
    return written.encode("cp1252")


def wide_csv(closed: pd.DataFrame) -> bytes:
    """A column for each symbol."""
    return closed.rename_axis("Day").to_csv(sep="\t").encode()


def two_level_csv(opened: pd.DataFrame, closed: pd.DataFrame) -> bytes:
    """Two names above each column, as downloads of prices have them."""
    both = pd.concat({"Close": closed, "Open": opened}, axis=1, names=["Price", "Ticker"])
    return both.rename_axis("Date").to_csv().encode()


def book(opened: pd.DataFrame, closed: pd.DataFrame) -> bytes:
    """A sheet for each symbol, laid out as the recipe's."""
    sheets = {}
    for symbol in closed.columns:
        rows: list[list[object]] = [[None, "date", "open", "close"]]
        for place, day in enumerate(closed.index):
            first, last = float(opened.at[day, symbol]), float(closed.at[day, symbol])
            rows.append([place, f"{day:%Y-%m-%d}", first, last])
        sheets[symbol] = sheet(rows)
    return workbook(sheets)


@cache
def sample() -> tuple[Prices, Dataset, affinity.Relations]:
    """The project's own market, its moves and their graphical lasso."""
    market = prices.sample("market")
    dataset = prices.moves(market)
    return market, dataset, affinity.relations(dataset)


def members(dataset: Dataset, partition: Partition) -> set[frozenset[str]]:
    """The clusters as sets of names."""
    return {
        frozenset(dataset.name_of(int(i)) for i in np.flatnonzero(partition.labels == k))
        for k in range(partition.k)
    }
