"""The user task: an own file, its five groups, its border, its lesson, its labels."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

import sample_data

ROOT = Path(__file__).resolve().parents[2]
INCOME, SCORE = "Annual Income (k$)", "Spending Score (1-100)"


def customers() -> Path:
    """The well-known table where it is at hand, the project's twin of it otherwise."""
    folder = Path(os.environ.get("CLUSTERLOOM_DATA") or ROOT.parent / "shared" / "data")
    real = folder / "tables" / "mall_customers.csv"
    return real if real.exists() else sample_data.FOLDER / "customers.csv"


def metric(page, label: str) -> str:
    box = page.get_by_test_id("stMetric").filter(has_text=label).first
    return box.get_by_test_id("stMetricValue").inner_text()


def go(page, settled, section: str, title: str) -> None:
    """Use the navigation on top."""
    page.get_by_test_id("stTopNavSection").filter(has_text=section).first.click()
    page.locator("a[data-testid^=stTopNav]").filter(has_text=title).first.click()
    settled(page)


def test_an_analyst_defends_five_groups_of_customers(page, settled, shot, tmp_path):
    # Bring the file.
    file = customers()
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("200")
    settled(page)

    # Income and spending score; the id and the text column stay out by themselves.
    picked = page.get_by_test_id("stMultiSelect")
    expect(picked).to_contain_text(INCOME)
    assert "CustomerID" not in picked.inner_text()
    picked.get_by_role("button", name="Remove Age").click()
    expect(picked).not_to_contain_text("Age")
    settled(page)
    shot(page, "data-customers")

    # Five groups, read off the axis.
    page.get_by_text("Cluster it with k-means").click()
    expect(page.get_by_role("tab", name="Learn")).to_be_visible()
    settled(page)
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
    page.get_by_role("tab", name="Export").click()
    with page.expect_download() as labels:
        page.get_by_role("button", name="CSV", exact=True).click()
    labels.value.save_as(tmp_path / "labels_of_app.csv")
    with page.expect_download() as script:
        page.get_by_role("button", name="Python script").click()
    script.value.save_as(tmp_path / "again.py")
    subprocess.run(
        [sys.executable, "again.py", str(file), "labels.csv"], cwd=tmp_path, check=True, timeout=120
    )
    of_app = pd.read_csv(tmp_path / "labels_of_app.csv", dtype={"cluster": "Int64"})
    of_script = pd.read_csv(tmp_path / "labels.csv", dtype={"cluster": "Int64"})
    assert len(of_app) == 200
    pd.testing.assert_series_equal(of_app["cluster"], of_script["cluster"])
    assert of_app["cluster"].nunique() == 5


def test_a_deep_link_is_the_first_visit_and_opens_its_view(open_page, settled):
    page = open_page("kmeans?data=five-blobs&km_k=3&km_restarts=4")
    settled(page)
    assert metric(page, "k") == "3"
    expect(page.get_by_role("combobox", name="Data set")).to_have_value("Five blobs with outliers")
    assert page.get_by_text("Page not found").count() == 0
    assert page.get_by_test_id("stDialog").count() == 0
    assert "km_k=3" in page.url and "data=five-blobs" in page.url


def test_a_placed_start_is_a_click_on_the_map(open_page, settled):
    page = open_page("kmeans?km_init=placed")
    plot = page.locator(".cl-plot .nsewdrag").first
    box = plot.bounding_box()
    for x, y in ((0.2, 0.2), (0.8, 0.2), (0.5, 0.8)):
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        page.wait_for_timeout(400)
        settled(page)
    expect(page.get_by_text("3 starts placed")).to_be_visible()
    assert metric(page, "k") == "3"


def test_a_click_on_the_axis_moves_the_slider_and_the_map_keeps_its_zoom(open_page, settled):
    page = open_page("kmeans")
    plots = page.locator(".cl-plot")
    zoom = "() => document.querySelector('.cl-plot').layout.xaxis.range.map(v => Math.round(v*10))"
    node = plots.first.element_handle()
    box = page.locator(".cl-plot .nsewdrag").first.bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 260, steps=5)
    page.mouse.up()
    page.wait_for_timeout(500)
    zoomed = page.evaluate(zoom)
    axis = page.locator(".cl-plot .nsewdrag").nth(1).bounding_box()
    page.mouse.click(axis["x"] + axis["width"] * 6.5 / 12, axis["y"] + axis["height"] / 2)
    page.wait_for_timeout(500)
    settled(page)
    assert metric(page, "k") == "7"
    assert page.evaluate("node => node.isConnected", node), "the chart was built anew"
    assert page.evaluate(zoom) == zoomed


