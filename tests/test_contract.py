"""The contract: every method, on every kind of data, gets everything that is built on it.

A method turns a Dataset into an Axis and its values into Partitions, which then go
through validity, assignment, export and pickling without anyone asking who made
them; or it says in one sentence why this kind of data is none for it. A new method
adds a line to `METHODS`, a new kind of data a function to `KINDS`. An answer given
by hand goes the same way on every kind, whatever the methods take.
"""

import importlib
import io
import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from clustering import (
    agglomerative,
    bisecting,
    dbscan,
    export,
    kmeans,
    kmedoids,
    mixture,
    validity,
)
from clustering.axis import Axis, FittedAxis
from clustering.data import preparation, tables
from clustering.data.choices import Choices
from clustering.dataset import Dataset, Metric, Source
from clustering.errors import UnsupportedError
from clustering.partition import Partition

SENTENCE = r"[^.\s][^\n]*[^.]\."
CHOICES = Choices(columns=("age", "income"), scaling="standard")


# ---- kinds of data ---------------------------------------------------------------------------


def stored(frame: pd.DataFrame, name: str) -> tables.Table:
    return tables.read(frame.to_csv(index=False).encode(), name)


def table() -> tuple[tables.Table, Dataset]:
    """Rows and columns in different units, one of them with a hole."""
    rng = np.random.default_rng(0)
    middles = np.repeat([[20, 1000], [40, 5000], [60, 2000]], 12, axis=0)
    frame = pd.DataFrame(middles + rng.normal(size=(36, 2)) * [2, 200], columns=["age", "income"])
    frame.loc[7, "age"] = np.nan
    whole = stored(frame, "people.csv")
    return whole, preparation.fit(whole, CHOICES).apply(whole)


def weighted_pixels() -> tuple[tables.Table, Dataset]:
    """Different colours, each with the number of its pixels."""
    rng = np.random.default_rng(1)
    colours = np.unique(rng.integers(0, 256, size=(40, 3)), axis=0)
    counts = rng.integers(1, 500, size=len(colours))
    return stored(pd.DataFrame(colours, columns=list("rgb")), "flower.csv"), Dataset(
        points=colours,
        columns=("red", "green", "blue"),
        rows=np.arange(len(colours)),
        source=Source("flower.png", "colour"),
        weights=counts,
    )


def prices() -> tuple[tables.Table, Dataset]:
    """Companies, of which each day is a column: more columns than rows."""
    rng = np.random.default_rng(2)
    names = tuple(f"company {letter}" for letter in "ABCDEFGHIJ")
    moves = rng.normal(size=(3, 60))[np.arange(10) % 3] + 0.3 * rng.normal(size=(10, 60))
    days = tuple(f"day {i + 1}" for i in range(60))
    frame = pd.DataFrame(moves, columns=list(days)).assign(name=names)
    return stored(frame, "prices.csv"), Dataset(
        points=moves,
        columns=days,
        rows=np.arange(10),
        source=Source("prices.csv", "company", names, draws="days"),
        features=frame,
    )


