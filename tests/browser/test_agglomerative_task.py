"""The user task: arms cut across and arms followed, where they leak, a branch, the same labels."""

import re
import subprocess
import sys

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.charts import plot

LEFT, LEFT_SIZES, RIGHT, RIGHT_SIZES, TREE, HEIGHTS, VIEW = range(7)  # in the order of the page


def metric(page: Page, label: str) -> str:
    box = page.get_by_test_id("stMetric").filter(has_text=re.compile(rf"{label}(?!out)")).first
    return box.get_by_test_id("stMetricValue").inner_text()


def click(page: Page, which: int, x: float, y: float) -> None:
    """Click at a place of a chart, as shares of its width and height from the upper left."""
    frame = plot(page, which).locator(".nsewdrag").first
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.wait_for_timeout(500)


def share(page: Page, which: int, axis: str, value: float) -> float:
    """Where a value stands on an axis, as a share of its length from the left or from above."""
    told = plot(page, which).evaluate(
        "({_fullLayout}, [axis, value]) =>"
        " [_fullLayout[axis].d2p(value), _fullLayout[axis]._length]",
        [axis, value],
    )
    return told[0] / told[1]


def clusters(page: Page, which: int) -> list[int]:
    """How many points each cluster of a map has."""
    return sorted(
        plot(page, which).evaluate(
            "plot => plot.data.filter(trace => trace.mode === 'markers').map(t => t.x.length)"
        )
    )


def faded(page: Page, which: int) -> int:
    """How many points of a map are dimmed."""
    return plot(page, which).evaluate(
        "plot => plot.data.filter(t => t.mode === 'markers').reduce((sum, t) => sum +"
        " (t.marker.opacity.length ? Array.from(t.marker.opacity).filter(o => o < 1).length : 0),"
        " 0)"
    )


def test_the_arms_of_a_spiral_are_cut_across_or_followed(open_page, settled, shot, tmp_path):
    # Without connectivity the arms are cut across; along ten neighbours they are followed.
    page = open_page("agglomerative")
    assert metric(page, "Sizes without") == "215 / 187 / 98"
    assert metric(page, "Sizes with") == "315 / 100 / 85"
    assert clusters(page, LEFT) == [98, 187, 215]
    assert clusters(page, RIGHT) == [85, 100, 315]
    slider = page.get_by_role("slider", name="Number of clusters k").bounding_box()
    assert slider["y"] + slider["height"] <= 1000  # seen together with both maps
    assert float(metric(page, "Agreement")) < 0.3
    page.get_by_text("Show the graph").click()
    settled(page)
    expect(page.get_by_text("2,823 edges (10 nearest neighbours), in one part.")).to_be_visible()
    shot(page, "agglomerative-graph")

    # Where the arms leak into each other: the first edge jumps with seven neighbours.
    page.get_by_role("radio", name="neighbours").last.click()
    expect(page.get_by_text("With 7 neighbours the first 1 edge jumps")).to_be_visible(
        timeout=120_000
    )
    settled(page)
    click(page, VIEW, share(page, VIEW, "xaxis", 6), 0.5)
    settled(page)
    assert "ag_neighbours=6" in page.url
    expect(page.get_by_text("1,775 edges (6 nearest neighbours), in 3 parts.")).to_be_visible()

    # The cut moves by a click on the heights, and both maps follow.
    click(page, HEIGHTS, share(page, HEIGHTS, "xaxis", 130), 0.5)
    settled(page)
    k = int(metric(page, "k"))
    assert k > 3
    assert len(clusters(page, LEFT)) == len(clusters(page, RIGHT)) == k

    # A branch lights up its points, and no others.
    click(page, TREE, 0.12, 0.9)
    settled(page)
    line = page.get_by_text("The branch holds")
    expect(line).to_be_visible()
    held = int(re.search(r"holds ([\d,]+) row", line.inner_text()).group(1))
    assert 1 <= held < 500
    assert faded(page, LEFT) == faded(page, RIGHT) == 500 - held
    shot(page, "agglomerative-branch")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Click a branch")).to_be_visible()
    settled(page)
    assert faded(page, LEFT) == 0

    # The same labels without the dashboard.
    page.get_by_role("tab", name="Export").click()
    settled(page)
    files = {}
    for button, name in (("CSV", "app.csv"), ("Python script", "again.py")):
        with page.expect_download() as found:
            page.get_by_role("button", name=button, exact=True).click()
        files[name] = tmp_path / name
        found.value.save_as(files[name])
    with page.expect_download() as found:
        page.get_by_role("button", name="The data it reads").click()
    found.value.save_as(tmp_path / "spiral.csv")
    subprocess.run(
        [sys.executable, "again.py", "spiral.csv", "labels.csv"],
        cwd=tmp_path, check=True, timeout=180,
    )  # fmt: skip
    of_app = pd.read_csv(files["app.csv"])["cluster"]
    assert of_app.nunique() == k
    pd.testing.assert_series_equal(of_app, pd.read_csv(tmp_path / "labels.csv")["cluster"])


def test_a_cell_of_the_grid_goes_to_its_linkage_and_k(open_page, settled):
    page = open_page("agglomerative?data=curve/spiral/200/0.5/2")
    click(page, VIEW, share(page, VIEW, "xaxis", 5), share(page, VIEW, "yaxis", 3))
    settled(page)
    assert metric(page, "k") == "5"
    assert "ag_linkage=single" in page.url


def test_a_chain_of_six_thousand_leaves_draws_and_is_cut(open_page, settled, shot):
    page = open_page("agglomerative?data=curve/spiral/6000/0.1/2&ag_linkage=single")
    page.wait_for_selector('[data-testid="stMetric"]', timeout=120_000)
    settled(page)
    assert plot(page, TREE).evaluate("plot => plot.data.length") < 20
    expect(page.get_by_text("60 branches of 6,000 rows")).to_be_visible()
    click(page, TREE, 0.5, 0.1)
    settled(page)
    expect(page.get_by_text("The branch holds")).to_be_visible()
    shot(page, "agglomerative-chain")


@pytest.mark.parametrize("query", ["", "?data=towns&places=great-circle&ag_graph=true"])
def test_nothing_is_wider_than_the_screen(open_page, shot, query):
    page = open_page(f"agglomerative{query}")
    shot(page, f"agglomerative-{'places' if query else 'page'}")
    page.set_viewport_size({"width": 420, "height": 900})
    page.wait_for_timeout(600)
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
