"""Script, neural: the way from a file and a trained network to the labels.

A network is not trained again: the last digits of weights differ from machine to machine, and
training takes long. The script opens the ``.keras`` file that the page saves, leads the points
through its encoder, and finds the clusters there as the method does.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from inspect import signature
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike

from clustering.deep.n2d import ByNeighbours
from clustering.errors import UnsupportedError
from clustering.partition import Partition
from clustering.script.origins import (
    FromImages,
    FromSequences,
    FromTable,
    FromTexts,
    Origin,
    arguments_of,
    blocks_of,
    home_of,
    images_npz,
)
from clustering.script.program import assembled, writer
from clustering.snippets import block, call

__all__ = [
    "FromImages",
    "FromSequences",
    "FromTable",
    "FromTexts",
    "Origin",
    "images_npz",
    "neural_script",
]

OPENING = """The clusters that a trained network finds, found again with public packages alone.

    python this_script.py {arguments}

reads the network from MODEL (model.keras where it is not said), as it was saved, and writes
LABELS (labels.csv). The same labels are sure with the versions that gave them:
{{versions}}."""

NEAREST = ("deep.latent_kmeans", "deep.dec", "deep.idec", "deep.separation")
"""Methods whose clusters are the nearest of some centers in the latent space."""

BLOCK = 8192
"""Points that go through the encoder at once."""


def neural_script(origin: Origin, partition: Partition, *, head: Sequence[ArrayLike] = ()) -> str:
    """Write a Python program that gives the same labels from the saved network.

    Parameters
    ----------
    origin : FromTable, FromTexts, FromImages or FromSequences
        Where the points are from.
    partition : Partition
        The answer: of a method of `clustering.deep`, or of any other method on the latent
        space (`deep.embedding.embed`).
    head : sequence of array_like
        The ``head`` of a `deep.clustered.Clustered`: what finds the clusters in the latent
        space.

    Returns
    -------
    str
        A program of public packages. Its arguments are the file (none for samples that
        scikit-learn brings along), the CSV file to write and the network (`deep.saving.saved`).
        Of images the file is ``mnist.npz`` or one of that kind, or what `images_npz` gives; the
        CSV has columns ``image`` (from 1, in the order of the set) and ``cluster``. Of tables
        and texts it is the table with a further column, ``cluster``. Of series the file is the
        user's own where it is a plain ``.ts`` file, or what `sequences.series_npz` gives; the CSV
        has columns ``series`` (or ``window``, ``event``) and ``cluster``.

    Raises
    ------
    UnsupportedError
        Where no script can be written for the method or the data.

    Examples
    --------
    >>> from clustering.data.image_sets import sample
    >>> answer = Partition([0, 1], [0, 1], "deep.dec")
    >>> text = neural_script(FromImages(sample("digits")), answer, head=[[[0.0], [1.0]]])
    >>> compile(text, "script.py", "exec") is not None
    True
    """
    blocks, weights = blocks_of(origin)
    before, count = arguments_of(origin)
    series = isinstance(origin, FromSequences)
    model = f"model_path = sys.argv[{count + 1}] if len(sys.argv) > {count + 1} else 'model.keras'"
    parts = [
        *blocks,
        _codes(model, stepwise=series),
        _labels(partition, head, weights),
        home_of(origin),
    ]
    said = OPENING.format(arguments=f"{before} MODEL")
    books = (
        not isinstance(origin, FromImages | FromSequences) and origin.table.reading.format == "book"
    )
    packages = ["pandas", "keras", *backend(), *(["python-calamine"] if books else [])]
    return assembled(said, parts, packages=packages)


def backend() -> list[str]:
    """Name the package that Keras computes with here."""
    for name in ("tensorflow", "jax", "torch"):
        try:
            version(name)
        except PackageNotFoundError:
            continue
        return [name]
    return []


def _codes(model: str, *, stepwise: bool = False) -> str:
    """Lead `points` into the latent space; what reads step by step is compiled, as it was."""
    through = "encoder.predict_on_batch({})" if stepwise else "encoder({}, training=False)"
    return block(
        "Each point in the few numbers that the network makes of it; of a distribution, its mean. "
        "Safe mode runs no code that is in a file.",
        "import keras",
        model,
        "network = keras.saving.load_model(model_path, compile=False, safe_mode=True)",
        "encoder = network.get_layer('encoder')",
        "singles, codes = points.astype(np.float32), []",
        f"for begin in range(0, len(singles), {BLOCK}):",
        f"    found = {through.format(f'singles[begin : begin + {BLOCK}]')}",
        "    mean = found[0] if isinstance(found, (list, tuple)) else found",
        "    codes.append(np.asarray(keras.ops.convert_to_numpy(mean), dtype=float))",
        "points = np.concatenate(codes)",
    )


def _labels(partition: Partition, head: Sequence[ArrayLike], weights: str) -> str:
    """Set `labels` from `points` in the latent space."""
    method = partition.method
    if method in NEAREST and len(head) == 1:
        return block(
            "The cluster of a point is the nearest of the centers.",
            f"centers = {_written(head[0])}",
            "away = [((points - center) ** 2).sum(axis=1) for center in centers]",
            "labels = np.argmin(away, axis=0)",
        )
    if method == "deep.information" and len(head) == 2:
        return block(
            "The cluster of a point is the likeliest by the softmax behind the encoder.",
            f"kernel = {_written(head[0])}",
            f"bias = {_written(head[1])}",
            "labels = (points @ kernel + bias).argmax(axis=1)",
        )
    if method == "deep.n2d":
        return _laid_out(partition)
    if weights == "?":
        raise UnsupportedError(
            "There is no script for texts that are weighted by a column, with a method that is "
            "fitted again; choose DEC, IDEC, or no balance."
        )
    name = method.removeprefix("deep.")
    in_python = writer(name)
    fit = cast("Callable[..., Any]", import_module(f"clustering.{name}").fit)
    # Those of the network stand beside those of the method.
    known = signature(fit).parameters if method.startswith("deep.") else partition.parameters
    own = {key: value for key, value in partition.parameters.items() if key in known}
    return in_python(own, weights=weights, distances="")


def _laid_out(partition: Partition) -> str:
    """Write UMAP and the kept start of the mixture."""
    rule, parameters = partition.assigner, partition.parameters
    assert isinstance(rule, ByNeighbours)
    components = rule.places.shape[1]
    umap = call(
        "UMAP",
        n_neighbors=f"min({parameters['n_neighbors']!r}, len(points) - 1)",
        min_dist="0.0",
        n_components=repr(components),
        random_state=repr(parameters["seed"]),
        n_jobs="1",
        init=f"'spectral' if len(points) > {components + 15} else 'random'",
    )
    told = rule.clouds.model.get_params()
    names = (
        "n_components", "covariance_type", "n_init", "max_iter", "tol", "reg_covar",
        "random_state",
    )  # fmt: skip
    mixture = call("GaussianMixture", **{name: repr(told[name]) for name in names})
    return block(
        "UMAP lays the latent space out, and of the mixtures of normal distributions that were "
        "started there this one was the likeliest.",
        "from umap import UMAP",
        "from sklearn.mixture import GaussianMixture",
        f"layout = {umap}",
        "points = layout.fit_transform(points.astype(np.float32)).astype(float)",
        "middle = points.mean(axis=0)",
        f"mixture = {mixture}.fit(points - middle)",
        "labels = mixture.predict(points - middle)",
    )


def _written(numbers: ArrayLike) -> str:
    """Write an array, every digit of it, a row a line."""
    array = np.asarray(numbers, dtype=np.float64)
    if array.ndim == 1:
        return f"np.array({array.tolist()!r})"
    rows = "".join(f"\n    {row!r}," for row in array.tolist())
    return f"np.array([{rows}\n])"
