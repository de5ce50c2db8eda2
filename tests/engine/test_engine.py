"""The engine: progress, stopping, dying, turns, and data that travel once."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psutil
import pytest

from clustering import kmeans
from clustering.dataset import Dataset, digest
from clustering.engine import Engine
from clustering.errors import EngineError, ParameterError
from clustering.progress import Step
from tests.engine import jobs
from tests.engine.jobs import SOON, Enough, leave_when, wait_for

pytestmark = pytest.mark.slow

MEMORY = 500_000_000
LOOKED_INTO = 15.0
"""Seconds after which Dask by itself looks whether a worker that ended is there again."""


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(workers=2, memory=MEMORY) as made:
        made.run(os.getpid)
        yield made


def workers_of(engine: Engine) -> dict[str, int]:
    return engine._start.link.load()


def test_the_result_is_the_same_as_here(engine):
    data = Dataset.from_points(np.random.default_rng(0).normal(size=(300, 2)))
    here, there = kmeans.axis(data, k_max=4), engine.run(kmeans.axis, data, k_max=4)
    for name, curve in here.curves.items():
        np.testing.assert_array_equal(curve, there.curves[name])
    assert not there.partitions[2].labels.flags.writeable
    np.testing.assert_array_equal(there.at(3).assign(data.points), here.at(3).assign(data.points))


def test_work_is_done_by_another_process(engine):
    assert engine.run(os.getpid) != os.getpid()


def test_steps_come_in_order_in_the_callers_thread_and_the_last_one_always(engine):
    steps, threads = [], set()

    def report(step: Step) -> None:
        steps.append(step)
        threads.add(threading.get_ident())

    engine.run(jobs.counted, 40, pause=0.01, report=report)
    done = [step.done for step in steps]
    assert done == sorted(done)
    assert steps[-1] == Step(40, 40, "40")
    assert len(set(done)) > 3
    assert threads == {threading.get_ident()}


def test_report_is_called_while_nothing_new_comes(engine):
    times = []
    engine.run(time.sleep, 1.0, report=lambda step: times.append(time.monotonic()))
    assert len(times) >= 5


def test_a_job_that_reports_ends_itself_when_it_is_stopped(engine, tmp_path):
    trace = tmp_path / "trace"
    workers = set(workers_of(engine))
    with pytest.raises(Enough):
        engine.run(
            jobs.listening, str(trace), report=leave_when(lambda step: step.message == "at it")
        )
    wait_for(trace.exists)
    wait_for(lambda: not any(workers_of(engine).values()))
    assert set(workers_of(engine)) == workers  # none was restarted


@pytest.mark.parametrize("job", [jobs.deaf, jobs.holding])
def test_a_job_that_never_reports_loses_its_process_and_the_caller_is_free_at_once(
    engine, tmp_path, job
):
    workers, started = set(workers_of(engine)), tmp_path / "started"
    with pytest.raises(Enough):
        engine.run(job, str(started), report=leave_when(lambda step: started.exists()))
    left = set(workers_of(engine))  # the caller is here before anything was restarted
    assert left == workers
    assert engine.run(jobs.counted, 1) > 0  # and the next job runs
    wait_for(lambda: len(left & set(workers_of(engine))) == 1)
    wait_for(lambda: len(workers_of(engine)) == 2)  # the replacement joins by itself
    assert not any(workers_of(engine).values())  # and nobody does the job again


def test_what_a_report_raises_before_the_job_begins_leaves_the_workers_alone(engine):
    workers = workers_of(engine)
    with pytest.raises(Enough):
        engine.run(jobs.counted, 1000, pause=0.01, report=leave_when(lambda step: True))
    wait_for(lambda: not engine._jobs)
    assert workers_of(engine).keys() == workers.keys()


def test_errors_of_the_function_come_back_as_themselves(engine):
    with pytest.raises(ParameterError) as caught:
        engine.run(jobs.refused, 9)
    assert str(caught.value) == "k = 9 is too much."
    assert any("jobs.py" in note for note in caught.value.__notes__)
    with pytest.raises(RuntimeError, match="Odd: 1 and 2"):
        engine.run(jobs.odd)


@pytest.mark.parametrize("job", [jobs.greedy, jobs.overdrawn])
def test_memory_eaten_is_said_in_a_sentence_and_the_next_job_runs(engine, job):
    with pytest.raises(EngineError, match=r"more than the 500 MB of memory.*choose fewer rows"):
        engine.run(job)
    assert engine.run(os.getpid) > 0
    wait_for(lambda: len(workers_of(engine)) == 2)
    assert not any(workers_of(engine).values())


def test_the_death_of_a_worker_is_said_and_the_next_job_runs(engine):
    seen = set()

    def kill(step: Step) -> None:
        if step.message.isdigit() and not seen:
            seen.add(int(step.message))
            os.kill(int(step.message), signal.SIGKILL)

    with pytest.raises(EngineError, match="ended unexpectedly; run it again"):
        engine.run(jobs.named, report=kill)
    assert engine.run(os.getpid) not in seen
    wait_for(lambda: len(workers_of(engine)) == 2)
    assert not any(workers_of(engine).values())


def test_a_crash_in_c_is_said_and_the_next_job_runs(engine):
    with pytest.raises(EngineError, match="ended unexpectedly"):
        engine.run(jobs.crashing)
    assert engine.run(os.getpid) > 0
    wait_for(lambda: len(workers_of(engine)) == 2)


def test_two_sessions_work_side_by_side_unseen_and_a_third_waits_in_turn(engine, tmp_path):
    wait_for(lambda: len(workers_of(engine)) == 2)
    heard: dict[str, list[str]] = {name: [] for name in "abcd"}
    with ThreadPoolExecutor(4) as pool:

        def session(name: str) -> int:
            return engine.run(
                jobs.until,
                str(tmp_path / name),
                report=lambda step: heard[name].append(step.message),
            )

        first, second = pool.submit(session, "a"), pool.submit(session, "b")
        wait_for(lambda: all(str(tmp_path / name) in heard[name] for name in "ab"))
        third = pool.submit(session, "c")
        wait_for(lambda: "waiting for a free worker" in heard["c"])
        fourth = pool.submit(session, "d")
        wait_for(lambda: "waiting for a free worker, 1 before you" in heard["d"])
        (tmp_path / "a").touch()
        wait_for(lambda: str(tmp_path / "c") in heard["c"])
        assert str(tmp_path / "d") not in heard["d"]  # first come, first served
        for name in "bcd":
            (tmp_path / name).touch()
        pids = [future.result(SOON) for future in (first, second, third, fourth)]
    assert pids[0] != pids[1]
    assert pids[2] == pids[0]
    for name in "abcd":
        others = {str(tmp_path / other) for other in "abcd" if other != name}
        assert not others & set(heard[name])


def test_leaving_the_queue_lets_the_next_one_in(engine, tmp_path):
    go = tmp_path / "go"
    with ThreadPoolExecutor(3) as pool:
        busy = [pool.submit(engine.run, jobs.until, str(go)) for _ in range(2)]
        wait_for(lambda: list(workers_of(engine).values()) == [1, 1])
        with pytest.raises(Enough):
            engine.run(os.getpid, report=leave_when(lambda step: "waiting" in step.message))
        after = pool.submit(engine.run, os.getpid)
        go.touch()
        assert after.result(SOON) in [future.result(SOON) for future in busy]


def test_data_go_to_a_worker_once(engine):
    data = Dataset.from_points(np.random.default_rng(1).normal(size=(20_000, 2)))
    parcels = engine._start.link.parcels
    before = parcels.sent
    first = engine.run(jobs.described, data)
    assert parcels.sent == before + 1
    for _ in range(3):  # and the worker that has them is preferred
        assert engine.run(jobs.described, data) == first
    assert engine.run(jobs.described, data, other=data) == first
    assert parcels.sent == before + 1
    assert first[:2] == (digest(data.points), False)

    os.kill(first[2], signal.SIGKILL)
    wait_for(lambda: first[2] not in pids(engine))
    assert engine.run(jobs.described, data)[:2] == first[:2]
    assert parcels.sent == before + 2


def test_a_worker_that_dies_again_when_its_first_death_is_looked_into_comes_back(engine):
    wait_for(lambda: len(pids(engine)) == 2)
    kept, died = pids(engine)
    began = time.monotonic()
    os.kill(died, signal.SIGKILL)
    wait_for(lambda: len(set(pids(engine)) - {died}) == 2)
    time.sleep(max(0.0, began + LOOKED_INTO - 2.0 - time.monotonic()))
    while time.monotonic() < began + LOOKED_INTO + 1.0:
        for pid in set(pids(engine)) - {kept}:
            with contextlib.suppress(ProcessLookupError):  # one that is gone already
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
    wait_for(lambda: len(pids(engine)) == 2)


def pids(engine: Engine) -> list[int]:
    return list(engine._start.link.client.run(os.getpid, on_error="ignore").values())


def test_what_can_change_is_sent_every_time(engine):
    table = np.zeros(100_000)
    assert engine.run(np.sum, table) == 0
    table[0] = 7
    assert engine.run(np.sum, table) == 7


def test_old_data_make_room_for_new(engine):
    parcels = engine._start.link.parcels
    data = [
        Dataset.from_points(np.random.default_rng(seed).normal(size=(20_000, 2)))
        for seed in range(12)
    ]
    most, parcels.most = parcels.most, 1_500_000
    try:
        for each in data:
            assert engine.run(jobs.described, each)[0] == digest(each.points)
    finally:
        parcels.most = most
    for held in parcels._held.values():
        assert sum(parcel.size for parcel in held.values()) <= 1_500_000


def test_the_workers_listen_on_the_loopback_address_alone(engine):
    bound = {
        socket.laddr.ip
        for pid in [engine._start.link.host.pid, *pids(engine)]
        for socket in psutil.Process(pid).net_connections(kind="inet")
        if socket.status == psutil.CONN_LISTEN
    }
    assert bound == {"127.0.0.1"}
