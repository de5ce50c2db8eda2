"""What a point of a chart is, beside the pointer: its pictures, or the lines of its series.

They travel within the figure, once (`figures.latent`, `figures.series_map`); this listens to
the chart and draws them, without asking anybody.
"""

from pathlib import Path
from typing import Literal

import streamlit as st

__all__ = ["beside_pointer"]

HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "clusterloom_beside_pointer",
    html='<div class="cl-beside-host"></div>',
    css=(HERE / "beside_pointer.css").read_text(encoding="utf-8"),
    js=(HERE / "beside_pointer.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def beside_pointer(chart: str, kind: Literal["pictures", "lines"], *heads: str) -> None:
    """Show what the point is that is pointed at.

    Parameters
    ----------
    chart : str
        Key of the chart, whose figure has ``layout.meta[kind]``.
    kind : {"pictures", "lines"}
        Pictures side by side, or the lines of a series in one drawing.
    *heads : str
        What stands above each picture, or below the lines.
    """
    _mount(key=f"{chart}_hover", data={"chart": chart, "kind": kind, "heads": list(heads)})
