"""Script, classes: windows or series, and the class that a trained network gives each."""

from typing import Any

import numpy as np

from clustering.data.sequences.kept import SequenceSet
from clustering.data.sequences.padding import PADDING
from clustering.deep.labelled import LabelledWindows
from clustering.deep.labelled_stream import LabelledStream
from clustering.errors import UnsupportedError
from clustering.script.asking import answered, asked, opening, packed, program, written
from clustering.snippets import block

__all__ = ["classes_npz", "classes_script"]

SERIES = "series.npz"


def classes_npz(source: LabelledStream | SequenceSet, ground: LabelledWindows) -> bytes:
    """Write a stream or series as the file that `classes_script` reads.

    Parameters
    ----------
    source : LabelledStream or SequenceSet
        What `ground` was made of.
    ground : LabelledWindows
        What the network was trained on.

    Returns
    -------
    bytes
        NPZ with ``values`` and ``codes`` of every step of a stream, or with ``values``,
        ``lengths``, ``codes``, ``rows`` and ``test`` of series.
    """
    if isinstance(source, LabelledStream):
        return packed(values=source.values, codes=source.codes, rows=source.rows)
    places = {row: place for place, row in enumerate(source.places.tolist())}
    rows = np.concatenate([ground.train.rows, ground.test.rows])
    mine = [source.series[places[row]] for row in rows.tolist()]
    return packed(
        values=np.concatenate(mine),
        lengths=np.array([len(each) for each in mine]),
        codes=np.concatenate([ground.train_labels, ground.test_labels]),
        rows=rows,
        test=np.arange(len(rows)) >= ground.n,
    )


def classes_script(ground: LabelledWindows) -> str:
    """Write a Python program that gives the same classes from the saved network.

    Parameters
    ----------
    ground : LabelledWindows
        Of `deep.labelled_stream.windowed` or `deep.labelled_series.of_series`.

    Returns
    -------
    str
        A program whose arguments are the file of `classes_npz`, the CSV to write and the network.
        The CSV has columns ``row``, ``part``, ``class``, ``predicted`` and a probability for each
        class.

    Raises
    ------
    UnsupportedError
        Where the series came prepared from elsewhere.
    """
    if not ground.how:
        raise UnsupportedError(
            "There is no script for series that were prepared elsewhere; take that of the page "
            "they are from."
        )
    made = _windows(ground.how) if ground.how["kind"] == "stream" else _series(ground.how)
    parts = [
        *opening(SERIES),
        *made,
        asked(),
        *answered(ground.classes),
        block("Rows of the file, from 1.", "table.insert(0, 'row', rows + 1)"),
        written(),
    ]
    return program("Classes", SERIES, parts)


def _windows(how: Any) -> list[str]:
    """Write how windows of a stream are cut."""
    label = {
        "last": "codes[places[:, -1]]",
        "first": "codes[places[:, 0]]",
        "most": "np.where(counts.max(axis=0) > 0, counts.argmax(axis=0), -1)",
    }[how["label"]]
    counts = [
        "found = codes[places]",
        "counts = np.stack([(found == each).sum(axis=1) for each in range(codes.max() + 1)])",
    ]
    return [
        block(
            "The stream as the page stored it, scaled by what the training part alone says.",
            "with np.load(data_path, allow_pickle=False) as file:",
            "    values, codes, lines = file['values'], file['codes'], file['rows']",
            f"seam, window, stride = {how['seam']}, {how['window']}, {how['stride']}",
            "middle, scale = values[:seam].mean(axis=0), values[:seam].std(axis=0)",
            "same = scale <= 1e-12 * np.maximum(1.0, np.abs(middle))",
            "scaled = (values - middle) / np.where(same, 1.0, scale)",
        ),
        block(
            "Windows of each part by itself, so that none reaches over the seam.",
            "starts = np.concatenate([",
            "    np.arange(0, seam - window + 1, stride),",
            "    np.arange(seam, len(values) - window + 1, stride),",
            "])",
            "places = starts[:, None] + np.arange(window)",
            *(counts if how["label"] == "most" else ()),
            f"labels = {label}",
            "places, labels = places[labels >= 0], labels[labels >= 0]",
            "points = scaled[places].reshape(len(places), -1)",
            "rows, test = lines[places[:, -1]], places[:, 0] >= seam",
        ),
    ]


def _series(how: Any) -> list[str]:
    """Write how whole series are made ready."""
    scaling = how["scaling"]
    known = "np.concatenate([each for each, out in zip(series, test) if not out])"
    lines = {
        "all": [f"middle, scale = spread({known})"],
        "series": ["middle, scale = spread(values)"],
        "none": ["middle, scale = 0.0, 1.0"],
    }[scaling]
    inside = [f"    {line}" for line in lines] if scaling == "series" else []
    return [
        block(
            "Series as the page stored them, gaps filled along each.",
            "with np.load(data_path, allow_pickle=False) as file:",
            "    series = np.split(file['values'].copy(), np.cumsum(file['lengths'])[:-1])",
            "    labels, rows, test = file['codes'], file['rows'], file['test']",
            "for values in series:",
            "    for column in values.T:",
            "        known, steps = np.isfinite(column), np.arange(len(column))",
            "        column[~known] = np.interp(steps[~known], steps[known], column[known])",
        ),
        "\n".join(
            [
                "",
                "def spread(values):",
                "    middle, scale = values.mean(axis=0), values.std(axis=0)",
                "    same = scale <= 1e-12 * np.maximum(1.0, np.abs(middle))",
                "    return middle, np.where(same, 1.0, scale)",
                "",
            ]
        ),
        block(
            "Scaled, and behind the end of a shorter series what the network passes over.",
            *(lines if scaling != "series" else ()),
            f"points = np.full((len(series), {how['steps']}, series[0].shape[1]), {PADDING!r})",
            "for point, values in zip(points, series):",
            *inside,
            "    point[: len(values)] = (values - middle) / scale",
            "points = points.reshape(len(points), -1)",
        ),
    ]
