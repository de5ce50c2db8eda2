"""Script: the way from the file to the labels, as a program without this library.

A script is put together from blocks, each a comment and the few lines that do what
it says: the table is read, made ready choice by choice, clustered, and the labels
are carried home. A new method adds its block to `METHODS`.

Names of files and columns are the user's, and a file may call its column anything,
also ``"); import os  #``. They enter a script as Python literals (`repr`) and in no
other way, never in a comment.
"""

import ast
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version

import numpy as np

from clustering import script_trees
from clustering.data.preparation import Choices, fit
from clustering.data.tables import Table
from clustering.dataset import Dataset
from clustering.errors import DataError, UnsupportedError
from clustering.partition import Partition
from clustering.script_lines import block, call
from clustering.script_preparation import conversions, preparation_blocks, weighted
from clustering.script_reading import ORIGINS as READING
from clustering.script_reading import reading_blocks

__all__ = ["FORMULA", "free_name", "script"]

MANY = 1000
"""Rows from which pandas may read a file in pieces."""

FORMULA = r"^(?![+-](\d*[.,])?\d+([eE][+-]?\d+)?\s?%?\Z)[=+@\t\r\n＝＋－＠-]"
"""How text begins that a spreadsheet would run, unless it is a number and its sign.

Some of the signs are full-width, as Chinese and Japanese keyboards write them.
"""

ORIGINS = {
    "scipy.sparse": ("csr_matrix",),
    "scipy.spatial.distance": ("cdist",),
    "sklearn.cluster": ("AgglomerativeClustering", "BisectingKMeans", "DBSCAN", "KMeans"),
    "sklearn.datasets": ("load_digits", "load_iris", "load_wine"),
    "sklearn.decomposition": ("PCA",),
    "sklearn.ensemble": ("IsolationForest",),
    "sklearn.impute": ("KNNImputer", "SimpleImputer"),
    "sklearn.mixture": ("GaussianMixture",),
    "sklearn.neighbors": ("kneighbors_graph",),
    "sklearn.preprocessing": (
        "MinMaxScaler",
        "OneHotEncoder",
        "OrdinalEncoder",
        "PowerTransformer",
        "RobustScaler",
        "StandardScaler",
    ),
    "sklearn.utils": ("resample",),
    "warnings": ("filterwarnings",),
}
"""Where names come from; a script imports those that its code mentions."""

OPENING = '''"""The clusters of a table, found again with public packages alone.

    python this_script.py {arguments}

writes LABELS (labels.csv where it is not said): the table, and beside each row its
cluster. The same labels are sure with the versions that gave them:
{versions}.
"""

import re
import sys

import numpy as np
import pandas as pd
{imports}'''


