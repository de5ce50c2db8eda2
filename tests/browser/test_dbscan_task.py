"""The user task: odd shapes in noise, their longest plateau, the atlas, the same labels."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

import sample_data

ROOT = Path(__file__).resolve().parents[2]


def odd_shapes() -> Path:
    """The well-known table where it is at hand, the project's twin of it otherwise."""
    shared = Path(os.environ.get("CLUSTERLOOM_DATA") or ROOT.parent / "shared" / "data")
    real = shared / "shapes" / "chameleon_t4_8k.csv"
    return real if real.exists() else sample_data.FOLDER / "odd-shapes.csv"


def metric(page: Page, label: str) -> str:
    box = page.get_by_test_id("stMetric").filter(has_text=label).first
    return box.get_by_test_id("stMetricValue").inner_text()


def click_at(page: Page, chart: str, x: float, y: float | None = None) -> None:
    """Click a chart at a place in the units of its axes; halfway up where `y` is left out."""
    node = page.locator(f".st-key-{chart} .cl-plot")
    node.scroll_into_view_if_needed()
    frame = node.locator(".nsewdrag").first.bounding_box()
    assert frame
    across, up = node.evaluate(
        """(plot, [x, y]) => {
            const { xaxis, yaxis } = plot._fullLayout;
            return [xaxis.d2p(x), y === null ? yaxis._length / 2 : yaxis.d2p(y)];
        }""",
        [x, y],
    )
    page.mouse.click(frame["x"] + across, frame["y"] + up)
    page.wait_for_timeout(800)


def test_an_analyst_finds_odd_shapes_in_noise(page, settled, shot, tmp_path):
    # Bring the file and go to the page.
    file = odd_shapes()
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("8,000")
    settled(page)
    page.get_by_test_id("stTopNavSection").filter(has_text="Structure").first.click()
    page.locator("a[data-testid^=stTopNav]").filter(has_text="DBSCAN").first.click()
    line = page.get_by_text("Longest plateau:")
    expect(line).to_be_visible(timeout=60_000)
    settled(page)
    low, high, clusters = re.search(
        r"plateau: ([\d.]+) to ([\d.]+), (\d+) clusters", line.inner_text()
    ).groups()
    expect(line).to_contain_text("lies in it")
    shot(page, "dbscan-shapes")

    # Away from it, and back by a click on the curve.
    page.get_by_role("button", name=re.compile("clusters? at")).nth(1).click()
    expect(line).to_contain_text("does not lie in it")
    settled(page)
    middle = (float(low) * float(high)) ** 0.5
    click_at(page, "db_axis", middle)
    settled(page)
    expect(line).to_contain_text("epsilon lies in it")
    assert metric(page, "Clusters") == clusters
    assert re.fullmatch(r"[\d,]+ · \d+\.\d %", metric(page, "Noise"))
    assert float(low) <= float(metric(page, "Epsilon")) < float(high)

    # The atlas: a click goes to its epsilon and min_samples.
    atlas = page.get_by_text("longest plateau of")
    expect(atlas).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Longest of all").click()
    settled(page)
    page.wait_for_timeout(500)
    settled(page)
    expect(line).to_contain_text("lies in it")
    click_at(page, "db_atlas_map", float(metric(page, "Epsilon")), 7)  # the row of 20
    settled(page)
    assert "db_samples=20" in page.url
    expect(page.get_by_role("slider", name="min_samples")).to_have_value("20")
    shot(page, "dbscan-atlas")

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
    assert len(of_app) == 8_000
    pd.testing.assert_series_equal(of_app["cluster"], of_script["cluster"])


def test_a_point_a_bar_and_the_lesson_answer_clicks(open_page, settled):
    page = open_page("dbscan?data=densities")
    click_at(page, "db_map", 1.2, 0.8)
    settled(page)
    expect(page.get_by_text("itself included").first).to_be_visible()
    point = re.search(r"db_point=(\d+)", page.url).group(1)
    before = metric(page, "Epsilon")
    click_at(page, "db_ten_bars", 3, 0.1)
    settled(page)
    assert metric(page, "Epsilon") != before
    page.get_by_role("tab", name="Learn").click()
    where = page.locator(".cl-where")
    expect(where).to_contain_text("step 1 of 122")
    page.locator("[data-act=next]").click()
    expect(page.locator(".cl-words")).to_contain_text(f"Row {point} has")
    page.locator("[data-act=last]").click()
    expect(page.locator(".cl-words")).to_contain_text("has been asked once")
    page.locator("[data-act=back]").click()
    expect(where).to_contain_text("step 121 of 122")


@pytest.mark.parametrize("query", ["", "?data=towns&places=great-circle"])
def test_nothing_is_wider_than_a_phone(open_page, shot, query):
    page = open_page(f"dbscan{query}")
    page.set_viewport_size({"width": 420, "height": 900})
    page.wait_for_timeout(600)
    assert page.evaluate("document.documentElement.scrollWidth") <= 420


def test_everything_above_the_tabs_is_seen_at_once_on_a_wide_screen(open_page):
    page = open_page("dbscan?data=densities")
    tabs = page.get_by_role("tab", name="Views").bounding_box()
    assert tabs["y"] + tabs["height"] <= 1000
