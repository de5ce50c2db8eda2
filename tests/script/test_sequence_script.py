"""A script reads the same series in a fresh process, and finds the labels of the network."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clustering.data import sequences
from clustering.data.sequences import Choices, SequenceSet, preparation
from clustering.dataset import Dataset
from clustering.deep import autoencoder, dec, latent_kmeans, saving, then
from clustering.deep.clustered import Clustered
from clustering.errors import DataError
from clustering.script.neural import FromSequences, neural_script
from clustering.script.sequences import series_npz
from tests.deep.series import drawn

pytestmark = pytest.mark.neural

DRIVER = """
import json, runpy, sys
for folder, *arguments in json.loads(sys.stdin.read()):
    sys.argv = [f"{folder}/script.py", *arguments]
    runpy.run_path(sys.argv[0], run_name="__main__")
assert "clustering" not in sys.modules
"""

NAMES = ("archive", "a part of it", "a row a series", "a row a time", "sample", "times")
SERIES, GROUPS = drawn(24, seed=3, longest=10)


def ts() -> bytes:
    """Write the series as an archive does, one value of them missing."""
    lines = [
        "# by hand",
        "@problemName hand",
        "@timeStamps false",
        "@classLabel true a b c",
        "@data",
    ]
    for series, group in zip(SERIES, GROUPS, strict=True):
        channels = [",".join(f"{value!r}" for value in channel.tolist()) for channel in series.T]
        lines.append(":".join([*channels, "abc"[group]]))
    lines[7] = lines[7].replace(lines[7].split(",")[2], "?", 1)
    return "\n".join(lines).encode()


def wide() -> bytes:
    """Write the first channel as a table: decimal commas, and nothing behind the end."""
    longest = max(map(len, SERIES))
    lines = [";".join(["kind", *(f"h{step}" for step in range(longest))])]
    for series, group in zip(SERIES, GROUPS, strict=True):
        cells = [f"{value:.4f}".replace(".", ",") for value in series[:, 0]]
        lines.append(";".join(["abc"[group], *cells, *[""] * (longest - len(cells))]))
    return "\n".join(lines).encode()


def long() -> bytes:
    """Write both channels a row a time, late rows first, with dates of another land."""
    start = np.datetime64("2024-01-31", "D")
    lines = ["who;when;x;y"]
    for place, series in enumerate(SERIES):
        for step, (x, y) in enumerate(series.tolist()):
            day = pd.Timestamp(start + step)
            lines.append(f"pump  {place // 2} {'ab'[place % 2]};{day:%d.%m.%Y};{x:.5f};{y:.5f}")
    return "\n".join([lines[0], *lines[:0:-1]]).encode()


@dataclass(frozen=True, eq=False)
class Case:
    """What was clustered, the answer, and the file that the script reads."""

    origin: FromSequences
    dataset: Dataset
    found: Clustered
    content: bytes


def case(brought: SequenceSet, choices: Choices, content: bytes | None, how: str = "") -> Case:
    fitted = preparation.fit(brought, choices)
    dataset = fitted.apply(brought)
    model = autoencoder.fit(
        dataset, network="lstm", shape=fitted.shape, latent=3, units=6, decoder="dense", epochs=2,
        batch=8, learning_rate=0.02,
    )  # fmt: skip
    if how == "dec":
        found = dec.refine(dataset, model=model, k=3, epochs=1, batch=8)
    elif how:
        found = then.refine(dataset, model=model, k=3, then=how)
    else:
        found = latent_kmeans.refine(dataset, model=model, k=3)
    origin = FromSequences(brought, fitted)
    assert (origin.file == "series.npz") == (content is None)
    return Case(origin, dataset, found, series_npz(brought) if content is None else content)


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    archive = sequences.read(ts(), "hand.ts")
    table = sequences.read(wide(), "it's mine.csv")
    made = sequences.sample("sensor-events")
    days = np.datetime64("2024-01-05", "us") + np.arange(40) * np.timedelta64(3_600_000_000)
    timed = SequenceSet(
        tuple(each[:, :1] for each in SERIES),
        ("load",),
        times=tuple(days[: len(each)][::-1] for each in SERIES),
    )
    rows = sequences.read(long(), "long.csv")
    assert isinstance(archive, SequenceSet) and isinstance(table, SequenceSet)
    assert isinstance(rows, SequenceSet) and rows.layout.kind == "long" and rows.n == 24
    assert isinstance(made, SequenceSet)
    return {
        "archive": case(archive, Choices(scaling="all"), ts(), "dec"),
        "a part of it": case(archive.part(np.arange(1, 20)), Choices(scaling="none"), ts()),
        "a row a series": case(table, Choices(scaling="series", trend="linear"), wide()),
        "a row a time": case(rows, Choices(step=2 * 86_400.0), long()),
        "sample": case(made.part(np.arange(30)), Choices(), None, "Agglomerative (Ward)"),
        "times": case(timed, Choices(step=7200.0, missing="mean"), None),
    }


@pytest.fixture(scope="module")
def ran(cases, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """Run all scripts in one fresh process, each in a folder of its own."""
    root = tmp_path_factory.mktemp("series")
    jobs = []
    for name, each in cases.items():
        folder = root / name
        folder.mkdir()
        written = neural_script(each.origin, each.found.partition, head=each.found.head)
        assert "import clustering" not in written and "from clustering" not in written
        (folder / "script.py").write_text(written, "utf-8")
        (folder / each.origin.file).write_bytes(each.content)
        (folder / "model.keras").write_bytes(saving.saved(each.found.model))
        jobs.append(
            [
                str(folder),
                *(f"{folder}/{one}" for one in (each.origin.file, "l.csv", "model.keras")),
            ]
        )
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps(jobs), cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return {name: pd.read_csv(Path(root, name, "l.csv")) for name in cases}


@pytest.mark.parametrize("name", NAMES)
def test_a_script_finds_the_labels_of_series(name, cases, ran):
    each, got = cases[name], ran[name]
    partition = each.found.partition
    assert got["cluster"].tolist() == (partition.labels + 1).tolist()
    assert got.iloc[:, 0].tolist() == (each.dataset.rows + 1).tolist()
    assert got.columns[0] == each.origin.sequences.member
    assert len(set(partition.labels)) > 1


def test_series_that_were_prepared_otherwise_are_a_sentence(cases):
    other = FromSequences(cases["times"].origin.sequences, cases["archive"].origin.preparation)
    with pytest.raises(DataError, match="were not prepared like this"):
        neural_script(other, cases["archive"].found.partition, head=cases["archive"].found.head)
