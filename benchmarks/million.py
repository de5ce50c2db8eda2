"""A million points are on the screen in under 3 s, and redrawn within 0.5 s of a zoom.

Both sides show the sample *large* (1,000,000 x 8, on its first two principal components,
in the colours of its twelve groups) in one browser, with WebGL in software. The plain
side gives every point to `st.plotly_chart` as WebGL markers; ours is the chart of the
dashboard. The clock runs from the click that asks for the chart until it is painted,
and from a zoom until what is then seen is painted. The difference is the number of
points that one of the sides does not account for, in the whole view and in the zoomed
one: the plain side by its markers, ours by what its regions say on hover.

The last case is the app itself: from the Data page, the sample loaded, to the map on
the k-means page, with the limits that were set for it: 3 s and 16 MB sent, 0.5 s a zoom.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import Result, Row
from benchmarks._app import FLAGS, chromium, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 300_000  # milliseconds

APP = """
import numpy as np
import streamlit as st
from clustering.geometry import projection
from clustering.data import samples
from clustering.data.preparation import fit, suggest
from clustering.figures import Figure, colors, raster, scatter
from clustering.figures.style import styled
from dashboard import ui

st.set_page_config(layout="wide")

@st.cache_resource(show_spinner=False)
def everything():
    raster.warm()
    table = samples.load("large")
    dataset = fit(table, suggest(table)).apply(table)
    labels = np.unique(table.frame["group"], return_inverse=True)[1].astype(np.int32)
    return dataset, projection.view(dataset).points, labels

dataset, flat, labels = everything()
side = st.query_params["side"]

def draw(window=None):
    figure = Figure()
    if side == "ours":
        windowed = scatter.add(figure, dataset, flat, labels, window=window).windowed
    else:
        windowed = False
        for cluster in range(12):
            x, y = flat[labels == cluster].astype(np.float32).T
            figure.add_scattergl(
                x=x, y=y, mode="markers", marker={"size": 4, "color": colors.color(cluster)}
            )
    styled(figure, alt="points", keep=("large",), windowed=windowed)
    figure.update_layout(height=560)
    figure.update_xaxes(range=[flat[:, 0].min() - 1, flat[:, 0].max() + 1])
    figure.update_yaxes(range=[flat[:, 1].min() - 1, flat[:, 1].max() + 1])
    return figure

if st.toggle("show"):
    if side == "ours":
        ui.chart(draw, "map", height=560)
    else:
        st.plotly_chart(draw(), key="map", theme=None)
st.write("ready")
"""

WATCH = """
const after = (ready) => new Promise((resolve) => {
  const look = () => {
    const plot = [...document.querySelectorAll(".js-plotly-plot")].find(ready);
    if (!plot) return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(() => {
      for (const canvas of plot.querySelectorAll("canvas")) {
        const gl = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
        gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)); // waits for it
      }
      resolve(plot);
    }));
  };
  look();
});
window.image = (plot) => {
  const image = plot.querySelector(".imagelayer image");
  return image?.getAttribute("href") ?? image?.getAttribute("xlink:href");
};
window.ready = (side) => (plot) => plot.calcdata?.length
  && (side === "ours" ? window.image(plot) : plot.calcdata.length === 12);
