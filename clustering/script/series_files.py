"""Series files: how a script reads series, from the user's own file or as the page stored them.

A script reads plain ``.ts`` files and tables with a row for each series. What long tables,
streams and archives of arrays mean is found out in many steps (where columns stand, how dates
are written, what cuts events), so that their series are stored once more, as they were read, in
an NPZ that such a script takes.
"""

import numpy as np

from clustering.data.kinds.conversion import to_numbers
from clustering.data.sequences import SequenceSet
from clustering.script.reading import reading_blocks
from clustering.snippets import block, call, carried

__all__ = ["file_blocks", "file_of"]

STORED = "series.npz"

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
    if sequences.member != "series" or sequences.test.any() or sequences.times:
        return STORED
    if layout.kind == "ts":
        return f"{name.removesuffix('.ts')}.ts"
    plain = layout.kind == "wide" and layout.table is not None
    text = plain and layout.table is not None and layout.table.reading.format == "text"
    return name if text else STORED


def file_blocks(sequences: SequenceSet) -> list[str]:
    """Write how `series`, `times` and `places` are read from `series_path`."""
    if file_of(sequences) == STORED:
        return [_stored()]
    return [
        *(_archived(sequences) if sequences.layout.kind == "ts" else _wide(sequences)),
        _among(sequences),
        block(
            "Steps follow one another evenly.",
            "times = [np.arange(len(each), dtype=float) for each in series]",
        ),
    ]


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
        ),
    ]


def _wide(sequences: SequenceSet) -> list[str]:
    """Write how a table with a row for each series is read."""
    table, layout = sequences.layout.table, sequences.layout
    assert table is not None
    columns = [str(name) for name in table.frame.columns]
    forms = {name: table.form(name) for name in layout.values}
    blocks = ["import pandas as pd", "table_path = series_path", *reading_blocks(table)[1:]]
    if not all(form.native for form in forms.values()):
        blocks += ["import re", *carried(to_numbers)]
    lines = ["cells = ["]
    for name in layout.values:
        assert name in columns
        form, raw = forms[name], f"table[{name!r}]"
        signs = {"decimal": form.decimal, "thousands": form.thousands, "unit": form.unit}
        told = {key: repr(sign) for key, sign in signs.items() if sign}
        read = f"{raw}.astype(float)" if form.native else call("to_numbers", raw, **told)
        lines.append(f"    {read},")
    return [
        *blocks,
        block(
            "A row a series, as far as its last value.",
            *lines,
            "]",
            "values = np.column_stack([each.to_numpy(float) for each in cells])",
            "values = np.where(np.isfinite(values), values, np.nan)",
            "known = ~np.isnan(values)",
            "ends = [np.flatnonzero(each)[-1] + 1 if each.any() else len(each) for each in known]",
            "series = [row[:end, None] for row, end in zip(values, ends)]",
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
        "series = [series[place] for place in places]",
    )
