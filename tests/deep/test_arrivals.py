"""What arrives gets the label of the batch, and what is like nothing before is caught."""

import pickle

import numpy as np
import pytest

from clustering.data.sequences.padding import PADDING
from clustering.dataset import Dataset
from clustering.deep import autoencoder, idec, latent_kmeans, over_k, then
from clustering.deep.arrivals import FEW, Watch, arrivals, watch
from clustering.deep.clustered import Clustered
from clustering.deep.embedding import embed
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.partition import Partition
from clustering.progress import Step
from clustering.series.beside import silhouettes_dtw
from clustering.validity import adjusted_rand, silhouette
from tests.deep.series import KINDS, dataset, drawn

pytestmark = pytest.mark.neural

SERIES, GROUPS = drawn(90, seed=1)
DATA = dataset(SERIES, steps=12)
NEW, KIND_OF = drawn(300, seed=5)
STRANGERS = dataset(
    [np.random.default_rng(i).choice([-3.0, 3.0], (10, 2)) for i in range(20)], steps=12
)


@pytest.fixture(scope="module")
def answer() -> Clustered:
    model = autoencoder.fit(
        DATA, network="lstm", shape=(12, 2), latent=3, units=16, decoder="dense", epochs=60,
        batch=20, learning_rate=0.01, seed=1,
    )  # fmt: skip
    return latent_kmeans.refine(DATA, model=model, k=KINDS)


@pytest.fixture(scope="module")
def watched(answer) -> Watch:
    return watch(DATA, model=answer.model, partition=answer.partition)


def taken(data: Dataset, places: slice) -> Dataset:
    return Dataset.from_points(data.points[places], metric=data.metric)


def test_what_arrives_gets_the_label_of_the_batch(answer, watched):
    again = arrivals(DATA, watch=pickle.loads(pickle.dumps(watched)))
    assert np.array_equal(again.labels, answer.partition.labels)
    for place in (0, 1, 41, 89):
        alone = arrivals(taken(DATA, slice(place, place + 1)), watch=watched)
        assert alone.labels[0] == answer.partition.labels[place]
        assert np.isclose(alone.distances[0], again.distances[place], atol=1e-5)
        assert np.isclose(alone.errors[0], again.errors[place], atol=1e-5)


def test_few_of_its_like_are_strange_and_what_is_like_nothing_is(watched):
    like = arrivals(dataset(NEW, steps=12), watch=watched)
    assert adjusted_rand(KIND_OF, like.labels).value > 0.98
    assert like.strange.mean() <= 0.03
    assert [bool(reason) for reason in like.reasons] == like.strange.tolist()
    unlike = arrivals(STRANGERS, watch=watched, names=["rise", "fall", "wave"])
    assert unlike.strange.mean() >= 0.9
    said = next(reason for reason in unlike.reasons if reason)
    assert said.endswith(".") and any(name in said for name in ("rise", "fall", "wave"))


def test_the_limit_is_the_fence_of_the_cluster_s_own_members(answer, watched):
    codes = embed(DATA, model=answer.model).points
    own = codes[answer.partition.labels == 1]
    away = np.linalg.norm(own - own.mean(axis=0), axis=1)
    low, high = np.quantile(away, [0.25, 0.75])
    assert np.isclose(watched.distance_limits[1], high + 3 * (high - low), rtol=1e-4)
    wide = watch(DATA, model=answer.model, partition=answer.partition, reach=1e6)
    assert not arrivals(STRANGERS, watch=wide).strange.any()
    assert (wide.error_limits > watched.error_limits).all()
    assert "3 times their interquartile range" in watched.rule


