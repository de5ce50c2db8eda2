"""Clusters of the 70,000 MNIST digits by every deep method, and without: accuracy, NMI, ARI, time.

``python -m benchmarks mnist`` goes through the methods in the order of `RUNS`, seed by seed, and
writes one small file a run into ``benchmarks/results/mnist-70000``, with its settings; what has a
file is not done again, so that it can be ended and begun again at any time. The networks are kept
beside them, not in git, with unfinished ones every few minutes. The table of all files is
``benchmarks/results/mnist-70000.md``.

    --sample 10000        fewer digits, a table of its own
    --seeds 0 1 2         which seeds
    --runs idec n2d       which runs
    --table               only write the table anew
"""

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._mnist_table import write
from clustering import kmeans
from clustering.dataset import Dataset
from clustering.deep import (
    autoencoder,
    dec,
    idec,
    information,
    latent_kmeans,
    n2d,
    raw,
    saving,
    separation,
)
from clustering.deep.backend import device
from clustering.deep.model import Model
from clustering.deep.rows import agreements
from clustering.partition import Labels
from clustering.progress import Step

HERE = Path(__file__).parent
PLACES = (Path("../shared/data/mnist/mnist.npz"), Path.home() / ".keras/datasets/mnist.npz")
CHUNK = 240.0
"""Seconds after which an unfinished network is put down."""

NETWORK = {"network": "wide", "shape": (28, 28), "latent": 10, "loss": "mean squared error"}
BASES: dict[str, dict[str, Any]] = {
    "plain": {**NETWORK, "epochs": 24},
    "varied": {**NETWORK, "epochs": 40, "augment": "shift and rotate"},
}
"""Autoencoders that several methods begin with: DEC's network, without and with variants."""


@dataclass(frozen=True)
class Run:
    """One line of the table: a method, the autoencoder that it begins with, its settings."""

    title: str
    method: Callable[..., Any] | None
    base: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


MOVED = {"augment": "shift and rotate"}
RUNS = {
    "kmeans": Run("k-means on the pixels", None),
    "pca": Run("PCA (32), then k-means", None),
    "latent_varied": Run("autoencoder, k-means; variants", latent_kmeans.refine, "varied"),
    "n2d_varied": Run("N2D; variants", n2d.refine, "varied"),
    "idec_varied": Run("IDEC; variants", idec.refine, "varied", {**MOVED, "epochs": 20}),
    "information": Run(
        "information maximisation", information.refine, "varied", {**MOVED, "epochs": 30}
    ),
    "dec_varied": Run("DEC; variants", dec.refine, "varied", {**MOVED, "epochs": 20}),
    "latent": Run("autoencoder, k-means", latent_kmeans.refine, "plain"),
    "n2d": Run("N2D", n2d.refine, "plain"),
    "separation": Run("separation penalty", separation.refine, "plain", {"epochs": 20}),
    "idec": Run("IDEC", idec.refine, "plain", {"epochs": 20}),
    "dec": Run("DEC", dec.refine, "plain", {"epochs": 20}),
}
"""In the order in which they are done."""


def study(arguments: Sequence[str]) -> int:
    """Do what has no file yet, and write the table after each run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks mnist", description=__doc__)
    parser.add_argument("--sample", type=int, default=70_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--runs", nargs="+", choices=list(RUNS), default=list(RUNS))
    parser.add_argument("--table", action="store_true")
    chosen = parser.parse_args(arguments)
    folder = HERE / "results" / f"mnist-{chosen.sample}"
    titles = {name: run.title for name, run in RUNS.items()}
    if not chosen.table:
        dataset, truth = digits(chosen.sample)
        for seed in chosen.seeds:
            for name in chosen.runs:
                if not (folder / f"{name}-{seed}.json").exists():
                    done(folder, name, seed, dataset, truth)
                    write(folder, titles)
    print(write(folder, titles))
    return 0


def digits(most: int) -> tuple[Dataset, Labels]:
    """Read all digits, training and test part, or a fixed choice of them, pixels from 0 to 1."""
    path = next((place for place in PLACES if place.exists()), None)
    if path is None:
        raise SystemExit(f"There is no mnist.npz at {' or '.join(map(str, PLACES))}.")
    with np.load(path, allow_pickle=False) as stored:
        images = np.concatenate([stored["x_train"], stored["x_test"]])
        truth = np.concatenate([stored["y_train"], stored["y_test"]]).astype(np.int32)
    place = np.random.default_rng(0).permutation(len(images))[:most]
    place.sort()
    points = images[place].reshape(len(place), -1) / 255.0
    return Dataset.from_points(points, name="MNIST"), truth[place]


def done(folder: Path, name: str, seed: int, dataset: Dataset, truth: Labels) -> None:
    """Do one run and write its file."""
    run = RUNS[name]
    began = time.monotonic()
    if run.method is None:
        points = dataset if name == "kmeans" else raw.components_of(dataset)
        labels, before = kmeans.fit(points, k=10, n_init=raw.STARTS, seed=seed).labels, 0.0
        settings: dict[str, Any] = {"n_init": raw.STARTS}
        took, where = time.monotonic() - began, "CPU"
    else:
        model = base(folder, run.base, seed, dataset)
        found = run.method(
            dataset, model=model, k=10, seed=seed, report=Tell(f"{name}-{seed}"), **run.settings
        )
        labels, settings = found.partition.labels, dict(found.partition.parameters)
        before, took, where = model.seconds, found.seconds, device()
    figures = agreements(labels, truth)
    record = {
        "run": name, "seed": seed, "digits": dataset.n, **figures, "seconds": took,
        "seconds_before": before, "device": where, "settings": settings,
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record, indent=1, default=str) + "\n"
    (folder / f"{name}-{seed}.json").write_text(text, encoding="utf-8")
    print(f"{name:<14} seed {seed}: accuracy {figures['accuracy']:.4f}, {took:,.0f} s", flush=True)


def base(folder: Path, name: str, seed: int, dataset: Dataset) -> Model:
    """Give the autoencoder of that name, read or trained; it is put down as Keras does."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{seed}.keras"
    model = saving.loaded(path.read_bytes(), path.name) if path.exists() else None
    settings = BASES[name]
    while model is None or model.epochs < settings["epochs"]:
        model = autoencoder.fit(
            dataset, seed=seed, begin=model, within=CHUNK, report=Tell(path.stem), **settings
        )
        path.write_bytes(saving.saved(model))
    return model


class Tell:
    """Says every half minute how far it is."""

    def __init__(self, name: str) -> None:
        """Begin with silence."""
        self.name, self.said = name, time.monotonic()

    def __call__(self, step: Step) -> None:
        """Take a step."""
        if time.monotonic() - self.said > 30:
            self.said = time.monotonic()
            print(f"  {self.name}: {step.share:.1%} {step.message}", flush=True)