def test_the_player_plays_in_the_browser_and_listens_to_keys(open_page, settled):
    page = open_page("kmeans?data=densities")
    page.get_by_role("tab", name="Learn").click()
    where = page.locator(".cl-where")
    expect(where).to_contain_text("step 1 of")
    settled(page)
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
def test_a_hostile_file_harms_nothing(page, settled, shot, name, content):
    page.on("dialog", lambda dialog: pytest.fail("a script of the file ran"))
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.wait_for_timeout(800)
    settled(page)
    if name.startswith("<"):
        go(page, settled, "Partition", "k-means boundaries")
        shot(page, "kmeans-hostile")
    else:
        expect(page.get_by_test_id("stAlert")).to_be_visible()
        shot(page, f"data-{name.split('.')[0]}")
    assert page.locator("img[src=x]").count() == 0
    assert page.get_by_text("Traceback").count() == 0
    assert page.get_by_text("encountered an error").count() == 0


def ranges(page) -> list[list[int]]:
    """The range of x of each chart, in hundredths."""
    return page.evaluate(
        "[...document.querySelectorAll('.cl-plot')].map("
        "plot => plot.layout.xaxis.range.map(v => Math.round(v * 100)))"
    )


def test_charts_follow_the_width_and_keep_their_data_in_sight(open_page, settled):
    page = open_page("kmeans?km_k=2")
    before = ranges(page)
    for width in (700, 1400, 500, 1400):
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_timeout(500)
        settled(page)
        widths = page.evaluate(
            "[...document.querySelectorAll('.cl-plot')].filter(plot => plot.clientWidth)"
            ".map(plot => [plot.clientWidth, plot._fullLayout.width])"
        )
        assert all(abs(node - drawn) <= 1 for node, drawn in widths)
    for now, then in zip(ranges(page), before, strict=True):  # a scroll bar's width apart
        assert all(abs(a - b) <= 0.02 * (then[1] - then[0]) for a, b in zip(now, then, strict=True))
    page.get_by_role("slider", name="Number of clusters k").press("ArrowRight")
    page.wait_for_timeout(800)
    settled(page)
    assert metric(page, "k") == "3"
    heights = page.evaluate(
        "[...document.querySelectorAll('.cl-plot')].map("
        "plot => [plot.clientHeight, plot._fullLayout.height])"
    )
    assert all(node == drawn for node, drawn in heights), "a chart is squashed"


def test_a_double_click_after_new_data_shows_the_new_data(open_page, settled):
    page = open_page("kmeans?data=four-blobs")
    page.get_by_role("combobox", name="Data set").click()
    page.get_by_role("option", name="Elongated").click()
    page.wait_for_timeout(1500)
    settled(page)
    shown = ranges(page)[0]
    box = page.locator(".cl-plot .nsewdrag").first.bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 250, box["y"] + 220, steps=5)
    page.mouse.up()
    page.wait_for_timeout(500)
    assert ranges(page)[0] != shown
    page.mouse.dblclick(box["x"] + 200, box["y"] + 200)
    page.wait_for_timeout(800)
    assert ranges(page)[0] == shown


def test_the_back_button_brings_the_view_back(open_page, settled):
    page = open_page("kmeans?km_restarts=4&km_k=6")
    go(page, settled, "Data", "Data")
    page.go_back()
    page.wait_for_timeout(1500)
    settled(page)
    assert metric(page, "k") == "6"
    assert "km_k=6" in page.url and "km_restarts=4" in page.url


def test_a_clicked_start_is_replayed_under_learn_whatever_was_played_before(open_page, settled):
    page = open_page("kmeans?data=customers&km_replay=45")
    starts = page.locator(".cl-plot .nsewdrag").nth(3)
    starts.scroll_into_view_if_needed()
    box = starts.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
    page.wait_for_timeout(800)
    settled(page)
    start = re.search(r"km_replay=(\d+)", page.url).group(1)
    assert start != "45"
    page.get_by_role("tab", name="Learn").click()
    playing = page.get_by_role("radio", name=f"start {start} of the lottery")
    expect(playing).to_be_checked()


def test_a_finger_scrolls_past_a_chart(app, chrome, settled):
    context = chrome.new_context(
        viewport={"width": 420, "height": 900}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{app}/kmeans")
    settled(page)
    assert page.evaluate("document.querySelector('.cl-plot').layout.dragmode") is False
    context.close()


@pytest.mark.parametrize("path", ["", "kmeans", "kmeans?data=wine&km_k=12"])
def test_pages_are_photographed_and_nothing_is_wider_than_the_screen(open_page, shot, path):
    page = open_page(path)
    shot(page, "page-" + (re.sub(r"\W+", "-", path) or "data"))
    page.set_viewport_size({"width": 420, "height": 900})
    page.wait_for_timeout(600)
    assert page.evaluate("document.documentElement.scrollWidth") <= 420


@pytest.mark.parametrize("query", ["data=customers", "data=four-blobs&km_k=12"])
def test_everything_above_the_tabs_is_seen_at_once_on_a_wide_screen(open_page, query):
    page = open_page(f"kmeans?{query}")
    tabs = page.get_by_role("tab", name="Views").bounding_box()
    assert tabs["y"] + tabs["height"] <= 1000
