"""The process that serves pages loads no network library, whichever page is opened."""

import subprocess
import sys

import pytest

OPEN = """
import sys
from pathlib import Path
from streamlit.testing.v1 import AppTest

root = Path("app.py").resolve().parent
app = AppTest.from_file("app.py", default_timeout=300).run()
pages = sorted(root.glob("dashboard/*/**/page.py"))
for page in pages:
    if not {"neural", "ui"} & set(page.parts):
        app.switch_page(str(page.relative_to(root))).run()
        assert not app.exception, (page, app.exception)
        print(page.parent.name, len(app.main))
loaded = {"tensorflow", "keras", "torch", "jax"} & set(sys.modules)
sys.exit(f"loaded: {loaded}" if loaded else 0)
"""


@pytest.mark.slow
def test_opening_every_classical_page_imports_no_tensorflow(tmp_path):
    done = subprocess.run([sys.executable, "-c", OPEN], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    opened = dict(line.split() for line in done.stdout.splitlines())
    assert {"data", "kmeans", "dbscan", "images", "stocks", "customers"} <= opened.keys()
    assert all(int(elements) > 2 for elements in opened.values()), opened
