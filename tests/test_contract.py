"""The contract: every method, on every kind of data, gets everything that is built on it.

A method turns a Dataset into an Axis and its values into Partitions, which then go
through validity, assignment, export and pickling without anyone asking who made
them; or it says in one sentence why this kind of data is none for it. A new method
adds a line to `METHODS`, a new kind of data a function to `tests.kinds`. An answer given
by hand goes the same way on every kind, whatever the methods take.
"""

import importlib
import io
import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import pytest

from clustering import (
    affinity,
    agglomerative,
    bisecting,
    dbscan,
    export,
    kmeans,
    kmedoids,
    lbg,
    mean_shift,
    mixture,
    scalar_quantization,
    validity,
)
from clustering.axis import Axis, FittedAxis
from clustering.data import tables
from clustering.dataset import Dataset
from clustering.errors import UnsupportedError
from clustering.partition import Partition
from clustering.progress import Step
from clustering.series import dtw_kmeans, kshape
from tests.kinds import CHOICES, KINDS, ONE_COLUMN, SHAPE

SENTENCE = r"[^.\s][^\n]*[^.]\."


# ---- methods ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Method:
    axis: Callable[..., Axis]
    accepts: tuple[str, ...]


ALONG = " along a graph"
EVERY = tuple(KINDS)
EACH_ONCE = tuple(kind for kind in KINDS if KINDS[kind][1].weights is None)
COORDINATES = (
    "table",
    "weighted pixels",
    "grey levels",
    "one column",
    "prices",
    "mixed coordinates",
    "mixed weights",
)

SERIES = ("ragged series",)
TABLES = ("table", "one column")

METHODS = {
    "affinity": Method(affinity.axis, EACH_ONCE),
    "dbscan": Method(partial(dbscan.axis, min_samples=3), EVERY),
    "kmeans": Method(partial(kmeans.axis, k_max=4, n_init=2), COORDINATES),
    "kmedoids": Method(partial(kmedoids.axis, k_max=4), EACH_ONCE),
    "mixture": Method(
        partial(mixture.axis, k_max=4), tuple(kind for kind in COORDINATES if kind in EACH_ONCE)
    ),
    "mean_shift": Method(mean_shift.axis, COORDINATES),
    "lbg": Method(partial(lbg.axis, k_max=4), COORDINATES),
    "scalar_quantization": Method(scalar_quantization.axis, ("grey levels", "one column")),
    "bisecting": Method(partial(bisecting.over_k, k_max=4), COORDINATES),
    "agglomerative": Method(partial(agglomerative.axis, linkage="average"), EACH_ONCE),
    "agglomerative along a graph": Method(
        partial(agglomerative.axis, linkage="complete", neighbours=3), EACH_ONCE
    ),
    "series.dtw_kmeans": Method(partial(dtw_kmeans.axis, shape=SHAPE, k_max=4), SERIES),
    "series.kshape": Method(partial(kshape.axis, shape=SHAPE, k_max=4), SERIES),
}


def by_hand(data: Dataset) -> Axis:
    """An answer that no method gave: three clusters in the order of the rows, and noise."""
    labels = np.sort(np.arange(data.n) % 3).astype(np.int32)
    labels[-1] = -1
    answer = Partition(labels=labels, rows=data.rows, method="by hand")
    curves = {"clusters": np.array([3.0])}
    return FittedAxis("k", np.array([3.0]), (answer,), curves, {})


ACCEPTED = [(name, kind) for name, method in METHODS.items() for kind in method.accepts]
REFUSED = [
    (name, kind) for name, method in METHODS.items() for kind in KINDS if kind not in method.accepts
]
axes: dict[tuple[str, str], Axis] = {}


def some(values: np.ndarray) -> np.ndarray:
    """Values from both ends and between; a structural axis has one for every merge."""
    return values[np.unique(np.linspace(0, len(values) - 1, 4).astype(int))]


def answers(name: str, kind: str) -> tuple[tables.Table, Dataset, list[Partition]]:
    """The data, and what the method says at some values of its axis; computed once."""
    whole, data = KINDS[kind]
    if (name, kind) not in axes:
        axes[name, kind] = (METHODS[name].axis if name in METHODS else by_hand)(data)
    axis = axes[name, kind]
    return whole, data, [axis.at(value) for value in some(axis.values)]


def rows(name: str) -> str:
    """The kind that has rows of a table, or the first one, that a method takes."""
    return next(
        (kind for kind in TABLES if kind in METHODS[name].accepts), METHODS[name].accepts[0]
    )


def stop(step: Step) -> None:
    raise KeyboardInterrupt


accepted = pytest.mark.parametrize(("name", "kind"), ACCEPTED)
everything = pytest.mark.parametrize(
    ("name", "kind"), ACCEPTED + [("by hand", kind) for kind in KINDS]
)


# ---- the contract ----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "kind"), REFUSED)
def test_a_method_says_in_one_sentence_what_it_does_not_take(name, kind):
    with pytest.raises(UnsupportedError) as caught:
        METHODS[name].axis(KINDS[kind][1])
    assert re.fullmatch(SENTENCE, str(caught.value))


