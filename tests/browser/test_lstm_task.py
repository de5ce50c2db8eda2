"""The user task: a machine's log, cut, learned, three kinds named, the rest played, one caught."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from sample_data.machine import KINDS, ODD, machine_log
from tests.browser.hands import NARROW, WIDE, figure, kept, metric, offer, resized, settle

pytestmark = pytest.mark.neural

LINK = "lstm?ls_data=upload/other/log.csv&ls_epochs=15"
"""Somebody else's link: the page asks for the file, and trains nothing unasked."""

TRAINING = 300_000
"""Milliseconds for a training, on a machine that is busy with other things."""

ARGUMENTS = ["series.npz", "of_script.csv", "model.keras"]


def switch(page: Page, label: str) -> None:
    """See that a cause of events is on."""
    expect(page.get_by_role("switch", name=label).or_(page.get_by_role("checkbox", name=label))
           .first).to_be_checked()  # fmt: skip


def named(page: Page, names: tuple[str, ...]) -> None:
    """Give the clusters names."""
    page.get_by_role("tab", name="Clusters").click()
    settle(page)
    for place, name in enumerate(names, start=1):
        box = page.get_by_role("textbox", name=f"Name of cluster {place}")
        box.fill(name)
        box.press("Enter")
        settle(page)
        expect(
            page.locator(".st-key-ls_panels .annotation-text").filter(has_text=name)
        ).to_be_visible()


def known(when: pd.Timestamp, whole: pd.DataFrame) -> str:
    """What an engineer found out about the minutes after a moment."""
    later = whole[(whole["time"] >= when)].head(6)["kind"]
    found = later[later != ""]
    return str(found.mode()[0]) if len(found) else ""


def test_an_engineer_catches_the_event_that_fits_none(open_page, shot, tmp_path):
    page, whole = open_page(LINK), machine_log()
    expect(page.get_by_text("belongs to the file 'log.csv'")).to_be_visible()
    offer(page, ("log.csv", whole.drop(columns="kind").to_csv(index=False).encode()))
    expect(page.get_by_text("A stream of 5,135 rows, 2 channels")).to_be_visible()

    # Gaps and a threshold were found out; the first part is learned from when asked.
    switch(page, "After a gap in time")
    switch(page, "Where a threshold is crossed")
    expect(
        page.get_by_text(re.compile("54 events learned from, 36 events held back"))
    ).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(figure(page, "Clusters")).to_have_text("3", timeout=TRAINING)
    settle(page)
    assert metric(page, "Events") == "54 + 36"
    tabs = page.get_by_role("tab", name="Views")
    assert tabs.bounding_box()["y"] + tabs.bounding_box()["height"] <= WIDE[1]
    named(page, ("one", "two", "three"))

    # The rest is played: each arrives and is named at once, and what fits none is told.
    page.get_by_role("tab", name="Events").click()
    settle(page)
    player = page.locator(".st-key-ls_stream")
    player.locator("[data-act=first]").click()
    expect(player.locator(".cl-words")).to_contain_text("Before the first arrival: 54 events")
    player.locator("[data-act=play]").click()
    expect(player.locator(".cl-words")).to_contain_text(re.compile(": (one|two|three)\\. "))
    player.locator("[data-act=last]").click()
    expect(
        page.get_by_text(re.compile("of 36 events looks? like none of the clusters"))
    ).to_be_visible()
    shot(page, "lstm-events")
    resized(page, NARROW)
    resized(page, WIDE)

    # Every name is one kind, and the slipping belt is among what fits none.
    page.get_by_role("tab", name="Export").click()
    settle(page)
    table = pd.read_csv(kept(page, "CSV", tmp_path / "of_app.csv"), parse_dates=["begins"])
    table["kind"] = [known(when, whole) for when in table["begins"]]
    odd = table[table["looks like none"]]
    assert ODD in set(odd["kind"]) and len(odd) <= 4
    usual = table[table["kind"] != ODD]
    pure = usual.groupby("called")["kind"].agg(["nunique", "first"])
    assert set(pure.index) == {"one", "two", "three"}
    assert (pure["nunique"] == 1).all() and set(pure["first"]) == set(KINDS)

    # The script finds the same clusters in a fresh process.
    kept(page, "Python script", tmp_path / "again.py")
    kept(page, "Network (.keras)", tmp_path / "model.keras")
    kept(page, "The data it reads", tmp_path / "series.npz")
    subprocess.run([sys.executable, "again.py", *ARGUMENTS], cwd=tmp_path, check=True, timeout=280)
    again = pd.read_csv(Path(tmp_path / "of_script.csv")).set_index("event")["cluster"]
    mine = table[table["part"] == "learned from"].set_index("event")["cluster"]
    assert len(again) == 54 and again.to_dict() == mine.to_dict()
