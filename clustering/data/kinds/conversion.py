"""Conversion: cells of text as numbers, dates, times, and yes or no.

Each function stands alone, with pandas and NumPy and nothing of this library, because
an exported script carries it along word for word: what a script computes from a cell is
then what was computed here. Cells that are not of the expected form become missing.

Each works on the different texts of a column, not on its cells: a year of days has 365
of them, however many rows there are.
"""

import re
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["to_booleans", "to_dates", "to_hours", "to_numbers"]


def to_numbers(
    cells: "pd.Series[Any]", decimal: str = ".", thousands: str = "", unit: str = ""
) -> "pd.Series[Any]":
    """Read texts as numbers.

    Parameters
    ----------
    cells : Series of n str
        Missing cells are NaN.
    decimal : str
        Decimal sign.
    thousands : str
        What groups digits by three (or, as in India, by three and then by two); a blank
        stands for every kind of blank, an apostrophe for both kinds. Groups of another
        size are no number.
    unit : str
        What may stand before or behind a number and is taken off, not computed with:
        "12.5 %" is 12.5.

    Returns
    -------
    Series of n float64
        As `float` rounds them; NaN where a cell is no number. Amounts in brackets, or with
        a minus behind them, are negative, as accountants write them. Digits may be those
        of any script.

    Examples
    --------
    >>> to_numbers(pd.Series(["1.234,50 €", "-7", "(2)"]), ",", ".", "€").tolist()
    [1234.5, -7.0, -2.0]
    """
    codes, levels = pd.factorize(cells)
    blank = "[ \u00a0\u2009\u202f]"
    group = {" ": blank, "'": "['\u2019]"}.get(thousands, re.escape(thousands))
    digits, point = "[0-9]+", re.escape(decimal)
    if thousands:
        western = rf"[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+"
        indian = rf"[1-9][0-9]?(?:{group}[0-9]{{2}})+{group}[0-9]{{3}}"
        digits = f"(?:{western}|{indian}|[0-9]+)"
    body = rf"(?:{digits}(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][-+]?[0-9]+)?"
    sign = rf"(?:{re.escape(unit)}{blank}*)?" if unit else ""
    number = re.compile(
        rf"{sign}(?P<minus>[-+\u2212])?{blank}*{sign}(?P<owed>\()?{blank}*{sign}"
        rf"(?P<body>{body}|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?){blank}*{sign}"
        rf"(?(owed)\)|(?(minus)|(?P<behind>-)?)){blank}*{sign}"
    )
    signs = dict(zip("\u066b\u066c\uff0b\uff0c\uff0d\uff0e", ".,+,-.", strict=True))
    values = np.full(len(levels) + 1, np.nan)  # the last is what missing cells point at
    left = np.arange(len(levels))
    if len(levels) > 1000:  # first those with nothing unusual, all at once
        text = pd.Series(levels).astype("str").str.strip()
        text = text.str.removesuffix(unit).str.strip() if unit else text
        easy = text.str.fullmatch(f"[-+]?{body}", na=False).to_numpy(dtype=bool)
        text = text[easy].str.replace(group, "", regex=True) if thousands else text[easy]
        text = text.str.replace(decimal, ".", regex=False) if decimal != "." else text
        values[:-1][easy] = text.to_numpy(dtype=object).astype(np.float64)
        left = left[~easy]
    texts = np.asarray(levels, dtype=object)  # which gives single cells quickly
    for place in left:
        cell = str(texts[place]).strip()
        if not cell.isascii():  # digits and signs of other scripts, and the wide ones
            cell = re.sub(r"[^\D0-9]", lambda digit: str(int(digit[0])), cell)
            cell = re.sub("[\u066b\u066c\uff0b-\uff0e]", lambda mark: signs[mark[0]], cell)
        hit = number.fullmatch(cell) if len(cell) <= 400 else None  # a page is no number
        if hit:
            plain = re.sub(group, "", hit["body"]) if thousands else hit["body"]
            value = float(plain.replace(decimal, "."))
            negative = hit["owed"] or hit["behind"] or hit["minus"] in ("-", "\u2212")
            values[place] = -value if negative else value
    return pd.Series(values[codes], index=cells.index)


