"""A structural axis as steps: what changes at which value, over the whole of it.

Where a fitted axis has a dozen points, this one has as many steps as there are edges in a
tree. All are there: a stretch of the chart that is as wide as a pixel shows the lowest and
the highest that occurs in it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from plotly import graph_objects as go

from clustering.axis import Axis
from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors
from clustering.figures.axis import RIGHT, TITLES
from clustering.figures.style import AXIS, MUTED, plain, styled

__all__ = ["staircase", "thinned"]

COLUMNS = 800
MANY = 40
EDGE, LABEL = 0.22, 0.3
"""Share of the width that the name of a mark takes, and the label of the present value."""


def thinned(values: Floats, curve: Floats, low: float, high: float) -> Integers:
    """Choose the steps that are seen between two values: the extremes of every pixel.

    Parameters
    ----------
    values, curve : ndarray of shape (m,)
        Steps, each from one value to the next.
    low, high : float
        Positive ends of what is drawn, on a logarithmic scale.

    Returns
    -------
    ndarray of shape (s,), int64
        Places, ascending; the step on which `low` lies comes first.

    Examples
    --------
    >>> thinned(np.arange(1.0, 10_001), np.arange(10_000) % 7, 1.0, 10_000.0).size < 2_400
    True
    """
    first = max(int(np.searchsorted(values, low, side="right")) - 1, 0)
    last = max(int(np.searchsorted(values, high, side="right")), first + 1)
    if last - first <= COLUMNS:
        return np.arange(first, last)
    inside = np.maximum(values[first:last], low)
    column = np.floor(np.log(inside / low) / np.log(high / low) * COLUMNS).astype(np.int64)
    begins = np.flatnonzero(np.diff(column, prepend=-1))
    ends = np.append(begins[1:], len(column))
    kept = [begins, ends - 1]
    for sign in (1.0, -1.0):
        order = np.lexsort((sign * curve[first:last], column))
        kept.append(order[np.searchsorted(column[order], column[begins])])
    return first + np.unique(np.concatenate(kept))


def staircase(
    axis: Axis,
    value: float,
    *,
    window: tuple[float, float],
    left: str = "clusters",
    right: str | None = None,
    right_of: float = 1.0,
    right_title: str = "",
    plateaus: Sequence[tuple[float, float]] = (),
    here: tuple[float, float] | None = None,
    marks: Mapping[str, float] | None = None,
    title: str = "",
    keep: str = "",
) -> Figure:
    """Draw what an axis says at every value as steps on a logarithmic scale.

    Parameters
    ----------
    axis : Axis
        Gives values and curves; each step holds from its value to the next one.
    value : float
        The present value, drawn as a line.
    window : (low, high)
        Positive ends of what is drawn first; one can zoom out to all.
    left, right : str
        Names of the curves on the two scales.
    right_of : float
        What the right curve is a share of; it is drawn as per cent.
    right_title : str
        Title of the right scale.
    plateaus : sequence of (low, high)
        Ranges to mark, the first one strongest.
    here : (low, high), optional
        The range over which nothing changes around the present value.
    marks : mapping of str to float, optional
        Values to mark at the upper edge, with their names.
    title : str
        Title of the scale of values, with unit.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        With its alt text in ``layout.meta``.
    """
    low, high = window
    x, curve = axis.values, axis.curves[left]
    figure = go.Figure()
    for rank, (begin, end) in enumerate(plateaus):
        figure.add_vrect(
            x0=begin,
            x1=end,
            fillcolor=colors.translucent(colors.CHOSEN[0], 0.09 if rank else 0.2),
            line_width=0,
            layer="below",
        )
    if right is not None:
        share = 100 * axis.curves[right] / right_of
        seen = thinned(x, share, float(x[0]), float(x[-1]))
        figure.add_scatter(
            x=x[seen],
            y=share[seen],
            yaxis="y2",
            mode="lines",
            line={"color": RIGHT, "width": 1.6, "dash": "dot", "shape": "hv"},
            hovertemplate=f"{plain(right_title or right)} %{{y:.1f}}<extra></extra>",
        )
    seen = np.union1d(thinned(x, curve, float(x[0]), float(x[-1])), thinned(x, curve, low, high))
    figure.add_scatter(
        x=x[seen],
        y=curve[seen],
        mode="lines",
        line={"width": 2, "shape": "hv"},
        meta={"line": "ink"},
        hovertemplate=f"{plain(title or axis.parameter)} %{{x:.4g}}<br>"
        f"{TITLES.get(left, left)} %{{y:,.0f}}<extra></extra>",
    )
    if here is not None:
        figure.add_vrect(
            x0=max(here[0], float(x[0])), x1=min(here[1], 2 * float(x[-1])),
            line={"width": 1, "color": colors.CHOSEN[0], "dash": "dot"}, layer="below",
        )  # fmt: skip
    _named(figure, marks or {}, window)
    inside = curve[thinned(x, curve, low, high)]
    figure.add_vline(x=value, line={"color": colors.CHOSEN[0], "width": 2})
    side = _emptier(x, curve, value, window)
    figure.add_annotation(
        x=np.log10(value), y=1, yref="paper", yanchor="top", xanchor=side,
        xshift=4 if side == "left" else -4, yshift=-8 if marks else 0, showarrow=False,
        text=f"{plain(axis.parameter)} = {value:.4g}",
    )  # fmt: skip
    top = float(inside.max(initial=1.0))
    bottom = float(inside.min(initial=top))
    styled(
        figure,
        x=title or axis.parameter,
        y=TITLES.get(left, left),
        alt=_alt(axis, value, left, plateaus),
        keep=(keep, left, right),
    )
    if marks:
        figure.update_layout(margin={"t": 22})
    # So few ticks that Plotly shows 1, 2 and 5 of each power of ten, and not all digits.
    few = int(np.clip(np.log10(high / low) / 0.31, 3, 8))
    figure.update_xaxes(type="log", range=[np.log10(low), np.log10(high)], nticks=few)
    figure.update_xaxes(minor={"ticks": ""}, exponentformat="none", tickformat="~g")
    if top > MANY:
        ends = [np.log10(max(bottom, 1.0) * 0.8), np.log10(top * 2.2)]
        figure.update_yaxes(type="log", range=ends, nticks=5, tickformat="~s")
    else:
        figure.update_yaxes(range=[0, 1.22 * top])
    if right is not None:
        ink = {"color": RIGHT, "size": 12}
        figure.update_layout(
            yaxis2={
                **AXIS,
                "overlaying": "y",
                "side": "right",
                "showgrid": False,
                "range": [0, 122],
                "tickvals": [0, 25, 50, 75, 100],
                "tickfont": ink,
                "title": {**AXIS["title"], "text": plain(right_title or right), "font": ink},
            }
        )
    return figure


def _named(figure: Figure, marks: Mapping[str, float], window: tuple[float, float]) -> None:
    """Hang short ticks with names from the upper edge, clear of the curve and of each other."""
    low, high = window
    shown = sorted((place, name) for name, place in marks.items() if low <= place <= high)
    for rank, (place, name) in enumerate(shown):
        figure.add_shape(
            type="line", x0=place, x1=place, y0=0.93, y1=1.03, yref="paper",
            line={"color": MUTED, "width": 1.5},
        )  # fmt: skip
        # Names point away from one another; a third one and the last of a row turn inwards.
        outwards = "right" if rank == 0 and len(shown) > 1 else "left"
        share = np.log(place / low) / np.log(high / low)
        side = "left" if share < EDGE else "right" if share > 1 - EDGE else outwards
        figure.add_annotation(
            x=np.log10(place), y=1.0, yref="paper", yanchor="bottom", xanchor=side,
            text=plain(name), showarrow=False, font={"color": MUTED, "size": 12},
        )  # fmt: skip


def _emptier(x: Floats, curve: Floats, value: float, window: tuple[float, float]) -> str:
    """Say on which side of a value there is room for its label: off the edge, and off the curve."""
    low, high = window
    share = np.log(value / low) / np.log(high / low)
    if share < LABEL or share > 1 - LABEL:
        return "left" if share < LABEL else "right"
    reach = (high / low) ** LABEL
    before = curve[thinned(x, curve, value / reach, value)].max()
    after = curve[thinned(x, curve, value, value * reach)].max()
    return "left" if after <= before else "right"


def _alt(axis: Axis, value: float, left: str, plateaus: Sequence[tuple[float, float]]) -> str:
    """Say in words what the steps show."""
    curve = axis.curves[left]
    here = max(int(np.searchsorted(axis.values, value, side="right")) - 1, 0)
    words = [
        f"{TITLES.get(left, left).capitalize()} at every {axis.parameter} from "
        f"{axis.values[0]:.3g} to {axis.values[-1]:.3g}, at most {curve.max():,.0f}",
        f"{curve[here]:,.0f} at the present value {value:.4g}",
    ]
    if plateaus:
        words.append(f"the longest plateau from {plateaus[0][0]:.4g} to {plateaus[0][1]:.4g}")
    return ", ".join(words) + "."
