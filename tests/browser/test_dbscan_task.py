"""The user task: odd shapes in noise, their longest plateau, the atlas, the same labels."""

import os
import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

import sample_data
from tests.browser.charts import click
from tests.browser.hands import NARROW, bring, exported, figure, go, metric, resized, settle

ROOT = Path(__file__).resolve().parents[2]


def odd_shapes() -> Path:
    """The well-known table where it is at hand, the project's twin of it otherwise."""
    shared = Path(os.environ.get("CLUSTERLOOM_DATA") or ROOT.parent / "shared" / "data")
    real = shared / "shapes" / "chameleon_t4_8k.csv"
    return real if real.exists() else sample_data.FOLDER / "odd-shapes.csv"


def test_an_analyst_finds_odd_shapes_in_noise(page, shot, tmp_path):
    # Bring the file and go to the page.
    file = odd_shapes()
    bring(page, file)
    assert metric(page, "Rows") == "8,000"
    go(page, "Structure", "DBSCAN epsilon search")
    line = page.get_by_text("Longest plateau:")
    expect(line).to_be_visible()
    settle(page)
    low, high, clusters = re.search(
        r"plateau: ([\d.]+) to ([\d.]+), (\d+) large clusters", line.inner_text()
    ).groups()
    expect(line).to_contain_text("lies in it")
    shot(page, "dbscan-shapes")

    # Away from it, and back by a click on the curve.
    page.get_by_role("button", name=re.compile("large at")).nth(1).click()
    expect(line).to_contain_text("does not lie in it")
    settle(page)
    middle = (float(low) * float(high)) ** 0.5
    click(page, "db_axis", middle)
    expect(line).to_contain_text("Epsilon lies in it")
    counted = rf"{clusters}|[\d,]+ · {clusters} large"  # the rest is small, where there is any
    assert re.fullmatch(counted, metric(page, "Clusters"))
    assert re.fullmatch(r"[\d,]+ · \d+\.\d\s%", metric(page, "Noise"))
    assert float(low) <= float(metric(page, "Epsilon")) < float(high)

    # The atlas: min_samples does not change the story, and a click goes to a place of it.
    atlas = page.get_by_text("longest plateau of")
    expect(atlas).to_contain_text("does not change the story")
    page.get_by_role("button", name="Longest of all").click()
    expect(line).to_contain_text("Epsilon lies in it")
    click(page, "db_atlas_map", float(metric(page, "Epsilon")), 7)  # the row of 20
    expect(page).to_have_url(re.compile("db_samples=20"))
    expect(page.get_by_role("slider", name="min_samples")).to_have_value("20")
    shot(page, "dbscan-atlas")

    # Labels and script; the script finds the same labels without the dashboard.
    of_app, of_script = exported(page, tmp_path, file)
    assert len(of_app) == 8_000
    pd.testing.assert_series_equal(of_app["cluster"], of_script["cluster"])


def test_a_point_a_bar_and_the_lesson_answer_clicks(open_page):
    page = open_page("dbscan?data=densities")
    click(page, "db_map", 1.2, 0.8)
    expect(page.get_by_text("itself included").first).to_be_visible()
    point = re.search(r"db_point=(\d+)", page.url).group(1)
    before = metric(page, "Epsilon")
    click(page, "db_ten_bars", 3, 0.1)
    expect(figure(page, "Epsilon")).not_to_have_text(before)
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
def test_nothing_is_wider_than_a_phone(open_page, query):
    resized(open_page(f"dbscan{query}"), NARROW)


def test_everything_above_the_tabs_is_seen_at_once_on_a_wide_screen(open_page):
    page = open_page("dbscan?data=densities")
    tabs = page.get_by_role("tab", name="Views").bounding_box()
    assert tabs["y"] + tabs["height"] <= 1000
