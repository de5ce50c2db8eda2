"""The user task: train, stop, go on, see the centres, find who is confused, save, load."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.charts import plot
from tests.browser.hands import NARROW, figure, kept, metric, resized, settle

pytestmark = pytest.mark.neural

SHORT = "mnist?mn_network=recipe&mn_batch=16&mn_epochs=1"
"""One epoch is short; a hundred of so small batches are not over before one can stop them."""


def sources(page, chart: str) -> str:
    """The pictures that a chart shows, as the browser has them."""
    return plot(page, chart).evaluate("plot => plot.layout.images.map(each => each.source).join()")


def standing(page):
    """Where it says how the training stands."""
    return page.locator(".st-key-mn_stand")


def rested(page, epochs: str) -> None:
    """Wait until so many epochs are done and nothing is trained."""
    expect(standing(page)).to_contain_text(re.compile(f"trained for {epochs} epoch|{epochs} of"))
    expect(standing(page).get_by_role("button", name="Stop")).to_have_count(0)
    expect(figure(page, "Accuracy")).to_contain_text("%")
    settle(page)
    assert metric(page, "Epochs") == epochs


def stopped(page, begun: str) -> str:
    """Go on until more has come, and stop; how many epochs are done."""
    standing(page).get_by_role("button", name="Go on").click()
    expect(figure(page, "Epochs")).not_to_have_text(begun)
    standing(page).get_by_role("button", name="Stop").click()
    told = re.compile(r"stopped after epoch (\d+) of 100")
    expect(standing(page)).to_contain_text(told)
    epochs = told.search(standing(page).inner_text())[1]
    assert int(begun) < int(epochs)
    return epochs


def test_a_student_trains_stops_goes_on_and_takes_the_network_home(open_page, shot, tmp_path):
    page = open_page(SHORT)
    rested(page, "1")  # it began by itself
    before = float(metric(page, "Error"))

    # A hundred epochs are wanted, and stopped in the middle.
    page.get_by_role("slider", name="Epochs").press("End")
    expect(standing(page)).to_contain_text("stopped after epoch 1 of 100")
    epochs = stopped(page, "1")

    # Gone on with, and stopped again: nothing of what was learned is lost.
    epochs = stopped(page, epochs)
    rested(page, epochs)
    assert float(metric(page, "Error")) < before

    # An image shows itself when it is pointed at.
    x, y = plot(page, "mn_map").evaluate(
        """plot => {
            const { xaxis, yaxis } = plot._fullLayout, [trace] = plot.data;
            return [xaxis.d2p(trace.x[0]), yaxis.d2p(trace.y[0])];
        }"""
    )
    plot(page, "mn_map").locator(".nsewdrag").first.hover(position={"x": x, "y": y})
    card = page.locator(".cl-beside[data-point]")
    expect(card).to_be_visible()
    painted = card.locator("canvas").first.evaluate(
        "canvas => canvas.getContext('2d').getImageData(0, 0, 8, 8).data.some(each => each > 200)"
    )
    assert painted

    # Ten decoded centres, and who is taken for whom.
    centres = plot(page, "mn_centres")
    expect(centres).to_have_attribute("aria-label", re.compile(r"^Decoded centres: cluster"))
    assert centres.evaluate("plot => plot.layout.shapes.length") == 10
    shot(page, "mnist-digits")
    page.get_by_role("tab", name="Mistakes").click()
    expect(page.get_by_text("lie in a cluster that stands for another class")).to_be_visible()
    settle(page)
    confused = page.get_by_test_id("stSelectbox").filter(has_text="Confused").locator("input")
    assert re.match(r"\d (taken for \d|in a cluster)", confused.input_value())
    expect(plot(page, "mn_wrong")).to_be_visible()

    # Taken home, and brought back to another session: the same reconstructions.
    page.get_by_role("tab", name="Export").click()
    settle(page)
    file = kept(page, "Model (.keras)", tmp_path / "digits.keras")
    told = sources(page, "mn_shelf"), metric(page, "Error"), metric(page, "Accuracy")
    other = open_page(SHORT)
    rested(other, "1")
    other.locator("input[type=file]").last.set_input_files(file)
    expect(other.get_by_text("digits.keras is open")).to_be_visible()
    rested(other, epochs)
    assert (sources(other, "mn_shelf"), metric(other, "Error"), metric(other, "Accuracy")) == told


def test_the_way_between_two_digits_is_walked_and_all_fits(open_page):
    page = open_page(f"{SHORT}&mn_tab=Between")
    rested(page, "1")
    tabs = page.get_by_role("tab", name="Clusters").bounding_box()
    assert tabs["y"] + tabs["height"] <= 1000
    halfway = sources(page, "mn_between")
    way = page.get_by_role("slider", name="Way")
    way.press("Home")
    expect(plot(page, "mn_between")).to_have_attribute("aria-label", re.compile(r", 0 % of"))
    settle(page)
    assert sources(page, "mn_between") != halfway
    resized(page, NARROW)
