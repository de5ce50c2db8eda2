"""One job: carried to a worker, listened to, and ended where nobody wants it any more.

A thread of its own carries a job: it sends the arguments, hands in the order, waits,
and fetches what came of it. The caller's thread only listens, and so it is free at any
moment, whatever the job does. What ends a job early, its caller or its worker's death,
reaches the same place: `Job.over`.
"""

import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from clustering.engine.link import Link
from clustering.engine.work import (
    BEGAN,
    Call,
    Order,
    Outcome,
    Parcelled,
    kill,
    perform,
    stop,
    withdraw,
)
from clustering.errors import EngineError
from clustering.progress import Report, Step

__all__ = ["WAITING", "Job"]

TICK = 0.08
"""Seconds after which the caller's report is called again."""

GRACE = 0.5
"""Seconds in which a stopped job should come to its next report."""

DEAF = 2.0
"""Seconds after which a worker that does not answer at all is ended from outside."""

WAITING = Step(0, 1, "waiting for a free worker")


class Job:
    """What is to be done on one worker.

    Parameters
    ----------
    link : Link
        To the scheduler.
    address : str
        The worker that does it, and no other.
    function, names, reports
        As in `Call`.
    values : list
        Arguments, those of `names` last.
    """

    def __init__(
        self,
        link: Link,
        address: str,
        function: Callable[..., Any],
        values: list[Any],
        *,
        names: tuple[str, ...],
        reports: bool,
    ) -> None:
        self.id = uuid.uuid4().hex
        self.link, self.address, self.values = link, address, values
        self.function, self.names, self.reports = function, names, reports
        self.over = threading.Event()
        self._ended = threading.Event()
        self._ended.set()
        self._mailbox: SimpleQueue[Step | Outcome] = SimpleQueue()
        self._began = False
        self._unwanted = False

    # ---- the caller's thread -----------------------------------------------------------------
    def listen(self, report: Report) -> Outcome:
        """Report until the job is over, and give what came of it."""
        newest = Step(0, 1, "sending the data" if self.values else "starting")
        while True:
            try:
                said = self._mailbox.get(timeout=TICK)
                while isinstance(said, Step) and not self._mailbox.empty():
                    newest, said = said, self._mailbox.get()
            except Empty:
                if not self.link.alive:
                    return self._death(None)
                said = newest
            if isinstance(said, Outcome):
                return said
            newest = said
            report(newest)

    def abandon(self) -> None:
        """See to it that the job ends soon; returns at once."""
        self._ended.clear()
        self._unwanted = True
        threading.Thread(target=self._end, daemon=True).start()

    # ---- events ------------------------------------------------------------------------------
    def told(self, words: tuple[Any, ...]) -> None:
        """Take what the job says."""
        self._began = True
        self._mailbox.put(Step(0, 1, "at work") if words[0] == BEGAN else Step(*words))

    def lost(self) -> None:
        """Take that the worker is gone."""
        self.over.set()

    # ---- the job's own thread ----------------------------------------------------------------
    def carry(self, done: Callable[["Job"], None]) -> None:
        """Have the job done; calls `done` when its worker is free again, or gone."""
        try:
            outcome = self._carried()
        except Exception as error:
            outcome = self._death(error)
        self._ended.wait()  # nobody takes a worker that is about to be ended
        done(self)
        self._mailbox.put(outcome)

    def _carried(self) -> Outcome:
        limit = self.link.limit(self.address)
        try:
            order, parcels = self._order()
        except OSError:
            if self.link.alive and self.over.wait(DEAF):
                return Outcome("elsewhere")
            raise
        if self._unwanted:
            return Outcome("stopped")
        if self.over.is_set():  # the worker ended before there was anything to do
            return Outcome("elsewhere")
        future = self.link.client.submit(
            perform,
            order,
            *parcels,
            key=f"clusterloom-{self.id}",
            workers=[self.address],
            allow_other_workers=False,
            pure=False,
        )
        try:
            fetched = self.link.begun(self.link.client.gather(future, asynchronous=True))
            fetched.add_done_callback(lambda _: self.over.set())
            while not self.over.wait(3 * TICK):
                if not self.link.alive:
                    return self._death(None, limit)
                if not (self._began or self._unwanted) and self._crowded_out():
                    return Outcome("elsewhere")
            # To cancel the fetching could end that of other jobs, which Dask joins to it; it
            # ends when the future is released.
            if not fetched.done():
                return self._death(None, limit)
            found: Outcome = fetched.result()
            return self._memory(limit) if found.kind == "memory" else found
        except Exception as error:
            return self._death(error, limit)
        finally:
            future.release()

    def _order(self) -> tuple[Order, list[Any]]:
        """Send what is large, and write the order for the rest."""
        from distributed.protocol import pickle

        dumps: Any = pickle.dumps  # which takes functions of scripts and notebooks too
        values: list[Any] = []
        parcels: list[Any] = []
        for value, sent in zip(
            self.values, self.link.parcels.send(self.address, self.values), strict=True
        ):
            values.append(value if sent is value else Parcelled(len(parcels)))
            parcels += [] if sent is value else [sent]
        call = Call(self.function, tuple(values), self.names, self.reports)
        return Order(self.id, self.link.topic, dumps(call)), parcels

    def _crowded_out(self) -> bool:
        """Say whether to wait elsewhere: someone else's job came first, or the worker is gone."""
        load = self.link.load()
        if self.address in load and load[self.address] < 2:
            return False
        self._mailbox.put(WAITING)
        if self.address in load and all(load.values()):
            return False
        return self._command(withdraw, self.id) and not self._began

    def _end(self) -> None:
        """Stop the job at its next report, else end its worker."""
        with suppress(Exception):  # the scheduler is gone, and the worker with it or free
            self._stop()
        self._ended.set()

    def _stop(self) -> None:
        heard = self._command(stop, self.id, GRACE)
        if self.over.wait(GRACE + DEAF if heard else GRACE):
            return
        # The worker's own clock does not run: something holds the interpreter, and that is
        # this job where it has begun, or where no other is on the same worker.
        load = self.link.load().get(self.address, 0)
        if not self.over.is_set() and load and (self._began or load == 1):
            self._command(kill, nanny=True)

    def _command(self, function: Callable[..., bool], *arguments: Any, nanny: bool = False) -> bool:
        """Ask the event loop of the worker, or its nanny; a deaf one's answer is False."""
        try:
            answers = self.link.client.run(
                function,
                *arguments,
                workers=[self.address],
                nanny=nanny,
                on_error="ignore",
                callback_timeout=DEAF,
            )
        except (OSError, TimeoutError, KeyError):  # the last: it is gone already
            return False
        return any(answer is True for answer in answers.values())

    # ---- why there is no result --------------------------------------------------------------
    def _death(self, error: Exception | None, limit: int = 0) -> Outcome:
        """Tell an error of ours from the end of the process that did the work."""
        from distributed import KilledWorker

        if isinstance(error, EngineError) or not (
            error is None or isinstance(error, CancelledError | KilledWorker | OSError)
        ):
            return Outcome("error", error)
        patience = time.monotonic() + GRACE
        while self.address not in self.link.starved and time.monotonic() < patience:
            time.sleep(TICK / 4)  # the word that it was for memory comes by another way
        if self.address in self.link.starved:
            return self._memory(limit)
        return Outcome(
            "died",
            EngineError(
                "The process that did the work ended unexpectedly; run it again, and if it "
                "ends again, choose fewer rows (a sample, on the Data page)."
            ),
        )

    def _memory(self, limit: int) -> Outcome:
        much = f"{limit / 1e9:.2g} GB" if limit >= 10**9 else f"{limit / 1e6:.0f} MB"
        return Outcome(
            "died",
            EngineError(
                f"The work needed more than the {much} of memory that a worker has; choose "
                "fewer rows (a sample, on the Data page) or a method that keeps less in memory."
            ),
        )
