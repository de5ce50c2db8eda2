"""The latent map: points laid flat, each of which can show its picture when pointed at.

The pictures travel as one image within the figure, ``layout.meta["pictures"]``: rows of
`across` pictures of `width` by `height` pixels, picture i being that of the point whose
trace has ``customdata`` i. Whoever shows the figure may draw them beside the pointer; the
figure alone says the words.
"""

from collections.abc import Sequence

import numpy as np

from clustering.dataset import Dataset, Floats, Integers, Source
from clustering.figures import Figure, colors, scatter
from clustering.figures.digits import mosaic, source, tiles
from clustering.figures.style import plain, styled
from clustering.partition import Labels

__all__ = ["MOST", "latent_map", "some"]

MOST = 2_000
"""Points that are drawn: each brings two pictures along."""


def some(n: int, *, most: int = MOST) -> Integers:
    """Choose points evenly: all of few, `most` of many, always the same.

    Examples
    --------
    >>> some(3).tolist(), some(10, most=4).tolist()
    ([0, 1, 2], [0, 3, 6, 9])
    """
    return np.unique(np.linspace(0, n - 1, min(n, most)).astype(np.int64))


def latent_map(
    flat: Floats,
    labels: Labels,
    *,
    axes: tuple[str, str],
    names: Sequence[str],
    groups: Sequence[str],
    pictures: tuple[Floats, Floats] | None,
    shape: tuple[int, ...],
    of: int,
    numbers: Integers | None = None,
    what: str,
    keep: Sequence[object] = (),
) -> Figure:
    """Draw points in the plane, coloured by their groups, with their pictures at hand.

    Parameters
    ----------
    flat : ndarray of shape (m, 2)
        Where the points stand.
    labels : ndarray of shape (m,), int
        Group of each, -1 for none.
    axes : (str, str)
        Titles of the axes.
    names : sequence of m str
        What each point is called.
    groups : sequence of str
        What each group is called.
    pictures : (ndarray of shape (m, d), ndarray of shape (m, d)), optional
        Flat pictures from 0 to 1: what went in, and what came out.
    shape : tuple of int
        Of one picture.
    of : int
        How many points there are, of which these m are drawn.
    numbers : ndarray of int, optional
        Colour number of each group.
    what : str
        What the colours are: ``"digit"``.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
        The name of each group stands where its points are thickest.
    """
    m = len(flat)
    few = Dataset.from_points(flat)
    object.__setattr__(few, "source", Source("points", "image", tuple(names)))
    figure = Figure()
    scatter.add(
        figure, few, flat, labels, numbers=numbers, size=6.0,
        extra=lambda i: f"{plain(what)} {plain(groups[labels[i]]) if labels[i] >= 0 else 'none'}",
    )  # fmt: skip
    for trace in figure.data:
        trace.customdata = np.asarray(trace.meta["place"], dtype=np.int32)
        trace.hovertemplate = "%{text}<extra></extra>"
    _names(figure, flat, labels, groups, numbers)
    note = "" if m == of else f"{m:,} of {of:,} images are drawn, evenly chosen."
    styled(
        figure, x=axes[0], y=axes[1], equal=True, keep=(*keep, axes), note=note,
        alt=f"{m:,} images over {axes[0]} and {axes[1]}, coloured by {what}.",
    )  # fmt: skip
    if pictures is not None:
        both = np.concatenate([tiles(each, shape) for each in pictures])
        across = int(np.ceil(np.sqrt(2 * m)))
        figure.layout.meta = figure.layout.meta | {
            "pictures": {
                "source": source(mosaic(both, across)[..., :3]), "across": across, "n": m,
                "height": shape[0], "width": shape[1],
            }
        }  # fmt: skip
    return figure


def _names(
    figure: Figure, flat: Floats, labels: Labels, groups: Sequence[str], numbers: Integers | None
) -> None:
    """Write the name of each group at the middle of its points."""
    for group, name in enumerate(groups):
        mine = flat[labels == group]
        if not len(mine) or len(groups) > 30:
            continue
        x, y = np.median(mine, axis=0)
        shade = colors.color(group if numbers is None else int(numbers[group]))
        figure.add_annotation(
            x=x, y=y, text=f"<b>{plain(name, most=12)}</b>", showarrow=False, bgcolor=shade,
            font={"size": 13, "color": colors.ink_on(shade)}, borderpad=3, opacity=0.92,
        )  # fmt: skip
