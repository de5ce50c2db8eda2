"""How many threads a fit runs on: one, where more would wait longer than they work."""

from contextlib import AbstractContextManager, nullcontext
from functools import cache

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

__all__ = ["controller", "threads"]

ALONE = 50_000
"""Points below which more threads would only wait."""


@cache
def controller() -> ThreadpoolController:
    """Find the thread pools once: looking for them takes longer than a small fit."""
    return ThreadpoolController()


def threads(n: int) -> AbstractContextManager[object]:
    """Keep a fit of `n` points to one thread where more would only wait."""
    if n >= ALONE:
        return nullcontext()
    limited: AbstractContextManager[object] = controller().limit(limits=1)
    return limited
