"""The process that holds the workers of this machine: ``python -m clustering.engine.host``.

It starts a scheduler and workers on the loopback address, writes the scheduler's
address to its standard output, and ends, with all of them, when its standard input
closes. That happens when the process that started it ends, in whatever way, so that
nothing is left behind.

The workers are not started by the process that serves pages itself, because a new
process of Python's runs the main module of the one that made it, and Streamlit puts
the app there. Nor would that process keep its own memory and attention.
"""

import argparse
import logging
import multiprocessing
import os
import shutil
import sys
import tempfile
import threading
from typing import Any

__all__ = ["main"]

SHARE = 0.75
"""Of this machine's memory that all workers together may use."""

LEAST = 2 * 10**9
"""Bytes without which a further worker is of little use."""

SETTINGS: dict[str, object] = {
    # A job is never begun again elsewhere: one that eats memory would end every worker.
    "distributed.scheduler.allowed-failures": 0,
    "distributed.scheduler.work-stealing": False,
    # What holds the interpreter for minutes (a merge tree) is at work, not lost.
    "distributed.scheduler.worker-ttl": None,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # A worker that ends is started anew by its nanny. Dask looks some seconds after each end
    # whether it is there again, and where it has just ended once more it is given up for good.
    "distributed.deploy.lost-worker-timeout": "365 days",
    # A worker has its memory or it ends; neither disk nor waiting would finish the job.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 1.0,
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.admin.tick.limit": "1 day",
    # Dask gives each worker one core's worth of threads; here a lone job may use all. And
    # it has every freed array go back to the system at once, which doubles a fit's time.
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
    "distributed.nanny.pre-spawn-environ.OMP_NUM_THREADS": None,
    "distributed.nanny.pre-spawn-environ.MKL_NUM_THREADS": None,
    "distributed.nanny.pre-spawn-environ.OPENBLAS_NUM_THREADS": None,
}


def main() -> None:
    """Start the workers, say where they are, and wait for the end of the input."""
    parser = argparse.ArgumentParser(description="Hold workers until the input closes.")
    parser.add_argument("--workers", type=int, default=0, help="how many; 0: as fits")
    parser.add_argument("--memory", type=int, default=0, help="bytes for each; 0: as fits")
    wanted = parser.parse_args()
    out = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what workers print has no reader
    # Python's watch over semaphores cleans up after the sudden end below, and says so.
    os.environ["PYTHONWARNINGS"] = "ignore:resource_tracker"
    logging.disable(logging.CRITICAL)  # what matters is said where the jobs come from

    import dask
    from dask.system import CPU_COUNT
    from distributed import LocalCluster
    from distributed.system import MEMORY_LIMIT

    folder = tempfile.mkdtemp(prefix="clusterloom-")
    threading.Thread(target=end_with_input, args=(folder,), daemon=True).start()
    room = int(MEMORY_LIMIT * SHARE)
    workers = wanted.workers or max(2, min(CPU_COUNT // 2, room // LEAST))
    with dask.config.set({**SETTINGS, "temporary-directory": folder}):
        make: Any = LocalCluster  # its types are given in parts
        cluster = make(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            memory_limit=wanted.memory or room // workers,
            silence_logs=logging.CRITICAL + 1,
            preload=["clustering.engine.work"],
        )
        print(cluster.scheduler_address, file=out, flush=True)
        threading.Event().wait()


def end_with_input(folder: str) -> None:
    """Wait for the end of the input, even while the workers start, and end all with it."""
    sys.stdin.buffer.read()
    # Nobody waits for the workers any more, and what they hold is of no use.
    for worker in multiprocessing.active_children():
        worker.kill()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()
