"""The user task: does learning the space help? Blobs, digits; stop, go on, replay, take home."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.charts import plot
from tests.browser.hands import NARROW, choose, figure, go, kept, metric, resized, settle

pytestmark = pytest.mark.neural

ARGUMENTS = ["images.npz", "of_script.csv", "model.keras"]


def bars(page: Page) -> dict[str, float]:
    """The ways and how long their bars are."""
    settle(page)
    x, y = plot(page, "dc_bars").evaluate("plot => [Array.from(plot.data[0].x), plot.data[0].y]")
    return dict(zip(y, x, strict=True))


def moved(page: Page, label: str, key: str, times: int, *, to: str) -> None:
    """Move a slider of the sidebar by its keys."""
    slider = page.get_by_role("slider", name=label)
    for _ in range(times):
        slider.press(key)
    expect(slider).to_have_attribute("aria-valuenow", to)
    expect(page).to_have_url(re.compile(rf"={to}\b"))
    settle(page)


def test_a_teacher_sees_whether_learning_the_space_helps(page, shot, tmp_path):
    # The preset of the blobs: k-means on the points beside the deep answer, and a conclusion.
    go(page, "Neural", "Deep clustering")
    page.get_by_role("button", name="Four blobs").click()
    told = re.compile("Learning the space (helped|changed|made|did)")
    expect(page.get_by_test_id("stAlert").get_by_text(told)).to_be_visible()
    found = bars(page)
    assert list(found) == [
        "k-means on the columns", "PCA, then k-means", "autoencoder, then k-means",
    ]  # fmt: skip
    assert found["k-means on the columns"] > 0.98
    shot(page, "deep-blobs")

    # IDEC on the digits: nothing is trained unasked; it is stopped in the middle.
    side = page.get_by_role("radiogroup", name="What is clustered")
    side.get_by_text("Images", exact=True).click()
    settle(page)
    choose(page, "Method", "IDEC")
    assert metric(page, "Accuracy, deep") == "–"
    raw = bars(page)["k-means on the columns"]
    moved(page, "Epochs of the autoencoder", "ArrowRight", 20, to="40")
    moved(page, "Epochs of the clustering", "ArrowLeft", 12, to="8")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(figure(page, "Epochs")).not_to_have_text("–")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text(re.compile(r"stopped after epoch \d+ of 40"))).to_be_visible()
    settle(page)
    done = int(metric(page, "Epochs").split(" + ")[0])
    assert 0 < done <= 40

    # It goes on from there, and IDEC follows.
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text(re.compile("IDEC: trained for 8 epochs"))).to_be_visible()
    assert metric(page, "Epochs") == "40 + 8"
    found = bars(page)
    assert list(found)[2:] == ["autoencoder, then k-means", "IDEC"]
    assert found["k-means on the columns"] == raw and found["IDEC"] > 0.6
    told = re.compile("Learning the space|The deep step|The clusters have|No point is decided")
    expect(page.get_by_test_id("stAlert").get_by_text(told)).to_be_visible()
    shot(page, "deep-digits")

    # The space is replayed over the epochs.
    player = page.locator(".st-key-dc_replay")
    player.locator("[data-act=first]").click()
    expect(player.locator(".cl-words")).to_contain_text("Before the first epoch: 10 clusters")
    player.locator("[data-act=play]").click()
    expect(player.locator(".cl-words")).to_contain_text("After 2 epochs")
    player.locator("[data-act=last]").click()
    expect(player.locator(".cl-words")).to_contain_text("After 8 epochs")

    # Labels, network and script go home; a fresh process finds the same labels.
    assert taken_home(page, tmp_path) == 1797


def taken_home(page: Page, folder: Path) -> int:
    """Take everything home, run the script without the dashboard; how many labels are equal."""
    page.get_by_role("tab", name="Export").click()
    settle(page)
    of_app = pd.read_csv(kept(page, "CSV", folder / "of_app.csv"))
    kept(page, "Python script", folder / "again.py")
    kept(page, "Network (.keras)", folder / "model.keras")
    kept(page, "The data it reads", folder / "images.npz")
    subprocess.run([sys.executable, "again.py", *ARGUMENTS], cwd=folder, check=True, timeout=280)
    of_script = pd.read_csv(folder / "of_script.csv")
    assert of_app["image"].tolist() == of_script["image"].tolist()
    return int((of_app["cluster"] == of_script["cluster"]).sum())


def test_nothing_is_wider_than_a_phone_and_all_is_seen_on_a_wide_screen(open_page):
    page = open_page("deep?dc_epochs=2&dc_tab=Learn")
    tabs = page.get_by_role("tab", name="Views").bounding_box()
    assert tabs["y"] + tabs["height"] <= 1000
    resized(page, NARROW)
