"""The axis as curves: what a method says at every value, and where one stands.

One curve has the left scale, a second one a scale of its own on the right, which
starts at zero. A soft band marks the values that the data support, a line the
present value.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from plotly import graph_objects as go

from clustering.axis import Axis
from clustering.dataset import Floats
from clustering.figures import Figure, colors
from clustering.figures.style import AXIS, GRID, MUTED, plain, styled

__all__ = ["RIGHT", "TITLES", "curves", "second_scale", "together"]

RIGHT = "#c2611f"
"""Colour of the second curve and its scale; readable on both backgrounds."""

TITLES: Mapping[str, str] = {
    "clusters": "clusters",
    "large": "large clusters",
    "inertia": "inertia",
    "silhouette": "silhouette",
    "calinski_harabasz": "Calinski-Harabasz",
    "davies_bouldin": "Davies-Bouldin",
    "gap": "gap",
    "bic": "BIC",
}
"""How a curve is called on its scale."""

LEVELS = ("bic",)
"""Curves whose differences matter and whose distance from zero means nothing."""


def _range(curve: Floats, *, level: bool = False) -> list[float]:
    """Give a scale from zero (or the lowest value below it) to just above the highest."""
    known = curve[np.isfinite(curve)]
    if level and len(known):
        room = 0.1 * (np.ptp(known) or 1.0)
        return [float(known.min() - room), float(known.max() + room)]
    low, high = min(0.0, known.min(initial=0.0)), known.max(initial=0.0)
    reach = (high - low) or 1.0
    return [low - (0.04 * reach if low < 0 else 0.0), high + 0.22 * reach]


def curves(
    axis: Axis,
    value: float,
    *,
    left: str,
    right: str | None = None,
    support: Sequence[tuple[float, float]] = (),
    best: float | None = None,
    keep: str = "",
) -> Figure:
    """Draw one or two curves over every value of the parameter.

    Parameters
    ----------
    axis : Axis
        Gives the values and the curves.
    value : float
        The present value, drawn as a line.
    left, right : str
        Names of the curves on the two scales. Where the axis also has
        ``<left>_low`` and ``<left>_high``, they are drawn as a band.
    support : sequence of (low, high)
        Ranges of values to mark; one value is marked by giving it twice.
    best : float, optional
        Value to mark on the left curve.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        With its alt text in ``layout.meta``.
    """
    x, curve = axis.values, axis.curves[left]
    discrete = bool(np.all(x == np.round(x)))
    figure = go.Figure()
    margin = 0.35 if discrete else 0.0
    for first, last in support:
        figure.add_vrect(
            x0=first - margin,
            x1=last + margin,
            fillcolor=colors.translucent(colors.CHOSEN[0], 0.14),
            line_width=0,
            layer="below",
        )
    _band(figure, axis, left)
    if right is not None:
        figure.add_scatter(
            x=x,
            y=axis.curves[right],
            yaxis="y2",
            mode="lines",
            line={"color": RIGHT, "width": 1.6, "dash": "dot"},
            hovertemplate=f"{TITLES.get(right, right)} %{{y:.4g}}<extra></extra>",
        )
    figure.add_scatter(
        x=x,
        y=curve,
        mode="lines+markers" if discrete and len(x) <= 60 else "lines",
        line={"width": 2},
        marker={"size": 7},
        meta={"line": "ink", "fill": "ink"},
        hovertemplate=f"{axis.parameter} %{{x:.4g}}<br>{TITLES.get(left, left)} %{{y:.4f}}"
        "<extra></extra>",
    )
    if best is not None:
        at = int(np.argmin(np.abs(x - best)))
        figure.add_scatter(
            x=[x[at]],
            y=[curve[at]],
            mode="markers",
            marker={"size": 12, "color": colors.CHOSEN[0]},
            hoverinfo="skip",
        )
    _present(figure, axis, value)
    alt = _alt(axis, value, left, right, best)
    styled(figure, x=axis.parameter, y=TITLES.get(left, left), alt=alt, keep=(keep, left, right))
    figure.update_xaxes(range=[x[0] - 0.5, x[-1] + 0.5] if discrete else [x[0], x[-1]])
    if discrete:
        figure.update_xaxes(tickmode="linear", dtick=max(1, round(len(x) / 12)))
    figure.update_yaxes(range=_range(curve, level=left in LEVELS))
    if right is not None:
        second_scale(figure, TITLES.get(right, right), range=_range(axis.curves[right]), nticks=5)
    figure.update_layout(hovermode="x" if discrete else "closest")
    return figure


def _band(figure: Figure, axis: Axis, name: str) -> None:
    """Draw how far a sampled curve may be off, where the axis says so."""
    low, high = axis.curves.get(f"{name}_low"), axis.curves.get(f"{name}_high")
    if low is None or high is None or not np.nanmax(high - low, initial=0.0) > 0:
        return
    known = np.isfinite(low) & np.isfinite(high)
    x = axis.values[known]
    figure.add_scatter(
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([high[known], low[known][::-1]]),
        fill="toself",
        fillcolor=GRID,
        line={"width": 0},
        hoverinfo="skip",
    )


def _present(figure: Figure, axis: Axis, value: float) -> None:
    """Mark the present value by a line and its name, which is written inwards."""
    middle = (axis.values[0] + axis.values[-1]) / 2
    figure.add_vline(x=value, line={"color": colors.CHOSEN[0], "width": 2})
    figure.add_annotation(
        x=value,
        y=1,
        yref="paper",
        yanchor="top",
        xanchor="left" if value <= middle else "right",
        text=f" {plain(axis.parameter)} = {value:.4g} ",
        showarrow=False,
    )


def second_scale(figure: Figure, name: str, **settings: object) -> None:
    """Give a figure a scale on the right, in the colour of the curve that it is for.

    Parameters
    ----------
    figure : Figure
        Changed in place; has its look already.
    name : str
        Title of the scale.
    **settings
        Of Plotly's axis: ``range``, ``tickvals`` ...
    """
    ink = {"color": RIGHT, "size": 12}
    figure.update_layout(
        yaxis2={
            **AXIS,
            "overlaying": "y",
            "side": "right",
            "showgrid": False,
            "tickfont": ink,
            "title": {**AXIS["title"], "text": plain(name), "font": ink},
            **settings,
        }
    )


def together(
    lines: Mapping[str, tuple[Floats, Floats]],
    value: float,
    *,
    parameter: str,
    y: str,
    keep: str = "",
) -> Figure:
    """Draw several curves on one scale, each named beside its end and marked where highest.

    Parameters
    ----------
    lines : mapping of str to (values of shape (m,), curve of shape (m,))
        By the name of each curve; NaN where undefined.
    value : float
        The present value, drawn as a line.
    parameter : str
        What the values are of.
    y : str
        Title of the scale, units included.
    keep : str
        The user's zoom is kept while this and the names stay the same.

    Returns
    -------
    Figure
        Curves differ in dash and marker as well as in colour.
    """
    figure = go.Figure()
    marks, dashes = ("circle", "diamond", "square", "triangle-up", "x"), ("solid", "dash", "dot")
    told, last = [], max(float(x[-1]) for x, _ in lines.values())
    for i, (name, (x, curve)) in enumerate(lines.items()):
        shade, known = colors.color(i), np.isfinite(curve)
        if not known.any():
            continue
        top = int(np.nanargmax(curve))
        sizes = np.where(np.arange(len(x)) == top, 13, 6)
        figure.add_scatter(
            x=x,
            y=curve,
            mode="lines+markers",
            name=name,
            line={"color": shade, "width": 2, "dash": dashes[i % len(dashes)]},
            marker={"size": sizes, "symbol": marks[i % len(marks)]},
            hovertemplate=f"{plain(name)} %{{y:.4g}}<extra></extra>",
        )
        told.append(f"{name} highest at {x[top]:g}")
    figure.add_vline(x=value, line={"color": MUTED, "width": 2})
    alt = f"{', '.join(lines)} over {parameter}: {', '.join(told)}; present value {value:g}."
    styled(figure, x=parameter, y=y, alt=alt, keep=(keep, *lines))
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0.0},
        margin={"t": 36},
        hovermode="x",
    )
    figure.update_xaxes(tickmode="linear", dtick=max(1, round(last / 12)))
    return figure


def _alt(axis: Axis, value: float, left: str, right: str | None, best: float | None) -> str:
    """Say in words what the curves show."""
    curve = axis.curves[left]
    known = np.isfinite(curve)
    here = int(np.argmin(np.abs(axis.values - value)))
    words = [
        f"{TITLES.get(left, left).capitalize()} for {axis.parameter} from {axis.values[0]:g} "
        f"to {axis.values[-1]:g}"
    ]
    if known.any():
        top = int(np.nanargmax(curve))
        words.append(f"highest {curve[top]:.3f} at {axis.values[top]:g}")
    if known[here]:
        words.append(f"{curve[here]:.3f} at the present value {value:g}")
    if right is not None:
        other = axis.curves[right]
        words.append(f"{TITLES.get(right, right)} goes from {other[0]:.4g} to {other[-1]:.4g}")
    return ", ".join(words) + "."
