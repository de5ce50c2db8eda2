"""Before and after: one picture over the other, and a line between them that moves.

The browser does all of it: moving the line asks nobody. It keeps its place when another
number of colours is chosen, and a picture that has not changed is not painted anew.
"""

import json
from pathlib import Path

import streamlit as st

from dashboard.applications.images.previews import Preview

__all__ = ["before_after", "packed"]

HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "clusterloom_divider",
    html='<div class="iq-host"></div>',
    css=(HERE / "divider.css").read_text(encoding="utf-8"),
    js=(HERE / "divider.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def before_after(
    before: Preview,
    after: Preview,
    key: str,
    *,
    size: tuple[int, int],
    labels: tuple[str, str],
    alts: tuple[str, str],
    clear: bool,
    most: int = 410,
) -> None:
    """Show two pictures of one size with a movable line between them.

    Parameters
    ----------
    before, after : Preview
        To the left and to the right of the line.
    key : str
        Unique on its page; the line keeps its place under this key.
    size : (int, int)
        Width and height of the picture itself.
    labels : (str, str)
        What stands beside the slider that moves the line.
    alts : (str, str)
        What each picture shows, for those who cannot see it.
    clear : bool
        Whether something shines through: a checkerboard is laid under it.
    most : int
        Height in pixels that is never exceeded.
    """
    _mount(key=key, data=packed(before, after, key, size, labels, alts, clear=clear, most=most))


def packed(
    before: Preview,
    after: Preview,
    name: str,
    size: tuple[int, int],
    labels: tuple[str, str],
    alts: tuple[str, str],
    *,
    clear: bool,
    most: int,
) -> bytes:
    """Write the message: the length of the head, the head, the two pictures."""
    head: dict[str, object] = {
        "name": name,
        "width": size[0],
        "height": size[1],
        "clear": clear,
        "most": most,
    }
    for place, (side, each) in enumerate((("before", before), ("after", after))):
        head[side] = {
            "label": labels[place],
            "alt": alts[place],
            "key": each.key,
            "mime": each.mime,
            "length": len(each.content),
            "width": each.width,
        }
    words = json.dumps(head).encode()
    return len(words).to_bytes(4, "big") + words + before.content + after.content
