"""The contract of the deep methods, on every kind of data that they accept, with tiny budgets."""

import importlib
import pickle
import re
from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.feature_extraction.text import TfidfVectorizer

from clustering import validity
from clustering.dataset import Dataset, digest
from clustering.deep import (
    autoencoder,
    clustered,
    dec,
    idec,
    information,
    n2d,
    seeds,
    separation,
    training,
)
from clustering.deep.seeds import METHODS
from clustering.errors import ClusterloomError, DataError, ParameterError, UnsupportedError
from clustering.progress import Step
from tests.kinds import KINDS

pytestmark = pytest.mark.neural

SENTENCE = r"[^.\s][^\n]*[^.]\."


def images() -> Dataset:
    return Dataset.from_points(load_digits(n_class=4).data[:256] / 16)


def texts() -> Dataset:
    words = ["rain wind cloud", "goal team ball", "bread milk salt"]
    draw = np.random.default_rng(0)
    said = [" ".join(draw.choice(words[i % 3].split(), 4)) for i in range(60)]
    return Dataset.from_points(TfidfVectorizer().fit_transform(said).toarray())


DATA = {
    "table": KINDS["table"][1],
    "weighted": KINDS["weighted pixels"][1],
    "texts": texts(),
    "images": images(),
}
DATA["weighted"] = replace(DATA["weighted"], points=DATA["weighted"].points / 255)
SHAPES = {"images": (8, 8)}
OWN = {
    "latent_kmeans": {"n_init": 3},
    "separation": {"epochs": 2},
    "dec": {"epochs": 2},
    "idec": {"epochs": 2},
    "information": {"epochs": 2, "augment": "noise"},
    "n2d": {"n_neighbors": 5, "n_init": 2},
}
TRAINED = ("separation", "dec", "idec", "information")
ACCEPTED = [
    *((name, "weighted") for name in METHODS if name != "n2d"),
    *((name, "images") for name in METHODS),
    *(("latent_kmeans", kind) for kind in ("table", "texts")),
    ("idec", "table"),
    ("information", "texts"),
    ("n2d", "texts"),
]
models: dict[str, autoencoder.Model] = {}
answers: dict[tuple[str, str], clustered.Clustered] = {}
told: dict[tuple[str, str], list[Step]] = {}


def model(kind: str) -> autoencoder.Model:
    if kind not in models:
        models[kind] = autoencoder.fit(
            DATA[kind], shape=SHAPES.get(kind), latent=2, epochs=2, batch=64
        )
    return models[kind]


def answer(name: str, kind: str) -> clustered.Clustered:
    if (name, kind) not in answers:
        own = OWN[name] | ({"batch": 64} if name in TRAINED else {})
        told[name, kind] = []
        answers[name, kind] = METHODS[name](
            DATA[kind], model=model(kind), k=3, report=told[name, kind].append, **own
        )
    return answers[name, kind]


accepted = pytest.mark.parametrize(("name", "kind"), ACCEPTED)


@accepted
def test_an_answer_is_about_the_rows_and_assigns_them_as_it_labels_them(name, kind):
    data, found = DATA[kind], answer(name, kind)
    partition = found.partition
    assert partition.method == f"deep.{name}"
    assert np.array_equal(partition.rows, data.rows)
    assert partition.centers.shape == (3, data.d) and np.isfinite(partition.centers).all()
    assert partition.membership.shape == (data.n, 3)
    assert np.allclose(partition.membership.sum(axis=1), 1.0)
    assert np.array_equal(partition.membership.argmax(axis=1), partition.labels)
    assert np.array_equal(partition.assign(data.points), partition.labels)
    assert found.codes.shape[0] == data.n and found.latent(data).n == data.n


@accepted
def test_it_travels_to_another_process_and_says_the_same_there(name, kind):
    found = answer(name, kind)
    there = pickle.loads(pickle.dumps(found))
    assert there.key == found.key
    assert np.array_equal(there.partition.assign(DATA[kind].points), found.partition.labels)


@accepted
def test_it_is_measured_in_both_spaces_by_name(name, kind):
    data, found = DATA[kind], answer(name, kind)
    row = clustered.judged(data, found, truth=found.partition.labels)
    labels = found.partition.labels
    assert row.mean("accuracy") == row.mean("ari") == 1.0 or len(set(labels)) == 1
    inside = validity.silhouette(data, labels).value
    assert np.isclose(row.mean("silhouette_input"), inside, equal_nan=True)
    apart = validity.calinski_harabasz(found.latent(data), labels).value
    assert np.isclose(row.mean("calinski_harabasz_latent"), apart, equal_nan=True)


@pytest.mark.parametrize("name", ["latent_kmeans", "dec", "information", "n2d"])
def test_its_parameters_give_it_again_from_the_data_alone(name):
    kind = "texts" if name == "n2d" else "weighted"
    found = answer(name, kind).partition
    module = importlib.import_module(f"clustering.{found.method}")
    again = module.fit(DATA[kind], **found.parameters)
    assert again.parameters == found.parameters
    assert np.array_equal(again.membership, found.membership)


