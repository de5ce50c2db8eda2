"""The app as a process of its own, for what only a running server can show."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

__all__ = ["FLAGS", "ROOT", "Server", "chromium", "serving"]

ROOT = Path(__file__).resolve().parents[1]

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
)
"""How a browser is started: it runs in a container without a screen, and asks nobody else."""

OWN_STATIC = f"""
from streamlit import file_util
file_util.get_app_static_dir = lambda script: {str(ROOT / "static")!r}
"""
"""Static files are served from beside the script; a script elsewhere needs the app's."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers.

    Attributes
    ----------
    url : str
        Its address, on the loopback interface.
    pid : int
        Its process.
    """

    url: str
    pid: int


@contextmanager
def serving(
    environment: Mapping[str, str] | None = None,
    *,
    script: str = "app.py",
    prelude: str = "",
    patience: float = 120.0,
) -> Iterator[Server]:
    """Start the app on a free port; end it by its own process id.

    Parameters
    ----------
    environment : mapping of str to str, optional
        Variables beside those of this process.
    script : str
        What is run, from the project's folder.
    prelude : str
        Python that the server's process runs before Streamlit.
    patience : float
        Seconds within which it must answer.

    Raises
    ------
    RuntimeError
        Where it ends or does not answer; with what it wrote.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if script != "app.py":
        prelude += OWN_STATIC
    start = f"{prelude}\nfrom streamlit.web.cli import main\nmain(prog_name='streamlit')"
    command = [sys.executable, "-c", start, "run", script]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | dict(environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            end = time.monotonic() + patience
            while not _answers(f"{url}/_stcore/health"):
                if process.poll() is not None or time.monotonic() > end:
                    log.seek(0)
                    raise RuntimeError(f"The app does not answer:\n{log.read().decode()}")
                time.sleep(0.05)
            yield Server(url, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def chromium() -> str:
    """Give the path of the Chromium that the browser tests drive, "" where there is none."""
    found = subprocess.run(
        [ROOT / "tests" / "browser" / "install", "--find"],
        env=os.environ | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
    )
    return found.stdout.strip()
