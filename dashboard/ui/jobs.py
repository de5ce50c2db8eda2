"""Long work on the page: done once, how far it is, and a way to stop it.

Results live in the session, so that they end with it, under what made them: the
function, the content of the data, and the arguments.

What may take longer than a moment has a keyword ``report``, and goes to the engine, so
that the page stays free. With few points it is begun here, where most of it is done
before another process would have the data, and goes to the engine if that was wrong.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from inspect import signature
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clustering import engine
from clustering.data.tables import Table
from clustering.dataset import digest
from clustering.engine.parcels import weight
from clustering.partition import Partition
from clustering.progress import Report, Step

__all__ = ["Ground", "computed", "duration", "plain", "progress_text", "show_anew"]

SMALL = 10_000
"""Points up to which work is begun here."""

PATIENCE = 0.7
"""Seconds without a bar, and for work that was begun here."""

WORTH = 2.0
"""Seconds of work that must be left where it is to leave for the engine, and begin again."""

KEPT = 256 * 2**20
"""Bytes of arrays and texts that a session keeps beyond what the page shows."""

ELSEWHERE = "clustering.deep"
"""Never begun here: Keras would stay in the process that serves pages, and slow them all."""

Result = TypeVar("Result")


@dataclass(frozen=True, eq=False, slots=True)
class Kept:
    """A result that a session keeps.

    Attributes
    ----------
    result : object
        What was computed.
    weight : int
        Bytes of its arrays and texts.
    parts : tuple of (int, str)
        Its places in memory and theirs of what it is made of, with a name for each.
    """

    result: Any
    weight: int
    parts: tuple[tuple[int, str], ...]


class Ground(Protocol):
    """What work is about: a Dataset, a picture, prices."""

    @property
    def key(self) -> str:
        """Digest of the content."""
        ...

    @property
    def n(self) -> int:
        """How many points it has."""
        ...


class _TooLong(Exception):
    """Work that was begun here goes to the engine."""


def computed(
    function: Callable[..., Result],
    dataset: Ground,
    *,
    meanwhile: Callable[[], None] | None = None,
    **arguments: Any,
) -> Result:
    """Give ``function(dataset, **arguments)``, computed once for the same content.

    Parameters
    ----------
    function : callable
        A function that takes a Dataset first. Where it has a keyword ``report``, a
        bar shows how far it is, with a button that stops it; functions of the library
        that have one are run by the engine when they take longer than a moment.
    dataset : Dataset, or anything with a `key` and a size `n`
        Known by its key.
    meanwhile : callable, optional
        Called once before work that is worth a bar, to show what is known already.
    **arguments
        Plain values (numbers, texts, tuples of them), arrays, Partitions, Tables, and
        results of `computed`, which are known by what made them.

    Returns
    -------
    Result
        The same object until the session ends, or newer results crowd it out that the page
        shows in its place. Where the user stopped the work, the page ends here with a way to
        go on.

    Raises
    ------
    ClusterloomError
        As the function does, and where the process that did the work ended; nothing
        is kept then.
    """
    kept: OrderedDict[str, Kept] = st.session_state.setdefault("results", OrderedDict())
    made = dict(part for each in kept.values() for part in each.parts)
    known = [(name, plain(value, made)) for name, value in sorted(arguments.items())]
    key = digest(function.__module__, function.__qualname__, dataset.key, known)
    watched = "report" in signature(function).parameters or _elsewhere(function)
    place = st.empty() if watched else None  # always, so that nothing moves when it is done
    if key not in kept:
        if place is not None:
            with _reporting(key, place, meanwhile or _nothing) as report:
                result = _done(function, dataset, arguments, report)
        else:
            result = function(dataset, **arguments)
        kept[key] = Kept(result, weight(result), tuple(_parts(result, key)))
    kept.move_to_end(key)
    shown: list[set[str]] = st.session_state.setdefault("results_shown", [set(), set()])
    shown[-1].add(key)
    needed = set().union(*shown)  # before this run has come to it, a result was shown by the last
    while next(iter(kept)) not in needed and sum(each.weight for each in kept.values()) > KEPT:
        kept.popitem(last=False)
    found: Result = kept[key].result
    return found


def _done(
    function: Callable[..., Result],
    dataset: Ground,
    arguments: dict[str, Any],
    report: Report,
) -> Result:
    """Have the work done, here or by the engine."""
    if function.__module__.partition(".")[0] != "clustering":
        return function(dataset, **arguments, report=report)
    if dataset.n <= SMALL and not _elsewhere(function):
        began = time.monotonic()
        first: list[tuple[float, float]] = []  # the first unit, loading and all, tells little

        def patient(step: Step) -> None:
            report(step)
            now = time.monotonic()
            if not first:
                first.append((now, step.share))
            then, done = first[0]
            left = (now - then) / max(step.share - done, 1e-9) * (1.0 - step.share)
            if now - began > PATIENCE and left > WORTH:
                raise _TooLong

        try:
            return function(dataset, **arguments, report=patient)
        except _TooLong:
            pass
    return engine.run(function, dataset, **arguments, report=report)


def _elsewhere(function: Callable[..., Any]) -> bool:
    """Say whether a function is never run in this process."""
    return f"{function.__module__}.".startswith(f"{ELSEWHERE}.")


def _nothing() -> None:
    """Show nothing more."""


def show_anew() -> None:
    """Begin to note which results the page shows: none of them is crowded out."""
    before = st.session_state.get("results_shown", [set()])[-1]
    st.session_state["results_shown"] = [before, set()]


# ---- what tells results apart ------------------------------------------------------------------
def _compound(value: Any) -> bool:
    """Say whether a value is known by its place in memory: no number and no text is."""
    if isinstance(value, tuple):
        return bool(value)  # all empty ones share one place
    return isinstance(value, np.ndarray) or is_dataclass(value)


def _grounded(value: Any) -> bool:
    """Say whether a value is known by a digest of its own, as whatever is clustered is."""
    known = isinstance(getattr(value, "key", None), str) and hasattr(value, "n")
    return is_dataclass(value) and known


def _parts(value: Any, name: str, depth: int = 3) -> Iterator[tuple[int, str]]:
    """Give a result and what it is made of, by their places in memory."""
    if _compound(value):
        yield id(value), name
        if depth and isinstance(value, tuple):
            for place, each in enumerate(value):
                yield from _parts(each, f"{name}.{place}", depth - 1)
        elif depth and is_dataclass(value):
            for field in fields(value):
                yield from _parts(getattr(value, field.name), f"{name}.{field.name}", depth - 1)


def plain(value: Any, made: Mapping[int, str] = MappingProxyType({})) -> Any:
    """Give what tells two arguments apart: what made it, or a digest of its content."""
    if _compound(value) and id(value) in made:
        return "made by", made[id(value)]
    if isinstance(value, np.ndarray):
        return digest(value)
    if isinstance(value, Table):
        return value.key, value.name
    if _grounded(value):
        return value.key
    if isinstance(value, Partition):
        return digest(value.labels, sorted(value.parameters.items()))
    if isinstance(value, tuple | list):
        return tuple(plain(each, made) for each in value)
    if isinstance(value, dict):
        return tuple((name, plain(each, made)) for name, each in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        parts = [(field.name, plain(getattr(value, field.name), made)) for field in fields(value)]
        return type(value).__qualname__, parts
    return value


# ---- the bar -----------------------------------------------------------------------------------
@contextmanager
def _reporting(key: str, place: DeltaGenerator, meanwhile: Callable[[], None]) -> Iterator[Report]:
    """Give a report that shows a bar once the work has taken more than a moment.

    Every call of it is a point at which Streamlit ends the script where a widget has
    changed, the page or the browser was left, or the stop button was pressed; what it
    raises then goes through the work and ends it.
    """
    if st.session_state.get("stopped") == key:
        with place.container():  # so that it goes as soon as the work begins again
            st.info("The computation was stopped. Change a parameter, or let it run again.")
            st.button("Run again", on_click=lambda: st.session_state.pop("stopped", None))
        meanwhile()
        st.stop()
    began = at_work = time.monotonic()
    before = Step(0, 1, "")
    bar = None

    def stop() -> None:
        st.session_state["stopped"] = key

    def report(step: Step) -> None:
        nonlocal bar, before, at_work
        now = time.monotonic()
        if not step.done and step.message != before.message:
            at_work = now  # the way there says nothing about the way that is left
        before = step
        spent = now - began
        if spent < PATIENCE:
            return
        if bar is None:
            meanwhile()
            with place.container():
                bar = st.empty()
                st.button("Stop", key=f"stop_{key}", on_click=stop)
        bar.progress(min(max(step.share, 0.0), 1.0), progress_text(step, spent, now - at_work))

    try:
        yield report
    finally:
        place.empty()


def progress_text(step: Step, spent: float, worked: float) -> str:
    """Say how far it is, how long that took, and about how long the rest will take.

    Parameters
    ----------
    step : Step
        The newest.
    spent : float
        Seconds that the user has waited.
    worked : float
        Seconds of them in which the work was done.

    Examples
    --------
    >>> progress_text(Step(7, 12, "k = 7 of 12"), 9.4, 7.2)
    'k = 7 of 12, 9 s gone, about 5 s left'
    >>> progress_text(Step(0, 1, "waiting for a free worker"), 75.0, 0.0)
    'waiting for a free worker, 1 min 15 s gone'
    """
    words = f"{step.message}, {duration(spent)} gone"
    if 0.0 < step.share < 1.0:
        words += f", about {duration(max(1.0, worked / step.share - worked))} left"
    return words


def duration(seconds: float) -> str:
    """Write a time as one waits for it.

    Examples
    --------
    >>> duration(0.8), duration(75), duration(3725)
    ('1 s', '1 min 15 s', '1 h 2 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
