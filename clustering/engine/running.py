"""Workers, the jobs that wait for them, and `run`, which waits for one."""

import atexit
import os
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from inspect import signature
from types import TracebackType
from typing import Any, Self, TypeVar

from clustering.engine.jobs import TICK, WAITING, Job
from clustering.engine.link import Link, linked
from clustering.errors import EngineError
from clustering.progress import Report, Step, silent

__all__ = ["SCHEDULER", "Engine", "run"]

SCHEDULER = "CLUSTERLOOM_SCHEDULER"
"""Environment variable with the address of a scheduler to use instead of this machine."""

DESERTED = 30.0
"""Seconds without a single worker after which waiting makes no sense."""

Result = TypeVar("Result")


class Engine:
    """Workers, and the jobs that wait for them.

    Parameters
    ----------
    address : str, optional
        Of a Dask scheduler, such as ``"tcp://10.0.0.5:8786"``. Left out, workers of
        this machine are started with the first job.
    workers : int
        How many to start on this machine; 0 starts as many as fit, at least two.
    memory : int
        Bytes that each may use; 0 gives each its share of three quarters of all.
    """

    def __init__(self, address: str | None = None, *, workers: int = 0, memory: int = 0) -> None:
        self.address, self.workers, self.memory = address, workers, memory
        self._changed = threading.Condition()
        self._start: Start | None = None
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[object] = deque()
        self._taken: set[str] = set()

    def run(
        self,
        function: Callable[..., Result],
        *arguments: Any,
        report: Report = silent,
        **keywords: Any,
    ) -> Result:
        """Call ``function(*arguments, **keywords)`` on a worker.

        Parameters
        ----------
        function : callable
            A function of a module that workers can import. Where it has a keyword
            ``report``, its steps come back to `report`.
        *arguments, **keywords
            Whatever can be pickled.
        report : callable
            Called in this thread with the newest step, and with the same one again at
            least every tenth of a second. What it raises ends the job.

        Returns
        -------
        object
            What the function gives.

        Raises
        ------
        EngineError
            Where the worker's process ended, or no worker can be reached.
        Exception
            What the function raises, as itself.
        """
        values = [*arguments, *keywords.values()]
        reports = listens(function)
        while True:
            link = self._linked(report)
            try:
                address = self._turn(link, values, report)
            except EngineError:
                if link.alive or self.address:
                    raise
                continue  # the workers of this machine are gone, and are started anew
            job = Job(link, address, function, values, names=tuple(keywords), reports=reports)
            with self._changed:
                self._jobs[job.id] = job
            threading.Thread(target=job.carry, args=(self._done,), daemon=True).start()
            outcome = None
            try:
                outcome = job.listen(report)
            finally:
                if outcome is None:
                    job.abandon()
            if outcome.kind == "result":
                result: Result = outcome.value
                return result
            if outcome.kind in ("error", "died"):
                raise outcome.value
            # Another server's job was there first, or the worker ended: this one has not begun.

    def close(self) -> None:
        """Let go of the scheduler; workers of this machine end. The next job starts anew."""
        with self._changed:
            start, self._start = self._start, None
        if start is not None:
            start.ready.wait()
            if start.link is not None:
                start.link.close()

    def __enter__(self) -> Self:
        """Give the engine itself, to be closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    # ---- the line ----------------------------------------------------------------------------
    def _linked(self, report: Report) -> Link:
        """Give the line to the scheduler, made now where there is none that works."""
        with self._changed:
            if self._start is None or self._start.lost:
                self._start = Start(self, old=self._start)
                self._taken.clear()
            start = self._start
        while not start.ready.wait(TICK):
            report(Step(0, 1, "starting the workers"))
        if start.link is None:
            raise start.error or EngineError("The workers could not be started; try again.")
        return start.link

    def told(self, job: str, words: tuple[Any, ...]) -> None:
        """Hand on what a job says."""
        if (found := self._jobs.get(job)) is not None:
            found.told(words)

    def gone(self, address: str) -> None:
        """Hand on that a worker is gone."""
        with self._changed:
            lost = [job for job in self._jobs.values() if job.address == address]
        for job in lost:
            job.lost()

    # ---- turns -------------------------------------------------------------------------------
    def _turn(self, link: Link, values: Sequence[Any], report: Report) -> str:
        """Wait for a free worker, first come, first served, and take it."""
        ticket, deserted = object(), time.monotonic() + DESERTED
        with self._changed:
            self._waiting.append(ticket)
        try:
            while True:
                with self._changed:
                    before = self._waiting.index(ticket)
                step = Step(0, 1, f"{WAITING.message}, {before} before you") if before else WAITING
                if before == 0:
                    load = link.load(meanwhile=partial(report, step))
                    if (address := self._take(link, load, values)) is not None:
                        return address
                    deserted = time.monotonic() + DESERTED if load else deserted
                    if time.monotonic() > deserted:
                        raise EngineError(
                            "There is no worker at all; start one beside the scheduler at "
                            f"{link.client.scheduler.address}."
                        )
                report(step)
                with self._changed:
                    self._changed.wait(TICK)
        finally:
            with self._changed:
                self._waiting.remove(ticket)
                self._changed.notify_all()

    def _take(self, link: Link, load: dict[str, int], values: Sequence[Any]) -> str | None:
        """Take a worker without work, best one that has the data already."""
        with self._changed:
            free = [name for name, tasks in load.items() if not tasks and name not in self._taken]
            if not free:
                return None
            # Servers that share a scheduler rarely choose the same one of several by lot.
            random.shuffle(free)
            address = max(free, key=lambda name: link.parcels.held(name, values))
            self._taken.add(address)
            return address

    def _done(self, job: Job) -> None:
        """Give back the worker of a job that is over."""
        with self._changed:
            self._jobs.pop(job.id, None)
            self._taken.discard(job.address)
            self._changed.notify_all()


def listens(function: Callable[..., Any]) -> bool:
    """Say whether a function has a keyword ``report``."""
    try:
        return "report" in signature(function).parameters
    except ValueError:  # compiled, without a signature
        return False


class Start:
    """A line in the making, so that callers can report and leave while they wait."""

    def __init__(self, engine: Engine, old: "Start | None") -> None:
        self.ready = threading.Event()
        self.link: Link | None = None
        self.error: Exception | None = None
        threading.Thread(target=self._make, args=(engine, old), daemon=True).start()

    @property
    def lost(self) -> bool:
        """True where it failed, or the line is broken since."""
        return self.ready.is_set() and (self.link is None or not self.link.alive)

    def _make(self, engine: Engine, old: "Start | None") -> None:
        try:
            if old is not None and old.link is not None:
                old.link.close()
            link = linked(engine.address, workers=engine.workers, memory=engine.memory)
            link.listen(engine.told, engine.gone)
            self.link = link
        except Exception as error:
            self.error = error
        finally:
            self.ready.set()


# ---- the one that everybody uses ---------------------------------------------------------------
_engines: dict[str, Engine] = {}
_engines_lock = threading.Lock()


def run(
    function: Callable[..., Result], *arguments: Any, report: Report = silent, **keywords: Any
) -> Result:
    """Call a function on a worker of the engine that this process shares.

    Parameters
    ----------
    function, *arguments, report, **keywords
        As in `Engine.run`.

    Returns
    -------
    object
        What the function gives.

    Raises
    ------
    EngineError
        As `Engine.run`; also where ``CLUSTERLOOM_SCHEDULER`` names a scheduler that
        does not answer.
    """
    address = os.environ.get(SCHEDULER, "").strip()
    with _engines_lock:
        if not _engines:
            atexit.register(_close)
        engine = _engines.setdefault(address, Engine(address or None))
    return engine.run(function, *arguments, report=report, **keywords)


def _close() -> None:
    """End the workers with the interpreter."""
    for engine in _engines.values():
        engine.close()