def to_dates(cells: "pd.Series[Any]", formats: tuple[str, ...]) -> "pd.Series[Any]":
    """Read texts as dates.

    Parameters
    ----------
    cells : Series of n str
        Missing cells are NaN.
    formats : tuple of str
        As `datetime.strptime` knows them. Each cell is read by the first that fits;
        names of months (``%b``, ``%B``) may be English, German, French, Spanish,
        Italian, Portuguese or Dutch, names of weekdays before a date are passed over.

    Returns
    -------
    Series of n datetime64[us]
        Where a cell tells its zone, the same moment in UTC; no zone is kept.

    Examples
    --------
    >>> cells = pd.Series(["5. März 2024", "31.12.2023", "never"])
    >>> to_dates(cells, ("%d. %B %Y", "%d.%m.%Y")).astype("str").tolist()
    ['2024-03-05', '2023-12-31', nan]
    """
    months = (
        "jan january januar jänner janv janvier ene enero gen gennaio janeiro januari",
        "feb february februar fév févr février febrero febbraio fev fevereiro februari",
        "mar march märz mär mrz mars marzo março mrt maart",
        "apr april avr avril abr abril aprile",
        "may mai mayo mag maggio maio mei",
        "jun june juni juin junio giu giugno junho",
        "jul july juli juil juillet julio lug luglio julho",
        "aug august août aoû ago agosto augustus",
        "sep sept september septembre septiembre set settembre setembro",
        "oct october okt oktober octobre octubre ott ottobre out outubro",
        "nov november novembre noviembre novembro",
        "dec december dez dezember déc décembre dic diciembre dicembre dezembro",
    )
    codes, levels = pd.factorize(cells)
    text = pd.Series([str(level).strip() for level in levels], dtype="str")
    if not all(map(str.isascii, text)):  # digits of other scripts
        text = text.map(lambda cell: re.sub(r"[^\D0-9]", lambda sign: str(int(sign[0])), cell))
    found = np.full(len(levels) + 1, np.datetime64("NaT", "us"))  # missing cells take the last
    first, last = np.datetime64("0001-01-01", "us"), np.datetime64("9999-12-31T23:59:59.999999")
    named = text
    if any("%b" in form.lower() for form in formats):
        numbers = {word: f"{i + 1:02d}" for i, line in enumerate(months) for word in line.split()}
        days = (
            "mon|monday|tue|tues|tuesday|wed|wednesday|thu|thur|thurs|thursday|fri|friday|sat|"
            "saturday|sun|sunday|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|"
            "samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|"
            "martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|"
            "venerdì|sabato|domenica"
        )
        named = text.str.casefold().str.replace(rf"^(?:{days})[.,]*\s+", "", regex=True)
        words = rf"(?<![^\W\d_])({'|'.join(sorted(numbers, key=len, reverse=True))})(?![^\W\d_])\.?"
        named = named.map(lambda cell: re.sub(words, lambda hit: numbers[hit.group(1)], cell))
    for form in formats:
        left = np.flatnonzero(np.isnat(found[:-1]))
        if not len(left):
            break
        numbered = re.sub("%[bB]", "%m", form)
        source = (text if numbered == form else named).to_numpy(dtype=object)[left]
        dates = pd.to_datetime(source, format=numbered, errors="coerce", utc=True)
        days_found = dates.tz_localize(None).to_numpy().astype("datetime64[us]")
        good = (days_found >= first) & (days_found <= last)
        found[left[good]] = days_found[good]
    return pd.Series(found[codes], index=cells.index)


def to_hours(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Read times of day and durations as hours.

    Parameters
    ----------
    cells : Series of n str
        ``7:30``, ``07:30:15.5``, ``7:30 pm``, ``-125:00:05``; missing cells are NaN.

    Returns
    -------
    Series of n float64
        Hours; NaN where a cell is no time, or longer than the 285 years that a
        duration may last.

    Examples
    --------
    >>> to_hours(pd.Series(["7:30", "7:30 pm", "125:00:36"])).tolist()
    [7.5, 19.5, 125.01]
    """
    codes, levels = pd.factorize(cells)
    text = pd.Series(levels).astype("str").str.strip()
    clock = r"^([-+]?)(\d+):([0-5]\d)(?::([0-5]\d(?:[.,]\d+)?))?\s*(?:([aApP])\.?[mM]\.?)?$"
    parts = text.str.extract(clock)
    hours, minutes = parts[1].astype(float), parts[2].astype(float)
    seconds = parts[3].str.replace(",", ".", regex=False).astype(float).fillna(0.0)
    half = parts[4].str.lower()
    hours = hours.where(half.isna() | hours.between(1, 12))
    hours = hours.where(half.isna(), hours % 12 + 12 * (half == "p").astype(float))
    sign = np.where(parts[0] == "-", -1.0, 1.0)
    total = np.asarray(sign * ((hours * 3600 + minutes * 60 + seconds) / 3600))
    values = np.append(np.where(np.abs(total) <= 2_500_000, total, np.nan), np.nan)
    return pd.Series(values[codes], index=cells.index)


def to_booleans(cells: "pd.Series[Any]", words: tuple[str, ...]) -> "pd.Series[Any]":
    """Read the second of two words as True, the first as False.

    Parameters
    ----------
    cells : Series of n str
        Missing cells are NaN.
    words : tuple of two str
        The words for no and for yes, in any case of letters.

    Returns
    -------
    Series of n "boolean"
        NA where a cell is neither of the words.

    Examples
    --------
    >>> to_booleans(pd.Series(["Ja", "nein", "vielleicht"]), ("nein", "ja")).tolist()
    [True, False, <NA>]
    """
    text = cells.astype("str").str.strip().str.casefold()
    return text.map({words[0].casefold(): False, words[1].casefold(): True}).astype("boolean")
