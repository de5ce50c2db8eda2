"""A running app, a Chromium, and pages that must not err or ask anyone else for anything."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from benchmarks._app import FLAGS, chromium, serving
from tests.browser.hands import LISTEN, NARROW, WIDE, resized, settle

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = ROOT / "artefacts"
PATIENCE = 120_000
"""Milliseconds, for a machine that is busy with other things."""

expect.set_options(timeout=PATIENCE)

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


@pytest.fixture(scope="session")
def context(chrome: Browser) -> Iterator[BrowserContext]:
    """One profile for all tests, so that scripts are fetched and compiled once."""
    made = new_context(chrome)
    yield made
    made.close()


def new_context(chrome: Browser, **options: Any) -> BrowserContext:
    made = chrome.new_context(**options)
    made.set_default_timeout(PATIENCE)
    made.add_init_script(LISTEN)
    return made


@pytest.fixture
def open_page(app: str, chrome: Browser, context: BrowserContext) -> Iterator[Callable[..., Page]]:
    """``open_page(path="", *, size=WIDE, dark=False, touch=False)`` gives a page at rest.

    Each has a session of its own. At the end of the test nothing may have erred, and
    nobody but this machine may have been asked for anything.
    """
    problems: list[str] = []
    pages: list[Page] = []

    def open_(
        path: str = "", *, size: tuple[int, int] = WIDE, dark: bool = False, touch: bool = False
    ) -> Page:
        own = new_context(chrome, has_touch=True, is_mobile=True) if touch else context
        page = own.new_page()
        pages.append(page)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="dark" if dark else "light")
        watch(page, problems)
        page.goto(f"{app}/{path.lstrip('/')}")
        settle(page)
        return page

    yield open_
    for page in pages:
        page.evaluate("() => localStorage.clear()")
        page.close()
        if page.context is not context:
            page.context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The front page, 1400 pixels wide, light."""
    return open_page()


@pytest.fixture
def shot() -> Callable[[Page, str], list[Path]]:
    """``shot(page, name)`` keeps four pictures: wide and narrow, light and dark.

    In passing, nothing may be wider than a phone.
    """
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


def take_shots(page: Page, name: str) -> list[Path]:
    """Photograph a page in two sizes and both themes, and leave it wide and light.

    One change a picture, from the state in which pages are opened: each draws all charts anew.
    """
    ARTEFACTS.mkdir(exist_ok=True)
    taken = []
    for size, scheme in ((WIDE, "light"), (WIDE, "dark"), (NARROW, "dark"), (NARROW, "light")):
        page.emulate_media(color_scheme=scheme)
        # The app must follow what the system asks for.
        page.wait_for_function(
            """(dark) => {
                const app = document.querySelector('[data-testid="stApp"]');
                const [r, g, b] = getComputedStyle(app).backgroundColor.match(/\\d+/g);
                return (0.2126 * r + 0.7152 * g + 0.0722 * b < 128) === dark;
            }""",
            arg=scheme == "dark",
        )
        resized(page, size)
        taken.append(ARTEFACTS / f"{name}-{size[0]}-{scheme}.png")
        page.screenshot(path=taken[-1], animations="disabled")
    resized(page, WIDE)
    return taken
