"""What tests do with a page of the app: wait for it, read it, press, go, take home."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
from playwright.sync_api import Download, Locator, Page, expect

WIDE = (1400, 1000)
NARROW = (420, 900)

LISTEN = """
window.wire = { asked: 0, heard: 0 };
window.WebSocket = class extends WebSocket {
    constructor(...address) {
        super(...address);
        this.addEventListener("message", () => { window.wire.heard = performance.now() });
    }
    send(message) {
        window.wire.asked = performance.now();
        super.send(message);
    }
};
"""
"""Run before a page's own scripts: when it last asked the server, and when it last heard."""

AT_REST = """(milliseconds) => {
    const charts = [...document.querySelectorAll(".cl-chart")]
        .filter((chart) => chart.getClientRects().length);
    const app = document.querySelector('[data-testid="stApp"]');
    const { asked, heard } = window.wire;
    const quiet = app?.getAttribute("data-test-script-state") === "notRunning"
        && heard > asked
        && document.querySelector('[data-testid="stElementContainer"]')
        && charts.every((chart) => chart.querySelector(".main-svg"))
        && !document.querySelector('.cl-plot[aria-busy="true"], [data-testid="stSkeleton"]');
    window.quietSince = quiet ? window.quietSince ?? performance.now() : undefined;
    return quiet && performance.now() - Math.max(heard, window.quietSince) > milliseconds;
}"""


def settle(page: Page, quiet: int = 150) -> None:
    """Wait until the server has answered, all charts are drawn, and it stays so.

    For `quiet` milliseconds, because between the end of a run and the mounting of its
    charts all is quiet too. A slider waits for 200 before it asks: after one is moved,
    expect what it changes.
    """
    page.wait_for_function(AT_REST, arg=quiet)
    page.evaluate("() => { delete window.quietSince }")


def figure(page: Page, label: str) -> Locator:
    """The value of a key figure."""
    name = page.get_by_test_id("stMetricLabel").get_by_text(label, exact=True)
    return page.get_by_test_id("stMetric").filter(has=name).first.get_by_test_id("stMetricValue")


def metric(page: Page, label: str) -> str:
    """What a key figure says once the page is at rest."""
    settle(page)
    return figure(page, label).inner_text()


def go(page: Page, section: str, title: str) -> None:
    """Use the navigation on top."""
    page.get_by_test_id("stTopNavSection").filter(has_text=section).first.click()
    page.locator("a[data-testid^=stTopNav]").filter(has_text=title).first.click()
    expect(page).to_have_title(re.compile(re.escape(title)))
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list.

    A press on an option that is just then scrolled into sight is taken for the scrolling,
    and the list stays open: whoever sees that presses again.
    """
    box = page.get_by_test_id("stSelectbox").filter(has_text=label).locator("input").first
    wanted = page.get_by_role("option", name=option, exact=True)
    box.click()
    wanted.scroll_into_view_if_needed()
    wanted.click()
    try:
        expect(wanted).to_be_hidden(timeout=5_000)
    except AssertionError:
        wanted.click()
    expect(box).to_have_value(option)
    settle(page)


def resized(page: Page, size: tuple[int, int]) -> None:
    """Give a page another size, on which nothing may be wider than the screen."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_function("width => window.innerWidth === width", arg=size[0])
    settle(page)
    page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=size[0])


def bring(page: Page, file: Path | tuple[str, bytes]) -> None:
    """Bring a file, or a name and what the file holds, and wait until it is the data set."""
    name = offer(page, file)
    expect(page.get_by_role("combobox", name="Data set")).to_have_value(name)
    settle(page)


def offer(page: Page, file: Path | tuple[str, bytes]) -> str:
    """Give a file to the page, which need not take it; its name."""
    name, content = (file.name, file.read_bytes()) if isinstance(file, Path) else file
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    return name


def kept(page: Page, button: str, file: Path) -> Path:
    """Download what a button offers."""
    with page.expect_download() as found:
        page.get_by_role("button", name=button, exact=True).click()
    download: Download = found.value
    download.save_as(file)
    return file


def exported(
    page: Page, folder: Path, data: Path | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take labels and script home; give the table of the app and that of the script.

    The script is run without the dashboard, on `data`, or on the file that the app
    offers where the data are its own. All cells are text.
    """
    page.get_by_role("tab", name="Export").click()
    settle(page)
    of_app = kept(page, "CSV", folder / "of_app.csv")
    kept(page, "Python script", folder / "again.py")
    data = data or kept(page, "The data it reads", folder / "data.csv")
    subprocess.run(
        [sys.executable, "again.py", str(data), "of_script.csv"],
        cwd=folder, check=True, timeout=180,
    )  # fmt: skip
    return pd.read_csv(of_app, dtype=str), pd.read_csv(folder / "of_script.csv", dtype=str)
