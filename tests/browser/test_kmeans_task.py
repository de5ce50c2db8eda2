"""The user task: an own file, its five groups, its border, its lesson, its labels."""

import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

import sample_data
from tests.browser.charts import click_share, drag, ground, plot, ranges, until
from tests.browser.hands import (
    NARROW,
    bring,
    choose,
    exported,
    figure,
    go,
    metric,
    offer,
    resized,
    settle,
)

ROOT = Path(__file__).resolve().parents[2]
INCOME, SCORE = "Annual Income (k$)", "Spending Score (1-100)"


def customers() -> Path:
    """The well-known table where it is at hand, the project's twin of it otherwise."""
    folder = Path(os.environ.get("CLUSTERLOOM_DATA") or ROOT.parent / "shared" / "data")
    real = folder / "tables" / "mall_customers.csv"
    return real if real.exists() else sample_data.FOLDER / "customers.csv"


def test_an_analyst_defends_five_groups_of_customers(page, shot, tmp_path):
    # Bring the file.
    file = customers()
    bring(page, file)
    assert metric(page, "Rows") == "200"

    # Income and spending score; the id and the text column stay out by themselves.
    picked = page.get_by_test_id("stMultiSelect")
    expect(picked).to_contain_text(INCOME)
    assert "CustomerID" not in picked.inner_text()
    picked.get_by_role("button", name="Remove Age").click()
    expect(picked).not_to_contain_text("Age")
    settle(page)
    shot(page, "data-customers")

    # Five groups, read off the axis.
    page.get_by_text("Cluster it with k-means").click()
    expect(page.get_by_role("tab", name="Learn")).to_be_visible()
    settle(page)
    expect(page.get_by_text("Highest at k = 5")).to_be_visible()
    assert metric(page, "k") == "5"
    assert "cols=" in page.url and "data=upload" in page.url
    shot(page, "kmeans-customers")

    # Who sits near a border.
    border = page.get_by_text("Rows nearest to a border")
    border.scroll_into_view_if_needed()
    expect(border).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").first).to_contain_text("CustomerID 0")

    # The lesson, from its end back to its start.
    page.get_by_role("tab", name="Learn").click()
    where = page.locator(".cl-where")
    expect(where).to_contain_text("step 1 of")
    page.locator("[data-act=last]").click()
    steps = int(re.search(r"of (\d+)", where.inner_text()).group(1))
    expect(where).to_have_text(f"step {steps} of {steps}")
    expect(page.locator(".cl-words")).to_contain_text("the run ends")
    for _ in range(steps - 1):
        page.locator("[data-act=back]").click()
    expect(where).to_have_text(f"step 1 of {steps}")
    expect(page.locator(".cl-words")).to_contain_text("no point has a cluster yet")

    # Labels and script; the script finds the same labels without the dashboard.
    of_app, of_script = exported(page, tmp_path, file)
    assert len(of_app) == 200
    pd.testing.assert_series_equal(of_app["cluster"], of_script["cluster"])
    assert of_app["cluster"].nunique() == 5


def test_a_deep_link_is_the_first_visit_and_opens_its_view(open_page):
    page = open_page("kmeans?data=five-blobs&km_k=3&km_restarts=4")
    assert metric(page, "k") == "3"
    expect(page.get_by_role("combobox", name="Data set")).to_have_value("Five blobs with outliers")
    assert page.get_by_text("Page not found").count() == 0
    assert page.get_by_test_id("stDialog").count() == 0
    assert "km_k=3" in page.url and "data=five-blobs" in page.url


def test_a_placed_start_is_a_click_on_the_map(open_page):
    page = open_page("kmeans?km_init=placed")
    for n, (x, y) in enumerate(((0.2, 0.2), (0.8, 0.2), (0.5, 0.8)), start=1):
        click_share(page, 0, x, y)
        expect(page.get_by_text(re.compile(rf"^{n} starts? placed"))).to_be_visible()
    assert metric(page, "k") == "3"


def test_a_click_on_the_axis_moves_the_slider_and_the_map_keeps_its_zoom(open_page):
    page = open_page("kmeans")
    node, home = plot(page, 0).element_handle(), ranges(page, 0)
    drag(page, 0, [(100, 100), (300, 260)])
    until(page, 0, "({ layout }, home) => layout.xaxis.range[0] > home[0][0]", home)
    zoomed = ranges(page, 0)
    click_share(page, 1, 6.5 / 12, 0.5)
    expect(figure(page, "k")).to_have_text("7")
    settle(page)
    assert page.evaluate("node => node.isConnected", node), "the chart was built anew"
    assert ranges(page, 0) == zoomed


