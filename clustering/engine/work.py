"""What a worker does: one job at a time, telling how far it is, until it is told to stop.

These functions run in the worker's process. A job never fails there: whatever comes of
it travels home as an `Outcome`, so that neither the scheduler nor the worker has an
opinion about it. Two sets say what this process is at:

``running``
    The job that this process works on; never two, however many threads it has, since
    what cannot be stopped otherwise takes its process with it.
``unwanted``
    Jobs that were stopped. The job sees it at its next report; where it does not
    report in time, its process ends and the nanny starts another.
"""

import contextlib
import ctypes
import importlib
import os
import pickle
import signal
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from clustering.progress import Step

__all__ = [
    "BEGAN",
    "Call",
    "Order",
    "Outcome",
    "Parcelled",
    "dask_setup",
    "kill",
    "perform",
    "stop",
    "withdraw",
]

GAP = 0.05
"""Seconds between two steps on the wire."""

BEGAN = "began"

running: set[str] = set()
unwanted: set[str] = set()
one_at_a_time = threading.Lock()
preloading: list[threading.Thread] = []


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done.

    Attributes
    ----------
    job : str
        Unlike every other job's.
    topic : str
        Under which the scheduler relays the steps.
    call : bytes
        A pickled `Call`. The scheduler opens whatever it is handed, and would load
        this library, and be deaf meanwhile; bytes it hands on.
    """

    job: str
    topic: str
    call: bytes


@dataclass(frozen=True, slots=True)
class Parcelled:
    """Stands for an argument that is with the worker already, by its place there."""

    place: int


@dataclass(frozen=True, slots=True)
class Call:
    """What to call, and with what.

    Attributes
    ----------
    function : callable
        Takes `values`, the last of them by the keywords `names`.
    reports : bool
        True where the function has a keyword ``report``.
    """

    function: Callable[..., Any]
    values: tuple[Any, ...]
    names: tuple[str, ...]
    reports: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: a result, an error of the function, or why there is neither."""

    kind: Literal["result", "error", "memory", "died", "stopped", "elsewhere"]
    value: Any = None


class Stopped(Exception):
    """Raised in the function by its own report."""


class Relay:
    """A report that sends the newest step home, not more often than the eye can follow."""

    def __init__(self, order: Order, worker: Any) -> None:
        self.order, self.worker = order, worker
        self.newest: Step | None = None
        self.waiting = False
        self.sent = 0.0

    def __call__(self, step: Step) -> None:
        """Keep the step to be sent; end the function where its job is not wanted any more."""
        if self.order.job in unwanted:
            raise Stopped
        self.newest = step
        if not self.waiting:
            self.waiting = True
            pause = max(0.0, self.sent + GAP - time.monotonic())
            self.worker.loop.add_callback(self.worker.loop.call_later, pause, self.flush)

    def flush(self) -> None:
        """Send the newest step; runs in the worker's event loop, and so in order."""
        self.waiting = False
        step, self.newest = self.newest, None
        if step is not None:
            self.sent = time.monotonic()
            self.tell(int(step.done), int(step.total), str(step.message))

    def tell(self, *words: int | str) -> None:
        self.worker.log_event(self.order.topic, (self.order.job, *words))


def perform(order: Order, *parcels: Any) -> Outcome:
    """Do what is ordered, with these parcels, and give what came of it."""
    from distributed import get_worker

    with one_at_a_time:
        if running:
            unwanted.discard(order.job)
            return Outcome("elsewhere")
        running.add(order.job)
    relay = Relay(order, get_worker())
    try:
        trim()
        if order.job in unwanted:
            return Outcome("stopped")
        relay.tell(BEGAN)
        for loading in preloading:  # two threads that load one package may get half of it
            while loading.is_alive():
                loading.join(GAP)
                if order.job in unwanted:
                    return Outcome("stopped")
        call: Call = pickle.loads(order.call)
        values = [parcels[v.place] if isinstance(v, Parcelled) else v for v in call.values]
        split = len(values) - len(call.names)
        keywords = dict(zip(call.names, values[split:], strict=True))
        if call.reports:
            keywords["report"] = relay
        return Outcome("result", call.function(*values[:split], **keywords))
    except Stopped:
        return Outcome("stopped")
    except MemoryError:
        return Outcome("memory")
    except Exception as error:
        return Outcome("error", portable(error))
    finally:
        relay.worker.loop.add_callback(relay.flush)
        running.discard(order.job)
        unwanted.discard(order.job)


def trim() -> None:
    """Give back to the system what the last job left behind, where the C library can."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def portable(error: Exception) -> Exception:
    """Give an error that survives the journey, with a note of where it arose."""
    error.add_note("On the worker:\n" + "".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def withdraw(job: str) -> bool:
    """Take an order back; False where the job has begun, which then goes on."""
    with one_at_a_time:
        if job in running:
            return False
        unwanted.add(job)
    return True


def stop(job: str, grace: float, dask_worker: Any = None) -> bool:
    """Let a job end at its next report, or this process after `grace` seconds.

    Called in the worker's event loop. A worker without a nanny would not come back; it
    lets the job run to its end.
    """
    unwanted.add(job)
    if dask_worker.nanny is not None:
        dask_worker.loop.call_later(grace, end, job)
    return True


def end(job: str) -> None:
    """End this process where it still works on that job and no other."""
    if job in running:
        os._exit(1)


def kill(dask_worker: Any = None) -> bool:
    """End a worker from outside, called in its nanny, which starts another."""
    if dask_worker.pid:
        os.kill(dask_worker.pid, signal.SIGKILL)
    return True


def dask_setup(worker: Any) -> None:
    """Load in the background what most jobs need, before the first one comes."""
    preloading.append(
        threading.Thread(target=importlib.import_module, args=("clustering.kmeans",), daemon=True)
    )
    preloading[-1].start()
