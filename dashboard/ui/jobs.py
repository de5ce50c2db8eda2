"""Long work on the page: done once, and how far it is."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import signature
from typing import Any, TypeVar

import streamlit as st

from clustering.dataset import Dataset
from clustering.progress import Report, Step

__all__ = ["computed"]

PATIENCE = 0.6
KEPT = 24

Result = TypeVar("Result")


def computed(function: Callable[..., Result], dataset: Dataset, **arguments: Any) -> Result:
    """Give ``function(dataset, **arguments)``, computed once for the same content.

    Parameters
    ----------
    function : callable
        A function of the library that takes a Dataset first. Where it has a
        keyword ``report``, a bar shows how far it is.
    dataset : Dataset
        Known by its key.
    **arguments
        Plain values: numbers, texts, tuples of them.

    Returns
    -------
    Result
        The same object until the session ends or newer results crowd it out.

    Raises
    ------
    ClusterloomError
        As the function does; nothing is kept then.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    return _computed(name, dataset.key, tuple(sorted(arguments.items())), function, dataset)


@st.cache_resource(max_entries=KEPT, scope="session", show_spinner=False)
def _computed(
    name: str,
    key: str,
    arguments: tuple[tuple[str, Any], ...],
    _function: Callable[..., Any],
    _dataset: Dataset,
) -> Any:
    if "report" not in signature(_function).parameters:
        return _function(_dataset, **dict(arguments))
    with _reporting() as report:
        return _function(_dataset, **dict(arguments), report=report)


@contextmanager
def _reporting() -> Iterator[Report]:
    """Give a report that shows a bar once the work has taken more than a moment.

    Changing a widget or leaving the page ends the work at its next report.
    """
    began = time.monotonic()
    place = st.empty()

    def report(step: Step) -> None:
        spent = time.monotonic() - began
        if spent < PATIENCE:
            return
        left = spent / step.share - spent if step.share else 0.0
        place.progress(min(step.share, 1.0), f"{step.message}, about {max(left, 1):.0f} s left")

    try:
        yield report
    finally:
        place.empty()
