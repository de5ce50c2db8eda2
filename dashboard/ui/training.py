"""Training on the page: live, stopped, gone on with.

A network is trained in pieces of a few seconds. After each the page is drawn anew with what
there is, so that curves and pictures live, and the last thing that a page does is to train
the next piece::

    training = ui.training("mn", autoencoder.fit, dataset, epochs=20, start=own, latent=32)
    if training.result is not None: ...                 finished or not
    ui.tabs("mn", {...})
    training.go_on()                                    the next piece, if one is wanted

A stop loses the piece that was at work and nothing else; what is gone on with is what would
have come without the stop. What was trained with other settings is still shown, and said to
be so. A second step that begins where a first one ended is told ``after=training``: then one
button is for both.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clustering import engine
from clustering.dataset import digest
from clustering.errors import ClusterloomError
from clustering.progress import Report, Step, silent
from clustering.words import count
from dashboard.ui.jobs import Ground, duration, plain
from dashboard.ui.words import literal

__all__ = ["Training", "training"]

PIECE, LONGEST = 2.0, 6.0
"""Seconds of the first piece and of later ones; each is at least one epoch."""

KEPT = 4
"""Results that a session keeps for each training, the newest first."""


class Trained(Protocol):
    """What training gives: a Model, or a Model with its clusters."""

    @property
    def epochs(self) -> int:
        """Epochs that it was trained for."""
        ...

    @property
    def seconds(self) -> float:
        """Time that this took."""
        ...

    @property
    def device(self) -> str:
        """What it was trained on."""
        ...


Result = TypeVar("Result", bound=Trained)


@dataclass
class _Kept:
    """What a session knows of one training.

    Attributes
    ----------
    results : OrderedDict
        By what they were trained with, the newest last: the ground, and the result.
    asked : str
        What is being trained: that name and the number of epochs; empty where nothing is.
    error : str
        Why the last one ended.
    fresh : bool
        Whether nothing was ever begun here.
    """

    results: OrderedDict[str, tuple[str, Any]] = field(default_factory=OrderedDict)
    asked: str = ""
    error: str = ""
    fresh: bool = True


@dataclass(frozen=True, eq=False, slots=True)
class Training(Generic[Result]):
    """A training as it stands.

    Attributes
    ----------
    result : Result or None
        What there is, finished or not; None where nothing was trained on these data.
    epochs : int
        How many are wanted.
    running : bool
        Whether it is being trained: a page leaves out then what takes long.
    stale : bool
        Whether `result` was trained with other settings than those on the page.
    just_done : bool
        Whether its last piece has come since the page was drawn last.
    go_on : callable
        Train the next piece, if one is wanted, and draw the page anew; to be called last.
    """

    result: Result | None
    epochs: int
    running: bool
    stale: bool
    just_done: bool
    go_on: Callable[[], None]
    _place: DeltaGenerator

    @property
    def done(self) -> bool:
        """Whether it is trained as the page wants it."""
        return self.result is not None and not self.stale and not self.running and (
            self.result.epochs >= self.epochs
        )  # fmt: skip


def training(
    key: str,
    function: Callable[..., Result],
    ground: Ground,
    *,
    epochs: int,
    start: bool = False,
    after: "Training[Any] | None" = None,
    given: Result | None = None,
    what: str = "",
    **settings: Any,
) -> Training[Result]:
    """Show how a training stands, with the button that begins, stops or goes on with it.

    Parameters
    ----------
    key : str
        Unlike that of any other training.
    function : callable
        Of `clustering.deep`: takes `ground`, ``epochs``, ``begin``, ``within`` and
        ``report``, and gives something with ``epochs``, ``seconds`` and ``device``.
    ground : Dataset, or anything with a `key` and a size `n`
        What it is trained on.
    epochs : int
        How many are wanted.
    start : bool
        Whether it begins by itself where nothing was begun yet in this session.
    after : Training, optional
        One that must be done before; this one then needs no button of its own.
    given : Result, optional
        One from elsewhere, as from a file: taken for what these settings gave, so that it
        can be gone on with. To be told once.
    what : str
        What is trained, where there are several: ``"IDEC"``.
    **settings
        The function's other arguments.

    Returns
    -------
    Training
        To be gone on with at the end of the page.
    """
    place = st.empty() if after is None else after._place
    kept: _Kept = st.session_state.setdefault(f"{key}_training", _Kept())
    known = [(name, plain(value)) for name, value in sorted(settings.items())]
    name = digest(function.__module__, function.__qualname__, ground.key, known)
    wanted = f"{name} {epochs}"
    if given is not None:
        kept.results[name], kept.asked, kept.fresh = (ground.key, given), "", False
        kept.results.move_to_end(name)
    mine = kept.results.get(name, (ground.key, None))[1]
    if (start and kept.fresh and mine is None) or (after is not None and after.just_done):
        kept.asked = wanted
    kept.fresh = False
    just_done = mine is not None and mine.epochs >= epochs and kept.asked == wanted
    if just_done:
        kept.asked = ""
    free = after is None or after.done
    running = kept.asked == wanted and free
    others = [each for on, each in reversed(kept.results.values()) if on == ground.key]
    result = mine if mine is not None else next(iter(others), None)
    stale = result is not None and mine is None
    report: Report = silent

    def begin(anew: bool = False) -> None:
        kept.asked, kept.error = wanted, ""
        if anew:
            kept.results.pop(name, None)

    def stop() -> None:
        kept.asked = ""

    if free:
        state = _State(mine, result, epochs, running, stale, kept.error, what)
        report = _shown(place, key, state, begin, stop)

    def go_on() -> None:
        if not running:
            return
        seconds = min(LONGEST, PIECE + 0.1 * (mine.seconds if mine is not None else 0.0))
        try:
            piece = engine.run(
                function, ground, **settings, epochs=epochs, begin=mine, within=seconds,
                report=report,
            )  # fmt: skip
        except ClusterloomError as error:
            stop()
            kept.error = str(error)
        else:
            kept.results[name] = (ground.key, piece)
            kept.results.move_to_end(name)
            while len(kept.results) > KEPT:
                kept.results.popitem(last=False)
        st.rerun()

    return Training(result, epochs, running, stale, just_done, go_on, place)


@dataclass(frozen=True, eq=False, slots=True)
class _State:
    """What is shown of a training."""

    mine: Any
    result: Any
    epochs: int
    running: bool
    stale: bool
    error: str
    what: str

    @property
    def share(self) -> float:
        return min(1.0, self.mine.epochs / self.epochs) if self.mine is not None else 0.0

    @property
    def words(self) -> str:
        """How it stands, in one line."""
        of = f"{self.what}: " if self.what else ""
        mine, result = self.mine, self.result
        if self.running:
            done = f"epoch {mine.epochs} of {self.epochs}" if mine else "getting ready"
            return f"{of}{done}, on {mine.device}" if mine else f"{of}{done}"
        if mine is not None and mine.epochs < self.epochs:
            return f"{of}stopped after epoch {mine.epochs} of {self.epochs}"
        if mine is not None:
            return (
                f"{of}trained for {count(mine.epochs, 'epoch')} in {duration(mine.seconds)} on "
                f"{mine.device}"
            )
        if result is not None:
            return f"{of}what is shown was trained with other settings"
        return f"{of}nothing is trained yet"

    @property
    def press(self) -> str:
        """What the button says."""
        if self.running:
            return "Stop"
        if self.mine is None:
            return "Train"
        return "Go on" if self.mine.epochs < self.epochs else "Train anew"


def _shown(
    place: DeltaGenerator,
    key: str,
    state: _State,
    begin: Callable[[bool], None],
    stop: Callable[[], None],
) -> Report:
    """Show bar and button; give the report that moves the bar."""
    with place.container(key=f"{key}_stand"):
        if state.error:
            st.error(literal(state.error, most=600))
        with st.container(horizontal=True, vertical_alignment="center"):
            bar = st.progress(state.share, literal(state.words), width="stretch")
            if state.running:
                st.button("Stop", key=f"{key}_stop", on_click=stop)
            else:
                st.button(
                    state.press,
                    key=f"{key}_begin",
                    type="secondary" if state.press == "Train anew" else "primary",
                    on_click=begin,
                    args=(state.press == "Train anew",),
                )
    began = time.monotonic()
    first: list[tuple[float, float]] = []

    def report(step: Step) -> None:
        now = time.monotonic()
        if not step.done:  # on the way to a worker, or waiting while Keras is loaded there
            if state.mine is None:
                waiting = "building the network" if step.message == "at work" else step.message
                bar.progress(state.share, f"{waiting}, {duration(now - began)} gone")
            return
        if not first:
            first.append((now, step.share))
        then, from_ = first[0]
        rate = (step.share - from_) / max(now - then, 1e-9)
        left = (1.0 - step.share) / rate if rate > 0 else 0.0
        of = f"{state.what}: " if state.what else ""
        words = f"{of}{step.message}"
        words += f", about {duration(max(1.0, left))} left" if left else ""
        bar.progress(min(max(step.share, 0.0), 1.0), words)

    return report