def test_the_player_plays_in_the_browser_and_listens_to_keys(open_page):
    page = open_page("kmeans?data=densities")
    page.get_by_role("tab", name="Learn").click()
    where = page.locator(".cl-where")
    expect(where).to_contain_text("step 1 of")
    settle(page)
    page.evaluate(
        "window.runs = 0; new MutationObserver(() => window.runs++).observe("
        "document.querySelector('[data-testid=stApp]'),"
        "{attributes: true, attributeFilter: ['data-test-script-state']})"
    )
    page.locator(".cl-player").focus()
    page.keyboard.press("ArrowRight")
    expect(where).to_contain_text("step 2 of")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    expect(where).to_contain_text("step 1 of")
    page.locator("[data-act=play]").click()
    expect(where).to_contain_text("step 3 of", timeout=10_000)
    page.locator("[data-act=play]").click()
    assert page.evaluate("window.runs") == 0, "a frame went through the server"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("not-a-table.xlsx", b"PK\x03\x04" + bytes(range(256)) * 20),
        (
            "<img src=x onerror=alert(1)>.csv",
            b'"<script>alert(1)</script>",=1+1,[x](javascript:alert(1))\n'
            + b"".join(b"%d,%d,<b>%d</b>\n" % (i % 7, i * i % 11, i) for i in range(50)),
        ),
    ],
)
def test_a_hostile_file_harms_nothing(page, shot, name, content):
    page.on("dialog", lambda dialog: pytest.fail("a script of the file ran"))
    if name.startswith("<"):
        bring(page, (name, content))
        go(page, "Partition", "k-means boundaries")
        shot(page, "kmeans-hostile")
    else:
        offer(page, (name, content))
        expect(page.get_by_test_id("stAlert")).to_be_visible()
        settle(page)
        shot(page, f"data-{name.split('.')[0]}")
    assert page.locator("img[src=x]").count() == 0
    assert page.get_by_text("Traceback").count() == 0
    assert page.get_by_text("encountered an error").count() == 0


DRAWN = """() => [...document.querySelectorAll(".cl-plot")].filter((plot) => plot.clientWidth)
    .every((plot) => Math.abs(plot.clientWidth - plot._fullLayout.width) <= 1
        && plot.clientHeight === plot._fullLayout.height)"""
"""Every chart fills its place, and is not squashed."""


def test_charts_follow_the_width_and_keep_their_data_in_sight(open_page):
    page = open_page("kmeans?km_k=2")
    shown = range(page.locator(".cl-plot .nsewdrag").count())
    before = [ranges(page, which)[0] for which in shown]
    for width in (700, 1400, 500, 1400):
        resized(page, (width, 1000))
        page.wait_for_function(DRAWN)
    settle(page)
    for which, then in zip(shown, before, strict=True):  # a scroll bar's width apart
        assert ranges(page, which)[0] == pytest.approx(then, abs=0.02 * (then[1] - then[0]))
    page.get_by_role("slider", name="Number of clusters k").press("ArrowRight")
    expect(figure(page, "k")).to_have_text("3")
    settle(page)
    page.wait_for_function(DRAWN)


def test_a_double_click_after_new_data_shows_the_new_data(open_page):
    page = open_page("kmeans?data=four-blobs")
    choose(page, "Data set", "Elongated")
    shown = ranges(page, 0)
    drag(page, 0, [(100, 100), (250, 220)])
    until(page, 0, "({ layout }, [x]) => layout.xaxis.range[0] > x[0]", shown)
    ground(page, 0).dblclick(position={"x": 200, "y": 200})
    until(page, 0, "({ layout }, [x]) => Math.abs(layout.xaxis.range[0] - x[0]) < 0.01", shown)
    assert np.allclose(ranges(page, 0), shown, atol=0.01)


def test_the_back_button_brings_the_view_back(open_page):
    page = open_page("kmeans?km_restarts=4&km_k=6")
    go(page, "Data", "Data")
    page.go_back()
    expect(figure(page, "k")).to_have_text("6")
    expect(page).to_have_url(re.compile("km_restarts=4&km_k=6|km_k=6&km_restarts=4"))


def test_a_clicked_start_is_replayed_under_learn_whatever_was_played_before(open_page):
    page = open_page("kmeans?data=customers&km_replay=45")
    click_share(page, 3, 0.6, 0.5)
    expect(page).not_to_have_url(re.compile("km_replay=45"))
    start = re.search(r"km_replay=(\d+)", page.url).group(1)
    page.get_by_role("tab", name="Learn").click()
    playing = page.get_by_role("radio", name=f"start {start} of the lottery")
    expect(playing).to_be_checked()


def test_a_finger_scrolls_past_a_chart(open_page):
    page = open_page("kmeans", size=NARROW, touch=True)
    assert plot(page, 0).evaluate("plot => plot.layout.dragmode") is False


@pytest.mark.parametrize("path", ["", "kmeans", "kmeans?data=wine&km_k=12"])
def test_pages_are_photographed_wide_and_narrow(open_page, shot, path):
    shot(open_page(path), "page-" + (re.sub(r"\W+", "-", path) or "data"))


@pytest.mark.parametrize("query", ["data=customers", "data=four-blobs&km_k=12"])
def test_everything_above_the_tabs_is_seen_at_once_on_a_wide_screen(open_page, query):
    page = open_page(f"kmeans?{query}")
    tabs = page.get_by_role("tab", name="Views").bounding_box()
    assert tabs["y"] + tabs["height"] <= 1000
