"""Pages driven by Streamlit's own test runner."""

import json
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from dashboard.ui import wire
from dashboard.ui.chart import Past

__all__ = ["KMEANS", "PAGES", "charts", "figures", "opened", "said", "uploaded"]

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "dashboard/data/page.py",
    "dashboard/partition/kmeans/page.py",
    "dashboard/partition/silhouette/page.py",
    "dashboard/structure/dbscan/page.py",
    "dashboard/structure/agglomerative/page.py",
    "dashboard/partition/kmedoids/page.py",
    "dashboard/applications/customers/page.py",
    "dashboard/neural/deep/page.py",
)
"""The pages that work on the table of the data room."""
KMEANS = PAGES[1]


def opened(page: str = PAGES[0], **query: str) -> AppTest:
    """Open a page as a link does."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.session_state["charts"] = Past(sent=wire.Sent(limit=0))  # every message is whole
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != PAGES[0]:
        app.switch_page(page)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
    return app


def uploaded(content: bytes, name: str) -> AppTest:
    """Bring a file to the Data page."""
    app = opened()
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    return app


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def charts(app: AppTest) -> list[dict]:
    """What each chart is told; its ``"figure"`` is JSON."""
    found = []
    for element in app.get("bidi_component"):
        if element.proto.component_name == "clusterloom_chart":
            told, figure = wire.unpack(element.proto.bytes, {})
            found.append({**told, "figure": json.dumps(figure, default=np.ndarray.tolist)})
    return found


def said(app: AppTest) -> str:
    """Everything the page says is wrong."""
    assert not app.exception, [error.stack_trace for error in app.exception]
    return " ".join(message.value.replace("\\", "") for message in [*app.error, *app.warning])
