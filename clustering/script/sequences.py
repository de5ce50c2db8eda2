"""Sequences: the way from a file of series to the points that an LSTM was trained on.

What preparation learnt from its training part stands in the script as numbers, and what it does
to each series alone is carried along as the functions that did it. So the points are the same to
the last bit.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clustering.data.sequences import SequenceSet
from clustering.data.sequences.cleaning import filled, means, merged, ordered, resampled
from clustering.data.sequences.padding import PADDING
from clustering.data.sequences.preparation import TINY, Preparation, moments
from clustering.data.sequences.series_made import SHORTEST
from clustering.data.sequences.stream import elapsed
from clustering.data.sequences.trends import course
from clustering.dataset import Floats
from clustering.errors import DataError
from clustering.script.series_files import file_blocks, file_of
from clustering.snippets import block, carried

__all__ = ["FromSequences", "home", "sequence_blocks", "series_npz"]

ANNOTATED = "from __future__ import annotations"


@dataclass(frozen=True, eq=False, slots=True)
class FromSequences:
    """Prepared series.

    Attributes
    ----------
    sequences : SequenceSet
        What was prepared: a whole file, a part of it, or windows and events of a stream.
    preparation : Preparation
        As it was fitted.
    steps : int, optional
        Room of a row, where `Preparation.apply` was told another than its own.
    """

    sequences: SequenceSet
    preparation: Preparation
    steps: int | None = None

    @property
    def file(self) -> str:
        """The file that a script reads: the user's own where it can, else `series_npz`."""
        return file_of(self.sequences)


def series_npz(sequences: SequenceSet) -> bytes:
    """Write series as the file that any script of series reads.

    Parameters
    ----------
    sequences : SequenceSet
        The series.

    Returns
    -------
    bytes
        NPZ with ``values`` (all steps of all series, D), ``lengths`` (n,), ``places`` (n,) and,
        where there are any, ``times`` of all steps. No pickle is in it.

    Examples
    --------
    >>> both = SequenceSet(([[1.0], [2.0]], [[3.0]]), ("x",))
    >>> with np.load(io.BytesIO(series_npz(both))) as file:
    ...     file["values"].ravel().tolist(), file["lengths"].tolist()
    ([1.0, 2.0, 3.0], [2, 1])
    """
    held = io.BytesIO()
    times = {"times": np.concatenate(sequences.times)} if sequences.times else {}
    np.savez_compressed(
        held,
        allow_pickle=False,
        values=np.concatenate(sequences.series),
        lengths=sequences.lengths,
        places=sequences.places,
        **times,
    )
    return held.getvalue()


def sequence_blocks(origin: FromSequences) -> list[str]:
    """Write how `points` and `rows` are made again, from the arguments of the script on."""
    opening = block(
        "Where the series are, and where their labels go.",
        f"series_path = sys.argv[1] if len(sys.argv) > 1 else {origin.file!r}",
        "labels_path = sys.argv[2] if len(sys.argv) > 2 else 'labels.csv'",
    )
    return [ANNOTATED, opening, *file_blocks(origin.sequences), *_prepared(origin)]


def home(origin: FromSequences) -> str:
    """Write how `labels` are written beside what they belong to."""
    member = origin.sequences.member
    return block(
        f"Clusters are numbered from 1, and so is every {member}.",
        "import pandas as pd",
        f"table = pd.DataFrame({{{member!r}: rows + 1, 'cluster': labels + 1}})",
        "print(table['cluster'].value_counts().sort_index())",
        "table.to_csv(labels_path, index=False)",
    )


def _prepared(origin: FromSequences) -> list[str]:
    """Write preparation, one series after another, and padding."""
    how = origin.preparation
    choices = how.choices
    if origin.sequences.d != len(how.channels):
        raise DataError("These series were not prepared like this; prepare them again.")
    functions: list[Callable[..., object]] = [elapsed, ordered, merged, means, filled]
    if choices.step is not None:
        functions.append(resampled)
    lines = [
        "made, rows = [], []",
        "for place, values, when in zip(places, series, times):",
        "    values = np.where(np.isfinite(values), values, np.nan)",
        "    when, values, _ = ordered(elapsed(when), values)",
        f"    when, values, _ = merged(when, values, how={choices.duplicates!r})",
    ]
    if choices.step is not None:
        lines.append(f"    when, values, _ = resampled(when, values, step={choices.step!r})")
    lines += [
        "    lacking = np.isnan(values).mean()",
        f"    if lacking > {choices.most_missing!r} or lacking == 1.0:",
        "        continue",
        f"    values, stays = filled(when, values, how={choices.missing!r}, fill=fill)",
        "    values = values[stays]",
        f"    if len(values) < {SHORTEST}:",
        "        continue",
    ]
    if choices.scaling == "series":
        lines.append("    largest = np.abs(values).max(axis=0)")
    if choices.trend != "keep":
        functions.append(course)
        told = f"trend={choices.trend!r}, period={choices.period!r}, called='a series'"
        lines.append(f"    values = values - course(values, {told})")
    if choices.scaling == "series":
        functions.append(moments)
        lines.append("    center, scale = moments(values, largest=largest)")
    lines += ["    made.append((values - center) / scale)", "    rows.append(place)"]
    return [
        _constants(),
        *carried(*functions),
        block(
            "What was learnt from the series that were trained on.",
            f"fill = {_written(how.fill)}",
            f"center = {_written(how.center)}",
            f"scale = {_written(how.scale)}",
        ),
        block("Each series by itself: in order, without gaps, scaled.", *lines),
        block(
            "A row each; what is behind the end of a shorter series is passed over.",
            f"points = np.full((len(made), {origin.steps or how.shape[0]}, "
            f"{len(how.channels)}), PADDING)",
            "for row, values in zip(points, made):",
            "    row[: len(values)] = np.where(values == PADDING, PADDING * (1.0 - 1e-6), values)",
            "points, rows = points.reshape(len(made), -1), np.array(rows)",
        ),
    ]


def _constants() -> str:
    """Write the numbers that functions carried along know by name."""
    return block(
        "Known to the functions that follow.",
        f"PADDING, TINY, MOST_STEPS = {PADDING!r}, {TINY!r}, 1_000_000",
        "PreparationError = ValueError",
    )


def _written(numbers: Floats) -> str:
    return f"np.array({np.asarray(numbers, dtype=np.float64).tolist()!r})"
