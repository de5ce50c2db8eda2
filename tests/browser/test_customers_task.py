"""The user task: from a log of orders to named segments, a second month, and who moved."""

import re

import pandas as pd
import pytest
from playwright.sync_api import expect

import sample_data
from sample_data import buying
from tests.browser.charts import click
from tests.browser.hands import (
    NARROW,
    bring,
    choose,
    exported,
    go,
    kept,
    metric,
    resized,
    settle,
)  # fmt: skip

JANUARY, FEBRUARY = (
    sample_data.FOLDER / f"orders-{month}.csv" for month in ("january", "february")
)
HOW = "how=%7B%22orders%22%3A%5B%22customer%22%2C%22date%22%2C%22amount%22%5D%7D"
MINE = "friends of the house"


def test_a_shop_finds_its_segments_and_follows_them_into_the_next_month(page, shot, tmp_path):
    # Bring a month of orders, and make customers of them.
    log = ("my orders.csv", JANUARY.read_bytes().replace(b"amount", b"total", 1))
    bring(page, log)
    assert metric(page, "Rows") == "1,277"
    go(page, "Applications", "Customer mean-shift")
    expect(page.get_by_text("This table looks like a log of orders.")).to_be_visible()
    page.get_by_role("button", name="One row a customer").click()
    expect(page.get_by_text("22 rows with a negative amount are refunds").first).to_be_visible()
    assert metric(page, "Clusters") == "4"
    shot(page, "customers")

    # Along the axis and back.
    click(page, "cu_axis", 0.4, None)
    assert metric(page, "Clusters") == "2"
    click(page, "cu_axis", 0.2, None)
    assert metric(page, "Clusters") == "4"

    # A name of one's own: it is there in the list of the segment.
    name = page.get_by_role("textbox", name=re.compile("Segment 2, 70 of 250"))
    assert "frequent" in name.input_value()
    name.fill(MINE)
    name.press("Enter")
    settle(page)

    # The next month, brought as a file: who has moved?
    page.get_by_role("tab", name="Next month").click()
    settle(page)
    later = FEBRUARY.read_bytes().replace(b"amount", b"total", 1)
    page.locator("input[type=file]").last.set_input_files(
        {"name": "my february.csv", "mimeType": "text/csv", "buffer": later}
    )
    expect(page.get_by_text("24 customers moved, 214 stayed, 20 new, 12 gone")).to_be_visible()
    settle(page)
    shot(page, "customers-next-month")
    moved = pd.read_csv(kept(page, "Customers that moved (CSV)", tmp_path / "moved.csv"))
    january, february = buying.segments()
    known = {who for who in january if february.get(who, january[who]) != january[who]}
    assert set(moved["customer"]) == known
    of_regulars = [who for who in known if january[who] == "regular"]
    assert set(moved["customer"][moved["from"] == MINE]) == set(of_regulars)
    scored = pd.read_csv(kept(page, "Scored file (CSV)", tmp_path / "scored.csv"))
    assert (scored["segment"] == MINE).sum() == list(february.values()).count("regular")

    # Labels with names, and the script that gives them again from the orders.
    file = tmp_path / "orders.csv"
    file.write_bytes(log[1])
    of_app, of_script = exported(page, tmp_path, file)
    assert len(of_app) == len(january) and (of_app["segment"] == MINE).sum() == 70
    pd.testing.assert_series_equal(of_app["cluster"], of_script["cluster"])


def test_one_press_parts_the_crowd_and_the_lesson_plays(open_page, shot):
    page = open_page("customers?data=wholesale")
    expect(page.get_by_text("are in one cluster, which tells little of them")).to_be_visible()
    page.get_by_role("button", name="Use log and scaling").click()
    expect(page.get_by_role("button", name="Back to the columns as before")).to_be_visible()
    settle(page)
    shot(page, "customers-eased")
    choose(page, "Map, across", "Fresh")
    page.get_by_role("tab", name="Learn").click()
    where = page.locator(".cl-where")
    expect(where).to_contain_text("step 1 of")
    page.locator("[data-act=last]").click()
    expect(page.locator(".cl-words")).to_contain_text("All have arrived")


@pytest.mark.parametrize(
    "query", ["data=wholesale", f"data=orders-january&{HOW}", "data=orders-january"]
)
def test_nothing_is_wider_than_a_phone(open_page, query):
    resized(open_page(f"customers?{query}"), NARROW)


def test_everything_above_the_tabs_is_seen_at_once_on_a_wide_screen(open_page):
    page = open_page(f"customers?data=orders-january&{HOW}")
    tabs = page.get_by_role("tab", name="Segments").bounding_box()
    assert tabs["y"] + tabs["height"] <= 1000
