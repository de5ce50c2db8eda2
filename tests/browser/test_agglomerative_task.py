"""The user task: arms cut across and arms followed, where they leak, a branch, the same labels."""

import re

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.charts import click, click_share, plot
from tests.browser.hands import exported, figure, metric, settle

LEFT_SIZES, LEFT, RIGHT_SIZES, RIGHT, TREE, HEIGHTS, VIEW = range(7)  # in the order of the page


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


def test_the_arms_of_a_spiral_are_cut_across_or_followed(open_page, shot, tmp_path):
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
    settle(page)
    expect(page.get_by_text("2,823 edges (10 nearest neighbours), in one part.")).to_be_visible()
    shot(page, "agglomerative-graph")

    # Where the arms leak into each other: the first edge jumps with seven neighbours.
    page.get_by_role("radio", name="neighbours").last.click()
    expect(page.get_by_text("With 7 neighbours the first edge jumps")).to_be_visible()
    settle(page)
    click(page, VIEW, 6)
    expect(page).to_have_url(re.compile("ag_neighbours=6"))
    expect(page.get_by_text("1,775 edges (6 nearest neighbours), in 3 parts.")).to_be_visible()

    # The cut moves by a click on the heights, and both maps follow.
    click(page, HEIGHTS, 130)
    expect(figure(page, "k")).not_to_have_text("3")
    k = int(metric(page, "k"))
    assert k > 3
    assert len(clusters(page, LEFT)) == len(clusters(page, RIGHT)) == k

    # A branch lights up its points, and no others.
    click_share(page, TREE, 0.12, 0.9)
    line = page.get_by_text("The branch holds")
    expect(line).to_be_visible()
    held = int(re.search(r"holds ([\d,]+) row", line.inner_text()).group(1))
    assert 1 <= held < 500
    assert faded(page, LEFT) == faded(page, RIGHT) == 500 - held
    shot(page, "agglomerative-branch")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Click a branch")).to_be_visible()
    settle(page)
    assert faded(page, LEFT) == 0

    # The same labels without the dashboard.
    of_app, of_script = exported(page, tmp_path)
    assert of_app["cluster"].nunique() == k
    pd.testing.assert_series_equal(of_app["cluster"], of_script["cluster"])


def test_a_cell_of_the_grid_goes_to_its_linkage_and_k(open_page):
    page = open_page("agglomerative?data=curve/spiral/200/0.5/2")
    click(page, VIEW, 5, 3)
    expect(figure(page, "k")).to_have_text("5")
    expect(page).to_have_url(re.compile("ag_linkage=single"))


def test_a_chain_of_six_thousand_leaves_draws_and_is_cut(open_page, shot):
    page = open_page("agglomerative?data=curve/spiral/6000/0.1/2&ag_linkage=single")
    expect(figure(page, "k")).to_be_visible()
    settle(page)
    assert plot(page, TREE).evaluate("plot => plot.data.length") < 20
    expect(page.get_by_text("60 branches of 6,000 rows")).to_be_visible()
    click_share(page, TREE, 0.5, 0.1)
    expect(page.get_by_text("The branch holds")).to_be_visible()
    shot(page, "agglomerative-chain")


@pytest.mark.parametrize("query", ["", "?data=towns&places=great-circle&ag_graph=true"])
def test_the_page_is_photographed_wide_and_narrow(open_page, shot, query):
    page = open_page(f"agglomerative{query}")
    shot(page, f"agglomerative-{'places' if query else 'page'}")
