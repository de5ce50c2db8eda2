"""The plotly.js that belongs to the installed plotly, for whoever serves a page.

>>> name().startswith("plotly-") and name().endswith(".min.js")
True
"""

import uuid
from pathlib import Path

import plotly
from plotly.offline import get_plotlyjs

__all__ = ["name", "write"]


def name() -> str:
    """Give the file name, which carries the version so that no old copy is served."""
    return f"plotly-{plotly.__version__}.min.js"


def write(folder: Path) -> Path:
    """Write plotly.js into `folder`, if it is not there yet.

    Parameters
    ----------
    folder : Path
        Made where it is missing.

    Returns
    -------
    Path
        The file, 4 to 5 MB.
    """
    path = folder / name()
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # A name of its own: two servers may start at the same moment.
        part = folder / f"{path.name}.{uuid.uuid4().hex}.part"
        part.write_text(get_plotlyjs(), encoding="utf-8")
        part.replace(path)
    return path
