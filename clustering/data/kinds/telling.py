"""Telling: columns whose kind was told, and columns that come with a type of their own."""

from typing import Any

import numpy as np
import pandas as pd

from clustering.data.kinds.conversion import to_booleans, to_dates, to_numbers
from clustering.data.kinds.dateforms import compact
from clustering.data.kinds.forms import Form
from clustering.data.kinds.levels import Levels
from clustering.data.kinds.looking import PAIRS, Looked, Manner, look
from clustering.data.kinds.naming import named_date
from clustering.data.kinds.natives import whole_kind
from clustering.data.kinds.numerals import Numeral
from clustering.data.kinds.settling import as_dates, as_times, chosen, doubt_of, first_of
from clustering.data.reading import Kind

__all__ = ["native", "told"]


def told(seen: Looked, manner: Manner, kind: Kind) -> tuple["pd.Series[Any]", Form]:
    """Convert a column of text to the kind that a user chose."""
    cells, levels = seen.cells, seen.levels
    if kind in ("text", "category", "id") or not len(levels.texts):
        return cells, Form(kind)
    if kind == "boolean":
        pair = seen.pair or nearest_pair(levels)
        values = to_booleans(cells, pair)
        odd = values.isna() & cells.notna()
        return values, Form(
            "boolean", words=pair, odd=int(odd.sum()), odd_example=first_of(cells, odd)
        )
    if kind == "time":
        return as_times(seen)
    if kind == "date":
        if seen.dates:
            return as_dates(seen, manner)
        nothing = to_dates(cells, ())
        return nothing, Form("date", odd=levels.present, odd_example=levels.texts.iloc[0][:20])
    if kind == "code":
        zeros = levels.texts.str.match("[-+]?0[0-9]").any()
        whole = levels.texts.str.fullmatch("[-+]?[0-9]{1,15}").all()
        if zeros or not whole:
            return cells, Form("code")
        values = to_numbers(cells)
        return values.astype("int64") if values.notna().all() else values, Form("code")
    way = chosen(seen, manner) if seen.numbers else Numeral(".", "", "", np.array([]), 0.0, False)
    values = to_numbers(cells, way.decimal, way.thousands, way.unit)
    odd = values.isna() & cells.notna()
    plain = not odd.any() and levels.texts.str.fullmatch("[-+]?[0-9]{1,15}").all()
    return values.astype("int64") if plain and values.notna().all() else values, Form(
        "number",
        decimal=way.decimal,
        thousands=way.thousands,
        unit=way.unit,
        odd=int(odd.sum()),
        odd_example=first_of(cells, odd),
        doubt=doubt_of(levels, seen.numbers, way, manner) if seen.numbers else "",
    )


def nearest_pair(levels: Levels) -> tuple[str, ...]:
    """Give the words for no and yes that most cells of a column are."""
    texts = levels.texts.str.casefold()
    shares = {
        pair: levels.share(texts.isin(list(pair)).to_numpy(dtype=bool))
        for pair in (*PAIRS, ("0", "1"))
    }
    best = max(shares, key=shares.__getitem__)
    if shares[best] > 0.5:
        return best
    common = pd.Series(levels.counts, index=texts).groupby(level=0).sum().nlargest(2)
    both = sorted(str(text) for text in common.index)
    return (both[0], both[-1]) if len(both) == 2 else ("no", both[0])


def native(name: str, cells: "pd.Series[Any]", kind: Kind | None) -> tuple["pd.Series[Any]", Form]:
    """Give the kind of a column that has a type of its own."""
    found, doubt = native_kind(name, cells)
    if kind is None or kind == found:
        if found == "date" and cells.dtype.kind != "M":
            form = Form("date", formats=("%Y%m%d",))
            return to_dates(cells.astype("str"), form.formats), form
        if found == "boolean" and cells.dtype.kind in "if":
            return cells.astype("Int64").astype("boolean"), Form("boolean", words=("0", "1"))
        return cells, Form(found, native=True, doubt=doubt)
    numeric = cells.dtype.kind in "if"
    if numeric and kind in ("number", "code", "id"):
        return cells, Form(kind, native=True)
    texts = as_texts(cells)
    return told(look(name, texts, kind), Manner(".", "", decided=True, order=""), kind)


def as_texts(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Write values as text: whole numbers without a point."""
    if cells.dtype == np.float64:
        values = cells.to_numpy()
        with np.errstate(invalid="ignore"):
            whole = bool(np.all(np.isnan(values) | ((values % 1 == 0) & (np.abs(values) < 2**53))))
        if whole:
            return cells.astype("Int64").astype("str")
    return cells.astype("str")


def native_kind(name: str, cells: "pd.Series[Any]") -> tuple[Kind, str]:
    """Tell what the values of a column are, and what else they may be."""
    kinds: dict[str, Kind] = {"M": "date", "m": "time", "b": "boolean"}
    if cells.dtype.kind in kinds:
        return kinds[cells.dtype.kind], ""
    values = cells.to_numpy(np.float64)
    with np.errstate(invalid="ignore"):
        whole = bool((np.isnan(values) | (values % 1 == 0)).all())
    if not whole or np.isinf(values).any():
        return "number", ""
    if cells.dtype == np.int64 and len(cells) and cells.min() >= 19_000_101:
        different = pd.Series(cells.unique()).astype("str")
        if compact(different, named=named_date(name)):
            return "date", ""
    kind, doubt = whole_kind(name, values)
    return kind, doubt if cells.dtype == np.int64 else ""