@accepted
def test_an_axis_has_ascending_values_and_curves_over_them(name, kind):
    answers(name, kind)
    axis = axes[name, kind]
    assert axis.parameter
    assert (np.diff(axis.values) > 0).all()
    assert {curve.shape for curve in axis.curves.values()} == {axis.values.shape}
    counted = [len(set(axis.at(value).labels) - {-1}) for value in axis.values]
    assert axis.curves["clusters"].tolist() == counted


@pytest.mark.parametrize("name", METHODS)
def test_an_axis_tells_how_far_it_is_and_lets_itself_be_stopped(name):
    shares = []
    METHODS[name].axis(KINDS[rows(name)][1], report=lambda step: shares.append(step.share))
    assert shares == sorted(shares)
    assert 0.0 <= shares[0] and 0.0 < shares[-1] <= 1.0
    with pytest.raises(KeyboardInterrupt):
        METHODS[name].axis(KINDS[rows(name)][1], report=stop)


@everything
def test_an_answer_is_about_the_rows_of_the_data(name, kind):
    _, data, partitions = answers(name, kind)
    for answer in partitions:
        assert answer.labels.dtype == np.int32
        assert np.array_equal(answer.rows, data.rows)
        assert answer.labels.min() >= -1
        assert answer.sizes.sum() + answer.noise == data.n
        assert answer.method == name.removesuffix(ALONG)
        if answer.centers is not None:
            assert answer.centers.shape == (answer.k, data.d)
        if answer.membership is not None:
            assert answer.membership.shape == (data.n, answer.k)


@accepted
def test_its_parameters_give_it_again(name, kind):
    _, data, partitions = answers(name, kind)
    for answer in partitions:
        again = importlib.import_module(f"clustering.{name.removesuffix(ALONG)}").fit(
            data, **answer.parameters
        )
        assert np.array_equal(again.labels, answer.labels)


@everything
@pytest.mark.parametrize("noise", ["exclude", "cluster", "singletons"])
def test_every_index_has_a_value_or_a_reason(name, kind, noise):
    _, data, partitions = answers(name, kind)
    for answer in partitions:
        scores = [
            index(data, answer.labels, noise=noise)
            for index in (
                validity.silhouette,
                validity.calinski_harabasz,
                validity.davies_bouldin,
                validity.bic,
            )
        ]
        scores += [
            index(answer.labels, answer.labels, noise=noise)
            for index in (
                validity.adjusted_rand,
                validity.adjusted_mutual_information,
                validity.normalized_mutual_information,
                validity.matched_accuracy,
            )
        ]
        for score in scores:
            assert score.noise == noise
            if score.reason:
                assert np.isnan(score.value)
                assert re.fullmatch(SENTENCE, score.reason)
            else:
                assert np.isfinite(score.value)
        assert all(score.value == pytest.approx(1) for score in scores[4:] if not score.reason)


@everything
def test_the_points_themselves_are_assigned_as_they_were(name, kind):
    _, data, partitions = answers(name, kind)
    for answer in partitions:
        if isinstance(answer.assigner, str):
            assert re.fullmatch(SENTENCE, answer.assigner)
            with pytest.raises(UnsupportedError):
                answer.assign(data.points)
        else:
            assert np.array_equal(answer.assign(data.points), answer.labels)
            assert answer.assign(data.points[:1]).shape == (1,)


@everything
def test_labels_go_home_to_every_row(name, kind):
    whole, data, partitions = answers(name, kind)
    for answer in partitions:
        frame = export.labels_frame(whole, data, answer)
        assert len(frame) == len(whole.frame)
        assert np.array_equal(frame["cluster"][answer.rows], answer.labels + 1)
        left_out = frame.index.difference(answer.rows)
        assert frame["cluster"][left_out].isna().all()
        table = pd.read_csv(io.BytesIO(export.labels_csv(frame)), encoding="utf-8-sig")
        parquet = pd.read_parquet(io.BytesIO(export.labels_parquet(frame)))
        for back in (table, parquet):
            assert back["cluster"][answer.rows].tolist() == (answer.labels + 1).tolist()
            assert back["status"].tolist() == frame["status"].tolist()


@pytest.mark.parametrize("name", [name for name in METHODS if rows(name) in TABLES])
def test_a_script_can_be_written_for_a_table(name):
    whole, _, partitions = answers(name, rows(name))
    choices = CHOICES if rows(name) == "table" else ONE_COLUMN
    for answer in partitions:
        text = export.script(whole, choices, answer)
        compile(text, "script.py", "exec")
        assert "clustering" not in re.findall(r"^(?:import|from) (\w+)", text, re.M)


@everything
def test_everything_can_be_sent_to_another_process(name, kind):
    _, data, partitions = answers(name, kind)
    axis = pickle.loads(pickle.dumps(axes[name, kind]))
    assert pickle.loads(pickle.dumps(data)).key == data.key
    for value, answer in zip(some(axis.values), partitions, strict=True):
        assert np.array_equal(axis.at(value).labels, answer.labels)
        if not isinstance(answer.assigner, str):
            assert np.array_equal(axis.at(value).assign(data.points), answer.labels)
