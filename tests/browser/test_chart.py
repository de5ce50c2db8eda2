"""The chart in a real browser: what stays, what travels, what comes back."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from benchmarks._app import serving
from tests.browser.charts import (
    Traffic,
    bright,
    click,
    click_share,
    draw,
    ground,
    painted,
    plot,
    ranges,
    size,
    traces,
    until,
)
from tests.browser.hands import settle

GL, IMAGE, SVG, LESSON = range(4)  # in the order of the page
N = 10_000


@pytest.fixture(scope="module")
def app() -> Iterator[str]:
    """Address of the page of charts, in the place of the dashboard's."""
    script = Path(__file__).with_name("_charts_app.py")
    with serving(script=str(script)) as server:
        yield server.url


def move(page: Page) -> None:
    """One step of k, until it is on both charts of points."""
    k = traces(page, GL)
    page.get_by_role("slider", name="k").press("ArrowRight")
    for which in (GL, SVG):
        until(
            page,
            which,
            "({ data, calcdata }, k) => data.length === k && calcdata.length === k",
            k + 1,
        )


def count(page: Page, name: str) -> int:
    """What the page's own line says, once it says a number."""
    line = page.get_by_text(re.compile(rf"^{name} \d+$"))
    expect(line).to_be_visible()
    return int(line.inner_text().split()[1])


def test_ten_moves_keep_node_zoom_and_drawing_ground(open_page):
    page = open_page()
    for which in (GL, SVG):
        plot(page, which).evaluate(
            "plot => { plot.mine = true; plot.querySelectorAll('canvas, .main-svg')"
            ".forEach(part => { part.mine = true }) }"
        )
        plot(page, which).focus()
        page.keyboard.press("+")
    zoomed = [ranges(page, which) for which in (GL, SVG)]
    assert zoomed[0][0][1] < 14
    for _ in range(10):
        move(page)
    for which, before in zip((GL, SVG), zoomed, strict=True):
        assert plot(page, which).evaluate(
            "plot => plot.mine && [...plot.querySelectorAll('canvas, .main-svg')]"
            ".every(part => part.mine)"
        ), "the chart was built anew"
        assert np.allclose(ranges(page, which), before)


def test_points_travel_once_and_a_move_sends_labels(open_page):
    page = open_page()
    traffic = Traffic(page)
    page.reload()
    settle(page)
    first = traffic.since()
    # x, y and the row number of 10,000 points, four bytes each; 2,000 of them as another chart's.
    assert first > 3 * 4 * N
    assert first < 3 * 4 * N * 1.2 + N + 60_000
    for _ in range(3):
        move(page)
        assert N < traffic.since() < N + 2_000 + 25_000
    page.get_by_text("3", exact=True).last.click()  # frames: nothing of the points has changed
    expect(page.locator(".cl-player")).to_be_visible()
    settle(page)
    assert traffic.since() < 25_000


def test_both_sides_of_the_wire_have_the_same_points(open_page):
    page = open_page()
    move(page)
    found = plot(page, GL).evaluate(
        "plot => plot.data.map(trace => [...trace.customdata].map("
        "(row, i) => [row, trace.x[i], trace.y[i]]))"
    )
    assert len(found) == 5
    points = np.concatenate([np.array(trace) for trace in found])
    assert all(np.all(np.diff(np.array(trace)[:, 0]) > 0) for trace in found)
    assert sorted(points[:, 0]) == list(range(1, N + 1))
    angle = np.arctan2(points[:, 2], points[:, 1]) + np.pi
    expected = np.minimum((angle / (2 * np.pi) * 5).astype(int), 4)
    labels = np.repeat(np.arange(5), [len(trace) for trace in found])
    assert (labels != expected).sum() <= 1  # a point on the border, float32


def test_a_click_comes_back_in_the_units_of_the_axes(open_page):
    page = open_page()
    (left, right), (low, high) = ranges(page, SVG)
    click_share(page, SVG, 0.75, 0.25)
    line = page.get_by_text(re.compile(r"^clicked -?\d"))
    expect(line).to_be_visible()
    x, y = map(float, line.inner_text().split()[1:])
    pixel = (right - left) / size(page, SVG)[0]
    assert abs(x - (left + 0.75 * (right - left))) < 2 * pixel
    assert abs(y - (high - 0.25 * (high - low))) < 2 * pixel


def test_a_click_in_a_chart_that_is_drawn_for_its_window_runs_the_page(open_page):
    page = open_page()
    plot(page, IMAGE).evaluate("plot => { plot.mine = true }")
    click(page, IMAGE)
    expect(page.get_by_text(re.compile(r"^clicked 5.0\d 5.0\d|^clicked 4.9\d"))).to_be_visible()
    assert plot(page, IMAGE).evaluate("plot => plot.mine")