def script(
    table: Table, choices: Choices, partition: Partition, *, dataset: Dataset | None = None
) -> str:
    """Write a Python program that gives the same labels without this library.

    Parameters
    ----------
    table : Table
        The user's table.
    choices : Choices
        How it was made ready.
    partition : Partition
        The result.
    dataset : Dataset, optional
        What these choices made of the table, where it is at hand: then preparation
        need not be fitted again to learn which columns are used.

    Returns
    -------
    str
        A program of public packages. Its first argument is the table (left out for
        samples that scikit-learn brings along), its last the CSV file to write:
        the table with a further column, ``cluster``.

    Raises
    ------
    UnsupportedError
        Where no script can be written for the method.
    PreparationError
        Where the choices leave nothing to cluster.
    DataError
        Where `dataset` and `partition` do not belong together.
    """
    if partition.method not in METHODS:
        raise UnsupportedError(f"There is no script for results of {partition.method} yet.")
    passport = None
    if dataset is None or dataset.features is None:
        prepared = fit(table, choices)
        columns, passport = prepared.columns, prepared.passport
    elif np.array_equal(dataset.rows, partition.rows):
        columns, passport = tuple(map(str, dataset.features.columns)), dataset.passport
    else:
        raise DataError("This result belongs to other data; compute it again.")
    steps = preparation_blocks(table, choices, columns, passport=passport)
    steps.append(
        METHODS[partition.method](
            partition.parameters,
            "weights" if weighted(choices) else "",
            "distances" if any("distances = " in step for step in steps) else "",
        )
    )
    carried = conversions("\n".join(steps))
    blocks = [*(f"\n{source}" for source in carried), *reading_blocks(table), *steps, _home(table)]
    nodes = ast.walk(ast.parse("\n".join(blocks)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    packages = ["numpy", "pandas", "scikit-learn"]
    packages += ["scipy"] if names & {"cdist", "csr_matrix"} else []
    packages += ["python-calamine"] if table.reading.format == "book" else []
    opening = OPENING.format(
        arguments="[LABELS]" if table.reading.format == "sample" else "[TABLE [LABELS]]",
        versions=", ".join(f"{name} {version(name)}" for name in packages),
        imports="\n".join(
            f"from {origin} import {name}"
            for origin, known in sorted((READING | ORIGINS).items())
            for name in known
            if name in names
        ),
    )
    return "\n\n".join([opening, *blocks]) + "\n"


def free_name(name: str, taken: Iterable[str]) -> str:
    """Give `name`, or the first of ``name_2``, ``name_3`` ... that is not taken.

    Examples
    --------
    >>> free_name("cluster", ["cluster", "cluster_2"])
    'cluster_3'
    """
    names, candidate, number = set(taken), name, 1
    while candidate in names:
        number += 1
        candidate = f"{name}_{number}"
    return candidate


def _kmeans(parameters: Mapping[str, object], weights: str, distances: str) -> str:
    """Repeat `clustering.kmeans.fit`."""
    init, n_init = parameters["init"], parameters["n_init"]
    start = repr(init) if isinstance(init, str) else f"np.array({np.asarray(init).tolist()!r})"
    model = call(
        "KMeans",
        n_clusters=repr(parameters["k"]),
        init=start,
        n_init=repr(n_init),
        max_iter=repr(parameters["max_iter"]),
        tol=repr(parameters["tol"]),
        random_state=repr(parameters["seed"]),
    )
    given = f"points, sample_weight={weights}" if weights else "points"
    best = "" if n_init == 1 else f" Of {n_init} starts the best is kept."
    return block(
        "k-means: each point belongs to the nearest of the centres, and each centre is the "
        f"mean of its points.{best}",
        f"labels = {model}.fit_predict({given})",
    )


def _mixture(parameters: Mapping[str, object], weights: str, distances: str) -> str:
    """Repeat `clustering.mixture.fit`."""
    names = {"k": "n_components", "covariance": "covariance_type", "seed": "random_state"}
    model = call(
        "GaussianMixture", **{names.get(name, name): repr(parameters[name]) for name in parameters}
    )
    return block(
        "Gaussian mixture: each point belongs to the likeliest of the clouds. It is fitted around "
        "the middle of the points, which changes no density and keeps the digits.",
        "middle = points.mean(axis=0)",
        f"mixture = {model}.fit(points - middle)",
        "labels = mixture.predict(points - middle)",
    )


def _dbscan(parameters: Mapping[str, object], weights: str, distances: str) -> str:
    """Repeat `clustering.dbscan.fit`."""
    metric = "precomputed" if distances else str(parameters.get("metric", "euclidean"))
    trees = metric in ("euclidean", "manhattan", "chebyshev")
    model = call(
        "DBSCAN",
        eps="eps",
        min_samples=repr(parameters["min_samples"]),
        metric=repr(metric),
        **({"metric_params": "{'VI': inverse}"} if metric == "mahalanobis" else {}),
        algorithm="'kd_tree'" if trees else "'brute'",
    )
    given = f"{distances or 'points'}{f', sample_weight={weights}' if weights else ''}"
    covariance = f"np.cov(points.T{f', aweights={weights}' if weights else ''})"
    return block(
        "DBSCAN: a point with enough others within eps is core, core points within eps are of one "
        "cluster. The hair that is added makes sure of those whose distance is eps itself.",
        f"eps = {parameters['eps']!r} * (1 + 1e-12)",
        *([f"inverse = np.linalg.inv(np.atleast_2d({covariance}))"] * (metric == "mahalanobis")),
        f"labels = {model}.fit_predict({given})",
    )


METHODS: dict[str, Callable[[Mapping[str, object], str, str], str]] = {
    "agglomerative": script_trees.agglomerative,
    "bisecting": script_trees.bisecting,
    "dbscan": _dbscan,
    "kmeans": _kmeans,
    "mixture": _mixture,
}
"""For each method, how the parameters of its Partition become code that sets `labels`.

The second argument names the weights, the third the matrix of distances; each is empty
where there is none.
"""


def _home(table: Table) -> str:
    """Write the labels beside the rows they belong to."""
    name = free_name("cluster", table.frame.columns)
    home = block(
        "Home again: clusters are numbered from 1, and a row that was left out has none.",
        f"table[{name!r}] = pd.Series(labels + 1, index=rows, dtype='Int64')",
        f"print(table[{name!r}].value_counts(dropna=False).sort_index())",
    )
    safe = block(
        "Text that a spreadsheet would run as a formula gets an apostrophe in front of it.",
        f'formula = r"{FORMULA}"',
        r'''harmless = r"'\g<0>"''',
        "table = table.replace(formula, harmless, regex=True)",
        "table.columns = [re.sub(formula, harmless, name) for name in table.columns]",
        "table.to_csv(labels_path, index=False, encoding='utf-8-sig')",
    )
    return f"{home}\n\n{safe}"