@pytest.mark.parametrize("name", ["separation", "idec", "information"])
@pytest.mark.parametrize("elsewhere", [False, True])
def test_stopped_and_gone_on_with_it_is_the_same_to_the_bit(name, elsewhere):
    whole = answer(name, "weighted")
    own = OWN[name] | {"batch": 64, "model": model("weighted"), "k": 3}
    some = METHODS[name](DATA["weighted"], within=0.0, **own)
    assert some.epochs == 1
    if elsewhere:  # another process has nothing but what the answer holds
        training._live.clear()
        some = pickle.loads(pickle.dumps(some))
    some = METHODS[name](DATA["weighted"], begin=some, **own)
    assert some.epochs == whole.epochs == 2 and some.trail.epochs == whole.trail.epochs
    assert np.array_equal(some.partition.membership, whole.partition.membership)
    assert {row: each.tolist() for row, each in some.history.items()} == {
        row: each.tolist() for row, each in whole.history.items()
    }
    assert some.key == whole.key


@accepted
def test_it_tells_how_far_it_is(name, kind):
    answer(name, kind)
    shares = [step.share for step in told[name, kind]]
    assert shares == sorted(shares) and shares[-1] == 1.0
    if name in TRAINED and kind == "images":  # k-means, and four batches in each of two epochs
        assert len(shares) == 9


@pytest.mark.parametrize("name", ["idec", "information"])
def test_it_stops_after_the_batch_at_which_it_is_told_to(name):
    def stop(step):
        if step.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        METHODS[name](DATA["texts"], model=model("texts"), k=2, report=stop, batch=64)


@pytest.mark.parametrize("name", METHODS)
def test_it_refuses_what_it_cannot_do_in_a_sentence(name):
    module = importlib.import_module(f"clustering.deep.{name}")
    few = Dataset.from_points(np.repeat([[0.0, 0.0], [1.0, 1.0]], 6, axis=0))
    trained = {"latent": 2, "pretraining": 1}
    refused: list[ClusterloomError] = []
    for data, chosen, error in (
        (KINDS["places"][1], {"k": 2, **trained}, UnsupportedError),
        (few, {"k": 3, **trained}, ParameterError),
        (few, {"k": 2, "latent": 3, "pretraining": 1}, ParameterError),
        (few, {"k": 2, "seed": -1, **trained}, ClusterloomError),
    ):
        with pytest.raises(error) as caught:
            module.fit(data, **chosen)
        refused.append(caught.value)
    with pytest.raises(DataError) as caught:
        METHODS[name](few, model=model("texts"), k=2)
    assert all(re.fullmatch(SENTENCE, str(each)) for each in [*refused, caught.value])


@pytest.mark.parametrize(
    ("module", "chosen", "said"),
    [
        (idec, {"gamma": -1.0}, "gamma = -1"),
        (separation, {"strength": -0.1}, "overlap"),
        (information, {"augment": "none"}, "Without variants"),
        (dec, {"augment": "shift and rotate"}, "Only images"),
        (dec, {"epochs": 0}, "epochs = 0"),
        (n2d, {"n_neighbors": 1}, "n_neighbors = 1"),
    ],
)
def test_an_argument_that_makes_no_sense_is_named(module, chosen, said):
    with pytest.raises(ClusterloomError, match=said):
        module.refine(DATA["texts"], model=model("texts"), k=3, **chosen)


def test_n2d_says_that_it_knows_no_weights():
    with pytest.raises(UnsupportedError, match="know no weights"):
        n2d.refine(DATA["weighted"], model=model("weighted"), k=3)


def test_more_weight_on_the_reward_lays_clusters_further_apart():
    axis = separation.axis(
        DATA["images"], model=model("images"), k=4, lambdas=(0.0, 1.0), epochs=4, batch=64
    )
    assert axis.values.tolist() == [0.0, 1.0]
    none, much = axis.curves["separation"]
    assert much > none + 0.02
    assert axis.at(1.0).parameters["strength"] == 1.0


def test_the_row_over_seeds_has_a_figure_for_each():
    row = seeds.over_seeds(
        DATA["texts"], method="latent_kmeans", k=3, latent=2, pretraining=1, seeds=2,
        truth=np.arange(60) % 3,
    )  # fmt: skip
    assert row.seeds == 2 and len(row.seconds) == 2
    assert 1 / 3 <= row.mean("accuracy") <= 1.0 and row.spread("accuracy") >= 0.0


def test_collapsed_and_undecided_answers_raise_an_alarm_and_good_ones_none():
    data = DATA["images"]
    good = answer("latent_kmeans", "images")
    assert clustered.alarm(data, good, truth=good.partition.labels) == ""

    def with_shares(membership):
        labels = membership.argmax(axis=1)
        return replace(
            good, partition=replace(good.partition, labels=labels, membership=membership)
        )

    one = np.tile([0.9, 0.1, 0.0], (data.n, 1))
    assert "collapsed" in clustered.alarm(data, with_shares(one))
    two = np.eye(3)[np.arange(data.n) % 2]
    assert "1 cluster of 3 holds no point" in clustered.alarm(data, with_shares(two))
    flat = np.full((data.n, 3), 1 / 3) + 1e-3 * np.eye(3)[np.arange(data.n) % 3]
    assert "No point is decided" in clustered.alarm(data, with_shares(flat))
    worse = replace(good, before=np.arange(data.n) % 3)
    right = np.arange(data.n) % 3
    assert "made things worse" in clustered.alarm(data, worse, truth=right)


def test_the_trail_keeps_the_ends_and_a_bounded_number_of_epochs():
    found = answer("dec", "images")
    assert found.trail.epochs == (0, 1, 2)
    flat = found.trail.plane()
    assert [each.shape for each in flat] == [(256, 2)] * 3
    assert np.array_equal(found.trail.labels[-1], found.partition.labels[found.trail.places])
    assert digest(*flat) == digest(*found.trail.plane())
