"""Traces that were cut from common arrays, joined again.

Points are drawn as one trace a cluster, and another k puts them into other traces:
all their arrays change, though no point has moved. So a trace may say where it was
cut from: ``meta["place"]``, the places of its points among all points, and
``meta["of"]``, a name for those. Joined, such traces are common arrays, which stay
the same for every k, and one label a point.

Whoever cuts them again gives each trace the points of its label in the order of
their places; so nothing is joined whose places are not in order, or are named twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Group", "cut", "joined"]

FEWEST = 64

Array = NDArray[Any]
Fields = dict[str, Any]


@dataclass(frozen=True, eq=False, slots=True)
class Group:
    """Traces of common arrays.

    Attributes
    ----------
    traces : tuple of k int
        Which traces of the figure these are.
    labels : ndarray of shape (n,), uint8 or uint16
        For each place the number of its trace within `traces`; the largest number
        of the type where no trace names the place. Places that no trace names are
        left out where they are many.
    parts : dict of str to ndarray of shape (n,) or (n, m)
        The common arrays by their way in a trace, e.g. ``"marker.size"``.
    """

    traces: tuple[int, ...]
    labels: Array
    parts: dict[str, Array]


def joined(traces: Sequence[Fields]) -> tuple[list[Fields], list[Group]]:
    """Join the traces of a figure, where nothing is lost by it.

    Parameters
    ----------
    traces : sequence of dict
        Left as they are.

    Returns
    -------
    traces : list of dict
        Without the arrays that were joined, and all without their places.
    groups : list of Group

    Examples
    --------
    >>> x = np.arange(100.0)
    >>> odd = {"x": x[1::2], "meta": {"place": np.arange(1, 100, 2), "of": "points"}}
    >>> even = {"x": x[::2], "meta": {"place": np.arange(0, 100, 2), "of": "points"}}
    >>> traces, [group] = joined([odd, even])
    >>> traces, group.labels[:4].tolist(), bool((group.parts["x"] == x).all())
    ([{'meta': {}}, {'meta': {}}], [1, 0, 1, 0], True)
    """
    rest = list(traces)
    places: dict[str, dict[int, Array]] = {}
    for i, trace in enumerate(traces):
        meta = trace.get("meta")
        if isinstance(meta, dict) and "place" in meta:
            place = np.asarray(meta["place"])
            if place.ndim == 1 and place.dtype.kind in "iu":
                places.setdefault(str(meta.get("of")), {})[i] = place
            left = {name: each for name, each in meta.items() if name not in ("place", "of")}
            rest[i] = {**trace, "meta": left}
    groups = []
    for members in places.values():
        closed = _closed(list(members.values()))
        labels = _labels(closed)
        if labels is not None:
            parts = {}
            for path in _paths(rest[next(iter(members))]):
                whole = _whole([rest[i] for i in members], closed, labels, path)
                if whole is not None:
                    parts[".".join(path)] = whole
                    for i in members:
                        rest[i] = _without(rest[i], path)
            groups.append(Group(tuple(members), labels, parts))
    return rest, groups


def cut(traces: Sequence[Fields], group: Group) -> None:
    """Give each trace its part of the common arrays again, in place."""
    for label, i in enumerate(group.traces):
        chosen = np.flatnonzero(group.labels == label)
        for path, whole in group.parts.items():
            *above, name = path.split(".")
            into = traces[i]
            for step in above:
                into = into.setdefault(step, {})
            into[name] = whole[chosen]


def _closed(places: list[Array]) -> list[Array]:
    """Count places from 0 among those that are named, where these are few."""
    named = np.concatenate(places)
    if len(named) == 0 or named.max() < 2 * len(named):
        return places
    every = np.unique(named)
    return [np.searchsorted(every, place) for place in places]


def _labels(places: list[Array]) -> Array | None:
    """Give the trace of each place; None where they cannot be joined, or are too few."""
    kind = np.uint8 if len(places) < 255 else np.uint16
    nowhere = np.iinfo(kind).max
    n = max((int(place.max()) + 1 for place in places if len(place)), default=0)
    if len(places) >= nowhere or n <= FEWEST:
        return None
    labels = np.full(n, nowhere, dtype=kind)
    for i, place in enumerate(places):
        in_order = len(place) == 0 or (place[0] >= 0 and bool((place[1:] > place[:-1]).all()))
        if not in_order or (labels[place] != nowhere).any():
            return None
        labels[place] = i
    return labels


def _paths(value: Fields, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Name all arrays of a trace by the way to them."""
    found = []
    for name, each in value.items():
        if isinstance(each, dict):
            found += _paths(each, (*above, name))
        elif isinstance(each, list | tuple | np.ndarray):
            found.append((*above, name))
    return found


def _whole(
    members: list[Fields], places: list[Array], labels: Array, path: tuple[str, ...]
) -> Array | None:
    """Put the parts of an array together; None where they are not parts of one."""
    parts = []
    for trace, place in zip(members, places, strict=True):
        value: Any = trace
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
            value = np.array(value, dtype=object)
        if not isinstance(value, np.ndarray) or value.shape[:1] != place.shape:
            return None
        parts.append(value)
    kind, shape = parts[0].dtype, parts[0].shape[1:]
    if any(part.dtype != kind or part.shape[1:] != shape for part in parts):
        return None
    if not (len(shape) <= 1 if kind.kind in "iuf" else kind.kind == "O" and shape == ()):
        return None
    whole = np.full((len(labels), *shape), "" if kind.kind == "O" else 0, dtype=kind)
    for place, part in zip(places, parts, strict=True):
        whole[place] = part
    return whole


def _without(trace: Fields, path: tuple[str, ...]) -> Fields:
    """Give a trace less one of its arrays."""
    name, *below = path
    if below:
        return {**trace, name: _without(trace[name], tuple(below))}
    return {key: value for key, value in trace.items() if key != name}
