"""Series files: how a script reads series, from the user's own file or as the page stored them.

A script reads plain ``.ts`` files, and text tables with a row for each series or for each series
and time. What streams, events, workbooks and archives of arrays mean is found out in many steps,
so that their series are stored once more, as they were read, in an NPZ that such a script takes.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from clustering.data.kinds.conversion import to_dates, to_numbers
from clustering.data.sequences import Layout, SequenceSet
from clustering.script.reading import reading_blocks
from clustering.snippets import block, call, carried

__all__ = ["file_blocks", "file_of"]

STORED = "series.npz"

SINCE_1970 = ("stamp", "epoch", "unix")
"""In the name of a column whose numbers may be read as dates."""

EVENLY = "times = [np.arange(len(each), dtype=float) for each in series]"

LINES = """
def archived(path, d):
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        lines = [line.strip() for line in file]
    start = [line.lower() for line in lines].index("@data") + 1
    missing = ("", "?", "nan", "na")
    series = []
    for line in lines[start:]:
        if not line or line[0] in "#%":
            continue
        channels = [each.split(",") if each.strip() else [] for each in line.split(":")[:d]]
        values = np.full((max(map(len, channels)), d), np.nan)
        for channel, cells in enumerate(channels):
            values[: len(cells), channel] = [
                np.nan if cell.strip().lower() in missing else float(cell) for cell in cells
            ]
        series.append(np.where(np.isfinite(values), values, np.nan))
    return series"""


def file_of(sequences: SequenceSet) -> str:
    """Name the file that a script of these series reads.

    Parameters
    ----------
    sequences : SequenceSet
        The series.

    Returns
    -------
    str
        The user's own where a script can read that, else ``series.npz``, which
        `sequences.series_npz` writes.
    """
    layout, name = sequences.layout, sequences.name
    if sequences.member != "series" or sequences.test.any():
        return STORED
    if layout.kind == "ts":
        return STORED if sequences.times else f"{name.removesuffix('.ts')}.ts"
    if layout.table is None or layout.table.reading.format != "text":
        return STORED
    plain = {"wide": not sequences.times, "long": _is_plain(layout)}
    return name if plain.get(layout.kind, False) else STORED


def _is_plain(layout: Layout) -> bool:
    """Say whether a long table has ids, and one column of times that are dates or numbers."""
    if layout.table is None or not layout.id or len(layout.time) != 1:
        return False
    kind = layout.table.frame[layout.time[0]].dtype.kind
    return kind in "ifuM" and not any(each in layout.time[0].lower() for each in SINCE_1970)


def file_blocks(sequences: SequenceSet) -> list[str]:
    """Write how `series`, `times` and `places` are read from `series_path`."""
    if file_of(sequences) == STORED:
        return [_stored()]
    read = {"ts": _archived, "wide": _wide, "long": _long}[sequences.layout.kind]
    return [*read(sequences), _among(sequences)]


def _stored() -> str:
    return block(
        "Series as the page stored them.",
        "with np.load(series_path, allow_pickle=False) as file:",
        "    ends = np.cumsum(file['lengths'])[:-1]",
        "    series, places = np.split(file['values'], ends), file['places'].tolist()",
        "    times = np.split(file['times'], ends) if 'times' in file else [",
        "        np.arange(len(each), dtype=float) for each in series",
        "    ]",
    )


def _archived(sequences: SequenceSet) -> list[str]:
    """Write how a file of the UCR and UEA archives is read."""
    return [
        LINES,
        block(
            "A line a series, channels and class between colons, ? for what is missing.",
            f"series = archived(series_path, {sequences.d})",
            EVENLY,
        ),
    ]


def _opened(layout: Layout, columns: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Write how the table is read, and how each column of it becomes numbers or dates."""
    table = layout.table
    assert table is not None
    codes, functions = {}, set[Callable[..., object]]()
    for name in columns:
        form, raw = table.form(name), f"table[{name!r}]"
        if table.frame[name].dtype.kind == "M":
            codes[name] = f"to_dates({raw}, {form.formats!r})"
            functions.add(to_dates)
        elif form.native:
            codes[name] = f"{raw}.astype(float)"
        else:
            signs = {"decimal": form.decimal, "thousands": form.thousands, "unit": form.unit}
            told = {key: repr(sign) for key, sign in signs.items() if sign}
            codes[name] = call("to_numbers", raw, **told)
            functions.add(to_numbers)
    ready = sorted(functions, key=lambda each: each.__name__)
    # The first block of `reading_blocks` says where a table is; here that is known already.
    blocks = ["import re", "import pandas as pd", "table_path = series_path"]
    return [*blocks, *reading_blocks(table)[1:], *carried(*ready)], codes


def _values(codes: Iterable[str]) -> list[str]:
    """Write the columns that are measured as one array."""
    return [
        "cells = [",
        *(f"    {code}," for code in codes),
        "]",
        "values = np.column_stack([each.to_numpy(float) for each in cells])",
        "values = np.where(np.isfinite(values), values, np.nan)",
    ]


def _wide(sequences: SequenceSet) -> list[str]:
    """Write how a table with a row for each series is read."""
    blocks, codes = _opened(sequences.layout, sequences.layout.values)
    return [
        *blocks,
        block(
            "A row a series, as far as its last value.",
            *_values(codes.values()),
            "known = ~np.isnan(values)",
            "ends = [np.flatnonzero(each)[-1] + 1 if each.any() else len(each) for each in known]",
            "series = [row[:end, None] for row, end in zip(values, ends)]",
            EVENLY,
        ),
    ]


def _long(sequences: SequenceSet) -> list[str]:
    """Write how a table with a row for each series and time is read."""
    layout = sequences.layout
    assert layout.table is not None
    whose = layout.table.frame[layout.id].dtype.kind in "iuf"
    own = (layout.id,) if whose else ()
    blocks, codes = _opened(layout, (*own, *layout.time, *layout.values))
    texts = f"table[{layout.id!r}].fillna('').map(lambda cell: ' '.join(str(cell).split()))"
    return [
        *blocks,
        block(
            "The rows of one name are a series, in the order of their times.",
            *_values(codes[name] for name in layout.values),
            f"whose = {codes[layout.id] if whose else texts}",
            f"when = {codes[layout.time[0]]}",
            "when = when[when.notna()]",
            "if not when.is_monotonic_increasing:",
            "    when = when.sort_values(kind='stable')",
            "whose = whose.loc[when.index]",
            "whose = whose[whose.notna() & (whose != '')]",
            "rows = [each.to_numpy() for each in whose.groupby(whose, sort=False).groups.values()]",
            "series = [values[each] for each in rows]",
            "times = [when[each].to_numpy() for each in rows]",
        ),
    ]


def _among(sequences: SequenceSet) -> str:
    """Write which of the series in the file were used; of another file it says so."""
    places = sequences.places
    least = int(places.max()) + 1
    lines = [
        f"if len(series) < {least}:",
        "    sys.exit('These are other series; take the file that was on the page.')",
    ]
    if np.array_equal(places, np.arange(sequences.n)):
        return block("All of them.", *lines, "places = list(range(len(series)))")
    return block(
        "Those that were trained on.",
        *lines,
        f"places = {places.tolist()!r}",
        "series, times = [series[place] for place in places], [times[place] for place in places]",
    )
