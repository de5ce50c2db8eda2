"""k-means is scikit-learn's, label for label, and says in a sentence what it cannot do."""

import os
import pickle
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from clustering import kmeans, sweep, validity
from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError
from clustering.kmeans.starts import draws
from clustering.lessons import kmeans as lesson

HERE = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CLUSTERLOOM_DATA") or HERE.parent / "shared" / "data")
ORIGINAL = next(SHARED.rglob("data_multivar.txt"), None) if SHARED.is_dir() else None


def four_groups() -> np.ndarray:
    """The recipe's own file, or the project's sample of the same shape."""
    if ORIGINAL is not None:
        return np.loadtxt(ORIGINAL, delimiter=",")
    return four_blobs()


def four_blobs() -> np.ndarray:
    path = HERE / "sample_data" / "four-blobs.csv"
    return np.genfromtxt(path, delimiter=",", skip_header=1, usecols=(0, 1))


@st.composite
def datasets(draw, max_n: int = 60):
    """Points of many shapes and scales, ties and far corners among them."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, d = draw(st.integers(2, max_n)), draw(st.integers(1, 4))
    kind = draw(st.sampled_from(["round", "lattice", "far", "scales", "outlier"]))
    points = {
        "round": lambda: rng.normal(size=(n, d)),
        "lattice": lambda: rng.integers(0, 4, size=(n, d)).astype(float),
        "far": lambda: rng.normal(size=(n, d)) + 1e5,
        "scales": lambda: rng.normal(size=(n, d)) * 10.0 ** rng.integers(-6, 7, size=d),
        "outlier": lambda: np.vstack([rng.normal(size=(n - 1, d)), np.full((1, d), 1e6)]),
    }[kind]()
    weights = draw(st.sampled_from([None, "counts", "shares"]))
    return Dataset.from_points(
        points,
        weights={
            None: None,
            "counts": rng.integers(1, 6, size=n).astype(float),
            "shares": rng.random(n) + 0.01,
        }[weights],
    )


def reference(data: Dataset, k: int, **arguments) -> KMeans:
    return KMeans(k, algorithm="lloyd", **arguments).fit(data.points, sample_weight=data.weights)


@settings(deadline=None, max_examples=60)
@given(
    datasets(),
    st.integers(1, 6),
    st.sampled_from(["k-means++", "random"]),
    st.integers(1, 4),
    st.integers(0, 99),
)
@pytest.mark.filterwarnings("ignore:Number of distinct clusters")
def test_labels_are_those_of_scikit_learn(data, k, init, n_init, seed):
    k = min(k, data.distinct)
    ours = kmeans.fit(data, k=k, init=init, n_init=n_init, seed=seed)
    theirs = reference(data, k, init=init, n_init=n_init, random_state=seed)
    assert np.array_equal(ours.labels, theirs.labels_)
    assert np.array_equal(ours.centers, theirs.cluster_centers_)
    assert ours.facts["iterations"] == theirs.n_iter_
    assert ours.facts["inertia"] == pytest.approx(theirs.inertia_, rel=1e-12)


def test_the_recipe_gives_what_it_published():
    points = four_groups()
    data = Dataset.from_points(points)
    if ORIGINAL is not None:
        inertia, sizes, silhouette = 250.721689, [49, 50, 50, 51], 0.57732
        centers = [(1.8310, 1.9998), (3.1428, 5.2616), (5.9120, 2.0498), (7.0733, 5.6106)]
    else:
        theirs = KMeans(4, n_init=10, random_state=0).fit(points)
        inertia, silhouette = theirs.inertia_, silhouette_score(points, theirs.labels_)
        sizes, centers = (
            sorted(np.bincount(theirs.labels_)),
            sorted(theirs.cluster_centers_.tolist()),
        )
    for seed in range(3):
        answer = kmeans.fit(data, k=4, seed=seed)
        assert answer.facts["inertia"] == pytest.approx(inertia, abs=1e-4)
        assert sorted(answer.centers.tolist()) == pytest.approx(np.array(centers), abs=1e-4)
        assert sorted(answer.sizes) == sizes
    axis = kmeans.axis(data, k_max=4)
    assert axis.curves["silhouette"][3] == pytest.approx(silhouette, abs=1e-4)


def test_the_sample_is_clustered_as_scikit_learn_does():
    data = Dataset.from_points(four_blobs())
    theirs = KMeans(4, n_init=10, random_state=0).fit(data.points)
    assert np.array_equal(kmeans.fit(data, k=4).labels, theirs.labels_)
    assert sorted(kmeans.fit(data, k=4).sizes) == sorted(np.bincount(theirs.labels_))


@settings(deadline=None, max_examples=30)
@given(datasets(), st.integers(1, 6), st.integers(0, 99))
def test_placed_centers_are_where_it_starts(data, k, seed):
    start = data.points[np.random.default_rng(seed).integers(0, data.n, min(k, data.distinct))]
    ours = kmeans.fit(data, k=len(start), init=start, n_init=10)
    again = kmeans.fit(data, **ours.parameters)
    assert ours.parameters["n_init"] == 1
    assert np.array_equal(ours.labels, again.labels)


@settings(deadline=None, max_examples=30)
@given(datasets(), st.integers(1, 6), st.sampled_from(["k-means++", "random"]), st.integers(0, 99))
def test_its_first_start_can_be_drawn_apart(data, k, init, seed):
    k = min(k, data.distinct)
    start = next(draws(data, k=k, init=init, seed=seed))
    drawn = kmeans.fit(data, k=k, init=init, n_init=1, seed=seed)
    assert np.array_equal(kmeans.fit(data, k=k, init=start).labels, drawn.labels)


@settings(deadline=None, max_examples=30)
@given(datasets(), st.integers(1, 6), st.sampled_from(["k-means++", "random"]), st.integers(0, 99))
def test_the_kept_start_leads_to_the_answer(data, k, init, seed):
    answer = kmeans.fit(data, k=min(k, data.distinct), init=init, n_init=5, seed=seed)
    start = kmeans.start_of(data, answer)
    assert np.array_equal(kmeans.fit(data, k=len(start), init=start).labels, answer.labels)


def test_looking_for_the_start_is_reported_and_can_be_stopped():
    data = Dataset.from_points(np.random.default_rng(0).normal(size=(300, 2)))
    answer = kmeans.fit(data, k=9, init="random", n_init=20)
    told = []
    kmeans.start_of(data, answer, report=told.append)
    assert [step.done for step in told] == list(range(1, len(told) + 1))
    assert {step.total for step in told} == {20}

    class Stopped(Exception):
        pass

    def stop(step):
        raise Stopped

    with pytest.raises(Stopped):
        kmeans.start_of(data, answer, report=stop)


def test_a_weight_counts_as_so_many_points():
    points = np.array([[0.0], [1.0], [10.0], [11.0]])
    counts = np.array([3, 1, 1, 2])
    start = [[0.0], [11.0]]
    weighted = kmeans.fit(Dataset.from_points(points, weights=counts), k=2, init=start)
    repeated = kmeans.fit(Dataset.from_points(np.repeat(points, counts, axis=0)), k=2, init=start)
    assert np.array_equal(np.repeat(weighted.labels, counts), repeated.labels)
    assert weighted.centers == pytest.approx(repeated.centers)
    assert weighted.facts["inertia"] == pytest.approx(repeated.facts["inertia"])


def test_a_run_that_is_cut_short_says_so():
    points = np.random.default_rng(0).normal(size=(300, 2))
    assert kmeans.fit(Dataset.from_points(points), k=8, max_iter=2).converged is False
    assert kmeans.fit(Dataset.from_points(points), k=8).converged is True


def test_a_cluster_may_stay_empty_and_nothing_is_warned_of():
    data = Dataset.from_points([[0.0], [1.0], [2.0]])
    answer = kmeans.fit(data, k=3, init=[[0.0], [0.0], [0.0]], max_iter=1)
    assert len(answer.centers) == 3
    assert answer.sizes.sum() == 3


def test_the_last_cluster_counts_also_where_it_stays_empty():
    # Between distinct points: the far start loses its only point again.
    data = Dataset.from_points([[1.0], [3.0], [2.0], [1.0]])
    answer = kmeans.fit(data, k=3, init=[[6.0], [-3.0], [-3.0]])
    assert answer.labels.max() == 1
    assert (answer.k, sorted(answer.sizes)) == (3, [0, 2, 2])
    assert answer.sizes[2] == 0 and len(answer.sizes) == len(answer.centers)
    assert kmeans.margins(data, answer).rival.max() == 1
    assert kmeans.certainty(kmeans.lottery(data, k=3, n_starts=5), answer).shape == (4,)
    told = lesson.tell(data, kmeans.steps(data, start=[[6.0], [-3.0], [-3.0]]))
    assert told and np.isfinite(validity.silhouette(data, answer.labels).value)


def test_new_points_go_to_the_nearest_center():
    data = Dataset.from_points(four_blobs())
    answer = pickle.loads(pickle.dumps(kmeans.fit(data, k=4)))
    new = np.random.default_rng(1).uniform(-2, 12, size=(1000, 2))
    squares = ((new[:, None] - answer.centers) ** 2).sum(axis=2)
    assert np.array_equal(answer.assign(new), squares.argmin(axis=1))
    assert np.array_equal(answer.assign(data.points), answer.labels)
    assert answer.assign(new).dtype == np.int32


def test_far_from_the_origin_points_keep_their_clusters():
    data = Dataset.from_points(four_blobs() + 1e8)
    answer = kmeans.fit(data, k=4)
    assert np.array_equal(answer.assign(data.points), answer.labels)


# ---- the axis --------------------------------------------------------------------------------


def test_every_value_of_the_axis_is_the_fit_for_it():
    data = Dataset.from_points(four_blobs())
    axis = pickle.loads(pickle.dumps(kmeans.axis(data, k_max=6, n_init=3, seed=5)))
    assert axis.parameter == "k"
    assert axis.values.tolist() == [1, 2, 3, 4, 5, 6]
    for place, k in enumerate(range(1, 7)):
        alone = kmeans.fit(data, k=k, n_init=3, seed=5)
        assert np.array_equal(axis.at(k).labels, alone.labels)
        assert axis.curves["inertia"][place] == alone.facts["inertia"]
        assert axis.curves["clusters"][place] == k
        if k > 1:
            theirs = silhouette_score(data.points, alone.labels)
            assert axis.curves["silhouette"][place] == pytest.approx(theirs, abs=1e-6)
    assert np.isnan(axis.curves["silhouette"][0])
    assert "k = 1" in axis.notes["silhouette_undefined"]
    assert "exact" in axis.notes["silhouette"]
    assert (np.diff(axis.curves["inertia"]) < 0).all()


def test_the_axis_answers_the_values_that_were_computed_and_no_others():
    axis = kmeans.axis(Dataset.from_points(four_blobs()), k_max=12, n_init=1)
    assert [axis.at(k).k for k in axis.values] == list(range(1, 13))
    for value in (0, 3.9, 4.1, 13):
        with pytest.raises(ParameterError, match="was not computed; choose one of 1 to 12"):
            axis.at(value)


def test_distinct_points_are_counted_to_the_end_of_the_data():
    points = np.repeat([[0.0], [1.0], [2.0]], [5000, 1, 1], axis=0)
    assert kmeans.axis(Dataset.from_points(points), k_max=4, n_init=1).values.tolist() == [1, 2, 3]


def test_a_sampled_silhouette_is_said_to_be_sampled_though_one_cluster_has_none():
    data = Dataset.from_points(four_blobs())
    labels = [kmeans.fit(data, k=k).labels for k in (1, 2, 4)]
    judged = sweep.how(validity.silhouettes(data, labels, limit=100))
    assert re.search("from a stratified sample of [0-9]+ of 200 points", judged)


def test_the_axis_ends_at_the_distinct_points():
    axis = kmeans.axis(Dataset.from_points([[0.0], [0.0], [1.0], [5.0]]), k_max=12)
    assert axis.values.tolist() == [1, 2, 3]
    assert "3 distinct points" in axis.notes["clusters"]
    assert axis.curves["inertia"][-1] == 0
    one = kmeans.axis(Dataset.from_points([[2.0, 2.0]]))
    assert one.values.tolist() == [1]


@pytest.mark.parametrize(
    ("points", "values", "reason"),
    [
        ([[2.0, 2.0]], [1], "of its own"),
        ([[2.0, 2.0]] * 5, [1], "only one cluster"),
        ([[0.0], [1.0]], [1, 2], "of its own"),
    ],
)
def test_a_silhouette_that_is_undefined_everywhere_is_not_called_exact(points, values, reason):
    axis = kmeans.axis(Dataset.from_points(points))
    assert axis.values.tolist() == values
    assert np.isnan(axis.curves["silhouette"]).all()
    assert axis.curves["inertia"][-1] == 0
    note = axis.notes["silhouette"]
    assert "undefined" in note and reason in note and "exact" not in note
    assert "k = 1" in axis.notes["silhouette_undefined"]
    assert validity.peak(axis.values, axis.curves["silhouette"]) is None


def test_the_axis_reports_forwards_and_can_be_stopped():
    data = Dataset.from_points(four_blobs())
    shares = []
    kmeans.axis(data, k_max=4, report=lambda step: shares.append(step.share))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    class Stopped(Exception):
        pass

    def stop(step):
        if step.done >= 2:
            raise Stopped

    with pytest.raises(Stopped):
        kmeans.axis(data, k_max=12, report=stop)


@pytest.mark.parametrize("arguments", [{"k_max": 0}, {"k_max": 1.5}, {"init": [[0.0, 0.0]]}])
def test_an_axis_that_cannot_be_is_refused(arguments):
    with pytest.raises(ParameterError, match=r"\.$"):
        kmeans.axis(Dataset.from_points(four_blobs()), **arguments)


# ---- who sits near a border ------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(datasets(), st.integers(1, 6))
def test_margins_are_distance_to_the_own_center_over_the_next(data, k):
    answer = kmeans.fit(data, k=min(k, data.distinct))
    near = kmeans.margins(data, answer)
    assert ((near.ratio >= 0) & (near.ratio <= 1)).all()
    if answer.k == 1:
        assert (near.rival == -1).all()
        assert (near.ratio == 0).all()
    else:
        assert (near.rival != answer.labels).all()
        distances = np.linalg.norm(data.points[:, None] - answer.centers, axis=2)
        everyone = np.arange(data.n)
        own = distances[everyone, answer.labels]
        rival = distances[everyone, near.rival]
        assert own == pytest.approx(near.ratio * rival, rel=1e-6, abs=1e-9)


def test_a_point_on_the_border_has_margin_one_and_one_on_its_center_none():
    data = Dataset.from_points([[0.0], [2.0], [4.0]])
    near = kmeans.margins(data, kmeans.fit(data, k=2, init=[[0.0], [4.0]], max_iter=1))
    assert near.ratio.max() <= 1
    data = Dataset.from_points([[-1.0], [0.0], [1.0], [9.0], [10.0], [11.0]])
    near = kmeans.margins(data, kmeans.fit(data, k=2))
    assert near.ratio[1] == 0
    assert near.ratio.argmax() in (2, 3)


def test_margins_need_centers_of_the_same_points():
    data = Dataset.from_points(four_blobs())
    answer = kmeans.fit(data, k=3)
    with pytest.raises(DataError, match="centres"):
        kmeans.margins(Dataset.from_points([[0.0, 0.0]]), answer)
