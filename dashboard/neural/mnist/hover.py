"""The pictures of a point beside the pointer: what went in, and what came out.

They travel within the figure (`clustering.figures.latent`), once; this listens to the chart
and draws them, without asking anybody.
"""

from pathlib import Path

import streamlit as st

__all__ = ["pictures_on_hover"]

HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "clusterloom_hover",
    html='<div class="mn-hover-host"></div>',
    css=(HERE / "hover.css").read_text(encoding="utf-8"),
    js=(HERE / "hover.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def pictures_on_hover(chart: str, *, heads: tuple[str, str]) -> None:
    """Show the pictures of the point that is pointed at.

    Parameters
    ----------
    chart : str
        Key of the chart, whose figure has ``layout.meta["pictures"]``.
    heads : (str, str)
        What stands above the two pictures.
    """
    _mount(key=f"{chart}_hover", data={"chart": chart, "heads": list(heads)})