def great_circle(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Kilometres between places (latitude, longitude in degrees)."""
    (lat1, lon1), (lat2, lon2) = np.radians(a).T[..., None], np.radians(b).T[:, None, :]
    half = np.sin((lat2 - lat1) / 2) ** 2
    half = half + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


def places() -> tuple[tables.Table, Dataset]:
    """Two groups of places on either side of the date line, and one elsewhere."""
    rng = np.random.default_rng(3)
    middles = np.repeat([[0.0, 179.5], [0.0, -179.5], [50.0, 10.0]], 8, axis=0)
    frame = pd.DataFrame(middles + rng.normal(size=(24, 2)) * 0.2, columns=["lat", "lon"])
    return stored(frame, "places.csv"), Dataset(
        points=frame.to_numpy(),
        columns=("latitude", "longitude"),
        rows=np.arange(24),
        source=Source("places.csv", "place"),
        features=frame,
        metric=Metric("great-circle", great_circle, "km"),
    )


def mixed(**chosen: str) -> tuple[tables.Table, Dataset]:
    """People of two towns who joined on different days, some written down twice."""
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(
        {
            "age": np.repeat([30, 60], 15) + rng.normal(size=30).round(1),
            "town": rng.choice(["Oslo", "Rome"], 30),
            "joined": np.datetime64("2024-01-05") + rng.integers(0, 900, 30),
            "lat": np.repeat([60.1, 10.2], 15) + rng.normal(size=30).round(3),
            "lon": rng.uniform(-170, 170, 30).round(3),
        }
    )
    whole = stored(pd.concat([frame, frame[:4]]), "members.csv")
    choices = Choices(tuple(frame.columns), dates="elapsed", **chosen)  # type: ignore[arg-type]
    return whole, preparation.fit(whole, choices).apply(whole)


def mixed_coordinates() -> tuple[tables.Table, Dataset]:
    """Words one-hot, places on the sphere."""
    return mixed(categories="one-hot", places="sphere", scaling="standard")


def mixed_distances() -> tuple[tables.Table, Dataset]:
    """Words compared, in Gower's distance."""
    return mixed(categories="gower", places="sphere")


def mixed_weights() -> tuple[tables.Table, Dataset]:
    """Repeated rows counted as weights."""
    return mixed(categories="ordinal", duplicates="weight")


def great_circles() -> tuple[tables.Table, Dataset]:
    """Places by their distance along the globe."""
    return mixed(places="great-circle")


SERIES = [
    np.sin(np.linspace(0, turns, length))
    for turns, length in zip([3, 3, 3, 9, 9, 9], [12, 17, 9, 20, 14, 11], strict=True)
]


def warping(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Dynamic time warping between the series of these numbers."""

    def cost(x: np.ndarray, y: np.ndarray) -> float:
        total = np.full((len(x) + 1, len(y) + 1), np.inf)
        total[0, 0] = 0.0
        for i in range(len(x)):
            for j in range(len(y)):
                before = min(total[i, j], total[i, j + 1], total[i + 1, j])
                total[i + 1, j + 1] = (x[i] - y[j]) ** 2 + before
        return float(np.sqrt(total[-1, -1]))

    return np.array([[cost(SERIES[int(i)], SERIES[int(j)]) for j in b[:, 0]] for i in a[:, 0]])


def ragged_series() -> tuple[tables.Table, Dataset]:
    """Series of unequal length: a point is the number of one, distances are warped."""
    frame = pd.DataFrame({"series": [" ".join(f"{v:.4f}" for v in s) for s in SERIES]})
    return stored(frame, "series.csv"), Dataset(
        points=np.arange(6)[:, None],
        columns=("series",),
        rows=np.arange(6),
        source=Source("series.csv", "series"),
        metric=Metric("dynamic time warping", warping),
    )


KINDS = {
    kind.__name__.replace("_", " "): kind()
    for kind in (
        table,
        weighted_pixels,
        prices,
        places,
        ragged_series,
        mixed_coordinates,
        mixed_distances,
        mixed_weights,
        great_circles,
    )
}


# ---- methods ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Method:
    axis: Callable[[Dataset], Axis]
    accepts: tuple[str, ...]


ALONG = " along a graph"

METHODS = {
    "dbscan": Method(
        lambda data: dbscan.axis(data, min_samples=3),
        tuple(kind for kind in KINDS),
    ),
    "kmeans": Method(
        lambda data: kmeans.axis(data, k_max=4, n_init=2),
        ("table", "weighted pixels", "prices", "mixed coordinates", "mixed weights"),
    ),
    "kmedoids": Method(
        lambda data: kmedoids.axis(data, k_max=4),
        tuple(kind for kind in KINDS if "weight" not in kind),
    ),
    "mixture": Method(
        lambda data: mixture.axis(data, k_max=4), ("table", "prices", "mixed coordinates")
    ),
    "bisecting": Method(
        lambda data: bisecting.over_k(data, k_max=4),
        ("table", "weighted pixels", "prices", "mixed coordinates", "mixed weights"),
    ),
    "agglomerative": Method(
        lambda data: agglomerative.axis(data, linkage="average"),
        tuple(kind for kind in KINDS if "weight" not in kind),
    ),
    "agglomerative along a graph": Method(
        lambda data: agglomerative.axis(data, linkage="complete", neighbours=3),
        tuple(kind for kind in KINDS if "weight" not in kind),
    ),
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
        assert all(score.value == pytest.approx(1) for score in scores[3:] if not score.reason)


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


@pytest.mark.parametrize("name", METHODS)
def test_a_script_can_be_written_for_a_table(name):
    whole, _, partitions = answers(name, "table")
    for answer in partitions:
        text = export.script(whole, CHOICES, answer)
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
