"""The user task: the groups of a workbook, which splits first, who changes company, a script."""

import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from clustering.validity import adjusted_rand
from sample_data.market import companies, market
from tests.browser.charts import click, plot
from tests.browser.hands import NARROW, go, kept, metric, resized, settle
from tests.making import sheet, workbook

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CLUSTERLOOM_DATA") or ROOT.parent / "shared" / "data") / "cookbook"

PUBLISHED = (
    "Apple, Amazon, Yahoo | AIG, American express, Bank of America, DuPont de Nemours, General "
    "Dynamics, General Electrics, Goldman Sachs, GlaxoSmithKline, Home Depot, Kellogg | Boeing, "
    "Canon, Caterpillar, Ford, Honda | Comcast, Cablevision | ConocoPhillips, Chevron | Cisco, "
    "Dell, HP, IBM | CVS | Colgate-Palmolive, Kimberly-Clark"
)
"""What the book prints."""


def written() -> bytes:
    """The project's own market as a workbook with a sheet for each symbol."""
    sheets = {}
    for symbol, own in market().groupby("symbol", sort=False):
        days = [datetime(d.year, d.month, d.day) for d in own["date"]]
        lines = zip(days, own["open"], own["close"], strict=True)
        sheets[str(symbol)] = sheet([["date", "open", "close"], *map(list, lines)])
    return workbook(sheets)


def brought(folder: Path) -> tuple[Path, Path, set[frozenset[str]]]:
    """Workbook, symbol map and the groups that are known: the book's, or the market's."""
    if (SHARED / "stock_market_data.xlsx").exists():
        known = {frozenset(group.split(", ")) for group in PUBLISHED.split(" | ")}
        return SHARED / "stock_market_data.xlsx", SHARED / "symbol_map.json", known
    table = companies()
    book, names = folder / "market.xlsx", folder / "names.csv"
    book.write_bytes(written())
    table[["symbol", "name"]].to_csv(names, index=False)
    table = table[table["name"] != "Deepdrill"].replace({"Energy": "E", "Carmakers": "C"})
    table.loc[table["name"] == "Hydra Power", "sector"] = "C"
    return book, names, {frozenset(group) for _, group in table.groupby("sector")["name"]}


def listed(page) -> list[set[str]]:
    """The clusters as the page lists them."""
    settle(page)
    text = page.locator(".st-key-st_lists").inner_text()
    lines = [line.split("-->")[1] for line in text.splitlines() if "-->" in line]
    return [{name.strip() for name in line.replace("■", "").split(",")} for line in lines]


def test_an_analyst_finds_who_moves_together(page, shot, tmp_path):
    # Load the workbook and its symbol map, and get the published groups.
    book, names, known = brought(tmp_path)
    go(page, "Applications", "Stock affinity propagation")
    page.locator("input[type=file]").first.set_input_files(book)
    side = page.get_by_test_id("stSidebar")
    expect(page.get_by_role("combobox", name="Prices")).to_have_value(book.name)
    settle(page)
    page.locator("input[type=file]").nth(1).set_input_files(names)
    expect(side.get_by_text(f"Names from {names.name}")).to_be_visible()
    groups = listed(page)
    assert set(map(frozenset, groups)) == known
    assert metric(page, "Converged") == "yes, at 0.5"
    shot(page, "stocks-groups")

    # Raise the preference to where the first group splits: that group, and no other.
    told = page.get_by_text("splits first").inner_text()
    value, number = re.search(r"Raise it to ([−\d.]+): cluster (\d+) splits", told).groups()
    click(page, "st_axis", float(value.replace("−", "-")))
    expect(page.get_by_text(re.compile(f"Raise it to {re.escape(value)}"))).to_have_count(0)
    finer = listed(page)
    assert len(finer) > len(groups)
    split = groups[int(number) - 1]
    assert split not in finer
    assert {name for group in finer if group <= split for name in group}
    squares = "plot => plot.data.find(t => t.marker?.symbol === 'square').x.length"
    assert plot(page, "st_network").evaluate(squares) == len(finer)

    # Restrict the days to about two years: who changes company is listed.
    end = page.get_by_role("slider", name="Days — end")
    for _ in range(6 if len(known) == 8 else 3):  # each a tenth of the days
        end.press("PageDown")
    expect(page).to_have_url(re.compile(r"st_to=20\d{6}"))
    told = page.get_by_text(re.compile(r"days against all [\d,]+"))
    expect(told).to_contain_text("changed company")
    settle(page)
    days = int(metric(page, "Companies · days").split(" · ")[1].replace(",", ""))
    assert 400 < days < 700
    assert page.get_by_test_id("stDataFrame").first.is_visible()
    page.get_by_text("Roll a window over the days").click()
    expect(page.locator(".st-key-st_drift .main-svg").first).to_be_visible()
    shot(page, "stocks-two-years")

    # Take labels and script home; the script finds the same groups without the dashboard.
    page.get_by_role("tab", name="Export").click()
    settle(page)
    csv, script = tmp_path / "of_app.csv", tmp_path / "again.py"
    kept(page, "CSV", csv)
    kept(page, "Python script", script)
    subprocess.run(
        [sys.executable, script.name, str(book), "of_script.csv"],
        cwd=tmp_path, check=True, timeout=180,
    )  # fmt: skip
    of_app, of_script = pd.read_csv(csv), pd.read_csv(tmp_path / "of_script.csv")
    assert of_app["company"].tolist() == of_script["company"].tolist()
    assert adjusted_rand(of_app["cluster"], of_script["cluster"]).value == 1.0
    assert of_app["exemplar"].tolist() == of_script["exemplar"].tolist()


def test_a_click_on_a_company_brings_its_cluster_forward_and_the_lesson_tells_of_it(open_page):
    page = open_page("stocks?st_similarity=Ledoit-Wolf&st_tab=Learn")
    settle(page)
    x, y, cluster = plot(page, "st_network").evaluate(
        "plot => { const t = plot.data.find(t => t.marker?.symbol === 'square');"
        "return [t.x[1], t.y[1], t.text[1]] }"
    )
    click(page, "st_network", x, y)
    expect(page).to_have_url(re.compile(f"st_cluster={cluster}"))
    where = page.locator(".cl-where")
    expect(where).to_contain_text("step 1 of")
    page.locator("[data-act=next]").click()
    expect(page.locator(".cl-words")).to_contain_text("Round 1, responsibilities")
    page.locator("[data-act=last]").click()
    expect(page.locator(".cl-words")).to_contain_text("the exemplars have been the same")


@pytest.mark.parametrize("tab", ["Views", "Learn"])
def test_nothing_is_wider_than_a_phone(open_page, tab):
    resized(open_page(f"stocks?st_similarity=Ledoit-Wolf&st_tab={tab}"), NARROW)


def test_everything_above_the_tabs_is_seen_at_once_on_a_wide_screen(open_page):
    page = open_page("stocks?st_similarity=Ledoit-Wolf&st_tab=Export")
    tabs = page.get_by_role("tab", name="Views").bounding_box()
    assert tabs["y"] + tabs["height"] <= 1000
