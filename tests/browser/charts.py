"""What tests of charts do with a page: look at its plots, move, draw, count."""

import math
import re

import numpy as np
from playwright.sync_api import Locator, Page, expect

GL, IMAGE, SVG, LESSON = range(4)  # in the order of the page
N = 10_000


def plot(page: Page, which: int) -> Locator:
    return page.locator(".cl-plot").nth(which)


def painted(page: Page, which: int) -> int:
    return int(plot(page, which).get_attribute("data-painted"))


def until_painted(page: Page, which: int, times: int) -> None:
    expect(plot(page, which)).to_have_attribute("data-painted", str(times))


def traces(page: Page, which: int) -> int:
    return plot(page, which).evaluate("plot => plot.data.length")


def move(page: Page) -> None:
    """One step of k, until it is on both charts of points."""
    k = traces(page, GL)
    page.get_by_role("slider", name="k").press("ArrowRight")
    for which in (GL, SVG):
        page.wait_for_function(
            "([i, k]) => { const plot = document.querySelectorAll('.cl-plot')[i];"
            " return plot.data.length === k && plot.calcdata.length === k }",
            arg=[which, k + 1],
        )
    page.wait_for_timeout(200)


def ranges(page: Page, which: int) -> list[list[float]]:
    return plot(page, which).evaluate(
        "plot => ['xaxis', 'yaxis'].map(name => plot._fullLayout[name].range.slice())"
    )


def shape(page: Page, which: int, kind: str, radius: float = 90) -> None:
    """Draw a selection around the middle of a chart."""
    chart = plot(page, which)
    chart.scroll_into_view_if_needed()
    chart.hover()
    chart.locator(f'[data-val="{kind}"]').click()
    box = chart.locator(".nsewdrag").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if kind == "select":
        page.mouse.move(x - radius, y - radius)
        page.mouse.down()
        page.mouse.move(x + radius, y + radius, steps=4)
    else:
        page.mouse.move(x + radius, y)
        page.mouse.down()
        for angle in np.linspace(0, 2 * math.pi, 120):
            page.mouse.move(x + radius * math.cos(angle), y + radius * math.sin(angle))
    page.mouse.up()


def bright(page: Page, which: int) -> int:
    """How many points are not dimmed, as Plotly has it."""
    return plot(page, which).evaluate(
        "plot => plot._fullData.reduce("
        "(sum, trace) => sum + (trace.selectedpoints ?? trace.x).length, 0)"
    )


def count(page: Page, name: str) -> int:
    """What the page's own line says, once it says a number."""
    line = page.get_by_text(re.compile(rf"^{name} \d+$"))
    expect(line).to_be_visible()
    return int(line.inner_text().split()[1])


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
