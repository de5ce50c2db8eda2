"""The line to a scheduler: to one of this machine, started here, or to another's.

Either way this process holds a client and nothing else, so that jobs are run in one
way. What the scheduler has to say comes as events: steps of jobs, under a topic that
is this line's alone, and the end of workers.
"""

import asyncio
import logging
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future, wait
from pathlib import Path
from typing import Any

from clustering.engine.parcels import Parcels
from clustering.errors import EngineError

__all__ = ["Link", "linked"]

ROOT = Path(__file__).resolve().parents[2]
REACHABLE = 10.0
"""Seconds in which a scheduler elsewhere can be reached for the first time."""

PATIENCE = 30.0
"""Seconds for an answer: a busy machine is slow, a scheduler that ends says so at once."""

STARTED = 60.0
"""Seconds in which the process of the workers says where it is."""

PIECE = 0.08
"""Seconds after which somebody who waits for an answer may say so, and leave."""

MEMORY_ENDED = "worker-restart-memory"
"""Topic under which dask's nannies say that they ended a worker for its memory."""


class Link:
    """A client, and the process of the workers where they are this machine's.

    Attributes
    ----------
    topic : str
        Under which jobs tell their steps; unlike every other line's.
    parcels : Parcels
        What the workers hold already.
    starved : set of str
        Addresses of workers that were ended for their memory.
    """

    def __init__(self, client: Any, host: "subprocess.Popen[str] | None" = None) -> None:
        self.client, self.host = client, host
        self.topic = f"clusterloom-{uuid.uuid4().hex}"
        self.parcels = Parcels(client)
        self.starved: set[str] = set()
        self._limits: dict[str, int] = {}
        self._silent = False

    def listen(
        self, told: Callable[[str, tuple[Any, ...]], None], gone: Callable[[str], None]
    ) -> None:
        """Call ``told(job, words)`` for what jobs tell, ``gone(address)`` for lost workers."""

        def step(event: tuple[float, Any]) -> None:
            job, *words = event[1]
            told(job, tuple(words))

        def end(event: tuple[float, Any]) -> None:
            if isinstance(event[1], dict) and event[1].get("action") == "remove-worker":
                self.parcels.forget(event[1]["worker"])
                gone(event[1]["worker"])

        def starve(event: tuple[float, Any]) -> None:
            self.starved.add(event[1]["worker"])

        self.client.subscribe_topic(self.topic, step)
        self.client.subscribe_topic("all", end)
        self.client.subscribe_topic(MEMORY_ENDED, starve)

    @property
    def alive(self) -> bool:
        """True while the scheduler is there."""
        there = self.host is None or self.host.poll() is None
        return there and not self._silent and self.client.status == "running"

    def load(self, meanwhile: Callable[[], None] | None = None) -> dict[str, int]:
        """Give the number of tasks that each worker is to do, whoever wants them done."""
        tasks = self._asked(self.client.scheduler.processing(workers=None), meanwhile)
        return {address: len(keys) for address, keys in tasks.items()}

    def limit(self, address: str) -> int:
        """Give the bytes of memory that a worker may use; 0 where nobody says."""
        if address not in self._limits:
            workers = self._asked(self.client.scheduler.identity(n_workers=-1))["workers"]
            self._limits |= {name: each["memory_limit"] or 0 for name, each in workers.items()}
        return self._limits.get(address, 0)

    def begun(self, work: Coroutine[Any, Any, Any]) -> "Future[Any]":
        """Begin what waits for others, in the client's own thread."""
        return asyncio.run_coroutine_threadsafe(work, self.client.loop.asyncio_loop)

    def _asked(
        self, question: Coroutine[Any, Any, Any], meanwhile: Callable[[], None] | None = None
    ) -> Any:
        """Ask the scheduler; one that does not answer in time is not there any more."""
        answer, last = self.begun(question), time.monotonic() + PATIENCE
        try:
            while not wait([answer], PIECE).done:
                if not self.alive or time.monotonic() > last:
                    raise TimeoutError
                if meanwhile is not None:
                    meanwhile()
            return answer.result()
        except (OSError, TimeoutError, RuntimeError, CancelledError) as error:
            self._silent = True
            raise EngineError("The scheduler does not answer any more; try again.") from error
        finally:
            answer.cancel()

    def close(self) -> None:
        """Let go of the scheduler; end the workers where they are this machine's."""
        if self.host is not None and self.host.stdin is not None:
            self.host.stdin.close()
        self.client.close(timeout=2)
        if self.host is not None:
            ended(self.host)


def linked(address: str | None, *, workers: int, memory: int) -> Link:
    """Make a line to the scheduler at an address, or start workers on this machine.

    Raises
    ------
    EngineError
        Where the scheduler does not answer or the workers do not start.
    """
    from distributed import Client

    for name in ("distributed", "distributed.client"):  # what matters is raised, and said once
        logging.getLogger(name).setLevel(logging.CRITICAL)
    host = None if address else started(workers, memory)
    where = address or where_is(host)
    try:
        make: Any = Client  # its types are given in parts
        client = make(
            where,
            timeout=REACHABLE if address else PATIENCE,
            set_as_default=False,
            direct_to_workers=True if host else None,  # others' may be out of reach
        )
    except (OSError, TimeoutError, ValueError) as error:
        if host is not None:
            ended(host)
        raise EngineError(
            f"The scheduler at {where} cannot be reached; start it there, or set "
            "CLUSTERLOOM_SCHEDULER to the right address, or to nothing for workers of this machine."
        ) from error
    return Link(client, host)


def started(workers: int, memory: int) -> "subprocess.Popen[str]":
    """Start the process that holds the workers of this machine."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-P", "-m", "clustering.engine.host"]
    return subprocess.Popen(
        [*command, "--workers", str(workers), "--memory", str(memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # a Ctrl+C in the terminal is for the app alone
    )


def where_is(host: "subprocess.Popen[str] | None") -> str:
    """Wait for the address that the process says."""
    assert host is not None and host.stdout is not None
    watch = threading.Timer(STARTED, host.kill)
    watch.daemon = True
    watch.start()
    with host.stdout as said:
        address = said.readline().strip()
    watch.cancel()
    if not address:
        ended(host)
        raise EngineError("The worker processes of this machine could not be started; try again.")
    return address


def ended(host: "subprocess.Popen[str]") -> None:
    """Wait for the process to end, and see to it."""
    if host.stdin is not None:
        host.stdin.close()
    try:
        host.wait(5)
    except subprocess.TimeoutExpired:
        host.kill()
        host.wait()
