"""The two sources of the deep clustering page, and what their losses do."""

from collections.abc import Sequence

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats
from clustering.figures import Figure, colors
from clustering.figures.axis import RIGHT
from clustering.figures.style import MUTED, styled
from clustering.lessons.penalty import Way
from clustering.lessons.softmax import Endings
from clustering.partition import Labels

__all__ = ["called", "ends", "errors", "pulled"]

MOST = 400
"""Steps of a curve that are drawn."""

LINES = ("solid", "dot", "dash", "longdash")


def ends(found: Endings, groups: Labels, *, keep: str = "") -> Figure:
    """Draw the points, and what both networks give back for them.

    Parameters
    ----------
    found : Endings
        Both networks.
    groups : ndarray of shape (n,), int
        Known group of each point.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        Points faint in the colours of their groups, the linear network's rings around them,
        the softmax' crosses on their line.
    """
    figure = go.Figure()
    shades = [colors.color(int(each)) for each in groups]
    for name, places, marker in (
        ("the points", found.points, {"color": shades, "size": 7, "opacity": 0.35}),
        (
            "two linear units", found.linear.output,
            {"color": shades, "size": 7, "symbol": "circle-open", "line": {"width": 1}},
        ),
        (
            "two units with a softmax", found.softmax.output,
            {"color": RIGHT, "size": 6, "symbol": "x-thin", "line": {"width": 1.2, "color": RIGHT}},
        ),
    ):  # fmt: skip
        figure.add_scatter(
            x=places[:, 0], y=places[:, 1], mode="markers", marker=marker, name=name,
            hovertemplate=f"{name}: %{{x:.2f}}, %{{y:.2f}}<extra></extra>",
        )  # fmt: skip
    figure.add_scatter(
        x=[0, 1], y=[1, 0], mode="lines", line={"color": RIGHT, "width": 2}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_annotation(
        x=0.5, y=0.5, text="all that a softmax can say", showarrow=True, ax=70, ay=-50,
        arrowcolor=MUTED, font={"color": MUTED, "size": 12},
    )  # fmt: skip
    alt = (
        f"{len(found.points):,} points and what two networks give back: the linear one within "
        f"{found.linear.errors[-1]:.3g}, the softmax within {found.softmax.errors[-1]:.3g}."
    )
    return styled(
        figure, x="first column", y="second column", alt=alt, equal=True, keep=(keep, "ends")
    )


def errors(found: Endings, *, keep: str = "") -> Figure:
    """Draw how the errors of both networks fall, and the floor of one.

    Parameters
    ----------
    found : Endings
        Both networks.
    keep : str
        The user's zoom is kept while this stays the same.
    """
    figure = go.Figure()
    for name, curve, shade in (
        ("softmax", found.softmax.errors, RIGHT),
        ("linear", found.linear.errors, colors.CHOSEN[0]),
    ):
        steps, seen = _thinned(curve)
        figure.add_scatter(
            x=steps, y=seen, mode="lines", line={"color": shade, "width": 2}, name=name,
            hovertemplate=f"{name}: %{{y:.3g}} at step %{{x}}<extra></extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=steps[-1], y=np.log10(seen[-1]), text=name, showarrow=False, xanchor="right",
            yanchor="bottom", font={"color": shade, "size": 12},
        )  # fmt: skip
    figure.add_hline(y=found.floor, line={"color": MUTED, "width": 1, "dash": "dot"})
    styled(
        figure, x="step", y="mean squared error", keep=(keep, "errors"),
        alt=f"The softmax ends at {found.softmax.errors[-1]:.3g} and cannot come below "
        f"{found.floor:.3g}; the linear units end at {found.linear.errors[-1]:.3g}.",
    )  # fmt: skip
    figure.update_yaxes(type="log", dtick=1)
    return figure


def called(way: Way) -> str:
    """Name a loss by its lambda.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> called(SimpleNamespace(weight=-0.1, bounded=False))
    'λ = −0.1'
    """
    if way.bounded:
        return "bounded reward"
    return f"λ = {way.weight:g}".replace("-", "−")


def pulled(ways: Sequence[Way], *, keep: str = "") -> Figure:
    """Draw how far apart each loss moves the centres, step by step.

    Parameters
    ----------
    ways : sequence of Way
        One for each loss.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        R on a logarithmic scale.
    """
    figure = go.Figure()
    for place, way in enumerate(ways):
        steps, seen = _thinned(way.apart)
        name, shade = called(way), colors.CHOSEN[place % len(colors.CHOSEN)]
        figure.add_scatter(
            x=steps, y=seen, mode="lines", name=name,
            line={"color": shade, "width": 2, "dash": LINES[place % len(LINES)]},
            hovertemplate=f"{name}: R = %{{y:.3g}} at step %{{x}}<extra></extra>",
        )  # fmt: skip
    told = "; ".join(
        f"{called(way)} from {way.apart[0]:.3g} to {way.apart[-1]:.3g}" for way in ways
    )
    styled(
        figure, x="step", y="R, sum of |W (μa − μb)|", keep=(keep, "pulled"),
        alt=f"Sum of distances between centres: {told}.",
    )  # fmt: skip
    figure.update_yaxes(type="log", dtick=1)
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "font": {"color": MUTED}},
        margin={"l": 8, "r": 8, "t": 30, "b": 8},
    )
    return figure


def _thinned(curve: Floats) -> tuple[Floats, Floats]:
    """Give the steps of a curve that are drawn, from 1, and their values."""
    places = np.unique(np.linspace(0, len(curve) - 1, min(len(curve), MOST)).astype(np.int64))
    return (places + 1).astype(np.float64), curve[places]