window.painted = async (side) => { await after(window.ready(side)); return Date.now(); };
window.zoomed = async (side) => {
  const plot = [...document.querySelectorAll(".js-plotly-plot")].find(window.ready(side));
  const before = window.image(plot);
  const { xaxis, yaxis } = plot._fullLayout;
  const part = ([low, high]) => [low + 0.3 * (high - low), low + 0.7 * (high - low)];
  const change = { "xaxis.range": part(xaxis.range), "yaxis.range": part(yaxis.range) };
  const begun = performance.now();
  await (window.Plotly ?? {}).relayout?.(plot, change);
  await after((one) => one === plot && (side !== "ours" || window.image(one) !== before));
  return performance.now() - begun;
};
window.counted = (side) => {
  const plot = [...document.querySelectorAll(".js-plotly-plot")].find(window.ready(side));
  const [[left, right], [low, high]] = [plot._fullLayout.xaxis.range, plot._fullLayout.yaxis.range];
  let n = 0;
  for (const trace of plot._fullData) {
    if (side === "ours") {
      for (const [row, count] of trace.customdata ?? []) n += count;
    } else {
      for (let i = 0; i < trace.x.length; i++) {
        n += trace.x[i] >= left && trace.x[i] <= right && trace.y[i] >= low && trace.y[i] <= high;
      }
    }
  }
  return { n, left, right, low, high };
};
"""


class Side:
    """A page of its own, and the bytes that it was sent."""

    def __init__(self, browser: "Browser", address: str) -> None:
        self.context = browser.new_context(viewport={"width": 1300, "height": 900})
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.bytes = 0
        self.page.on("websocket", lambda one: one.on("framereceived", self.received))
        self.page.add_init_script(WATCH)
        self.page.goto(address)

    def received(self, frame: str | bytes) -> None:
        """Count what came."""
        self.bytes += len(frame)

    def rest(self) -> None:
        """Wait until the script has ended."""
        self.page.wait_for_selector('[data-testid=stApp][data-test-script-state="notRunning"]')


@contextmanager
def opened(browser: "Browser", address: str) -> Iterator[Side]:
    """Open a page, and close it with all that belongs to it."""
    side = Side(browser, address)
    try:
        yield side
    finally:
        side.context.close()


def run(quick: bool) -> Result:
    """Measure the first view and a zoom on both sides, and the app."""
    path = chromium()
    if not path:
        raise RuntimeError("This needs a Chromium; `make browser` finds or fetches one.")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = Path(folder, "script.py")
        script.write_text(APP)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        with serving(script=str(script)) as server:
            rounds = [both(browser, server.url) for _ in range(1 if quick else 3)]
        with serving() as server:
            said = app(browser, server.url)
        browser.close()
    ours, plain, sent, points = zip(*rounds, strict=True)
    apart = max(abs(a - b) for each in points for a, b in each)
    firsts = [statistics.median(view for view, _ in side) for side in (plain, ours)]
    zooms = [statistics.median(zoom for _, zoom in side) for side in (plain, ours)]
    rows = (
        Row("first view of 1,000,000 points", firsts[0], firsts[1], apart),
        Row("a zoom into the middle", zooms[0], zooms[1], apart),
    )
    kilobytes = [statistics.median(each) / 1000 for each in zip(*sent, strict=True)]
    notes = (
        f"sent for the first view: plain {kilobytes[0]:,.0f} kB, ours {kilobytes[1]:,.0f} kB; "
        f"points in the zoomed view: {points[0][1][0]:,}.",
        said,
    )
    return Result(rows=rows, tolerance=0, notes=notes)


Times = tuple[float, float]


def both(
    browser: "Browser", url: str
) -> tuple[Times, Times, tuple[int, int], tuple[tuple[int, int], ...]]:
    """Show both sides, one after the other."""
    found = {}
    for side in ("ours", "plain"):
        with opened(browser, f"{url}/?side={side}") as one:
            one.page.get_by_text("ready").wait_for()
            one.rest()
            one.bytes = 0
            toggle = one.page.get_by_text("show", exact=True)
            begun = time.time()
            toggle.click()
            first = one.page.evaluate("side => window.painted(side)", side) / 1000 - begun
            sent = one.bytes
            one.rest()
            whole = one.page.evaluate("side => window.counted(side)", side)["n"]
            zoom = one.page.evaluate("side => window.zoomed(side)", side) / 1000
            one.rest()
            part = one.page.evaluate("side => window.counted(side)", side)["n"]
            found[side] = (first, zoom), sent, (whole, part)
    ours, plain = found["ours"], found["plain"]
    points = tuple(zip(plain[2], ours[2], strict=True))
    return ours[0], plain[0], (plain[1], ours[1]), points


def app(browser: "Browser", url: str) -> str:
    """Go from the Data page to the map of the k-means page, and zoom it."""
    with opened(browser, f"{url}/?data=large") as one:
        one.page.get_by_text("1,000,000 rows").first.wait_for()
        one.rest()
        one.bytes = 0
        one.page.get_by_test_id("stTopNavSection").filter(has_text="Partition").first.click()
        link = one.page.locator("a[data-testid^=stTopNav]").filter(has_text="means").first
        link.wait_for()
        begun = time.time()
        link.click()
        first = one.page.evaluate("window.painted('ours')") / 1000 - begun
        sent = one.bytes / 1e6
        one.page.get_by_test_id("stMetric").first.wait_for()
        done = time.time() - begun
        one.rest()
        zoom = one.page.evaluate("window.zoomed('ours')") / 1000
    return (
        f"the app: map on the k-means page after {first:.1f} s (limit 3) and {sent:.1f} MB (limit "
        f"16), a zoom {zoom:.2f} s (limit 0.5), every k up to 12 after {done:.0f} s."
    )
