"""Clusters of series by an LSTM and without one: ARI and time on six sets of the archives.

``python -m benchmarks sequences`` goes through data sets, methods and seeds, and writes one small
file a run into ``benchmarks/results/sequences``; what has a file is not done again, so that it
can be ended and begun again at any time. Networks are kept beside them, not in git. The table of
all files is ``benchmarks/results/sequences.md``.

Training and test part are put together, k is the number of classes, and classes are looked at for
nothing but the figures. The LSTM is tuned without them: each of `CANDIDATES` is trained on four
fifths of the series; of those whose error on the last fifth is below `LEARNED` of that of the
mean series, the one with the largest silhouette of k-means in its latent space is taken.

    --data GunPoint Trace     which sets
    --seeds 0 1 2             which seeds
    --methods dtw latent      which methods
    --table                   only write the table anew
"""

import argparse
import json
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._sequences_table import write
from clustering import kmeans, mixture, validity
from clustering.data import sequences
from clustering.data.sequences import SequenceSet, preparation
from clustering.data.sequences.padding import PADDING, is_padded
from clustering.dataset import EUCLIDEAN, Dataset
from clustering.deep import autoencoder, dec, idec, latent_kmeans, n2d, saving
from clustering.deep.embedding import embed
from clustering.deep.model import Model
from clustering.deep.points import errors_of
from clustering.deep.rows import agreements
from clustering.partition import Labels
from clustering.series import dtw_kmeans, kshape
from clustering.series.resampled import resampled

HERE = Path(__file__).parent
FOLDER = HERE / "results" / "sequences"
PLACE = Path("../shared/data/timeseries")
FILES = {
    "GunPoint": ("GunPoint_TRAIN.ts", "GunPoint_TEST.ts"),
    "ArrowHead": ("ArrowHead_TRAIN.ts", "ArrowHead_TEST.ts"),
    "ItalyPowerDemand": ("ItalyPowerDemand_TRAIN.ts", "ItalyPowerDemand_TEST.ts"),
    "BasicMotions": ("BasicMotions_TRAIN.ts", "BasicMotions_TEST.ts"),
    "Trace": ("Trace.npz",),
    "JapaneseVowels": ("JapaneseVowels_TRAIN.ts", "JapaneseVowels_TEST.ts"),
}
PLAIN = {
    "euclidean": "k-means, Euclidean distance",
    "dtw": "k-means, DTW barycentres",
    "kshape": "k-Shape",
    "umap": "no network: UMAP and mixture",
}
DEEP: dict[str, tuple[str, Callable[..., Any], dict[str, Any]]] = {
    "latent": ("LSTM, k-means", latent_kmeans.refine, {}),
    "dec": ("LSTM, DEC", dec.refine, {"epochs": 15, "batch": 64, "learning_rate": 1e-3}),
    "idec": ("LSTM, IDEC", idec.refine, {"epochs": 15, "batch": 64, "learning_rate": 1e-3}),
    "n2d": ("LSTM, UMAP and mixture (N2D)", n2d.refine, {}),
}
METHODS = {**PLAIN, **{name: title for name, (title, _, _) in DEEP.items()}}

TRAINING: dict[str, Any] = {"network": "lstm", "epochs": 60, "learning_rate": 3e-3, "units": 32}
CANDIDATES: dict[str, dict[str, Any]] = {
    "dense": {"latent": 8, "decoder": "dense"},
    "lstm": {"latent": 8, "decoder": "lstm"},
    "lstm, narrow": {"latent": 4, "decoder": "lstm"},
}
LEARNED = 0.95
"""Share of the mean series' error below which a network has learned something."""
STEPS = 30
"""Steps that an LSTM takes at most; of longer series it reads several values at a time."""


@dataclass(frozen=True, eq=False)
class Case:
    """A data set ready for all methods, and as the LSTM reads it."""

    name: str
    plain: Dataset
    shape: tuple[int, int]
    read: Dataset
    steps: tuple[int, int]
    truth: Labels

    @property
    def k(self) -> int:
        """Number of classes."""
        return int(self.truth.max()) + 1

    @property
    def batch(self) -> int:
        """Series for each step of the optimizer: more where there are many."""
        return 32 if self.read.n <= 300 else 64


