"""The user task: train on short reviews, type sentences, and see their probability move."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.charts import plot
from tests.browser.hands import NARROW, figure, metric, resized, settle

pytestmark = pytest.mark.neural

REVIEWS = "sequences?la_kind=Sentiment&la_s_epochs=2&la_s_units=16&la_s_rate=0.01&la_s_batch=8"


def typed(page: Page, sentence: str) -> float:
    """Type a sentence; the probability that it is praise."""
    before = plot(page, "la_s_said").get_attribute("aria-label")
    box = page.get_by_role("textbox", name="Type a sentence")
    box.fill(sentence)
    box.press("Enter")
    expect(plot(page, "la_s_said")).not_to_have_attribute("aria-label", before)
    settle(page)
    names, shares = plot(page, "la_s_said").evaluate(
        "plot => [plot.data[0].y, Array.from(plot.data[0].x)]"
    )
    return dict(zip([name.strip() for name in names], shares, strict=True))["positive"]


def test_a_typed_sentence_moves_its_probability_with_its_meaning(open_page, shot):
    page = open_page(REVIEWS)
    standing = page.locator(".st-key-la_s_stand")
    expect(standing).to_contain_text("trained for 2 epochs")  # it began by itself
    expect(figure(page, "Best beside it")).to_contain_text("%")
    assert float(metric(page, "Accuracy").split()[0]) > 75
    expect(plot(page, "la_s_said")).to_have_attribute("aria-label", re.compile("Probability"))

    # Praise and complaint, told apart by what is typed alone.
    complaint = typed(page, "The pizza was awful and the service terrible, never again.")
    praise = typed(page, "The pizza was excellent, thank you for a lovely zither.")
    assert complaint < 0.4 < 0.6 < praise
    expect(page.get_by_text("Unknown to the network")).to_be_visible()

    # A sentence of which no word was ever learned says nothing, and that is said.
    typed(page, "Xylophones qwertz zzyx.")
    expect(page.get_by_text("says nothing about this sentence")).to_be_visible()
    shot(page, "sequences-sentiment")

    # All of it is above the tabs, and fits on a phone.
    tabs = page.get_by_role("tab", name="Results").bounding_box()
    assert tabs["y"] + tabs["height"] <= 1000
    resized(page, NARROW)
