"""Long work on the page: done once, how far it is, and a way to stop it.

Results live in the session, so that they end with it, under what made them: the
function, the content of the data, and the arguments.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from inspect import signature
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clustering.data.tables import Table
from clustering.dataset import Dataset, digest
from clustering.partition import Partition
from clustering.progress import Report, Step

__all__ = ["computed"]

PATIENCE = 0.6  # seconds without a bar
KEPT = 256 * 2**20  # bytes of arrays that a session keeps beyond the newest result

Result = TypeVar("Result")


def computed(function: Callable[..., Result], dataset: Dataset, **arguments: Any) -> Result:
    """Give ``function(dataset, **arguments)``, computed once for the same content.

    Parameters
    ----------
    function : callable
        A function of the library that takes a Dataset first. Where it has a
        keyword ``report``, a bar shows how far it is, with a button that stops it.
    dataset : Dataset
        Known by its key.
    **arguments
        Plain values (numbers, texts, tuples of them), arrays, Partitions, Tables.

    Returns
    -------
    Result
        The same object until the session ends or newer results crowd it out. Where
        the user stopped the work, the page ends here with a way to go on.

    Raises
    ------
    ClusterloomError
        As the function does; nothing is kept then.
    """
    kept: OrderedDict[str, Any] = st.session_state.setdefault("results", OrderedDict())
    known = [(name, _plain(value)) for name, value in sorted(arguments.items())]
    key = digest(function.__module__, function.__qualname__, dataset.key, known)
    place = st.empty()  # always, so that nothing below it moves when there is no work
    if key not in kept:
        if "report" in signature(function).parameters:
            with _reporting(key, place) as report:
                result = function(dataset, **arguments, report=report)
        else:
            result = function(dataset, **arguments)
        kept[key] = result
    kept.move_to_end(key)
    while len(kept) > 1 and sum(map(_bytes, kept.values())) > KEPT:
        kept.popitem(last=False)
    found: Result = kept[key]
    return found


def _bytes(value: Any) -> int:
    """Give the size of all arrays in a result."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, pd.DataFrame):
        return int(value.memory_usage().sum())
    if is_dataclass(value):
        return sum(_bytes(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, Mapping):
        return sum(map(_bytes, value.values()))
    return sum(map(_bytes, value)) if isinstance(value, tuple | list) else 0


def _plain(value: Any) -> Any:
    """Give what tells two arguments apart: a digest for what is large."""
    if isinstance(value, np.ndarray):
        return digest(value)
    if isinstance(value, Table):
        return value.key, value.name
    if isinstance(value, Partition):
        return digest(value.labels, sorted(value.parameters.items()))
    return value


@contextmanager
def _reporting(key: str, place: DeltaGenerator) -> Iterator[Report]:
    """Give a report that shows a bar once the work has taken more than a moment.

    Changing a widget, leaving the page or the stop button end the work at its next
    report.
    """
    if st.session_state.get("stopped") == key:
        st.info("The computation was stopped. Change a parameter, or let it run again.")
        st.button("Run again", on_click=lambda: st.session_state.pop("stopped", None))
        st.stop()
    began = time.monotonic()
    bar = None

    def stop() -> None:
        st.session_state["stopped"] = key

    def report(step: Step) -> None:
        nonlocal bar
        spent = time.monotonic() - began
        if spent < PATIENCE:
            return
        if bar is None:
            with place.container():
                bar = st.empty()
                st.button("Stop", key=f"stop_{key}", on_click=stop)
        left = spent / step.share - spent if step.share else 0.0
        bar.progress(min(step.share, 1.0), f"{step.message}, about {max(left, 1):.0f} s left")

    try:
        yield report
    finally:
        place.empty()
