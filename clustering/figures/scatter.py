"""Points in the plane, coloured by cluster; decides alone how they are drawn.

Up to 3,000 points are SVG, the sharpest; more are WebGL, in float32, one trace a
cluster. More than 30,000 are drawn as an even sample in which every cluster keeps
its share and at least 100 points, and the figure's note says so.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import colors
from clustering.figures.style import plain
from clustering.partition import Labels

__all__ = ["drawn", "points"]

SVG_LIMIT = 3_000
WEBGL_LIMIT = 30_000
NAMES_LIMIT = 5_000
FEATURES_SHOWN = 4


def drawn(labels: Labels, *, most: int = WEBGL_LIMIT, seed: int = 0) -> Integers:
    """Choose the points that are drawn, in ascending order.

    Parameters
    ----------
    labels : ndarray of shape (n,), int
        Cluster of each point.
    most : int
        About how many to draw.
    seed : int
        The choice is the same for the same seed.

    Returns
    -------
    ndarray of shape (m,), int64
        All n places where n is at most `most`; else an even sample of about `most`.
    """
    n = len(labels)
    if n <= most:
        return np.arange(n)
    random = np.random.default_rng(seed)
    chosen = []
    for cluster in np.unique(labels):
        members = np.flatnonzero(labels == cluster)
        share = min(len(members), max(100, round(most * len(members) / n)))
        chosen.append(random.choice(members, share, replace=False))
    return np.sort(np.concatenate(chosen))


def _hover(dataset: Dataset, place: Integers, cluster: str) -> list[str]:
    """Name points, their cluster, and what their rows say in the first few columns."""
    heads = [f"<b>{plain(dataset.name_of(i))}</b><br>{cluster}" for i in place.tolist()]
    if dataset.features is None:
        return heads
    shown = dataset.features.iloc[place, :FEATURES_SHOWN]
    names = [plain(name, most=30) for name in shown.columns]
    return [
        "<br>".join(
            (head, *(f"{name}: {value:.6g}" for name, value in zip(names, row, strict=True)))
        )
        for head, row in zip(heads, shown.to_numpy().tolist(), strict=True)
    ]


def points(
    dataset: Dataset,
    flat: Floats,
    labels: Labels,
    *,
    numbers: Integers | None = None,
    size: float | Floats | None = None,
    extra: Callable[[int], str] | None = None,
) -> tuple[list[Any], str]:
    """Draw one trace a cluster.

    Parameters
    ----------
    dataset : Dataset
        Names the points on hover.
    flat : ndarray of shape (n, 2)
        Where the points stand.
    labels : ndarray of shape (n,), int
        Cluster of each; -1 is drawn as grey crosses.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster, by `colors.along`; its own number else.
    size : float or ndarray of shape (n,), optional
        Diameter in pixels; chosen by the number of points when left out.
    extra : callable, optional
        Gives a further line of hover text for a point.

    Returns
    -------
    traces : list of plotly traces
        In the order of the clusters, noise first.
    note : str
        What must be said beside the figure, or empty.
    """
    shown = drawn(labels)
    kind = go.Scatter if len(shown) <= SVG_LIMIT else go.Scattergl
    width = np.float64 if kind is go.Scatter else np.float32
    diameter = 9 if len(shown) <= 600 else 6 if len(shown) <= SVG_LIMIT else 4
    sizes = np.broadcast_to(np.asarray(diameter if size is None else size, float), labels.shape)
    traces = []
    for cluster in np.unique(labels[shown]):
        place = shown[labels[shown] == cluster]
        number = int(cluster if numbers is None or cluster < 0 else numbers[cluster])
        named = f"cluster {cluster + 1}" if cluster >= 0 else "noise"
        if len(shown) <= NAMES_LIMIT:
            hover = _hover(dataset, place, named)
            if extra is not None:
                hover = [f"{text}<br>{extra(i)}" for text, i in zip(hover, place, strict=True)]
            words: dict[str, Any] = {"text": hover, "hovertemplate": "%{text}<extra></extra>"}
        else:
            words = {
                "customdata": dataset.rows[place] + 1,
                "hovertemplate": f"{plain(dataset.source.member)} %{{customdata}}<br>{named}"
                "<extra></extra>",
            }
        each = sizes[place]
        marker: dict[str, Any] = {
            "color": colors.color(number),
            "size": float(each[0]) if np.ptp(each) == 0 else each.astype(np.float32),
            "opacity": 1.0,
            "symbol": "circle" if cluster >= 0 else "x-thin-open",
        }
        if kind is go.Scatter:
            marker["line"] = {"width": 0.7 if cluster >= 0 else 1.2, "color": colors.color(number)}
        traces.append(
            kind(
                x=flat[place, 0].astype(width),
                y=flat[place, 1].astype(width),
                mode="markers",
                marker=marker,
                meta={"outline": "paper"} if kind is go.Scatter and cluster >= 0 else {},
                name=named,
                **words,
            )
        )
    note = "" if len(shown) == len(labels) else f"{len(shown):,} of {len(labels):,} points drawn"
    return traces, note
