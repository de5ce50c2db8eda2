"""Where the workers are: on this machine, elsewhere, or gone."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from clustering.engine import Engine
from clustering.engine import link as engine_link
from clustering.engine import running as engine
from clustering.errors import EngineError
from tests.engine import jobs
from tests.engine.jobs import SOON, Enough, leave_when, wait_for

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Start Dask's own scheduler, and two of its workers, one with several threads."""
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker"]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    quiet = {"stderr": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "env": here}
    place = ["--host", "127.0.0.1", "--no-dashboard"]
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    started = [subprocess.Popen([*dask, *place, "--port", str(port)], **quiet)]
    for threads in ("1", "3"):
        command = [*worker, address, *place, "--nthreads", threads, "--nworkers", "1"]
        started.append(subprocess.Popen([*command, "--local-directory", "/tmp"], **quiet))
    yield address
    for process in reversed(started):
        process.terminate()
    for process in started:
        process.wait(SOON)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def remote(scheduler: str) -> Iterator[Engine]:
    with Engine(scheduler) as made:
        wait_for(lambda: reached(made))
        wait_for(lambda: len(made._start.link.load()) == 2)
        yield made


def reached(made: Engine) -> bool:
    try:
        return made.run(os.getpid) > 0
    except EngineError:
        return False


def test_a_scheduler_named_by_the_environment_is_used(remote, scheduler, monkeypatch):
    monkeypatch.setenv(engine.SCHEDULER, scheduler)
    steps = []
    pid = engine.run(jobs.counted, 3, report=lambda step: steps.append(step.message))
    assert steps[-1] == "3"
    parents = {str(parent.pid) for parent in psutil.Process(pid).parents()}
    assert str(os.getpid()) in parents  # the test's own, since it started the scheduler
    line = engine._engines.pop(scheduler)
    assert line._start.link.host is None
    line.close()


def test_stopping_and_dying_are_the_same_elsewhere(remote, tmp_path):
    started = tmp_path / "started"
    with pytest.raises(Enough):
        remote.run(jobs.deaf, str(started), report=leave_when(lambda step: started.exists()))
    load = remote._start.link.load
    wait_for(lambda: len(load()) == 2 and not any(load().values()) and not remote._jobs)
    with pytest.raises(EngineError, match="ended unexpectedly"):
        remote.run(jobs.crashing)
    wait_for(lambda: len(load()) == 2)
    assert not any(load().values())


def test_two_servers_share_a_scheduler_and_a_worker_does_one_job_at_a_time(
    remote, scheduler, tmp_path
):
    heard: list[str] = []
    with Engine(scheduler) as other, ThreadPoolExecutor(3) as pool:
        other.run(os.getpid)
        busy = [
            pool.submit(each.run, jobs.until, str(tmp_path / name))
            for each, name in ((remote, "a"), (other, "b"))
        ]
        load = remote._start.link.load
        wait_for(lambda: sorted(load().values()) == [1, 1])
        third = pool.submit(other.run, os.getpid, report=lambda step: heard.append(step.message))
        wait_for(lambda: "waiting for a free worker" in heard)
        (tmp_path / "a").touch()
        first = busy[0].result(SOON)
        assert third.result(SOON) == first
        (tmp_path / "b").touch()
        assert busy[1].result(SOON) != first


def test_servers_that_take_the_same_worker_at_once_do_not_run_two_jobs_there(
    remote, scheduler, tmp_path, monkeypatch
):
    with Engine(scheduler) as other, ThreadPoolExecutor(2) as pool:
        other.run(os.getpid)
        threads = other._start.link.client.nthreads()
        for wide in (3, 1):  # a worker with several threads, and one with one
            [same] = [address for address, n in threads.items() if n == wide]
            blind = iter([{same: 0}])
            load = other._start.link.load
            first = pool.submit(remote.run, jobs.until, str(tmp_path / f"a{wide}"))
            wait_for(lambda: sorted(load().values()) == [0, 1])  # noqa: B023
            if not load()[same]:  # the first chose the other worker; so does the second
                [same] = [address for address, n in load().items() if n]
                blind = iter([{same: 0}])
            with monkeypatch.context() as patch:
                patch.setattr(
                    other._start.link,
                    "load",
                    lambda meanwhile=None: next(blind, None) or load(),  # noqa: B023
                )
                second = pool.submit(other.run, os.getpid)
                try:
                    pid = second.result(SOON)
                finally:
                    (tmp_path / f"a{wide}").touch()
            assert first.result(SOON) != pid


