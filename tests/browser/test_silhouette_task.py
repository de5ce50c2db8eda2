"""The user task: data without clusters are said to have none; five blobs are found and judged."""

import re

from playwright.sync_api import expect

from tests.browser.charts import click_share
from tests.browser.hands import choose, metric, settle


def test_an_analyst_learns_whether_there_are_clusters_and_who_is_misplaced(open_page, shot):
    page = open_page("silhouette")

    # Data with nothing in them: the page says so before anything else.
    choose(page, "Data set", "No structure")
    none = page.get_by_text("Nothing here supports clusters.")
    expect(none).to_be_visible()
    settle(page)
    assert none.bounding_box()["y"] < page.get_by_test_id("stMetric").first.bounding_box()["y"]
    shot(page, "silhouette-uniform")

    # Five blobs: k = 5, its plateau, who is badly placed, by name.
    choose(page, "Data set", "Five blobs with outliers")
    expect(page.get_by_text("There is structure.")).to_be_visible()
    settle(page)
    assert metric(page, "k") == "5"
    assert metric(page, "Plateau") == "5"
    expect(page.get_by_text("Highest at k = 5")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Lowest: row \d+ \(0\.\d\d\), row"))).to_be_visible()
    shot(page, "silhouette-blobs")

    # The rows by name, worst first.
    page.get_by_role("tab", name="Clusters").click()
    expect(page.get_by_text("Rows placed worst")).to_be_visible()
    settle(page)

    # A click in the profile chooses a point, whose two distances the lesson draws.
    page.get_by_role("tab", name="Learn").click()
    settle(page)
    click_share(page, 0, 0.6, 0.1)
    page.wait_for_url(re.compile(r"si_point=\d+"))
    settle(page)
    number = re.search(r"si_point=(\d+)", page.url).group(1)
    words = page.locator(".cl-words")
    expect(words).to_contain_text(f"Row {number} lies in cluster 1")
    page.locator("[data-act=last]").click()
    expect(words).to_contain_text("s = (b - a) / max(a, b)")
    shot(page, "silhouette-lesson")


def test_the_other_views_open_and_agree_on_five(open_page, shot):
    page = open_page("silhouette?data=five-blobs&si_tab=Views")
    expect(page.get_by_text("Calinski-Harabasz: k = 5")).to_be_visible()
    expect(page.get_by_text("Gap: k = 5")).to_be_visible()
    expect(page.get_by_text("agglomerative k = 5")).to_be_visible()
    settle(page)
    shot(page, "silhouette-views")
    page.get_by_text("Normalise").click()
    expect(
        page.get_by_role("application", name=re.compile("Silhouette, Calinski-Harabasz"))
    ).to_be_visible()
