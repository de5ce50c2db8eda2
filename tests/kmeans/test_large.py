"""Beyond 50,000 points each k is run once, started well, and nothing about it is approximate."""

import re

import numpy as np
import pytest
from sklearn.cluster import KMeans

from clustering import kmeans, script, validity
from clustering.axis import FittedAxis
from clustering.data.choices import Choices
from clustering.data.preparation import fit
from clustering.data.tables import read
from clustering.dataset import Dataset, Source
from clustering.errors import UnsupportedError
from clustering.kmeans.large import BATCH, MANY, SAMPLE, _Ground, _one_more, _potentials, _squares
from clustering.progress import Step

pytestmark = pytest.mark.slow


def blobs(n: int, *, k: int = 7, d: int = 3, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    middles = rng.normal(scale=12.0, size=(k, d))
    shares = np.arange(1.0, k + 1.0)
    groups = rng.choice(k, size=n, p=shares / shares.sum())
    return middles[groups] + rng.normal(size=(n, d))


@pytest.fixture(scope="module")
def data() -> Dataset:
    return Dataset.from_points(blobs(MANY + 1))


@pytest.fixture(scope="module")
def heard() -> list[Step]:
    return []


@pytest.fixture(scope="module")
def axis(data, heard) -> FittedAxis:
    return kmeans.axis(data, k_max=9, report=heard.append)


def test_inertia_and_labels_are_those_of_the_centres(data, axis):
    for partition in axis.partitions:
        away = np.linalg.norm(data.points[:, None] - partition.centers[None], axis=2)
        assert np.array_equal(away.argmin(axis=1), partition.labels)
        assert partition.facts["inertia"] == pytest.approx((away.min(axis=1) ** 2).sum(), rel=1e-9)
        assert partition.converged


def test_inertia_never_rises_with_k(axis):
    assert (np.diff(axis.curves["inertia"]) <= 0).all()


def test_it_never_rises_where_starts_are_drawn_at_random_from_noise():
    points = np.random.default_rng(5).uniform(size=(MANY + 7, 2))
    noise = Dataset.from_points(points)
    for init in ("random", "k-means++"):
        found = kmeans.axis(noise, k_max=8, n_init=1, init=init, seed=3).curves["inertia"]
        assert (np.diff(found) <= 0).all()


def test_the_parameters_of_each_answer_give_it_again(data, axis):
    for partition in axis.partitions[1:]:
        again = kmeans.fit(data, **dict(partition.parameters))
        assert np.array_equal(again.labels, partition.labels)
        assert again.facts["inertia"] == pytest.approx(partition.facts["inertia"], rel=1e-12)


def test_scikit_learn_gives_the_same_labels_from_the_exported_start(axis):
    text = "\n".join(",".join(map(repr, row)) for row in blobs(MANY + 1).tolist())
    table = read(f"a,b,c\n{text}\n".encode(), "big.csv")
    choices = Choices(columns=("a", "b", "c"))
    made = fit(table, choices).apply(table)
    partition = kmeans.axis(made, k_max=4).at(4)
    call = re.search(
        r"labels = (KMeans\(.*?\))\.fit_predict", script.script(table, choices, partition), re.S
    )
    assert call is not None
    model = eval(call[1], {"KMeans": KMeans, "np": np})
    assert np.array_equal(model.fit_predict(made.points), partition.labels)


def test_it_is_as_good_as_restarts_over_all_points(data, axis):
    for k in (2, 4, 7, 9):
        full = kmeans.fit(data, k=k, n_init=4)
        assert axis.at(k).facts["inertia"] <= full.facts["inertia"] * 1.02
    assert axis.at(7).facts["inertia"] == pytest.approx(3 * data.n, rel=0.02), "the groups drawn"


def test_it_says_what_was_done_and_what_is_exact(data, axis):
    note = axis.notes["fits"]
    assert f"{data.n:,} points" in note and "Labels and inertia are exact" in note
    assert f"10 starts on a sample of {SAMPLE:,}" in note
    assert "sample" in axis.notes["silhouette"] and "95 %" in axis.notes["silhouette"]
    few = kmeans.axis(Dataset.from_points(data.points[:2_000]), k_max=2)
    assert "fits" not in few.notes


def test_the_band_of_the_sampled_silhouette_agrees_with_another_sample(data, axis):
    low, high = (axis.curves[f"silhouette_{end}"][1:4] for end in ("low", "high"))
    labels = [axis.at(k).labels for k in (2, 3, 4)]
    others = validity.silhouettes(data, labels, limit=15_000, seed=1)
    assert ((low < high) & (high - low < 0.1)).all()
    for mine, yours, other in zip(low, high, others, strict=True):
        assert mine <= other.high and other.low <= yours


def test_progress_only_goes_forward_and_ends_at_the_end(axis, heard):
    shares = [step.share for step in heard]
    assert (np.diff(shares) >= 0).all() and shares[-1] == 1.0
    assert len({step.total for step in heard}) == 1
    assert {"k = 3 of 9: mini-batches", "k = 3 of 9"} <= {step.message for step in heard}


def test_whatever_a_report_raises_ends_the_work(data):
    class Enough(Exception):
        pass

    def stop(step: Step) -> None:
        if "k = 2" in step.message:
            raise Enough

    with pytest.raises(Enough):
        kmeans.axis(data, k_max=9, report=stop)


def test_the_same_seed_gives_the_same_answers(data, axis):
    again = kmeans.axis(data, k_max=3)
    for one, two in zip(again.partitions, axis.partitions, strict=False):
        assert np.array_equal(one.labels, two.labels)


def test_weights_are_repetition():
    points = blobs(MANY + 1, d=2)
    weights = np.where(points[:, 0] > 0, 5.0, 1.0)
    data = Dataset.from_points(points, weights=weights)
    partition = kmeans.axis(data, k_max=4).at(4)
    for cluster in range(4):
        mine = partition.labels == cluster
        mean = np.average(points[mine], axis=0, weights=weights[mine])
        assert np.allclose(partition.centers[cluster], mean, atol=0.05)
    own = np.linalg.norm(points - partition.centers[partition.labels], axis=1)
    assert partition.facts["inertia"] == pytest.approx((weights * own**2).sum(), rel=1e-9)


def test_a_run_that_is_ended_early_says_so_and_can_be_repeated(data):
    axis = kmeans.axis(data, k_max=5, max_iter=1, tol=0.0)
    ended = [p for p in axis.partitions if not p.converged]
    assert ended
    for partition in ended:
        assert partition.facts["iterations"] == 1
        again = kmeans.fit(data, **dict(partition.parameters))
        assert np.array_equal(again.labels, partition.labels)


def test_few_distinct_points_end_the_axis():
    points = np.repeat([[0.0, 0.0], [1.0, 5.0], [9.0, 2.0]], 20_000, axis=0)
    axis = kmeans.axis(Dataset.from_points(points))
    assert axis.values.tolist() == [1, 2, 3]
    assert axis.curves["inertia"][-1] == pytest.approx(0, abs=1e-6)


def test_one_centre_more_is_measured_exactly_and_is_a_point(data, axis):
    ground = _Ground.of(data, np.random.default_rng(1))
    before = axis.at(3)
    start = _one_more(ground, before, "k-means++")
    assert len(start.centers) == 4
    assert (np.abs(ground.points - start.centers[-1]).sum(axis=1) == 0).any()
    away = np.linalg.norm(ground.points[:, None] - start.centers[None], axis=2).min(axis=1)
    assert start.inertia == pytest.approx((away**2).sum(), rel=1e-9)
    squares = _squares(ground.points, before.centers - ground.origin, before.labels)
    assert squares.sum() == pytest.approx(before.facts["inertia"], rel=1e-9)
    nothing_new = _potentials(ground, squares, before.centers - ground.origin)
    assert nothing_new == pytest.approx(before.facts["inertia"], rel=1e-9)
    assert data.n > BATCH


def test_a_thinned_answer_is_about_the_same_clusters_and_rows(data, axis):
    whole = axis.at(7)
    some, answer = kmeans.thinned(data, whole)
    assert some.n == 20_000 and (np.diff(some.rows) > 0).all()
    assert np.array_equal(some.points, data.points[some.rows])
    assert (answer.labels == whole.labels[answer.rows]).mean() > 0.999
    assert np.abs(answer.sizes / some.n - whole.sizes / data.n).max() < 1e-3
    assert kmeans.lottery(some, k=7, n_starts=3).reached(answer).dtype == bool
    small = Dataset.from_points(data.points[:100])
    assert kmeans.thinned(small, kmeans.fit(small, k=2))[0] is small


def test_names_and_weights_go_along_into_the_sample():
    n = 300
    points = blobs(n)
    data = Dataset(
        points=points,
        columns=("a", "b", "c"),
        rows=np.arange(n) * 2,
        source=Source("x", names=tuple(f"n{i}" for i in range(n))),
        weights=np.arange(1.0, n + 1),
    )
    some, _ = kmeans.thinned(data, kmeans.fit(data, k=3), most=50)
    assert some.source.names == tuple(f"n{row // 2}" for row in some.rows)
    assert np.array_equal(some.weights, some.rows // 2 + 1)


def test_a_lottery_of_too_many_points_is_refused_in_a_sentence():
    many = Dataset.from_points(np.arange(400_001.0)[:, None])
    with pytest.raises(UnsupportedError, match=r"50 starts of 400,001 points .* 400,000 rows\."):
        kmeans.lottery(many, k=2)
