"""Date forms: in which formats the texts of a column are dates.

One text says little: 01/02/2024 is a day in January or in February. The whole column
says more, because one 13 in the first place is enough; where no cell decides, both ways
are given, and whoever asks must choose or say that it cannot be known.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from clustering.data.kinds.conversion import to_dates
from clustering.data.kinds.levels import ENOUGH, Levels

__all__ = ["Dated", "compact", "dated", "formats_of"]

TIME = re.compile(
    r"(?P<hours>\d{1,2})(?P<rest>:\d{2}(?P<seconds>:\d{2}(?P<part>\.\d{1,9})?)?)"
    r"(?P<blank>\s?)(?P<half>[apAP][mM])?(?P<gap>\s?)(?P<zone>Z|[-+]\d{2}:?\d{2}|UTC|GMT)?"
)
BETWEEN = re.compile(r"(?<=\d|日)(T|,? +|, *)(?=\d{1,2}:\d{2})")
NUMBERS = re.compile(r"\d+")
MONTH = re.compile(r"[^\W\d_]{3,10}\.?")
WEEKDAY = re.compile(r"^([^\W\d_]{2,10})[.,]*\s+")
YEAR_FIRST = re.compile(r"\d{4}([-/.]|\s)\d{1,2}\1\d{1,2}")
YEAR_LAST = re.compile(r"\d{1,2}([-/.]|\s)\d{1,2}\1\d{4}")
YEAR_SHORT = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}")
EAST = re.compile(r"\d{4}\s?[年년]\s?\d{1,2}\s?[月월](\s?\d{1,2}\s?[日号일])?")
MANY = 12  # formats that one column may mix
LONGEST = 60
FIRST, LAST = "1900", "2101"  # between which eight digits without a sign may be a day


@dataclass(frozen=True, eq=False, slots=True)
class Dated:
    """One way to read a column as dates.

    Attributes
    ----------
    formats : tuple of str
        In the order in which they are tried.
    values : DatetimeIndex of k
        What each text is then.
    share : float
        Of the present cells, those that are dates.
    order : {"", "day", "month"}
        What comes first where digits alone do not tell.
    """

    formats: tuple[str, ...]
    values: pd.DatetimeIndex
    share: float
    order: str = ""


def formats_of(text: str) -> tuple[str, ...]:
    """Give the formats in which a text may be a date.

    Parameters
    ----------
    text : str
        One cell.

    Returns
    -------
    tuple of str
        Empty where it has not the look of a date; the day-first one stands before the
        month-first one.

    Examples
    --------
    >>> formats_of("01/02/2024 10:30"), formats_of("5. März 2024"), formats_of("1.2.3")
    (('%d/%m/%Y %H:%M', '%m/%d/%Y %H:%M'), ('%d. %b %Y',), ())
    """
    if len(text) > LONGEST or not any(sign.isdigit() for sign in text):
        return ()
    day, between, clock = text, "", ""
    cut = BETWEEN.search(text)
    if cut is not None:
        hit = TIME.fullmatch(text[cut.end() :])
        if hit is None:
            return ()
        day, between = text[: cut.start()], cut.group(1)
        clock = "%I" if hit["half"] else "%H"
        clock += ":%M" + (":%S" if hit["seconds"] else "") + (".%f" if hit["part"] else "")
        clock += hit["blank"] + "%p" if hit["half"] else ""
        clock += (hit["blank"] if not hit["half"] else "") + hit["gap"] if hit["zone"] else ""
        clock += ("%z" if hit["zone"] not in ("UTC", "GMT") else hit["zone"]) if hit["zone"] else ""
    return tuple(form + between + clock for form in days_of(day))


def days_of(day: str) -> tuple[str, ...]:
    """Give the formats of a text without its time of day."""
    if hit := YEAR_FIRST.fullmatch(day):
        return (f"%Y{hit[1]}%m{hit[1]}%d",)
    if hit := YEAR_LAST.fullmatch(day):
        return f"%d{hit[1]}%m{hit[1]}%Y", f"%m{hit[1]}%d{hit[1]}%Y"
    if hit := YEAR_SHORT.fullmatch(day):
        short = (f"%d{hit[1]}%m{hit[1]}%y", f"%m{hit[1]}%d{hit[1]}%y", f"%y{hit[1]}%m{hit[1]}%d")
        return short[:1] if hit[1] == "." else short
    if re.fullmatch(r"\d{4}[-/]\d{1,2}", day):
        return (f"%Y{day[4]}%m",)
    if re.fullmatch(r"\d{1,2}[-/]\d{4}", day):
        return (f"%m{day[-5]}%Y",)
    if EAST.fullmatch(day):
        names = iter(("%Y", "%m", "%d"))
        return (NUMBERS.sub(lambda _: next(names), day),)
    return with_words(day) if 1 <= len(NUMBERS.findall(day)) <= 2 else ()


def with_words(day: str) -> tuple[str, ...]:
    """Give the format of a date whose month is a word."""
    if (leads := WEEKDAY.match(day)) and not is_month(leads.group(1)):
        day = day[leads.end() :]
    month = next((hit for hit in MONTH.finditer(day) if is_month(hit.group())), None)
    if month is None:
        return ()
    rest = day[: month.start()] + "\0" + day[month.end() :]
    numbers = NUMBERS.findall(rest)
    lengths = [len(number) for number in numbers]
    if re.search(r"[^\W\d_\0]", re.sub(r"\bde\b", "", rest)) or not 1 <= len(numbers) <= 2:
        return ()
    if sorted(lengths) not in ([4], [1, 4], [2, 4], [1, 2], [2, 2]):
        return ()
    names = ["%Y" if length == 4 else "%d" for length in lengths]
    if 4 not in lengths:
        names[-1] = "%y"
    parts = iter(names)
    made = NUMBERS.sub(lambda _: next(parts), rest).replace("\0", "%b")
    return (made,)


@lru_cache(maxsize=4096)
def is_month(word: str) -> bool:
    """Tell whether a word is the name of a month in a language that is known."""
    return bool(to_dates(pd.Series([f"1 {word} 2000"], dtype="str"), ("%d %b %Y",)).notna().all())


def dated(levels: Levels, *, told: bool = False) -> tuple[Dated, ...]:
    """Find the ways in which nearly all cells are dates.

    Parameters
    ----------
    levels : Levels
        The column.
    told : bool
        True where the column is dates by word of the user.

    Returns
    -------
    tuple of Dated
        Empty where less than nine of ten cells are dates; two where the day or the month
        may come first and no cell decides.
    """
    families = [formats_of(text) for text in levels.some]
    if not levels.likely([bool(family) for family in families]) and not told:
        return ()
    ways = [
        way
        for order in ("day", "month", "year")
        if (way := in_order(levels, families, order)) is not None
    ]
    best = max((way.share for way in ways), default=0.0)
    if best == 0.0 or (best < ENOUGH and not told):
        return ()
    kept: list[Dated] = []
    for way in ways:
        if way.share == best and not any(way.values.equals(other.values) for other in kept):
            kept.append(way)
    # The year of two digits may stand first only where nothing else makes dates.
    known = [way for way in kept if way.order in ("", "day", "month")]
    return tuple(known or kept)


def in_order(levels: Levels, families: list[tuple[str, ...]], order: str) -> Dated | None:
    """Read the texts with the day, the month or a short year first."""
    place = {"day": 0, "month": 1, "year": 2}[order]
    weights: Counter[str] = Counter()
    told_apart = False
    for family, weight in zip(families, levels.weights, strict=True):
        if family:
            told_apart = told_apart or len(family) > 1
            weights[family[min(place, len(family) - 1)]] += weight
    if not weights or (order != "day" and not told_apart):
        return None
    formats = [form for form, _ in weights.most_common(MANY)]
    values = to_dates(levels.texts, tuple(formats))
    left = levels.texts[values.isna().to_numpy()]
    for text in left.head(200):
        if len(formats) >= MANY:
            break
        family = formats_of(text)
        form = family[min(place, len(family) - 1)] if family else ""
        if form and form not in formats:
            formats.append(form)
            told_apart = told_apart or len(family) > 1
    if len(formats) > len(weights):
        values = to_dates(levels.texts, tuple(formats))
    used = tuple(formats)
    share = levels.share(values.notna().to_numpy(dtype=bool))
    return Dated(used, pd.DatetimeIndex(values), share, order if told_apart else "")


def compact(texts: "pd.Series[Any]", *, named: bool) -> Dated | None:
    """Read eight digits as a day, where all are days and enough speaks for it.

    Parameters
    ----------
    texts : Series of k str
        The different texts of a column of whole numbers.
    named : bool
        True where the column's name means dates.

    Returns
    -------
    Dated or None
        None where one is no day between 1900 and 2100, or there are fewer than ten
        different ones and the name does not say that they are days.
    """
    if len(texts) < (1 if named else 10):
        return None
    if (
        not texts.str.fullmatch("[0-9]{8}").all()
        or not texts.str.slice(0, 4).between(FIRST, LAST).all()
    ):
        return None
    values = to_dates(texts, ("%Y%m%d",))
    if values.isna().any():
        return None
    return Dated(("%Y%m%d",), pd.DatetimeIndex(values), 1.0)
