"""Settling: from the ways in which a column of text can be read to the one that is meant.

A column is converted where all its cells fit. Where nearly all do it stays text, and its
form counts those that do not: a column of numbers with twelve times "(est.)" is worth a
question, which nobody but the user can answer.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.kinds.conversion import to_booleans, to_dates, to_hours
from clustering.data.kinds.dateforms import Dated, compact
from clustering.data.kinds.forms import Form
from clustering.data.kinds.levels import ENOUGH, Levels
from clustering.data.kinds.looking import Looked, Manner
from clustering.data.kinds.naming import named_code, named_date, named_id, named_text
from clustering.data.kinds.natives import CARD, whole_kind
from clustering.data.kinds.numerals import Numeral, bare, doubtful, units_of
from clustering.words import count

__all__ = ["as_dates", "as_times", "chosen", "doubt_of", "first_of", "settled"]

MANY = 50  # different words that make a category although each stands but twice
TWICE, OFTEN = 2, 5  # how often each word stands on average, few words and many words
FEWEST = 20  # different texts with leading zeros that make ids although a few stand twice
SHORT, WORDY = 60, 30  # characters: the longest of ids, and how long they are on average


def settled(seen: Looked, manner: Manner) -> tuple["pd.Series[Any]", Form]:
    """Choose among the ways in which a column can be read, and convert it."""
    levels = seen.levels
    if not len(levels.counts):
        return seen.cells, Form("text")
    if seen.pair:
        return spread(to_booleans(levels.texts, seen.pair), seen), Form("boolean", words=seen.pair)
    if seen.numbers:
        made = as_numbers(seen, manner)
        if made is not None:
            return made
    if seen.dates:
        return as_dates(seen, manner)
    hours = to_hours(levels.texts) if may_be_times(levels) else None
    if hours is not None:
        fits = hours.notna().to_numpy()
        if fits.all():
            return as_times(seen)
        if levels.share(fits) >= ENOUGH:
            return seen.cells, near_miss(levels, fits)
    return seen.cells, replace(as_words(seen), doubt=mixed_units(levels))


def may_be_times(levels: Levels) -> bool:
    """Tell from some of the texts whether nearly all may be times."""
    return levels.likely([":" in text and text[:1] in "-+0123456789" for text in levels.some])


def as_times(seen: Looked) -> tuple["pd.Series[Any]", Form]:
    """Convert to durations, to the nearest microsecond."""
    levels = seen.levels
    hours = to_hours(levels.texts)
    odd = hours.isna().to_numpy()
    micro = (hours * 3.6e9).round()
    values = spread(pd.to_timedelta(micro, unit="us").astype("timedelta64[us]"), seen)
    example = levels.first(odd) if odd.any() else ""
    return values, Form("time", odd=int(levels.counts[odd].sum()), odd_example=example)


def spread(values: "pd.Series[Any]", seen: Looked) -> "pd.Series[Any]":
    """Give each cell the value of its text; missing cells have none."""
    made = values.array.take(seen.levels.codes, allow_fill=True)
    return pd.Series(made, index=seen.cells.index)


def first_of(cells: "pd.Series[Any]", odd: "pd.Series[Any]") -> str:
    """Give the first odd cell, cut to 20 characters."""
    return str(cells[odd].iloc[0]).strip()[:20] if odd.any() else ""


def near_miss(levels: Levels, fits: "np.ndarray[Any, np.dtype[np.bool_]]", doubt: str = "") -> Form:
    """Give the form of a text column nearly all of whose cells are something else."""
    return Form(
        "text", odd=int(levels.counts[~fits].sum()), odd_example=levels.first(~fits), doubt=doubt
    )


def chosen(seen: Looked, manner: Manner) -> Numeral:
    """Choose the way to read numbers that the file goes."""
    ways = [way for way in seen.numbers if way.decimal == manner.decimal]
    return (ways or list(seen.numbers))[0]


def as_numbers(seen: Looked, manner: Manner) -> tuple["pd.Series[Any]", Form] | None:
    """Convert to numbers, or say why it stays text; None where the texts are no numbers."""
    levels, way = seen.levels, chosen(seen, manner)
    fits = ~np.isnan(way.values)
    if not np.isfinite(way.values[fits]).any() and not any(
        sign.isdigit() for text in levels.some for sign in text
    ):
        return None
    if not fits.all():
        return seen.cells, near_miss(levels, fits, mixed_units(levels))
    if way.unit:
        lacking = bare(levels, way.unit)
        zero = way.values == 0
        few = levels.share(lacking & ~zero)
        if few > 0.5:  # some stray unit among plain numbers
            return seen.cells, near_miss(levels, lacking)
    whole = plain_whole(levels, way)
    if whole:
        made = as_whole(seen, way)
        if made is not None:
            return made
    doubt = doubt_of(levels, seen.numbers, way, manner)
    if way.unit and not doubt and (lacking & ~zero).any():
        cells = count(int(levels.counts[lacking & ~zero].sum()), "cell")
        doubt = f"Its unit is {way.unit}, which is not there in {cells}; they are taken to mean it."
    form = Form("number", decimal=way.decimal, thousands=way.thousands, unit=way.unit, doubt=doubt)
    return numbers_of(seen, way, whole=whole_values(way)), form


def mixed_units(levels: Levels) -> str:
    """Say that numbers stand beside different units; nothing where they do not."""
    units = [unit for unit in units_of(levels) or () if unit]
    if len(units) < 2:
        return ""
    listed = " and ".join(f"'{unit}'" for unit in units[:3])
    return f"Its cells have different units ({listed}), so they are not read as numbers."


def plain_whole(levels: Levels, way: Numeral) -> bool:
    """Tell whether all texts are whole numbers, digits and nothing but a sign."""
    return not way.unit and levels.all_are("[-+]?[0-9]+")


def whole_values(way: Numeral) -> bool:
    """Tell whether the grouped digits of all texts are whole numbers."""
    values = way.values
    return bool(
        way.thousands
        and np.isfinite(values).all()
        and (values == np.floor(values)).all()
        and np.abs(values).max(initial=0) < 2**53
    )


def numbers_of(seen: Looked, way: Numeral, *, whole: bool) -> "pd.Series[Any]":
    """Give the cells as float64, or as int64 where all are whole and none is missing."""
    values = np.append(way.values, np.nan)[seen.levels.codes]  # missing cells take the last
    if whole and not np.isnan(values).any():
        return pd.Series(values, index=seen.cells.index).astype("int64")
    return pd.Series(values, index=seen.cells.index)


def as_whole(seen: Looked, way: Numeral) -> tuple["pd.Series[Any]", Form] | None:
    """Tell whole numbers that measure from those that only name; None where they are fractions."""
    levels = seen.levels
    zeros = np.zeros(len(levels.counts), dtype=bool)
    if levels.holds("^[-+]?0[0-9]"):
        zeros = levels.texts.str.match("[-+]?0[0-9]").to_numpy(dtype=bool)
    long = levels.lengths >= CARD
    unique = len(levels.texts) == len(seen.cells) > 1
    # Some rows of a list of orders may have been entered twice.
    nearly = len(levels.texts) >= max(ENOUGH * levels.present, FEWEST)
    if day := compact(levels.texts, named=named_date(seen.name)):
        return to_dates(seen.cells, day.formats), Form("date", formats=day.formats)
    if levels.share(long) >= 0.5:
        return seen.cells, Form("id" if unique or named_id(seen.name) else "code")
    if zeros.any():
        if named_id(seen.name) or ((unique or nearly) and not named_code(seen.name)):
            return seen.cells, Form("id")
        doubt = (
            ""
            if named_code(seen.name)
            else (
                f"Cells such as '{levels.first(zeros)}' begin with a zero, so they are codes; "
                "choose number if they measure something."
            )
        )
        return seen.cells, Form("code", doubt=doubt)
    values = numbers_of(seen, way, whole=False)
    exact = bool(np.isfinite(way.values).all() and np.abs(way.values).max(initial=0) < 2**53)
    kind, doubt = whole_kind(seen.name, values.to_numpy())
    if kind == "boolean":
        return to_booleans(seen.cells, ("0", "1")), Form("boolean", words=("0", "1"))
    if exact and values.notna().all():
        values = values.astype("int64")
    elif values.notna().all() and in_64_bits(levels):
        whole = np.array([int(text) for text in levels.texts], dtype=np.int64)
        values = pd.Series(whole[levels.codes], index=seen.cells.index)
    elif not exact:
        doubt = rounded(levels, way)
    return values, Form(kind, doubt=doubt)


def rounded(levels: Levels, way: Numeral) -> str:
    """Say that a whole number has more digits than a number keeps."""
    text = levels.first(np.abs(way.values) >= 2**53)
    return (
        f"'{text}' has more than the 15 digits that a number surely keeps, so it is rounded; "
        "choose text if it is a name, or mend it."
    )


def in_64_bits(levels: Levels) -> bool:
    """Tell whether whole numbers of many digits fit into 64 bits."""
    numbers = [int(text) for text in levels.texts if len(text) < 30]
    return len(numbers) == len(levels.texts) and -(2**63) <= min(numbers) <= max(numbers) < 2**63


def doubt_of(levels: Levels, ways: tuple[Numeral, ...], way: Numeral, manner: Manner) -> str:
    """Say how else numbers could be read; nothing where the file decides."""
    example = doubtful(levels, ways)
    if not example or manner.decided:
        return ""
    other = next(one for one in ways if one is not way)
    place = levels.texts.tolist().index(example) if len(levels.texts) < 10_000 else 0
    example = levels.texts.iloc[place][:20]
    mine, theirs = (f"{one.values[place]:.12g}" for one in (way, other))
    sign = "comma" if other.decimal == "," else "point"
    return (
        f"'{example}' could be {mine} or {theirs}, and no column of the file decides; it is read "
        f"as {mine}. Choose the {sign} as decimal sign if it is {theirs}."
    )


def as_dates(seen: Looked, manner: Manner) -> tuple["pd.Series[Any]", Form]:
    """Convert to dates, or say why it stays text."""
    ways = seen.dates
    way, doubt = ways[0], ""
    if len(ways) > 1:
        order = manner.order or "month"
        way = next((one for one in ways if one.order == order), way)
        if not manner.order:
            doubt = either_day(seen.levels, way, next(one for one in ways if one is not way))
    fits = way.values.notna()
    if not fits.all() and seen.kind is None:
        return seen.cells, near_miss(seen.levels, np.asarray(fits))
    odd = ~np.asarray(fits)
    return spread(pd.Series(way.values).astype("datetime64[us]"), seen), Form(
        "date",
        formats=way.formats,
        odd=int(seen.levels.counts[odd].sum()),
        odd_example=seen.levels.first(odd) if odd.any() else "",
        doubt=doubt,
    )


def either_day(levels: Levels, way: Dated, other: Dated) -> str:
    """Say which two days a text could be; nothing where each is one day or none."""
    days, others = way.values.to_numpy(), other.values.to_numpy()
    two = ~np.isnat(days) & ~np.isnat(others) & (days != others)
    if not two.any():
        return ""
    place = int(np.argmax(two))
    first, second = way.values[place], other.values[place]
    return (
        f"'{levels.texts.iloc[place][:20]}' could be {first:%Y-%m-%d} or {second:%Y-%m-%d}, and "
        f"no cell decides; it is read as {first:%Y-%m-%d}. Tell the order of day and "
        "month to be sure."
    )


def as_words(seen: Looked) -> Form:
    """Tell categories, free text and names of rows apart."""
    levels = seen.levels
    different, present = len(levels.counts), levels.present
    longest, usual = int(levels.lengths.max()), float(levels.lengths.mean())
    if named_id(seen.name) and different > 1 and longest <= SHORT:
        return Form("id")
    if different == len(seen.cells) > 1:
        return Form("id" if longest <= SHORT and usual <= WORDY else "text")
    if named_text(seen.name) and usual > SHORT / 3:
        return Form("text")
    average = present / different
    repeats = average >= (TWICE if different <= MANY else OFTEN)
    return Form("category" if repeats and usual <= SHORT else "text")
