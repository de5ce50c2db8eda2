"""Another k is on the screen 2 times sooner than in st.plotly_chart, 4 times at 100,000 points.

A focused slider gets an arrow key; the clock stops when the chart in the browser has
as many traces as there are clusters, and WebGL (in software) has drawn them. Both
sides show the same figure, made by the same script, in the same browser, in turn.
The difference is the largest between the points of a trace on both sides; it is
infinite where our chart did not keep its node through all moves.
"""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import Result, Row
from benchmarks._app import FLAGS, chromium, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CASES = {10_000: 2.0, 1_000: 0.0, 100_000: 4.0}
"""Points, and the ratio that is claimed."""

FEWEST = 3  # clusters on the first view

APP = """
import json, time
begun = time.perf_counter()
import numpy as np
import streamlit as st
from clustering.dataset import Dataset
from clustering.figures import Figure, scatter
from clustering.figures.style import styled
from dashboard import ui

st.set_page_config(layout="wide")
n, side = int(st.query_params["n"]), st.query_params["side"]

@st.cache_resource
def everything(n):
    random = np.random.default_rng(0)
    middles = random.uniform(-10, 10, size=(20, 2))
    flat = middles[random.integers(0, 20, n)] + random.normal(size=(n, 2))
    apart = ((flat[:, None] - middles) ** 2).sum(axis=2)
    labels = {k: apart[:, :k].argmin(axis=1).astype(np.int32) for k in range(2, 21)}
    return Dataset.from_points(flat), flat, labels

dataset, flat, labels = everything(n)
k = st.slider("k", 2, 20, FEWEST)
figure = Figure()
scatter.add(figure, dataset, flat, labels[k], webgl=100_000)
styled(figure, alt="points", keep=(n,))
figure.update_layout(height=540)
if side == "ours":
    ui.chart(figure, "map", height=540)
else:
    st.plotly_chart(figure, key="map", theme=None)
with open(LOG, "a") as log:
    log.write(json.dumps([side, n, time.perf_counter() - begun]) + "\\n")
"""

WATCH = """
window.pressed = null;
addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
window.painted = (k) => new Promise((resolve) => {
  const look = () => {
    const plot = document.querySelector(".js-plotly-plot");
    if (plot?.data?.length !== k || plot.calcdata?.length !== k) return requestAnimationFrame(look);
    requestAnimationFrame(() => {
      for (const canvas of plot.querySelectorAll("canvas")) {
        const gl = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
        gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)); // waits for it
      }
      resolve(performance.now() - window.pressed);
    });
  };
  look();
});
"""

POINTS = """() => document.querySelector(".js-plotly-plot")._fullData.map(
  (trace) => [Array.from(trace.x), Array.from(trace.y)])"""


@dataclass(slots=True)
class Side:
    """One of the two pages, and what was measured on it."""

    page: "Page"
    k: int = FEWEST
    bytes: int = 0
    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def move(self) -> None:
        """Press the key once and wait for the chart."""
        self.k += 1
        self.bytes = 0
        self.page.get_by_role("slider").press("ArrowRight")
        self.seconds.append(self.page.evaluate("k => window.painted(k)", self.k) / 1000)
        self.page.wait_for_selector('[data-testid=stApp][data-test-script-state="notRunning"]')
        self.page.wait_for_timeout(150)  # whatever comes late is counted too
        self.sizes.append(self.bytes)

    def said(self) -> str:
        """Say how long a move took, and what it sent."""
        late = quantiles(self.seconds, n=20)[-1]
        return (
            f"{1000 * median(self.seconds):.0f} ms, 95 % within {1000 * late:.0f} ms, "
            f"{median(self.sizes) / 1000:,.0f} kB"
        )


def run(quick: bool) -> Result:
    """Measure moves of k at three sizes."""
    path = chromium()
    if not path:
        raise RuntimeError("This needs a Chromium; `make browser` finds or fetches one.")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        log = Path(folder, "log.jsonl")
        script = Path(folder, "script.py")
        script.write_text(APP.replace("LOG", repr(str(log))).replace("FEWEST", str(FEWEST)))
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        rows, notes = [], []
        with serving(script=str(script)) as server:
            for n, promise in CASES.items():
                moves = (3 if n > 10_000 else 5) if quick else 16
                row, said = case(browser, server.url, n, promise, moves)
                rows.append(row)
                notes.append(f"{row.case}: {said}; script {scripts(log, n)}.")
        browser.close()
    return Result(rows=tuple(rows), tolerance=0, notes=tuple(notes))


def case(browser: "Browser", url: str, n: int, promise: float, moves: int) -> tuple[Row, str]:
    """Move k on both sides in turn, and compare what they show."""
    with opened(browser, url, n, "plain") as plain, opened(browser, url, n, "ours") as ours:
        ours.page.evaluate("document.querySelector('.js-plotly-plot').kept = true")
        for turn in range(moves):
            for side in (plain, ours) if turn % 2 else (ours, plain):
                side.page.bring_to_front()
                side.move()
        kept = ours.page.evaluate("document.querySelector('.js-plotly-plot').kept === true")
        apart = distance(plain.page.evaluate(POINTS), ours.page.evaluate(POINTS))
        times = median(plain.seconds), median(ours.seconds)
        row = Row(f"{n:,} points", *times, apart if kept else np.inf, promise)
        how = "kept" if kept else "LOST"
        return row, f"st.plotly_chart {plain.said()}; ours {ours.said()}, node {how}"


@contextmanager
def opened(browser: "Browser", url: str, n: int, side: str) -> Iterator[Side]:
    """Open the page of one side and wait for its first view."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    found = Side(page)

    def received(frame: str | bytes) -> None:
        found.bytes += len(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", received))
    page.add_init_script(WATCH)
    page.goto(f"{url}/?n={n}&side={side}")
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=120_000)
    page.evaluate("k => window.painted(k)", FEWEST)
    time.sleep(0.5)
    page.get_by_role("slider").focus()
    yield found
    context.close()


def distance(a: list[list[list[float]]], b: list[list[list[float]]]) -> float:
    """Give how far apart the same points of two charts are at most."""
    one, other = ([np.asarray(trace) for trace in traces] for traces in (a, b))
    if [trace.shape for trace in one] != [trace.shape for trace in other]:
        return np.inf
    return max(float(np.abs(x - y).max(initial=0)) for x, y in zip(one, other, strict=True))


def scripts(log: Path, n: int) -> str:
    """Say how long the script of each side ran, the first view aside."""
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    found = {
        side: 1000 * median([t for s, m, t in lines if (s, m) == (side, n)][1:])
        for side in ("plain", "ours")
    }
    return f"{found['plain']:.0f} ms and {found['ours']:.0f} ms"
