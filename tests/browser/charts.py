"""What tests do with the charts of a page: look at them, click, draw, zoom, wait for them.

A chart is named by its place on the page or by its key. All that points at a place
waits until the page is at rest, points through Playwright (which waits until the chart
no longer moves), and waits again until what followed from it is drawn.
"""

import math

import numpy as np
from playwright.sync_api import Locator, Page

from tests.browser.hands import settle

Which = int | str


def plot(page: Page, which: Which) -> Locator:
    if isinstance(which, str):
        return page.locator(f".st-key-{which} .cl-plot")
    return page.locator(".cl-plot").nth(which)


def ground(page: Page, which: Which) -> Locator:
    """Where a chart listens to the mouse: the area between its axes."""
    return plot(page, which).locator(".nsewdrag").first


def until(page: Page, which: Which, condition: str, arg: object = None) -> None:
    """Wait until ``condition(plot, arg)`` holds, and all is drawn."""
    page.wait_for_function(
        f"([plot, arg]) => ({condition})(plot, arg)",
        arg=[plot(page, which).element_handle(), arg],
    )
    settle(page)


def painted(page: Page, which: Which) -> int:
    return int(plot(page, which).get_attribute("data-painted"))


def traces(page: Page, which: Which) -> int:
    return plot(page, which).evaluate("plot => plot.data.length")


def ranges(page: Page, which: Which) -> list[list[float]]:
    return plot(page, which).evaluate(
        "plot => ['xaxis', 'yaxis'].map(name => plot._fullLayout[name].range.slice())"
    )


def size(page: Page, which: Which) -> tuple[float, float]:
    """Width and height of the area between the axes, in pixels."""
    box = ground(page, which).bounding_box()
    return box["width"], box["height"]


def click(
    page: Page, which: Which, x: float | None = None, y: float | None = None, *, twice: bool = False
) -> None:
    """Click at a place in the units of the axes, halfway along one where it is None."""
    settle(page)
    across, down = plot(page, which).evaluate(
        """(plot, [x, y]) => {
            const { xaxis, yaxis } = plot._fullLayout;
            return [[xaxis, x], [yaxis, y]].map(([axis, value]) =>
                value === null ? axis._length / 2 : axis.d2p(value));
        }""",
        [x, y],
    )
    place = {"x": across, "y": down}
    if twice:
        ground(page, which).dblclick(position=place)
    else:
        ground(page, which).click(position=place)
    settle(page)


def click_share(page: Page, which: Which, x: float, y: float) -> None:
    """Click at a share of the width and of the height, from the upper left."""
    settle(page)
    width, height = size(page, which)
    ground(page, which).click(position={"x": x * width, "y": y * height})
    settle(page)


def drag(page: Page, which: Which, places: list[tuple[float, float]]) -> None:
    """Press at the first place, move along the others, release; pixels from the upper left."""
    settle(page)
    area = ground(page, which)
    (x, y), *others = places
    area.hover(position={"x": x, "y": y})  # once it is in sight and at rest
    box = area.bounding_box()
    page.mouse.down()
    for x, y in others:
        page.mouse.move(box["x"] + x, box["y"] + y, steps=4 if len(others) == 1 else 1)
    page.mouse.up()
    settle(page)


def draw(page: Page, which: Which, kind: str, radius: float = 90) -> None:
    """Draw a selection around the middle of a chart."""
    settle(page)
    chart = plot(page, which)
    chart.hover()
    chart.locator(f'[data-val="{kind}"]').click()
    x, y = np.array(size(page, which)) / 2
    if kind == "select":
        places = [(x - radius, y - radius), (x + radius, y + radius)]
    else:
        angles = np.linspace(0, 2 * math.pi, 120)
        places = [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]
    drag(page, which, places)


def bright(page: Page, which: Which) -> int:
    """How many points are not dimmed, as Plotly has it."""
    return plot(page, which).evaluate(
        "plot => plot._fullData.reduce("
        "(sum, trace) => sum + (trace.selectedpoints ?? trace.x).length, 0)"
    )


class Traffic:
    """What the server sends to a page from now on."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self.received))

    def received(self, frame: str | bytes) -> None:
        self.bytes += len(frame)

    def since(self) -> int:
        self.bytes, before = 0, self.bytes
        return before