def study(arguments: Sequence[str]) -> int:
    """Do what has no file yet, and write the table after each data set."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks sequences", description=__doc__)
    parser.add_argument("--data", nargs="+", choices=list(FILES), default=list(FILES))
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--methods", nargs="+", choices=list(METHODS), default=list(METHODS))
    parser.add_argument("--table", action="store_true")
    chosen = parser.parse_args(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in [] if chosen.table else chosen.data:
        wanted = [(m, s) for s in chosen.seeds for m in chosen.methods]
        missing = [(m, s) for m, s in wanted if not (FOLDER / f"{name}-{m}-{s}.json").exists()]
        found = case(name) if missing else None
        for method, seed in missing:
            assert found is not None
            done(found, method, seed)
        write(FOLDER, list(FILES), METHODS)
    print(write(FOLDER, list(FILES), METHODS))
    return 0


def case(name: str) -> Case:
    """Read and prepare a data set; series that are too long are read several steps at a time."""
    parts = [sequences.read((PLACE / file).read_bytes(), file) for file in FILES[name]]
    sets = [each for each in parts if isinstance(each, SequenceSet)]
    whole = sequences.together(*sets) if len(sets) == 2 else sets[0]
    fitted = preparation.fit(whole)
    plain = fitted.apply(whole)
    truth = whole.truth(plain)
    assert truth is not None
    steps, channels = fitted.shape
    if is_padded(plain.points) or steps <= STEPS:
        return Case(name, plain, fitted.shape, plain, fitted.shape, truth)
    taken = -(-steps // STEPS)
    room = -(-steps // taken) * taken
    read = plain if room == steps else resampled(plain, shape=fitted.shape, steps=room)
    return Case(name, plain, fitted.shape, read, (room // taken, taken * channels), truth)


def done(case: Case, method: str, seed: int) -> None:
    """Do one run and write its file."""
    began = time.monotonic()
    settings: dict[str, Any] = {}
    before = 0.0
    if method in PLAIN:
        labels = plain(case, method, seed)
        took = time.monotonic() - began
    else:
        settings = tuned(case)["chosen"]
        model = trained(case, settings, seed)
        _, refine, more = DEEP[method]
        began = time.monotonic()
        found = refine(case.read, model=model, k=case.k, seed=seed, **more)
        labels, before, took = found.partition.labels, model.seconds, time.monotonic() - began
        settings = {**TRAINING, **settings, "refining": more}
    figures = agreements(labels, case.truth)
    put(
        f"{case.name}-{method}-{seed}",
        {
            "data": case.name, "method": method, "seed": seed, **figures, "seconds": took,
            "seconds_before": before, "settings": settings,
        },
    )  # fmt: skip
    print(f"{case.name:<17} {method:<10} seed {seed}: ARI {figures['ari']:.3f}", flush=True)


def plain(case: Case, method: str, seed: int) -> Labels:
    """Cluster without a network."""
    told: dict[str, Any] = {"k": case.k, "seed": seed}
    if method == "dtw":
        return dtw_kmeans.fit(case.plain, shape=case.shape, **told).labels
    if method == "kshape":
        return kshape.fit(case.plain, shape=case.shape, **told).labels
    straight = case.plain
    if straight.metric.name != EUCLIDEAN.name:
        straight = resampled(straight, shape=case.shape)
    if method == "umap":
        return laid_out(straight, case.k, seed)
    return kmeans.fit(straight, n_init=10, **told).labels


def laid_out(straight: Dataset, k: int, seed: int) -> Labels:
    """Do what N2D does, with the series themselves in the place of codes."""
    from umap import UMAP

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about one thread for a seed
        layout = UMAP(
            n_neighbors=20, min_dist=0.0, n_components=max(2, k), random_state=seed, n_jobs=1
        )
        places = layout.fit_transform(straight.points.astype(np.float32))
    return mixture.fit(Dataset.from_points(places), k=k, n_init=10, seed=seed).labels


def trained(case: Case, settings: Mapping[str, Any], seed: int) -> Model:
    """Give the network of these settings and this seed, read or trained on all series."""
    path = FOLDER / f"{case.name}-{seed}.keras"
    if path.exists():
        return saving.loaded(path.read_bytes(), path.name)
    model = autoencoder.fit(
        case.read, shape=case.steps, seed=seed, batch=case.batch, **TRAINING, **settings
    )
    path.write_bytes(saving.saved(model))
    return model


def tuned(case: Case) -> dict[str, Any]:
    """Choose the settings by what is seen without classes; once for each data set."""
    path = FOLDER / f"{case.name}.tuned.json"
    if path.exists():
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return found
    order = np.random.default_rng(0).permutation(case.read.n)
    cut = round(0.8 * case.read.n)
    learn, held = part(case.read, order[:cut]), part(case.read, order[cut:])
    mean = mean_error(learn, held)
    tried = []
    began = time.monotonic()
    for name, settings in CANDIDATES.items():
        model = autoencoder.fit(
            learn, shape=case.steps, seed=0, batch=case.batch, **TRAINING, **settings
        )
        error = float(errors_of(held.points, model.reconstruct(held.points)).mean())
        codes = embed(case.read, model=model)
        labels = kmeans.fit(codes, k=case.k, n_init=20, seed=0).labels
        score = validity.silhouette(codes, labels).value
        tried.append({"name": name, "error": error / mean, "silhouette": score, **settings})
        print(f"{case.name}: {name}: error {error / mean:.3f}, silhouette {score:.3f}", flush=True)
    able = [each for each in tried if each["error"] < LEARNED] or tried
    best = max(able, key=lambda each: each["silhouette"])
    record = {
        "data": case.name, "series": case.read.n, "k": case.k, "shape": case.shape,
        "read": case.steps, "seconds": time.monotonic() - began, "tried": tried,
        "name": best["name"], "chosen": CANDIDATES[best["name"]],
    }  # fmt: skip
    put(f"{case.name}.tuned", record)
    return record


def part(dataset: Dataset, places: Any) -> Dataset:
    """Give some of the series."""
    return replace(dataset, points=dataset.points[places], rows=dataset.rows[places], features=None)


def mean_error(learn: Dataset, held: Dataset) -> float:
    """Give the error of the mean series of one part on another; padding is passed over."""
    known = learn.points != PADDING
    sums = np.where(known, learn.points, 0.0).sum(axis=0)
    mean = sums / np.maximum(known.sum(axis=0), 1)
    return float(errors_of(held.points, np.broadcast_to(mean, held.points.shape)).mean())


def put(name: str, record: Mapping[str, Any]) -> None:
    """Write a record."""
    (FOLDER / f"{name}.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
