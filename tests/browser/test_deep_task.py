"""The user task: does learning the space help? Blobs, digits; stop, go on, replay, take home."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.charts import plot
from tests.browser.hands import NARROW, WIDE, choose, figure, kept, metric, resized, settle

pytestmark = pytest.mark.neural

SHORT = "deep?dc_epochs=2&dc_steps=3&dc_network=recipe&dc_batch=128"
"""Epochs that are over at once, and a network that is soon built."""

ARGUMENTS = ["images.npz", "of_script.csv", "model.keras"]


def bars(page: Page) -> dict[str, float]:
    """The ways and how long their bars are."""
    settle(page)
    x, y = plot(page, "dc_bars").evaluate("plot => [Array.from(plot.data[0].x), plot.data[0].y]")
    return dict(zip(y, x, strict=True))


def pressed(page: Page, button: str) -> None:
    """Press what stands beside the bar."""
    page.get_by_role("button", name=button, exact=True).click()


def stopped(page: Page, button: str, before: str) -> str:
    """Train until more epochs are done than before, and stop; how many they are."""
    pressed(page, button)
    expect(figure(page, "Epochs")).not_to_have_text(before)
    pressed(page, "Stop")
    told = re.compile(r"Autoencoder: stopped after epoch (\d+) of 200")
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    settle(page)
    [epochs] = told.findall(page.get_by_text(told).inner_text())
    assert metric(page, "Epochs") == epochs
    return epochs


def judged(page: Page) -> None:
    """Wait for the conclusion, which is the first thing below the figures."""
    told = re.compile("Learning the space (helped|changed|made)")
    expect(page.get_by_test_id("stAlert").get_by_text(told)).to_be_visible()


def test_a_teacher_sees_whether_learning_the_space_helps(open_page, shot, tmp_path):
    # The blobs train by themselves: k-means on the points beside the deep answer, a conclusion.
    page = open_page(SHORT)
    judged(page)
    found = bars(page)
    assert list(found) == [
        "k-means on the columns", "PCA, then k-means", "autoencoder, then k-means",
    ]  # fmt: skip
    assert found["k-means on the columns"] > 0.98
    tabs = page.get_by_role("tab", name="Learn")
    assert tabs.bounding_box()["y"] + tabs.bounding_box()["height"] <= WIDE[1]
    tabs.click()
    resized(page, NARROW)
    resized(page, WIDE)

    # IDEC on the digits: nothing is trained unasked; it is stopped in the middle, twice.
    page.get_by_role("radiogroup", name="What is clustered").get_by_text("Images").click()
    settle(page)
    choose(page, "Method", "IDEC")
    assert metric(page, "Accuracy, deep") == "–"
    raw = bars(page)["k-means on the columns"]
    slider = page.get_by_role("slider", name="Epochs of the autoencoder")
    slider.press("End")
    expect(page).to_have_url(re.compile("dc_epochs=200"))
    settle(page)
    epochs = stopped(page, "Train", "–")
    more = stopped(page, "Go on", epochs)
    assert 0 < int(epochs) < int(more)

    # That many are enough; IDEC goes on from there.
    slider.press("Home")
    expect(page.get_by_text("IDEC: nothing is trained yet")).to_be_visible()
    pressed(page, "Train")
    expect(page.get_by_text(re.compile("IDEC: trained for 3 epochs"))).to_be_visible()
    judged(page)
    assert metric(page, "Epochs") == f"{more} + 3"
    found = bars(page)
    assert list(found)[2:] == ["autoencoder, then k-means", "IDEC"]
    assert found["k-means on the columns"] == raw
    assert metric(page, "Accuracy, deep") == f"{found['IDEC']:.3f}"
    shot(page, "deep-digits")

    # The space is replayed over the epochs.
    player = page.locator(".st-key-dc_replay")
    player.locator("[data-act=first]").click()
    expect(player.locator(".cl-words")).to_contain_text("Before the first epoch: 10 clusters")
    player.locator("[data-act=play]").click()
    expect(player.locator(".cl-words")).to_contain_text("After 3 epochs")

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
