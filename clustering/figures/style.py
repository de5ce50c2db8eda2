"""What every figure has in common: fine grid, no frame, titled axes, no legend."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

from clustering.figures import Figure

__all__ = ["GRID", "MUTED", "legend_above", "plain", "standalone", "styled", "title"]

MUTED = "#7f8793"
"""Soft grey of titles and ticks; readable on white and on the dark page."""

GRID = "rgba(127, 135, 147, 0.18)"
"""Grid lines and other lines in the background."""

AXIS: dict[str, Any] = {
    "gridcolor": GRID,
    "zeroline": False,
    "showline": False,
    "ticks": "",
    "tickfont": {"color": MUTED, "size": 12},
    "title": {"font": {"color": MUTED, "size": 13}, "standoff": 8},
    "automargin": True,
    "exponentformat": "SI",
}


def plain(text: object, *, most: int = 60) -> str:
    """Make any text safe to stand in a figure, where Plotly would read markup.

    Parameters
    ----------
    text : object
        A name or a cell of the user's.
    most : int
        Longer texts are cut, with an ellipsis.

    Examples
    --------
    >>> plain("<b>Income (k$)</b>")
    '&lt;b&gt;Income (k$)&lt;/b&gt;'
    """
    words = " ".join(str(text).split())
    return escape(words if len(words) <= most else words[: most - 1] + "…", quote=False)


def title(text: object) -> dict[str, Any]:
    """Give the title of an axis: `text` as it is, in soft grey."""
    return {"text": plain(text), **AXIS["title"]}


def styled(
    figure: Figure,
    *,
    alt: str,
    x: str = "",
    y: str = "",
    equal: bool = False,
    keep: Sequence[object] = (),
    note: str = "",
    windowed: bool = False,
) -> Figure:
    """Give `figure` the common look.

    Parameters
    ----------
    figure : Figure
        Changed in place.
    alt : str
        What the figure says, made from its data, for those who cannot see it.
    x, y : str
        Titles of the axes, units included.
    equal : bool
        One unit is as long on both axes, as it must be where space is metric.
    keep : sequence
        The user's zoom is kept for as long as these stay the same.
    note : str
        What must be said beside the figure ("drawn 30,000 of 120,000 rows").
    windowed : bool
        True where the figure shows one window of its plane, and is drawn anew for
        another; its ``layout.meta["windowed"]`` says so.

    Returns
    -------
    Figure
        The same figure.
    """
    domain = {"constrain": "domain"} if equal else {}
    tied = {"scaleanchor": "x", "scaleratio": 1} if equal else {}
    # One call for all of it: Plotly checks every update of a figure anew.
    figure.update_layout(
        template="none",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        dragmode="zoom",
        hovermode="closest",
        uirevision=repr(tuple(keep)),
        meta={"alt": alt, "note": note} | ({"windowed": True} if windowed else {}),
        xaxis={**AXIS, **domain, "title": title(x)},
        yaxis={**AXIS, **domain, **tied, "title": title(y)},
    )
    return figure


def legend_above(figure: Figure, *, room: int = 34) -> None:
    """Let the legend stand in one line above the chart, with `room` pixels for it."""
    figure.update_layout(
        showlegend=True,
        margin={"t": room},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0.0},
    )


def standalone(figure: Figure, *, heading: str) -> str:
    """Give a figure as a page of its own, which needs no network.

    Parameters
    ----------
    figure : Figure
        Left as it is.
    heading : str
        What the page says above the figure, and its title.

    Returns
    -------
    str
        HTML with plotly.js in it, 4 to 5 MB.
    """
    page = Figure(figure)
    page.update_layout(
        title={
            "text": "<br>".join(wrap(plain(heading, most=400), 110)),
            "x": 0.02,
            "font": {"size": 15},
        },
        margin={"l": 16, "r": 16, "t": 88, "b": 40},
        paper_bgcolor="#ffffff",
        font={"color": "#1a2230", "family": "sans-serif"},
    )
    page.for_each_trace(_inked)
    text: str = page.to_html(include_plotlyjs=True, config={"displaylogo": False})
    return text.replace("<head>", f"<head><title>{escape(heading)}</title>", 1)


def _inked(trace: Any) -> None:
    """Give a trace the ink and paper that the dashboard's page would give it."""
    meta = trace.meta or {}
    if "outline" in meta:
        trace.marker.line.color = {"paper": "#ffffff", "ink": "#1a2230"}[meta["outline"]]
    if "line" in meta:
        trace.line.color = "#1a2230"
    if "fill" in meta:
        trace.marker.color = "#1a2230"