def test_a_scheduler_that_is_not_there_is_said_in_one_sentence(monkeypatch):
    address = f"tcp://127.0.0.1:{free_port()}"
    monkeypatch.setenv(engine.SCHEDULER, address)
    monkeypatch.setattr(engine_link, "REACHABLE", 0.5)
    try:
        with pytest.raises(EngineError, match="cannot be reached; start it there") as caught:
            engine.run(os.getpid)
    finally:
        engine._engines.pop(address).close()
    assert address in str(caught.value)
    with pytest.raises(EngineError, match="cannot be reached"):
        Engine("no such place").run(os.getpid)


def test_a_scheduler_that_goes_away_is_said_and_workers_are_started_anew():
    with Engine(workers=1, memory=400_000_000) as made:
        made.run(os.getpid)
        gone = made._start.link.host
        waiting = threading.Timer(0.3, gone.kill)
        waiting.start()
        with pytest.raises(EngineError):
            made.run(jobs.named)
        assert made.run(jobs.counted, 1) > 0
        assert made._start.link.host.pid != gone.pid


def test_a_scheduler_that_is_slow_is_waited_for_and_one_that_is_silent_is_replaced(monkeypatch):
    with Engine(workers=1, memory=400_000_000) as made:
        made.run(os.getpid)
        slow, heard = made._start.link.host, []
        freeze(slow.pid)
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(made.run, os.getpid, report=lambda step: heard.append(step.message))
            wait_for(lambda: heard.count("waiting for a free worker") > 3)  # and it could leave
            slow.send_signal(signal.SIGCONT)
            assert asked.result(SOON) > 0
        assert made._start.link.host is slow
        monkeypatch.setattr(engine_link, "PATIENCE", 0.5)
        freeze(slow.pid)
        with monkeypatch.context() as patch:
            patch.setattr(made, "address", "tcp://elsewhere")  # no worker of ours to start anew
            with pytest.raises(EngineError, match="does not answer any more; try again"):
                made.run(os.getpid)
        monkeypatch.undo()
        assert made.run(os.getpid) > 0
        assert made._start.link.host is not slow
        assert slow.poll() is not None


def freeze(pid: int) -> None:
    """Stop a process, and wait until it has stopped: it may be at work a little longer."""
    os.kill(pid, signal.SIGSTOP)
    wait_for(lambda: psutil.Process(pid).status() == psutil.STATUS_STOPPED)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_the_workers_end_with_the_process_that_started_them(end):
    code = """
        import os, time
        from clustering import engine
        from clustering.engine import Engine
        made = Engine(workers=1, memory=400_000_000)
        print(made.run(os.getpid), flush=True)
        print(made._start.link.host.pid, flush=True)
        time.sleep(600)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        pids = [int(process.stdout.readline()) for _ in range(2)]
        assert all(map(psutil.pid_exists, pids))
        process.send_signal(end)
    wait_for(lambda: not any(map(psutil.pid_exists, pids)))


def test_a_process_that_has_not_started_its_workers_yet_ends_with_its_input():
    host = engine_link.started(1, 400_000_000)
    host.stdin.close()
    host.stdout.close()
    assert host.wait(SOON) == 0


def test_leaving_the_interpreter_is_quiet():
    code = "import os; from clustering import engine; print(engine.run(os.getpid))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    wait_for(lambda: not psutil.pid_exists(int(done.stdout)))
