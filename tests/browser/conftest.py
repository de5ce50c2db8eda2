"""A running app, a Chromium, and pages that must not err or ask anyone else for anything."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from benchmarks._app import FLAGS, chromium, serving

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = ROOT / "artefacts"
WIDE = (1400, 1000)
NARROW = (420, 900)

PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")
"""On a deep link Streamlit first asks, in vain, whether the app lives below that path."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder, so that no test can forget to."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def app() -> Iterator[str]:
    """Address of the running app; the shared data are its folder where they are at hand."""
    shared = ROOT.parent / "shared" / "data"
    folder = os.environ.get("CLUSTERLOOM_DATA") or (str(shared) if shared.is_dir() else "")
    with serving({"CLUSTERLOOM_DATA": folder}) as server:
        yield server.url


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One browser for all tests."""
    path = chromium()
    assert path, "There is no Chromium; `make browser` finds or fetches one."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(app: str, chrome: Browser) -> Iterator[Callable[..., Page]]:
    """``open_page(path="", *, size=WIDE, dark=False)`` gives a page of a browser of its own.

    At the end of the test nothing may have erred, and nobody but this machine may
    have been asked for anything.
    """
    problems: list[str] = []
    contexts: list[BrowserContext] = []

    def open_(path: str = "", *, size: tuple[int, int] = WIDE, dark: bool = False) -> Page:
        context = chrome.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, problems)
        page.goto(f"{app}/{path.lstrip('/')}")
        settle(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The front page, 1400 pixels wide, light."""
    return open_page()


@pytest.fixture
def settled() -> Callable[[Page], None]:
    """``settled(page)`` waits until the page has run and its charts are drawn."""
    return settle


@pytest.fixture
def shot() -> Callable[[Page, str], list[Path]]:
    """``shot(page, name)`` keeps four pictures: wide and narrow, light and dark."""
    return take_shots


def watch(page: Page, problems: list[str]) -> None:
    """Note down errors of the page and requests that leave this machine."""

    def asked(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname not in (
            "127.0.0.1",
            "localhost",
        ):
            problems.append(f"asked another machine: {url}")

    def told(said: ConsoleMessage) -> None:
        if said.type == "error" and not PROBE.search(said.location["url"]):
            problems.append(f"console: {said.text} ({said.location['url']})")

    page.on("request", lambda request: asked(request.url))
    page.on("websocket", lambda socket: asked(socket.url))
    page.on("pageerror", lambda error: problems.append(f"uncaught: {error}"))
    page.on("console", told)


def settle(page: Page) -> None:
    """Wait until the script has run, each chart that was mounted is drawn, and both stay so.

    For a moment, because between a press and the run that it asks for, and between the
    end of that run and the mounting of its charts, all is quiet too.
    """
    page.wait_for_function(
        """() => {
            const charts = [...document.querySelectorAll(".cl-chart")]
                .filter((chart) => chart.getClientRects().length);
            const app = document.querySelector('[data-testid="stApp"]');
            const quiet = app?.getAttribute("data-test-script-state") === "notRunning"
                && document.querySelector('[data-testid="stElementContainer"]')
                && charts.every((chart) => chart.querySelector(".main-svg"))
                && !document.querySelector('[data-testid="stSkeleton"]');
            window.quietSince = quiet ? window.quietSince ?? performance.now() : undefined;
            return quiet && performance.now() - window.quietSince > 150;
        }""",
        timeout=60_000,
    )
    page.evaluate("() => { delete window.quietSince }")


def take_shots(page: Page, name: str) -> list[Path]:
    """Photograph a page in two sizes and both themes, and leave it wide and light."""
    ARTEFACTS.mkdir(exist_ok=True)
    taken = []
    for size in (NARROW, WIDE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            # The app must follow what the system asks for.
            page.wait_for_function(
                """(dark) => {
                    const app = document.querySelector('[data-testid="stApp"]');
                    const [r, g, b] = getComputedStyle(app).backgroundColor.match(/\\d+/g);
                    return (0.2126 * r + 0.7152 * g + 0.0722 * b < 128) === dark;
                }""",
                arg=scheme == "dark",
                timeout=10_000,
            )
            settle(page)
            page.wait_for_timeout(300)  # transitions of colour and width come to rest
            taken.append(ARTEFACTS / f"{name}-{size[0]}-{scheme}.png")
            page.screenshot(path=taken[-1])
    return taken
