"""Samples of customers: what wholesale clients spend, and two months of a shop's orders."""

from functools import cache

import numpy as np
import pandas as pd

__all__ = ["MONTHS", "SEGMENTS", "orders_february", "orders_january", "segments", "wholesale"]

SPENDINGS = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]
LIKE = (
    # typical spending on each, and how widely it spreads
    ([9000, 2400, 2900, 2100, 420, 800], [1.05, 0.75, 0.65, 1.0, 0.9, 0.9]),  # hotels, restaurants
    ([5200, 8200, 12500, 1000, 5200, 950], [1.1, 0.65, 0.6, 1.0, 0.75, 0.9]),  # shops
)
GIANTS = (
    [105000, 29000, 18000, 24000, 3500, 5200],
    [96000, 32000, 20500, 9800, 5400, 6800],
    [34000, 44000, 21000, 36000, 300, 46000],
    [23000, 72000, 33000, 1000, 20000, 900],
    [17000, 47000, 91000, 1100, 40000, 2900],
    [45000, 52000, 58000, 7500, 25000, 5100],
    [33000, 17000, 13500, 60000, 1300, 5500],
)

SEGMENTS = {
    # orders in a month (from, to), typical amount, first and last day of buying
    "regular": ((9, 14), 22.0, (1, 31)),
    "big": ((3, 5), 190.0, (6, 31)),
    "occasional": ((1, 2), 34.0, (17, 31)),
    "leaving": ((2, 4), 48.0, (1, 9)),
}
"""The kinds of customers in the log of orders."""

MONTHS = {1: 31, 2: 28}
SIZES = {"regular": 70, "big": 40, "occasional": 90, "leaving": 50}
MOVES = (("regular", "leaving", 9), ("occasional", "regular", 8), ("leaving", "occasional", 7))
NEW, GONE = 20, 12
PRODUCTS = ("beans", "filter paper", "grinder", "mug", "syrup", "tea", "kettle", "biscuits")


def wholesale() -> pd.DataFrame:
    """Draw what 440 clients of a wholesaler spend on six kinds of goods; a few are giants."""
    random = np.random.default_rng(20)
    channel = np.where(random.random(440) < 0.68, 1, 2)
    middle = np.array([typical for typical, _ in LIKE])[channel - 1]
    spread = np.array([wide for _, wide in LIKE])[channel - 1]
    size = random.normal(0.0, 0.35, (440, 1))  # who buys much of one buys much of the others
    spent = middle * np.exp(0.75 * spread * random.normal(size=(440, 6)) + size)
    spent = np.minimum(spent, [62000, 34000, 42000, 24000, 19000, 9500])
    places = random.choice(440, len(GIANTS), replace=False)
    spent[places] = GIANTS
    frame = pd.DataFrame(spent.round().astype(np.int64), columns=SPENDINGS)
    frame.insert(0, "Region", random.choice([1, 2, 3], 440, p=[0.18, 0.11, 0.71]))
    frame.insert(0, "Channel", channel)
    return frame


@cache
def segments() -> tuple[dict[str, str], dict[str, str]]:
    """Give the segment of each customer in January, and in February."""
    random = np.random.default_rng(21)
    names = [f"C{number:04d}" for number in random.permutation(9000)[: sum(SIZES.values()) + NEW]]
    kinds = [kind for kind, size in SIZES.items() for _ in range(size)]
    january = dict(zip(names, kinds, strict=False))
    february = dict(january)
    for old, new, size in MOVES:
        stay = [name for name, kind in january.items() if kind == old == february[name]]
        february |= dict.fromkeys(stay[:size], new)
    settled = [name for name in january if january[name] == february[name]]
    for name in random.choice(settled, GONE, replace=False):
        del february[name]
    return january, february | dict.fromkeys(names[len(january) :], "occasional")


def orders(month: int, buyers: dict[str, str]) -> pd.DataFrame:
    """Draw a month's orders, a few of them sent back, in the order of their days."""
    random = np.random.default_rng(30 + month)
    days = MONTHS[month]
    rows = []
    for name, kind in buyers.items():
        (few, many), typical, (first, last) = SEGMENTS[kind]
        size = int(random.integers(few, many + 1))
        bought = np.sort(random.integers(first, min(last, days) + 1, size))
        for day in bought.tolist():
            amount = round(float(typical * random.lognormal(0.0, 0.25)), 2)
            rows.append((day, name, str(random.choice(PRODUCTS)), amount, kind))
            if random.random() < 0.02 and day + 2 <= days:
                rows.append((day + 2, name, rows[-1][2], -amount, kind))
    rows.append((3, "C9999", "kettle", -39.9, "leaving"))  # bought in an earlier month
    frame = pd.DataFrame(rows, columns=["date", "customer", "product", "amount", "group"])
    frame = frame.sort_values("date", kind="stable", ignore_index=True)
    frame["date"] = [f"2026-{month:02d}-{day:02d}" for day in frame["date"]]
    frame.insert(0, "order", [f"{month}{place:05d}" for place in range(1, len(frame) + 1)])
    return frame


def orders_january() -> pd.DataFrame:
    """Draw a month of orders of four kinds of customers."""
    return orders(1, segments()[0])


def orders_february() -> pd.DataFrame:
    """Draw the month after: some customers have changed their ways, are new, or gone."""
    return orders(2, segments()[1])
