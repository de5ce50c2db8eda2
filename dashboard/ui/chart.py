"""The one way in which a figure reaches the page.

`st.plotly_chart` builds a chart anew at every rerun: it flashes and loses its
zoom. Here a small component calls ``Plotly.react`` on a node that stays (chart.js
and its modules), and is sent only what has changed (`dashboard.ui.wire`). A figure
that has frames gets a player: its steps run in the browser, without a round trip.

What comes back
    *Clicks* and the drawn *region* run the page again, since the page shows what
    follows from them. A *zoom* concerns the chart alone: where the figure depends on
    what is seen (``layout.meta["windowed"]``), it is drawn anew in a fragment, and
    the page is not run. All three carry the figure's ground (``layout.uirevision``):
    what was seen or drawn on other ground is forgotten.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from clustering.dataset import digest
from clustering.figures import Figure
from clustering.geometry.selection import Region, Window
from dashboard.ui import static_files, wire
from dashboard.ui.words import explained, literal

__all__ = ["Click", "chart"]

HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "clusterloom_chart",
    html='<div class="cl-chart"></div>',
    css=(HERE / "chart.css").read_text(encoding="utf-8"),
    js=f"""export default async (chart) => {{
      const url = new URL("{static_files.written("chart.js")}", document.baseURI);
      return (await import(url.href)).show(chart);
    }}""",
    isolate_styles=False,
)

Draw = Callable[[Window | None], Figure]


@dataclass(frozen=True, slots=True)
class Click:
    """A place in a chart, in the units of its axes."""

    x: float
    y: float


@dataclass(slots=True)
class Past:
    """What a session's charts have been through.

    Attributes
    ----------
    sent : Sent
        What the browser has.
    grounds : dict of str to str
        The ground that each chart shows.
    void : dict of str to list
        For each chart the window and the region that belonged to earlier ground.
    waiting : set of str
        Charts on which something happened that the whole page must hear of.
    """

    sent: wire.Sent = field(default_factory=wire.Sent)
    grounds: dict[str, str] = field(default_factory=dict)
    void: dict[str, list[Any]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)


def chart(
    figure: Figure | Draw,
    key: str,
    alt: str = "",
    *,
    height: int = 420,
    on_click: Callable[[Click], None] | None = None,
    selectable: bool = False,
) -> Region | None:
    """Show a figure.

    Parameters
    ----------
    figure : Figure or callable
        Made in `clustering.figures`. One with frames is played step by step.
        What the figure's own ``layout.meta["note"]`` says stands under it. A
        callable ``draw(window)`` gives the figure for what is seen, for all of it
        where the window is None; it is called again, and nothing else of the page,
        whenever the user has zoomed and the last figure's ``layout.meta["windowed"]``
        is True. One chart is given either figures or callables, always.
    key : str
        Unique on its page; the chart keeps its node, zoom and selection under this key.
    alt : str
        What the chart says, for those who cannot see it; without it the figure's
        own ``layout.meta["alt"]``.
    height : int
        Height in pixels, fixed, so that nothing jumps when the figure comes.
    on_click : callable, optional
        Called with the place of each click, before the page runs again.
    selectable : bool
        Offer a box and a lasso. What is drawn stays while the ground stays; double
        click and Escape drop it. The page runs again after each change.

    Returns
    -------
    Region or None
        What is selected, in the units of the axes; None where nothing is.
    """
    options = _Options(key, alt, height, on_click, selectable)
    _past().waiting.discard(key)
    if isinstance(figure, Figure):
        return _show(figure, None, options)
    found: Region | None = _drawn(figure, options)
    return found


@dataclass(frozen=True, slots=True)
class _Options:
    key: str
    alt: str
    height: int
    on_click: Callable[[Click], None] | None
    selectable: bool


def _past() -> Past:
    past: Past = st.session_state.setdefault("charts", Past())
    return past


@st.fragment
def _drawn(draw: Draw, options: _Options) -> Region | None:
    """Draw for what is seen; alone after a zoom, with the whole page after all else."""
    past, key = _past(), options.key
    if key in past.waiting:
        st.rerun(scope="app")
    window = _valid(key, "window", past.grounds.get(key, ""))
    with explained():
        figure = draw(_window(window))
        if window is not None and _ground(figure) != window["ground"]:
            window = None
            figure = draw(None)
    return _show(figure, window, options)


def _show(figure: Figure, window: dict[str, Any] | None, options: _Options) -> Region | None:
    """Send a figure to its chart, and give the region that is drawn on it."""
    past, key = _past(), options.key
    ground, meta = _ground(figure), figure.layout.meta or {}
    if past.grounds.get(key, ground) != ground:
        past.void[key] = [_state(key).get(name) for name in ("window", "region")]
    past.grounds[key] = ground
    region = _valid(key, "region", ground) if options.selectable else None
    facts = {
        "alt": options.alt or meta.get("alt", ""),
        "height": options.height,
        "clicks": options.on_click is not None,
        "selectable": options.selectable,
        "window": window,
        "region": region and {name: region[name] for name in ("box", "x", "y")},
        "ground": ground,
        "plotly": static_files.PLOTLY,
    }

    def clicked() -> None:
        place = st.session_state[key].get("click")
        if place and options.on_click is not None:
            options.on_click(Click(float(place["x"]), float(place["y"])))
            past.waiting.add(key)

    def missed() -> None:
        past.sent.forget((_state(key).get("missing") or {}).get("digests", ()))

    _mount(
        key=key,
        data=wire.pack(figure, facts, sent=past.sent, chart=key),
        on_click_change=clicked,
        on_missing_change=missed,
        on_region_change=lambda: past.waiting.add(key),
        on_window_change=lambda: None,
    )
    # Below a chart is always one element, so that those that follow keep their places.
    if meta.get("note"):
        st.caption(literal(meta["note"]))
    else:
        st.empty()
    return _region(region)


def _ground(figure: Figure) -> str:
    """Give what the figure shows, in a few digits."""
    return digest(figure.layout.uirevision)


def _state(key: str) -> dict[str, Any]:
    """Give what a chart has told, empty before it has."""
    return dict(st.session_state.get(key) or {})


def _valid(key: str, name: str, ground: str) -> dict[str, Any] | None:
    """Give the window or the region of a chart, where it belongs to this ground."""
    told: dict[str, Any] | None = _state(key).get(name)
    if not told or told["ground"] != ground or told in _past().void.get(key, ()):
        return None
    return told


def _window(told: dict[str, Any] | None) -> Window | None:
    if told is None:
        return None
    return Window(*(float(told[name]) for name in ("left", "right", "low", "high")))


def _region(told: dict[str, Any] | None) -> Region | None:
    if told is None:
        return None
    return Region(tuple(map(float, told["x"])), tuple(map(float, told["y"])))