@pytest.mark.parametrize("kind", ["select", "lasso"])
@pytest.mark.parametrize(("which", "name"), [(GL, "gl"), (SVG, "svg")])
def test_a_region_comes_back_stays_and_is_cleared(open_page, which, name, kind):
    page = open_page()
    expect(page.get_by_text(f"{name} nothing")).to_be_visible()
    draw(page, which, kind)
    inside = count(page, name)
    everyone = N if which == GL else 2000
    assert 0 < inside < everyone
    # Borders fall on points in the browser's rounding and in the library's.
    assert abs(bright(page, which) - inside) <= 3
    move(page)
    move(page)
    assert abs(bright(page, which) - inside) <= 3, "the dimming is lost with another k"
    assert count(page, name) == inside
    assert plot(page, which).evaluate("plot => plot.layout.selections.length") == 1
    plot(page, which).focus()
    page.keyboard.press("Escape")
    expect(page.get_by_text(f"{name} nothing")).to_be_visible()
    settle(page)
    assert bright(page, which) == everyone
    assert plot(page, which).evaluate("plot => plot.layout.selections.length") == 0


def test_a_double_click_clears_the_selection(open_page):
    page = open_page()
    draw(page, SVG, "select")
    count(page, "svg")
    ground(page, SVG).dblclick(position={"x": 8, "y": 8})
    expect(page.get_by_text("svg nothing")).to_be_visible()
    settle(page)
    assert bright(page, SVG) == 2000


def test_a_selection_ends_with_its_ground_for_good(open_page):
    page = open_page()
    draw(page, GL, "select")
    count(page, "gl")
    grounds = page.get_by_role("radiogroup", name="ground")
    for chosen in ("1", "0"):
        grounds.get_by_text(chosen, exact=True).click()
        expect(grounds.get_by_role("radio", name=chosen, exact=True)).to_be_checked()
        settle(page)
        expect(page.get_by_text("gl nothing")).to_be_visible()
        assert bright(page, GL) == N


def test_a_long_lasso_has_few_corners(open_page):
    page = open_page()
    chart = plot(page, GL)
    draw(page, GL, "lasso")
    count(page, "gl")
    chart.evaluate(
        """plot => {
            const path = Array.from({ length: 20000 }, (_, i) =>
                `${9 * Math.cos(i / 3183)},${9 * Math.sin(i / 3183) + 0.3 * Math.sin(i)}`);
            Plotly.relayout(plot, { selections:
                [{ type: "path", path: `M${path.join("L")}Z`, xref: "x", yref: "y" }] });
            plot.emit("plotly_selected", {});
        }"""
    )
    settle(page)
    assert 3 <= count(page, "corners") <= 200


def test_a_zoom_draws_the_window_anew_and_runs_nothing_else(open_page):
    page = open_page()
    chart = plot(page, IMAGE)
    chart.evaluate("plot => { plot.mine = true }")
    source = chart.locator("image").get_attribute("href")
    chart.focus()
    for key in ("+", "+", "ArrowRight"):
        page.keyboard.press(key)
    left, right = ranges(page, IMAGE)[0]
    expect(page.get_by_text(f"from {left:.3f} to {right:.3f}")).to_be_visible()
    expect(chart).to_have_attribute("data-painted", re.compile(r"^[2-5]$"))
    expect(chart).to_have_attribute("aria-label", re.compile(r"drawn [234] times, in run 1"))
    expect(page.get_by_text("run 1", exact=True)).to_be_visible()
    settle(page)
    assert chart.locator("image").get_attribute("href") != source
    assert chart.evaluate("plot => plot.mine")
    assert np.allclose(ranges(page, IMAGE)[0], [left, right])
    # Another k runs the page; the picture is drawn for what is seen.
    move(page)
    expect(page.get_by_text(f"from {left:.3f} to {right:.3f}")).to_be_visible()
    expect(page.get_by_text("run 2", exact=True)).to_be_visible()
    draw(page, IMAGE, "select", radius=30)
    line = page.get_by_text(re.compile(r"^box \d"))
    expect(line).to_be_visible()
    low, high = map(float, line.inner_text().split()[1:])
    assert left < low < high < right
    chart.focus()
    page.keyboard.press("0")
    expect(page.get_by_text("from 0.000 to 10.000")).to_be_visible()


