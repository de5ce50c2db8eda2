"""A cold start draws its first chart without loading TensorFlow, Keras, Torch or Dask.

The neural pages need TensorFlow, and whoever opens k-means should not wait for it.
Both sides start the app anew and stop the clock at the first chart of the k-means
page: painted in a headless browser, or run by `AppTest` where no browser is at hand.
The plain side imports TensorFlow first, as an app does that imports it at the top of
a module. The difference is the number of those packages that our side loaded: 0.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import Result, compare
from benchmarks._app import FLAGS, ROOT, chromium, serving

HEAVY = ("dask", "keras", "tensorflow", "torch")

TELL = """
import atexit, json, sys
atexit.register(lambda: open({path!r}, "w").write(json.dumps(sorted(sys.modules))))
"""
"""Writes down, at the end of a process, which modules it has loaded."""

APP_TEST = """
from streamlit.testing.v1 import AppTest
test = AppTest.from_file("app.py", default_timeout=120).run()
test.switch_page("dashboard/partition/kmeans/page.py").run()
assert not test.exception
"""

Start = Callable[[str], None]


def run(quick: bool) -> Result:
    """Measure a start with and without TensorFlow."""
    with starter() as (how, start):
        main = compare(
            "TensorFlow at the top against none",
            plain=lambda: heavy(start, "import tensorflow"),
            ours=lambda: heavy(start, ""),
            difference=lambda _, ours: len(ours),
            repeats=1 if quick else 3,
            promise=1.2,
        )
    begun = time.perf_counter()
    bare = "import streamlit, plotly.graph_objects, sklearn.cluster"
    subprocess.run([sys.executable, "-c", bare], check=True)
    seconds = time.perf_counter() - begun
    note = f"{how}; importing Streamlit, Plotly and scikit-learn alone takes {seconds:.1f} s."
    return Result(rows=(main,), tolerance=0, notes=(note,))


def heavy(start: Start, prelude: str) -> set[str]:
    """Start the app once and give the heavy packages that its process loaded."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "modules.json")
        start(TELL.format(path=str(told)) + prelude)
        return set(json.loads(told.read_text())) & set(HEAVY)


@contextmanager
def starter() -> Iterator[tuple[str, Start]]:
    """Give a way to start the app up to its first chart, and say which."""
    path = chromium()
    if not path:
        yield "First run by AppTest, no browser was found", by_app_test
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)

        def by_browser(prelude: str) -> None:
            with serving(prelude=prelude) as server:
                page = browser.new_page()
                page.goto(f"{server.url}/kmeans")
                page.wait_for_selector(".js-plotly-plot .main-svg", timeout=120_000)
                page.close()

        yield "First chart painted in a headless browser", by_browser
        browser.close()


def by_app_test(prelude: str) -> None:
    """Run the k-means page once in a process of its own."""
    subprocess.run([sys.executable, "-c", prelude + APP_TEST], cwd=ROOT, check=True)
