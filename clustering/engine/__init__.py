"""The engine: functions of the library on worker processes, watched and stopped.

A fit that takes a minute must not take the page with it. `run` calls a function on a
worker, relays what it reports, and gives its result; the caller may leave at any moment::

    axis = engine.run(kmeans.axis, dataset, k_max=12, report=show)

==================  =============================================================
to stop it          let `report` raise: the job ends at its next report, and where
                    it does not report for half a second its worker is ended and
                    replaced; the caller does not wait for either
while all are busy  `report` hears that, and how many wait before; first come,
                    first served
where it dies       (memory, a crash) an `EngineError` says so in one sentence; a
                    job is never begun again, the next one finds a new worker
data                go to a worker once; see `clustering.engine.parcels`
==================  =============================================================

The workers are processes of this machine, started on first use and listening on the
loopback address alone, unless ``CLUSTERLOOM_SCHEDULER`` names the address of a Dask
scheduler. It and its workers need this library, and Dask's nannies, which ``dask worker``
starts; a worker does one job at a time, whatever its number of threads.
"""

from clustering.engine.running import SCHEDULER, Engine, run

__all__ = ["SCHEDULER", "Engine", "run"]