@pytest.mark.parametrize("which", [GL, SVG])
def test_keys_zoom_move_and_reset_with_equal_scales(open_page, which):
    page = open_page()
    chart = plot(page, which)
    expect(chart).to_have_attribute("tabindex", "0")
    expect(chart).to_have_attribute("aria-label", re.compile("points in 4 groups"))
    assert "Plus" in chart.get_attribute("aria-description")

    def spans() -> np.ndarray:
        return np.ptp(np.array(ranges(page, which)), axis=1)

    home = np.array(ranges(page, which))
    chart.focus()
    assert chart.evaluate("plot => plot.matches(':focus-visible')")
    page.keyboard.press("+")
    first = spans()
    assert np.allclose(first, np.ptp(home, axis=1) / 1.3)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert np.allclose(spans(), first)
    assert (np.array(ranges(page, which)).mean(axis=1) > home.mean(axis=1)).all()
    page.keyboard.press("-")
    assert np.allclose(spans(), np.ptp(home, axis=1))
    page.keyboard.press("0")
    assert np.allclose(ranges(page, which), home)
    expect(page.get_by_text("run 1", exact=True)).to_be_visible()


def test_a_theme_changes_the_ink_without_a_run(open_page):
    page = open_page()
    ink = "plot => plot._fullLayout.font.color"
    before = plot(page, GL).evaluate(ink)
    times = painted(page, GL)
    page.emulate_media(color_scheme="dark")
    until(page, GL, "(plot, times) => plot.dataset.painted > times", times)
    assert plot(page, GL).evaluate(ink) != before
    expect(page.get_by_text("run 1", exact=True)).to_be_visible()


def test_what_the_browser_lost_it_asks_for(open_page):
    page = open_page()
    page.evaluate("window.clusterloom.store.clear()")
    move(page)
    assert traces(page, GL) == traces(page, SVG) == 5
    assert page.locator(".cl-fault:not(:empty)").count() == 0
    assert plot(page, GL).evaluate("plot => plot.data.reduce((n, t) => n + t.x.length, 0)") == N


def test_quick_moves_end_at_the_last(open_page):
    page = open_page()
    slider = page.get_by_role("slider", name="k")
    slider.focus()
    for key in ["ArrowRight"] * 9 + ["ArrowLeft"] * 4:
        page.keyboard.press(key)
    expect(slider).to_have_value("9")
    settle(page, quiet=400)  # it may stop on the way, and go on
    assert traces(page, GL) == traces(page, SVG) == 9


def test_a_figure_gains_and_loses_frames(open_page):
    page = open_page()
    frames = page.get_by_role("radiogroup", name="frames")
    assert page.locator(".cl-player").count() == 0
    frames.get_by_text("3", exact=True).click()
    expect(page.locator(".cl-where")).to_have_text("step 1 of 3")
    page.locator("[data-act=last]").click()
    expect(page.locator(".cl-words")).to_have_text("this is 2")
    settle(page)
    assert plot(page, LESSON).evaluate("plot => [...plot.data[0].y]") == [2, 4, 2]
    frames.get_by_text("0", exact=True).click()
    expect(page.locator(".cl-player")).to_have_count(0)
    settle(page)
    assert plot(page, LESSON).evaluate("plot => [...plot.data[0].y]") == [0, 0, 0]


def test_what_is_under_a_chart_keeps_its_place(open_page):
    page = open_page()
    plot(page, LESSON).evaluate("plot => { plot.mine = true }")
    expect(page.get_by_text("odd", exact=True)).to_have_count(0)
    move(page)
    expect(page.get_by_text("odd", exact=True).first).to_be_visible()
    assert plot(page, LESSON).evaluate("plot => plot.mine")


def test_a_chart_that_goes_gives_its_contexts_back(open_page):
    page = open_page()
    for _ in range(6):  # a browser has sixteen contexts, a chart takes three
        page.wait_for_selector("canvas")
        kept = page.evaluate_handle("document.querySelector('canvas').getContext('webgl')")
        page.get_by_text("hide", exact=True).click()
        expect(page.locator("canvas")).to_have_count(0)
        page.wait_for_function("context => context.isContextLost()", arg=kept)
        page.get_by_text("hide", exact=True).click()
        page.wait_for_selector("canvas")
        settle(page)
    page.wait_for_function(
        """() => {
            const gl = document.querySelector("canvas.gl-canvas-context").getContext("webgl");
            const [wide, high] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
            const pixels = new Uint8Array(4 * wide * high);
            gl.readPixels(0, 0, wide, high, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
            return pixels.some(value => value);
        }"""
    )


def test_a_chart_that_cannot_be_drawn_says_so_and_recovers(open_page):
    page = open_page()
    frames = page.get_by_role("radiogroup", name="frames")
    page.evaluate(
        "() => { window.react = Plotly.react;"
        " Plotly.react = () => Promise.reject(Error('no paint')) }"
    )
    frames.get_by_text("3", exact=True).click()
    fault = plot(page, LESSON).locator("xpath=following-sibling::p[@role='alert']")
    expect(fault).to_have_text("This chart could not be drawn: no paint")
    page.evaluate("() => { Plotly.react = window.react }")
    page.locator("[data-act=last]").click()
    expect(fault).to_be_empty()
    settle(page)
    assert plot(page, LESSON).evaluate("plot => [...plot.data[0].y]") == [2, 4, 2]
