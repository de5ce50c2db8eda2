"""Jobs for the engine's tests, where workers can import them, and what the tests share."""

import ctypes
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from clustering.dataset import Dataset, digest
from clustering.errors import ParameterError
from clustering.progress import Report, Step, silent

SOON = 200.0  # seconds after which something that must happen has not: a watchdog


class Enough(BaseException):
    """What a report raises to stop; like Streamlit's own, no Exception."""


def leave_when(happened: Callable[[Step], bool]) -> Callable[[Step], None]:
    def report(step: Step) -> None:
        if happened(step):
            raise Enough

    return report


def wait_for(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not happened():
        assert time.monotonic() < end, "it has not happened"
        time.sleep(0.01)


def counted(n: int, *, pause: float = 0.0, word: str = "", report: Report = silent) -> int:
    """Report n times."""
    for done in range(n):
        time.sleep(pause)
        report(Step(done + 1, n, f"{word}{done + 1}"))
    return os.getpid()


def listening(trace: str, *, report: Report = silent) -> None:
    """Report until that ends it, and say in a file that it did so itself."""
    try:
        while True:
            time.sleep(0.01)
            report(Step(0, 1, "at it"))
    finally:
        Path(trace).write_text(str(os.getpid()))


def deaf(started: str) -> None:
    """Neither report nor end."""
    Path(started).touch()
    time.sleep(600)


def holding(started: str) -> None:
    """Hold the interpreter itself, so that nothing else runs in this process."""
    Path(started).touch()
    ctypes.PyDLL(None).sleep(600)


def greedy(step: int = 20_000_000, *, report: Report = silent) -> None:
    """Take more and more memory."""
    kept = []
    while True:
        kept.append(np.ones(step // 8))
        time.sleep(0.02)
        report(Step(0, 1, f"{len(kept)} blocks"))


def overdrawn() -> None:
    raise MemoryError


def refused(k: int) -> None:
    raise ParameterError(f"k = {k} is too much.")


class Odd(Exception):
    """Cannot be pickled: it wants two arguments and keeps one."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def odd() -> None:
    raise Odd(1, 2)


def crashing() -> None:
    """End as a fault in C does."""
    os.abort()


def named(*, report: Report = silent) -> None:
    """Say which process this is, for ever."""
    while True:
        report(Step(0, 1, str(os.getpid())))
        time.sleep(0.01)


def described(dataset: Dataset, other: Dataset | None = None) -> tuple[str, bool, int]:
    return digest(dataset.points), dataset.points.flags.writeable, os.getpid()


def until(path: str, *, report: Report = silent) -> int:
    """Work until a file is there."""
    while not Path(path).exists():
        time.sleep(0.01)
        report(Step(0, 1, path))
    return os.getpid()
