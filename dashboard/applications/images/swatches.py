"""The palette as swatches, each a button that lights up its pixels."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from clustering.dataset import Floats, digest
from dashboard import ui

__all__ = ["facts", "swatches"]

HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "clusterloom_swatches",
    html='<div class="iq-palette-host"></div>',
    css=(HERE / "swatches.css").read_text(encoding="utf-8"),
    js=(HERE / "swatches.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def swatches(
    palette: NDArray[np.uint8],
    shares: Floats,
    key: str,
    *,
    chosen: int | None,
    on_pick: Callable[[int], None],
) -> None:
    """Show a palette, the largest share first.

    Parameters
    ----------
    palette : ndarray of shape (k, 3) or (k, b, b, 3), uint8
        Colours, or blocks of them.
    shares : ndarray of shape (k,)
        Of all pixels, from 0 to 1.
    key : str
        Unique on its page.
    chosen : int or None
        Which one is lit.
    on_pick : callable
        Called with the place of the one that was pressed, before the page runs again.
    """

    def picked() -> None:
        told = (st.session_state.get(key) or {}).get("pick")
        if told and 0 <= int(told["place"]) < len(palette):
            on_pick(int(told["place"]))

    _mount(key=key, data=facts(palette, shares, chosen=chosen), on_pick_change=picked)


def facts(palette: NDArray[np.uint8], shares: Floats, *, chosen: int | None) -> dict[str, Any]:
    """Give what the browser is told of a palette."""
    side = palette.shape[1] if palette.ndim == 4 else 1
    what = "colour" if side == 1 else "block"
    items = []
    for place in np.argsort(-shares, kind="stable").tolist():
        cells = palette[place].tobytes().hex()
        named = f"#{cells}" if side == 1 else f"of {side} by {side} pixels"
        share = ui.percent(shares[place], 1)
        said = f"{what.capitalize()} {place + 1}, {named}, {share} of the pixels"
        items.append({"place": place, "cells": cells, "share": share, "said": said})
    return {
        "items": items,
        "side": side,
        "label": f"Palette of {len(palette)} {what}s",
        "chosen": chosen,
        "key": digest(palette, shares),
    }
