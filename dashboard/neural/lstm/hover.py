"""The series of a point beside the pointer, over what the network makes of it.

The lines travel within the figure (`clustering.figures.series_map`), once; this listens to
the chart and draws them, without asking anybody.
"""

from pathlib import Path

import streamlit as st

__all__ = ["series_on_hover"]

HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "clusterloom_series_hover",
    html='<div class="ls-hover-host"></div>',
    css=(HERE / "hover.css").read_text(encoding="utf-8"),
    js=(HERE / "hover.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def series_on_hover(chart: str, *, head: str) -> None:
    """Show the series of the point that is pointed at.

    Parameters
    ----------
    chart : str
        Key of the chart, whose figure has ``layout.meta["lines"]``.
    head : str
        What stands below the lines.
    """
    _mount(key=f"{chart}_hover", data={"chart": chart, "head": head})
