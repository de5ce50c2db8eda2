"""What the browser loads once: plotly.js, and the chart's own modules.

A component's inline JavaScript travels with every rerun, so the inline part only
asks for these. They are written into ``static/``, which Streamlit serves; a name
that carries the version, or a digest of the content, keeps old copies from being used.
"""

import uuid
from pathlib import Path

from clustering.dataset import digest
from clustering.figures import plotlyjs

__all__ = ["PLOTLY", "written"]

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "static"
ADDRESS = "app/static"

plotlyjs.write(STATIC)
PLOTLY = f"{ADDRESS}/{plotlyjs.name()}"
"""Where a page finds plotly.js, from the app's own address."""


def written(entry: str) -> str:
    """Write the JavaScript modules that belong to `entry`, and give its address.

    Parameters
    ----------
    entry : str
        A module beside this file, e.g. ``"chart.js"``; those that it imports are
        called ``chart_*.js``.

    Returns
    -------
    str
        From the app's own address.
    """
    stem = entry.removesuffix(".js")
    modules = sorted([HERE / entry, *HERE.glob(f"{stem}_*.js")])
    content = {path.name: path.read_bytes() for path in modules}
    folder = STATIC / f"{stem}-{digest(*content.values())}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in content.items():
        part = folder / f"{name}.{uuid.uuid4().hex}.part"
        part.write_bytes(text)
        part.replace(folder / name)
    return f"{ADDRESS}/{folder.name}/{entry}"
