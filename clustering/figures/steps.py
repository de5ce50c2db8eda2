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
from clustering.figures.axis import RIGHT, TITLES, second_scale
from clustering.figures.style import MUTED, plain, styled

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
    beside: str | None = None,
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
    beside : str, optional
        Name of a curve that is drawn thinly on the left scale, behind the first.
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
    figure = go.Figure()
    _ranges(figure, axis.values, plateaus, here)
    if right is not None:
        share = {"color": RIGHT, "width": 1.6, "dash": "dot"}
        _steps(figure, axis, right, window, line=share, of=right_of, said=right_title or right)
    if beside is not None:
        _steps(figure, axis, beside, window, line={"color": MUTED, "width": 1.2})
    _steps(figure, axis, left, window, line={"width": 2}, ink=True)
    _named(figure, marks or {}, window)
    _present(figure, axis, left, value, window, lower=bool(marks))
    styled(
        figure,
        x=title or axis.parameter,
        y=TITLES.get(left, left),
        alt=_alt(axis, value, left, plateaus),
        keep=(keep, left, right),
    )
    if marks:
        figure.update_layout(margin={"t": 22})
    _scales(figure, axis, window, [left, beside] if beside else [left])
    if right is not None:
        second_scale(figure, right_title or right, range=[0, 122], tickvals=[0, 25, 50, 75, 100])
    return figure


def _ranges(
    figure: Figure,
    values: Floats,
    plateaus: Sequence[tuple[float, float]],
    here: tuple[float, float] | None,
) -> None:
    """Shade the plateaus, and frame the range around the present value."""
    for rank, (begin, end) in enumerate(plateaus):
        figure.add_vrect(
            x0=begin, x1=end, line_width=0, layer="below",
            fillcolor=colors.translucent(colors.CHOSEN[0], 0.09 if rank else 0.2),
        )  # fmt: skip
    if here is not None:
        figure.add_vrect(
            x0=max(here[0], float(values[0])), x1=min(here[1], 2 * float(values[-1])),
            line={"width": 1, "color": colors.CHOSEN[0], "dash": "dot"}, layer="below",
        )  # fmt: skip


def _steps(
    figure: Figure,
    axis: Axis,
    name: str,
    window: tuple[float, float],
    *,
    line: dict[str, object],
    of: float | None = None,
    said: str = "",
    ink: bool = False,
) -> None:
    """Draw one curve as steps; as per cent on the right scale where it is a share `of` a whole."""
    x, curve = axis.values, axis.curves[name]
    if of is not None:
        curve = 100 * curve / of
    ends = (float(x[0]), float(x[-1]))
    seen = np.union1d(thinned(x, curve, *ends), thinned(x, curve, *window))
    said = plain(said or TITLES.get(name, name))
    figure.add_scatter(
        x=x[seen],
        y=curve[seen],
        yaxis="y" if of is None else "y2",
        mode="lines",
        line={"shape": "hv"} | line,
        meta={"line": "ink"} if ink else None,
        hovertemplate=f"{plain(axis.parameter)} %{{x:.4g}}<br>{said} %{{y:,.0f}}<extra></extra>"
        if of is None
        else f"{said} %{{y:.1f}}<extra></extra>",
    )


def _present(
    figure: Figure,
    axis: Axis,
    left: str,
    value: float,
    window: tuple[float, float],
    *,
    lower: bool,
) -> None:
    """Draw the present value, with its label where there is room."""
    figure.add_vline(x=value, line={"color": colors.CHOSEN[0], "width": 2})
    side = _emptier(axis.values, axis.curves[left], value, window)
    figure.add_annotation(
        x=np.log10(value), y=1, yref="paper", yanchor="top", xanchor=side,
        xshift=4 if side == "left" else -4, yshift=-8 if lower else 0, showarrow=False,
        text=f"{plain(axis.parameter)} = {value:.4g}",
    )  # fmt: skip


def _scales(figure: Figure, axis: Axis, window: tuple[float, float], names: list[str]) -> None:
    """Lay out the scale of values, and the left one: logarithmic where there are many."""
    low, high = window
    # So few ticks that Plotly shows 1, 2 and 5 of each power of ten, and not all digits.
    few = int(np.clip(np.log10(high / low) / 0.31, 3, 8))
    figure.update_xaxes(type="log", range=[np.log10(low), np.log10(high)], nticks=few)
    figure.update_xaxes(minor={"ticks": ""}, exponentformat="none", tickformat="~g")
    inside = np.concatenate([
        axis.curves[name][thinned(axis.values, axis.curves[name], low, high)] for name in names
    ])  # fmt: skip
    top = float(inside.max(initial=1.0))
    if top > MANY:
        ends = [np.log10(max(float(inside.min()), 1.0) * 0.8), np.log10(top * 2.2)]
        figure.update_yaxes(type="log", range=ends, nticks=5, tickformat="~s")
    else:
        figure.update_yaxes(range=[0, 1.22 * top])


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
