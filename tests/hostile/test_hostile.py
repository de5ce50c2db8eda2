"""Every hostile file becomes the right table or one sentence, in time and in memory.

All are read one after another by one fresh process, so that what one of them leaves
behind meets the next, and the highest memory of that process is that of the worst.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.corpus import CASES

HOME = Path(__file__).parents[2]
SECONDS, MEMORY = 10.0, 1000.0  # for each file, and in MB beyond what the libraries need

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def trials() -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-W", "error", "-m", "tests.hostile", "--lines"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {trial["id"]: trial for trial in found}


def test_the_corpus_is_large_and_its_files_have_names_of_their_own() -> None:
    assert len(CASES) >= 120
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_table_or_one_sentence(case: Any, trials: dict[str, dict[str, Any]]) -> None:
    trial = trials[case.id]
    assert trial["fits"], f"expected {case.expect}, but: {trial['said']} {trial['then']}"


def test_all_stay_within_time_and_memory(trials: dict[str, dict[str, Any]]) -> None:
    slow = {name: trial["seconds"] for name, trial in trials.items() if trial["seconds"] > SECONDS}
    assert not slow
    before = min(trial["memory"] for trial in trials.values())
    assert max(trial["memory"] for trial in trials.values()) - before < MEMORY
