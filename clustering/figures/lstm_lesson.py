"""One series through one LSTM cell: what is read, the gates, what is kept and what is shown."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.figures import Figure, colors
from clustering.figures.style import AXIS, GRID, MUTED, plain, styled, title
from clustering.lessons.lstm_cell import Walk, sentence

__all__ = ["walk_of"]

ROWS = ((0.74, 1.0), (0.38, 0.66), (0.0, 0.3))
"""Where the three charts stand, from the top: what is read, the gates, state and output."""

DASHES = {"solid": "■", "dash": "■ – –", "dot": "■ · · ·", "dashdot": "■ – · –"}
"""How a line is drawn, and what stands for it beside its name."""

READ = 4
"""Channels that are drawn."""


def walk_of(
    walk: Walk, *, unit: int, channels: Sequence[str], keep: Sequence[object] = ()
) -> Figure:
    """Draw what one unit does over the steps; each frame is a step, with its sentence.

    Parameters
    ----------
    walk : Walk
        A series on its way through the cell.
    unit : int
        Which unit is drawn.
    channels : sequence of D str
        What is read.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
    """
    steps = np.arange(1, len(walk.series) + 1)
    figure = go.Figure()

    def line(values: Any, name: str, row: int, shade: str, dash: str = "solid") -> None:
        figure.add_scatter(
            x=steps, y=values, xaxis="x", yaxis=f"y{row if row > 1 else ''}", mode="lines+markers",
            name=name, marker={"size": 5}, line={"color": shade, "width": 2, "dash": dash},
            hovertemplate=f"{plain(name)}, step %{{x}}: %{{y:.3f}}<extra></extra>",
        )  # fmt: skip

    for place, (channel, dash) in enumerate(zip(channels[:READ], DASHES, strict=False)):
        line(walk.series[:, place], channel, 1, MUTED, dash)
    for name, values, shade, dash in (
        ("input gate", walk.input_gate, colors.CHOSEN[0], "solid"),
        ("forget gate", walk.forget_gate, colors.CHOSEN[3], "dash"),
        ("output gate", walk.output_gate, colors.CHOSEN[2], "dot"),
    ):
        line(values[:, unit], name, 2, shade, dash)
    line(walk.candidate[:, unit], "candidate", 3, MUTED, "dot")
    line(walk.state[:, unit], "cell state", 3, colors.CHOSEN[4])
    line(walk.output[:, unit], "output", 3, colors.CHOSEN[1], "dash")
    reach = _reaches(walk, unit)
    first = len(figure.data)
    for row in range(1, 4):
        figure.add_scatter(
            x=[1, 1], y=reach[row - 1], yaxis=f"y{row if row > 1 else ''}", mode="lines",
            line={"color": colors.CHOSEN[0], "width": 1.5}, opacity=0.7, hoverinfo="skip",
        )  # fmt: skip
    figure.frames = [
        {
            "name": str(step),
            "data": [{"type": "scatter", "x": [step + 1, step + 1]} for _ in range(3)],
            "layout": {"meta": {"words": sentence(walk, step=step, unit=unit)}},
            "traces": [first, first + 1, first + 2],
        }
        for step in range(len(steps))
    ]
    last = float(walk.state[-1, unit])
    alt = (
        f"{len(steps)} steps through unit {unit + 1} of an LSTM cell: the forget gate is at "
        f"{walk.forget_gate[:, unit].mean():.2f} on average, the state ends at {last:.2f}."
    )
    more = len(channels) > READ
    note = (
        f"The first {READ} of {len(channels)} channels are drawn; the cell reads all."
        if more
        else ""
    )
    styled(figure, alt=alt, x="step", keep=(*keep, unit), note=note)
    _laid(figure, reach)
    return figure


def _reaches(walk: Walk, unit: int) -> list[list[float]]:
    """Give the lowest and the highest value of each chart, with some room."""
    third = np.concatenate([walk.state[:, unit], walk.output[:, unit], walk.candidate[:, unit]])
    found = []
    for values in (walk.series[:, :READ], np.array([0.0, 1.0]), third):
        low, high = float(values.min()), float(values.max())
        room = 0.08 * ((high - low) or 1.0)
        found.append([low - room, high + room])
    return found


def _laid(figure: Figure, reach: list[list[float]]) -> None:
    """Give each chart its place and its names."""
    named = ("read", "gates", "kept, shown")
    layout: dict[str, Any] = {}
    for row, (domain, name) in enumerate(zip(ROWS, named, strict=True)):
        layout[f"yaxis{row + 1 if row else ''}"] = {
            **AXIS, "domain": list(domain), "range": reach[row], "nticks": 4, "title": title(name),
        }  # fmt: skip
    figure.update_layout(layout)
    figure.update_xaxes(anchor="y3", nticks=12, range=[0.5, len(figure.frames) + 0.5])
    for row, (_, high) in enumerate(ROWS):
        ends = [
            trace for trace in figure.data
            if (trace.yaxis or "y") == f"y{row + 1 if row else ''}" and trace.name
        ]  # fmt: skip
        figure.add_annotation(
            xref="paper", yref="paper", x=0.0, y=high, xanchor="left", yanchor="bottom",
            showarrow=False, font={"size": 12}, bgcolor=None, bordercolor=GRID,
            text="  ".join(
                f'<span style="color:{trace.line.color}">{DASHES[trace.line.dash]}</span> '
                f"{plain(trace.name, most=20)}"
                for trace in ends
            ),
        )  # fmt: skip
    figure.update_layout(margin={"t": 26})
