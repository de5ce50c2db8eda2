"""Series in panels: those of each cluster with what stands for them, originals over retellings.

All panels share their scales, so that what looks alike is alike.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats
from clustering.figures import Figure, colors, latent
from clustering.figures.style import AXIS, plain, styled, title

__all__ = ["MEMBERS", "MOST", "Panel", "panels"]

MEMBERS = 24
"""Members of a cluster that are drawn, evenly chosen."""

MOST = 16
"""Panels that are drawn."""

HEAD, APART = 0.052, 0.035
"""Room for the title of a panel, as a share of the figure, and between two panels."""

LETTERS = {1: 44, 2: 28, 3: 20}
"""Of a title, by how many panels stand in a row: on a phone it would reach into the next one."""

THINNED = 200
"""Steps of a line that are drawn; of more, evenly spaced ones."""


@dataclass(frozen=True, eq=False, slots=True)
class Panel:
    """What is drawn in one panel.

    Attributes
    ----------
    title : str
        What stands above it.
    shade : str
        Colour of its lines.
    lines : sequence of ndarray of shape (T_i,)
        The members.
    names : sequence of str
        How they are called.
    center : ndarray of shape (T,), or None
        What stands for them, drawn in the colour of ink.
    low, high : ndarray of shape (T,), or None
        A band, NaN where there is none.
    said : str
        What the centre is called.
    dash : str
        How the centre is drawn.
    """

    title: str
    shade: str
    lines: Sequence[Floats]
    names: Sequence[str] = ()
    center: Floats | None = None
    low: Floats | None = None
    high: Floats | None = None
    said: str = "barycentre"
    dash: str = "solid"


def panels(
    rows: Sequence[Panel],
    *,
    alt: str,
    x: str = "step",
    y: str = "",
    across: int = 3,
    chosen: int | None = None,
    keep: Sequence[object] = (),
    note: str = "",
) -> Figure:
    """Draw panels side by side and below one another, all on the same scales.

    Parameters
    ----------
    rows : sequence of Panel
        From left to right and downwards; beyond `MOST` they are left out, and so are lines of a
        panel beyond `MEMBERS`; both are said.
    alt : str
        What the figure says.
    x, y : str
        Titles of the axes, units included.
    across : int
        Panels in a row.
    chosen : int, optional
        One whose title is marked.
    keep : sequence
        The zoom is kept while these stay the same.
    note : str
        What must be said beside the figure.

    Returns
    -------
    Figure
    """
    shown = rows[:MOST]
    if len(rows) > MOST:
        note = f"{note} The first {MOST} of {len(rows)} are drawn.".strip()
    if any(len(panel.lines) > MEMBERS for panel in shown):
        note = f"{note} At most {MEMBERS} lines of a panel are drawn, evenly chosen.".strip()
    figure = go.Figure()
    for place, panel in enumerate(shown):
        _lines(figure, panel, "" if place == 0 else str(place + 1))
    styled(figure, alt=alt, keep=(*keep, len(shown)), note=note)
    _laid(figure, shown, across, x, y, chosen)
    return figure


def _lines(figure: Figure, panel: Panel, axis: str) -> None:
    """Draw members, band and centre of one panel."""
    on = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    if panel.low is not None and panel.high is not None:
        known = np.flatnonzero(np.isfinite(panel.low) & np.isfinite(panel.high))
        steps = known + 1.0
        figure.add_scatter(
            x=np.concatenate([steps, steps[::-1]]),
            y=np.concatenate([panel.high[known], panel.low[known][::-1]]),
            fill="toself", fillcolor=colors.translucent(panel.shade, 0.2), line={"width": 0},
            mode="lines", hoverinfo="skip", **on,
        )  # fmt: skip
    few = latent.some(len(panel.lines), most=MEMBERS).tolist() if len(panel.lines) else []
    if few:
        x, y, said = _joined([panel.lines[i] for i in few], [_name(panel, i) for i in few])
        alone = len(few) == 1
        figure.add_scatter(
            x=x, y=y, mode="lines", text=said, hovertemplate="%{text}<extra></extra>",
            line={"color": panel.shade, "width": 2.2 if alone else 1.1},
            opacity=1.0 if alone else 0.75 if len(few) < 6 else 0.5, **on,
        )  # fmt: skip
    if panel.center is not None:
        steps, values = _thinned(panel.center)
        figure.add_scatter(
            x=steps, y=values, mode="lines", meta={"line": "ink"},
            line={"width": 2.2, "dash": panel.dash},
            hovertemplate=f"{plain(panel.said)}, step %{{x:.0f}}: %{{y:.4g}}<extra></extra>", **on,
        )  # fmt: skip


def _name(panel: Panel, place: int) -> str:
    """Say how a member is called, safely."""
    return plain(panel.names[place]) if len(panel.names) else ""


def _thinned(values: Floats) -> tuple[Floats, Floats]:
    """Give steps from 1 and values of a line, few enough to be drawn."""
    places = latent.some(len(values), most=THINNED)
    steps: Floats = (places + 1).astype(np.float64)
    return steps, np.asarray(values, dtype=np.float64)[places]


def _joined(lines: Sequence[Floats], names: Sequence[str]) -> tuple[Floats, Floats, list[str]]:
    """Lay lines behind one another, a gap between two, so that one trace draws them all."""
    x, y, said = list[Floats](), list[Floats](), list[str]()
    for line, name in zip(lines, names, strict=True):
        steps, values = _thinned(line)
        x += [steps, np.array([np.nan])]
        y += [values, np.array([np.nan])]
        said += [name] * (len(steps) + 1)
    return np.concatenate(x), np.concatenate(y), said


def _laid(
    figure: Figure, shown: Sequence[Panel], across: int, x: str, y: str, chosen: int | None
) -> None:
    """Give every panel its place, its scales and its title."""
    n = len(shown)
    across = max(1, min(across, n))
    down = math.ceil(n / across)
    low, high, longest = _reach(shown)
    layout: dict[str, Any] = {}
    for place, panel in enumerate(shown):
        row, column = divmod(place, across)
        axis = "" if place == 0 else str(place + 1)
        wide, tall = 1.0 / across, 1.0 / down
        top = 1.0 - row * tall
        last = place + across >= n  # nothing stands below it
        layout[f"xaxis{axis}"] = {
            **AXIS, "anchor": f"y{axis}", "range": [1.0, max(longest, 2.0)], "nticks": 6,
            "domain": [column * wide + (APART * wide if column else 0.0), (column + 1) * wide],
            "showticklabels": last, "title": title(x if last else ""),
            **({} if place == 0 else {"matches": "x"}),
        }  # fmt: skip
        layout[f"yaxis{axis}"] = {
            **AXIS, "anchor": f"x{axis}", "range": [low, high], "nticks": 5,
            "domain": [top - tall + (APART if down > 1 else 0.0), top - HEAD],
            "showticklabels": column == 0, "title": title(y if column == 0 else ""),
            **({} if place == 0 else {"matches": "y"}),
        }  # fmt: skip
        text = f"<b>{plain(_short(panel.title, LETTERS.get(across, 13)))}</b>"
        figure.add_annotation(
            xref=f"x{axis} domain", yref=f"y{axis} domain", x=0.0, y=1.0, yanchor="bottom",
            xanchor="left", showarrow=False, font={"size": 12}, align="left",
            text=f'<span style="color:{panel.shade}">■</span> {text}',
            **({"bgcolor": colors.translucent(colors.CHOSEN[0], 0.18)} if place == chosen else {}),
        )  # fmt: skip
    figure.update_layout(layout)


def _short(text: str, most: int) -> str:
    """Cut the name in a title that is too long, and keep the number behind it."""
    if len(text) <= most:
        return text
    for mark in (" · ", ": "):
        head, found, tail = text.rpartition(mark)
        if found:
            kept = max(most - len(mark) - len(tail) - 1, 3)
            return f"{head[:kept]}…{mark}{tail}" if len(head) > kept else text
    return f"{text[: most - 1]}…"


def _reach(shown: Sequence[Panel]) -> tuple[float, float, float]:
    """Give the lowest and the highest value of all panels with some room, and the most steps."""
    low, high, longest = np.inf, -np.inf, 1
    for panel in shown:
        for line in (*panel.lines, *(() if panel.center is None else (panel.center,))):
            known = line[np.isfinite(line)]
            if len(known):
                low, high = min(low, float(known.min())), max(high, float(known.max()))
            longest = max(longest, len(line))
    if low > high:
        low, high = 0.0, 1.0
    room = 0.06 * ((high - low) or 1.0)
    return low - room, high + room, float(longest)
