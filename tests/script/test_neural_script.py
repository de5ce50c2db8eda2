"""A script opens the saved network in a fresh process and finds the same labels."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sample_data
from clustering import kmeans
from clustering.data import image_sets, texts
from clustering.data.preparation import prepare, suggest
from clustering.data.tables import read
from clustering.dataset import Dataset
from clustering.deep import autoencoder, dec, information, latent_kmeans, n2d, saving, then
from clustering.deep.embedding import embed
from clustering.deep.model import Model
from clustering.partition import Partition
from clustering.script.neural import (
    FromImages,
    FromTable,
    FromTexts,
    Origin,
    images_npz,
    neural_script,
)

pytestmark = pytest.mark.neural

DRIVER = """
import json, runpy, sys
for folder, *arguments in json.loads(sys.stdin.read()):
    sys.argv = [f"{folder}/script.py", *arguments]
    runpy.run_path(sys.argv[0], run_name="__main__")
assert "clustering" not in sys.modules
"""

IMAGES = FromImages(image_sets.sample("digits"), "train", most=300, seed=5)
CUSTOMERS = sample_data.FOLDER / "customers.csv"
ABOUT = ("red wine and cheese", "a fast car on the road")
SAID = "who,said\n" + "".join(
    f'{i},"{ABOUT[i % 2]} {"very " * (i % 3)}{i % 5}x"\n' if i % 7 else f'{i}," "\n'
    for i in range(60)
)


@dataclass(frozen=True, eq=False)
class Case:
    """Where the points are from, what found the clusters, and the file that a script reads."""

    origin: Origin
    dataset: Dataset
    model: Model
    partition: Partition
    head: tuple
    content: bytes


def trained(dataset: Dataset, **options) -> Model:
    return autoencoder.fit(dataset, network="recipe", latent=3, epochs=2, **options)


def of_images() -> dict[str, Case]:
    dataset = IMAGES.images.dataset("train", most=300, seed=5)
    model = trained(dataset)
    content = images_npz(IMAGES.images)
    answers = {
        "k-means": latent_kmeans.refine(dataset, model=model, k=6, n_init=2),
        "DEC": dec.refine(dataset, model=model, k=6, epochs=1),
        "information": information.refine(dataset, model=model, k=6, epochs=1),
        "N2D": n2d.refine(dataset, model=model, k=6, n_init=3),
        "Ward": then.refine(dataset, model=model, k=6, then="Agglomerative (Ward)"),
    }
    return {
        name: Case(IMAGES, dataset, found.model, found.partition, found.head, content)
        for name, found in answers.items()
    }


def of_a_table() -> Case:
    content = CUSTOMERS.read_bytes()
    table = read(content, "it's mine.csv")
    choices = replace(suggest(table), scaling="min-max")
    _, dataset = prepare(table, choices)
    model = trained(dataset)
    answer = kmeans.fit(embed(dataset, model=model), k=3)
    return Case(FromTable(table, choices, dataset), dataset, model, answer, (), content)


def of_texts() -> Case:
    table = read(SAID.encode(), "said.csv")
    options = {"most": 20, "max_df": 0.9}
    dataset = texts.tfidf(table, "said", **options)
    model = trained(dataset)
    found = latent_kmeans.refine(dataset, model=model, k=2, n_init=2)
    origin = FromTexts(table, "said", options)
    return Case(origin, dataset, model, found.partition, found.head, SAID.encode())


MAKERS: dict[str, Callable[[], Case]] = {"table": of_a_table, "texts": of_texts}


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    return of_images() | {name: make() for name, make in MAKERS.items()}


@pytest.fixture(scope="module")
def ran(cases, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """Run the scripts of all cases in one fresh process, each in a folder of its own."""
    root = tmp_path_factory.mktemp("neural")
    jobs = []
    for name, case in cases.items():
        folder = root / name
        folder.mkdir()
        written = neural_script(case.origin, case.partition, head=case.head)
        (folder / "script.py").write_text(written, "utf-8")
        (folder / "data").write_bytes(case.content)
        (folder / "model.keras").write_bytes(saving.saved(case.model))
        jobs.append(
            [str(folder), *(f"{folder}/{each}" for each in ("data", "l.csv", "model.keras"))]
        )
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps(jobs), cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return {name: pd.read_csv(Path(root, name, "l.csv"), encoding="utf-8-sig") for name in cases}


@pytest.mark.parametrize("name", ["k-means", "DEC", "information", "N2D", "Ward"])
def test_a_script_finds_the_labels_of_images(name, cases, ran):
    case = cases[name]
    assert ran[name]["cluster"].tolist() == (case.partition.labels + 1).tolist()
    assert ran[name]["image"].tolist() == (case.dataset.rows + 1).tolist()
    assert len(set(case.partition.labels)) > 1


@pytest.mark.parametrize("name", MAKERS)
def test_a_script_finds_the_labels_of_rows_and_texts(name, cases, ran):
    partition = cases[name].partition
    got = ran[name]["cluster"]
    assert got.dropna().astype(int).tolist() == (partition.labels + 1).tolist()
    assert np.flatnonzero(got.notna()).tolist() == partition.rows.tolist()
    assert len(set(partition.labels)) > 1
