"""Numerals: in which ways the texts of a column can be read as numbers.

A point may group digits or end the whole part, and so may a comma; most columns can be
read in only one way, because one of their cells shows it: 0,5 and 1.234.567 and 12,50
leave no choice. What can be read in two ways follows the columns that cannot.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.kinds.conversion import to_numbers
from clustering.data.kinds.levels import ENOUGH, Levels
from clustering.dataset import Floats

__all__ = ["Numeral", "doubtful", "numerals", "units_of"]

CURRENCIES = (
    "$", "€", "£", "¥", "￥", "₹", "₽", "₩", "₺", "₫", "₪", "元", "円", "원", "zł", "kr", "Kč",
    "R$", "A$", "C$", "US$", "HK$", "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "RMB", "INR",
    "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "CAD", "AUD", "NZD", "BRL", "Fr.", "Rs.", "Rs",
    "usd", "eur", "gbp", "chf", "Euro", "euro",
)  # fmt: skip
UNITS = (
    *CURRENCIES, "%", "‰", "％", "percent", "Prozent",
    "kg", "g", "mg", "t", "lb", "lbs", "oz", "km", "m", "cm", "mm", "mi", "ft", "in", "m²", "m2",
    "km²", "km2", "m³", "m3", "ha", "l", "L", "ml", "s", "ms", "sec", "min", "h", "d", "°C", "°F",
    "°", "℃", "kWh", "MWh", "kW", "MW", "W", "V", "Hz", "kHz", "MHz", "GHz", "B", "kB", "KB", "MB",
    "GB", "TB", "km/h", "mph", "m/s", "hPa", "Pa", "bar", "mmHg", "bpm", "kcal", "cal", "ppm",
    "岁", "人", "个", "米", "公里", "公斤", "克", "万", "分", "天", "年", "亿",
)  # fmt: skip
CLOSE = 0.02  # share of a sample by which a way to read it may fall behind the best
LONGEST = 60  # characters of a number with its unit


def either(words: tuple[str, ...]) -> str:
    """Give a pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


BLANKS = " \u00a0\u2009\u202f"
DIGITS = rf"(?:[0-9.,][0-9.,'\u2019{BLANKS}]*(?:[eE][-+]?[0-9]+)?|[iI]nf(?:inity)?)"
LIKE = re.compile(
    rf"[-+\u2212(]*\s*(?P<front>{either(CURRENCIES)})?\s*[-+\u2212(]*\s*{DIGITS}(?<!\s)[)-]?\s*"
    rf"(?P<back>{either(UNITS)})?\s*\)?"
)


@dataclass(frozen=True, eq=False, slots=True)
class Numeral:
    """One way to read a column as numbers.

    Attributes
    ----------
    decimal, thousands, unit : str
        As `clustering.data.kinds.conversion.to_numbers` takes them.
    values : ndarray of shape (k,)
        What each text is then, NaN where it is no number.
    share : float
        Of the present cells, those that are numbers.
    signs : bool
        True where some text holds a point or a comma, so that the decimal sign matters.
    """

    decimal: str
    thousands: str
    unit: str
    values: Floats
    share: float
    signs: bool


def units_of(levels: Levels) -> tuple[str, ...] | None:
    """Give the units that stand at numbers, most frequent first; None where there are few numbers.

    A cell without a unit counts as the unit ``""``.
    """
    hits = [LIKE.fullmatch(text) if len(text) <= LONGEST else None for text in levels.some]
    if not levels.likely([hit is not None for hit in hits]):
        return None
    weights: Counter[str] = Counter()
    for hit, weight in zip(hits, levels.weights, strict=True):
        if hit is not None:
            weights[hit["front"] or hit["back"] or ""] += weight
    return tuple(unit for unit, _ in weights.most_common())


def numerals(levels: Levels, *, told: bool = False) -> tuple[Numeral, ...]:
    """Find the ways in which nearly all cells are numbers, the best first.

    Parameters
    ----------
    levels : Levels
        The column.
    told : bool
        True where the column is numbers by word of the user, so however few cells are.

    Returns
    -------
    tuple of Numeral
        Those under which the most cells are numbers; empty where less than nine of ten
        are. More than one only where they give different numbers.
    """
    units = units_of(levels)
    if units is None and not told:
        return ()
    real = [unit for unit in units or () if unit]
    unit = real[0] if real else ""
    pairs = signs(levels)
    if not levels.whole and len(pairs) > 1:
        sample = pd.Series(levels.some, dtype="str")
        shares = [
            float(levels.weights[to_numbers(sample, *pair, unit).notna().to_numpy()].sum())
            for pair in pairs
        ]
        likely = max(shares) - CLOSE
        pairs = [pair for pair, share in zip(pairs, shares, strict=True) if share >= likely]
    found = [numeral(levels, point, group, unit) for point, group in pairs]
    best = max(way.share for way in found)
    if best == 0.0 or (best < ENOUGH and not told):
        return ()
    kept: list[Numeral] = []
    for way in found:
        if way.share == best and not any(
            np.array_equal(way.values, other.values, equal_nan=True) for other in kept
        ):
            kept.append(way)
    return tuple(kept)


def signs(levels: Levels) -> list[tuple[str, str]]:
    """Give the pairs of decimal sign and thousands sign that may be meant."""
    patterns = {
        ".": r"\.",
        ",": ",",
        " ": f"[0-9][{BLANKS}][0-9]",
        "'": "[0-9]['\u2019][0-9]",
    }
    groups = [sign for sign, pattern in patterns.items() if levels.holds(pattern)]
    # A comma that stands alone may end the whole part, or only group: 1,234,567.
    points = (".", ",") if "." in groups or "," in groups else (".",)
    return [(point, group) for point in points for group in ("", *groups) if group != point]


def numeral(levels: Levels, decimal: str, thousands: str, unit: str) -> Numeral:
    """Read the texts in one way."""
    values = to_numbers(levels.texts, decimal, thousands, unit).to_numpy()
    marked = levels.holds("[.,]")
    return Numeral(decimal, thousands, unit, values, levels.share(~np.isnan(values)), signs=marked)


def doubtful(levels: Levels, ways: tuple[Numeral, ...]) -> str:
    """Give a text that is another number in another way; empty where there is but one."""
    if len(ways) < 2:
        return ""
    first, second = ways[0].values, ways[1].values
    differ = ~((first == second) | (np.isnan(first) & np.isnan(second)))
    return levels.first(differ) if differ.any() else ""


def bare(levels: Levels, unit: str) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Say of each text whether it lacks the unit."""
    holds = levels.texts.str.contains(unit, regex=False).to_numpy(dtype=bool)
    return np.asarray(~holds)