def test_a_cluster_of_few_has_no_quartiles_of_its_own(answer):
    labels = np.where(np.arange(DATA.n) < FEW - 1, 1, 0)
    by_hand = Partition(labels, DATA.rows, "by hand", assigner=lambda new: np.zeros(len(new), int))
    found = watch(DATA, model=answer.model, partition=by_hand)
    assert found.note == (
        "1 cluster of 2 with fewer than 8 members takes the limits of all members together."
    )
    assert found.distance_limits[1] != found.distance_limits[0]
    noisy = Partition(labels - 1, DATA.rows, "by hand", assigner=lambda new: -np.ones(len(new)))
    lost = arrivals(
        taken(DATA, slice(0, 2)), watch=watch(DATA, model=answer.model, partition=noisy)
    )
    assert lost.strange.all() and lost.reasons[0] == "It lies in no cluster."


def test_arrivals_after_a_refinement_are_held_against_the_refined_network(answer):
    refined = idec.refine(DATA, model=answer.model, k=KINDS, epochs=1, batch=30)
    guard = watch(DATA, model=refined.model, partition=refined.partition)
    found = arrivals(DATA, watch=guard)
    assert np.array_equal(found.labels, refined.partition.labels)
    assert found.strange.mean() < 0.05


def test_what_cannot_be_watched_is_a_sentence(answer, watched):
    model, partition = answer.model, answer.partition
    with pytest.raises(ParameterError, match="reach = 0; choose a positive number"):
        watch(DATA, model=model, partition=partition, reach=0)
    with pytest.raises(DataError, match="belongs to other data"):
        watch(taken(DATA, slice(0, 9)), model=model, partition=partition)
    tree = then.refine(DATA, model=model, k=KINDS, then="Agglomerative (Ward)").partition
    with pytest.raises(UnsupportedError, match="merge tree has no rule for new points"):
        watch(DATA, model=model, partition=tree)
    with pytest.raises(DataError, match="points of 24 numbers; these have 20"):
        arrivals(Dataset.from_points(np.zeros((1, 20))), watch=watched)


def test_the_axis_over_k_measures_in_both_spaces(answer):
    told: list[Step] = []
    axis = over_k.axis(
        DATA, model=answer.model, k_max=4, truth=GROUPS, n_init=20, report=told.append
    )
    assert axis.parameter == "k" and axis.values.tolist() == [1, 2, 3, 4]
    third = axis.at(3)
    assert np.array_equal(third.labels, answer.partition.labels)
    assert np.allclose(third.centers, answer.partition.centers)
    assert third.parameters == answer.partition.parameters
    assert np.array_equal(third.assign(DATA.points), third.labels)
    inside = silhouette(embed(DATA, model=answer.model), third.labels).value
    outside = silhouettes_dtw(DATA, [third.labels], shape=(12, 2))[0].value
    assert np.isclose(axis.curves["silhouette"][2], inside)
    assert np.isclose(axis.curves["silhouette_dtw"][2], outside)
    assert (
        np.isnan(axis.curves["silhouette_dtw"][0]) and "k = 1" in axis.notes["silhouette_undefined"]
    )
    assert axis.curves["ari"][2] == axis.curves["accuracy"][2] == 1.0
    assert (np.diff(axis.curves["inertia"]) < 0).all()
    shares = [step.share for step in told]
    assert shares == sorted(shares) and shares[-1] == 1.0


@pytest.mark.parametrize("method", over_k.METHODS[1:])
def test_the_axis_takes_any_method_of_the_library(answer, method):
    axis = over_k.axis(DATA, model=answer.model, method=method, k_max=3, limit=30)
    assert "ari" not in axis.curves
    one = axis.at(3)
    other = then.refine(DATA, model=answer.model, k=3, then=method).partition
    assert np.array_equal(one.labels, other.labels) and one.method == other.method
    assert "sample" in axis.notes["silhouette_dtw"]
    assert (one.centers != PADDING).all()


def test_an_axis_of_no_method_or_of_no_series_is_a_sentence(answer):
    with pytest.raises(ParameterError, match="No method 'magic' here"):
        over_k.axis(DATA, model=answer.model, method="magic")
    plain = autoencoder.fit(Dataset.from_points(np.eye(6)), network="recipe", latent=2, epochs=1)
    with pytest.raises(UnsupportedError, match="for series"):
        over_k.axis(Dataset.from_points(np.eye(6)), model=plain)
