"""Pages driven by Streamlit's own test runner."""

import json
from pathlib import Path

from streamlit.testing.v1 import AppTest

__all__ = ["KMEANS", "PAGES", "charts", "figures", "opened", "said", "uploaded"]

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("dashboard/data/data.py", "dashboard/partition/kmeans.py")
KMEANS = PAGES[1]


def opened(page: str = PAGES[0], **query: str) -> AppTest:
    """Open a page as a link does."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
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
    return [
        json.loads(element.proto.json)
        for element in app.get("bidi_component")
        if element.proto.component_name == "clusterloom_chart"
    ]


def said(app: AppTest) -> str:
    """Everything the page says is wrong."""
    assert not app.exception, [error.stack_trace for error in app.exception]
    return " ".join(message.value.replace("\\", "") for message in [*app.error, *app.warning])
