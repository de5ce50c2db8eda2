"""The one way in which a figure reaches the page.

`st.plotly_chart` builds a chart anew at every rerun: it flashes and loses its
zoom. Here a small component (chart.js) calls ``Plotly.react`` on a node that
stays. A figure that has frames gets a player: its steps run in the browser,
without a round trip to the server.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from clustering.figures import Figure, plotlyjs
from dashboard.ui.words import literal

__all__ = ["Click", "chart"]

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "static"

plotlyjs.write(STATIC)
_mount = st.components.v2.component(
    "clusterloom_chart",
    html='<div class="cl-chart"></div>',
    css=(HERE / "chart.css").read_text(encoding="utf-8"),
    js=(HERE / "chart.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Click:
    """A place in a chart, in the units of its axes."""

    x: float
    y: float


def chart(
    figure: Figure,
    key: str,
    alt: str = "",
    *,
    height: int = 420,
    on_click: Callable[[Click], None] | None = None,
) -> None:
    """Show a figure.

    Parameters
    ----------
    figure : Figure
        Made in `clustering.figures`. One with frames is played step by step.
        What the figure's own ``layout.meta["note"]`` says stands under it.
    key : str
        Unique on its page; the chart keeps its node and zoom under this key.
    alt : str
        What the chart says, for those who cannot see it; without it the figure's
        own ``layout.meta["alt"]``.
    height : int
        Height in pixels, fixed, so that nothing jumps when the figure comes.
    on_click : callable, optional
        Called with the place of each click, before the page runs again.
    """

    def clicked() -> None:
        place = st.session_state[key].get("click")
        if place and on_click is not None:
            on_click(Click(float(place["x"]), float(place["y"])))

    meta = figure.layout.meta or {}
    _mount(
        key=key,
        data={
            "figure": figure.to_json(),
            "alt": alt or meta.get("alt", ""),
            "height": height,
            "clicks": on_click is not None,
            "plotly": f"app/static/{plotlyjs.name()}",
        },
        on_click_change=clicked,
    )
    if meta.get("note"):
        st.caption(literal(meta["note"]))
