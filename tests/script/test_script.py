"""A script gives the same labels without the library, and no name of a column becomes code.

The scripts run as a stranger would run them: in a fresh Python that has never seen
the library, in a folder beside the file they read.
"""

import ast
import io
import json
import subprocess
import sys
import tokenize
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clustering import export, kmeans
from clustering.data.preparation import Choices
from clustering.data.tables import Reading, Table
from clustering.dataset import Dataset
from clustering.errors import DataError, UnsupportedError
from clustering.partition import Partition
from tests.script.cases import CASES, DRIVER, Case, numbers, ours, text

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the scripts of all cases in one fresh process, each in a folder of its own."""
    root = tmp_path_factory.mktemp("scripts")
    jobs = []
    for number, case in enumerate(CASES.values()):
        folder = root / str(number)
        folder.mkdir()
        table, _, partition = ours(case)
        (folder / "script.py").write_text(export.script(table, case.choices, partition), "utf-8")
        (folder / "table").write_bytes(case.content)
        arguments = [] if case.table else [f"{folder}/table"]
        jobs.append([str(folder), *arguments, f"{folder}/labels.csv"])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", DRIVER],
        input=json.dumps(jobs),
        cwd=root,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return root


@pytest.mark.parametrize("name", CASES)
def test_a_script_gives_the_same_labels(name: str, ran: Path) -> None:
    folder = ran / str(list(CASES).index(name))
    table, dataset, partition = ours(CASES[name])
    frame = export.labels_frame(table, dataset, partition)
    got = pd.read_csv(folder / "labels.csv", encoding="utf-8-sig")
    place = len(table.frame.columns)
    assert got.columns[place] == frame.columns[place]
    pd.testing.assert_series_equal(
        got.iloc[:, place].astype("Int64"), frame.iloc[:, place], check_names=False
    )
    names = np.load(folder / "names.npz")
    assert np.array_equal(names["rows"], dataset.rows)
    assert np.array_equal(names["points"], dataset.points)


FORMULAS = ["=1+1", "-5", "+x", "@a", "-1,5 %", "＝1", "\t=1", "ann", "-", "1-1", "a\\b", "+1e5"]


def test_a_script_writes_text_as_our_own_file_does(tmp_path: Path) -> None:
    texts = pd.DataFrame({"@who": (FORMULAS * 8)[:90], "-1": "x", "half": [1, "=2", None] * 30})
    case = Case(text(numbers(2).join(texts)), "texts.csv", Choices(("x0", "x1")))
    table, dataset, partition = ours(case)
    (tmp_path / "texts.csv").write_bytes(case.content)
    script = export.script(table, case.choices, partition)
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    command = [sys.executable, "-I", "-W", "error", "script.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    written = export.labels_csv(export.labels_frame(table, dataset, partition))
    expected = pd.read_csv(io.BytesIO(written), dtype=str).drop(columns="status")
    got = pd.read_csv(tmp_path / "labels.csv", dtype=str)
    assert (
        list(got)[2] == "'@who"
        and set("=@＝＋－＠\t") & {c[:1] for c in got["'@who"].dropna()} == set()
    )
    pd.testing.assert_frame_equal(got, expected)


def test_preparation_at_hand_need_not_be_fitted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES["constant column"]
    table, dataset, partition = ours(case)
    again = export.script(table, case.choices, partition)
    monkeypatch.setattr("clustering.script.program.fit", None)
    assert export.script(table, case.choices, partition, dataset=dataset) == again
    other = Dataset.from_points([[0.0], [1.0]])
    stranger = kmeans.fit(other, k=2)
    with pytest.raises(DataError, match="other data"):
        export.script(table, case.choices, stranger, dataset=dataset)


def test_names_in_a_script_do_nothing(ran: Path) -> None:
    assert not list(ran.rglob("pwned"))


def test_a_script_needs_no_arguments_where_the_file_lies_beside_it(tmp_path: Path) -> None:
    case = CASES["hostile names"]
    table, dataset, partition = ours(case)
    script = export.script(table, case.choices, partition)
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    (tmp_path / case.name).write_bytes(case.content)
    command = [sys.executable, "-I", "-W", "error", "script.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    got = pd.read_csv(tmp_path / "labels.csv", encoding="utf-8-sig")
    assert got["cluster"].tolist() == (partition.labels + 1).tolist()
    assert not (tmp_path / "pwned").exists()


def test_a_script_is_short_and_well_kept() -> None:
    for case in CASES.values():
        table, _, partition = ours(case)
        lines = export.script(table, case.choices, partition).splitlines()
        assert len(lines) < 130 + 60 * sum(line.startswith("def ") for line in lines)
        assert all(line == line.rstrip() for line in lines)


def test_a_method_without_a_script_says_so() -> None:
    table, _, partition = ours(CASES["one column"])
    stranger = Partition(partition.labels, partition.rows, "guessing")
    with pytest.raises(UnsupportedError, match="no script for results of guessing"):
        export.script(table, Choices(("x1",)), stranger)


def bones(script: str) -> tuple[str, list[str]]:
    """What a script does whatever its texts say: its tree without them, and its comments."""
    tree = ast.parse(script)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    tokens = tokenize.generate_tokens(io.StringIO(script).readline)
    return ast.dump(tree), [token.string for token in tokens if token.type == tokenize.COMMENT]


names = st.text(st.characters(codec="utf-8"), max_size=30)


@settings(max_examples=50, deadline=None)
@given(names, st.lists(names, min_size=2, max_size=2, unique=True))
def test_no_name_becomes_code(name: str, columns: list[str]) -> None:
    assume(not any(label.rpartition(".")[2].isdigit() for label in columns))
    points = numbers(2, rows=12)

    def written(name: str, columns: list[str]) -> str:
        table = Table(points.set_axis(columns, axis=1), name, Reading(), key="k")
        partition = Partition(
            np.zeros(12), np.arange(12), "kmeans",
            dict(k=1, init="random", n_init=1, max_iter=9, tol=0.0, seed=0),
        )  # fmt: skip
        return export.script(table, Choices(tuple(columns)), partition)

    assert bones(written(name, columns)) == bones(written("a", ["b", "c"]))
