"""The contract of the deep methods: each on every kind of data in turn, with tiny budgets."""

import importlib
import pickle
import re
from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.feature_extraction.text import TfidfVectorizer

from clustering import validity
from clustering.dataset import Dataset
from clustering.deep import autoencoder, clustered, information, training
from clustering.deep.seeds import METHODS
from clustering.errors import ClusterloomError, DataError, ParameterError, UnsupportedError
from clustering.progress import Step
from tests.deep.series import dataset, drawn
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
    "series": dataset(drawn(30, seed=4)[0], steps=12),
}
DATA["weighted"] = replace(DATA["weighted"], points=DATA["weighted"].points / 255)
SHAPES = {"images": (8, 8), "series": (12, 2)}
NETWORK = {"table": "variational", "texts": "deep", "series": "lstm"}
CELLS = {"series": {"units": 6, "decoder": "dense"}}
# Nothing here is what it is where it is left out, so that no argument can be lost on the way.
TOLD = {"epochs": 2, "batch": 16, "optimizer": "rmsprop", "learning_rate": 0.02, "seed": 3}
OWN = {
    "latent_kmeans": {"n_init": 3, "seed": 3},
    "separation": {"strength": 0.5, "augment": "noise", **TOLD},
    "dec": {"augment": "noise", **TOLD},
    "idec": {"gamma": 0.5, "augment": "noise", **TOLD},
    "information": {"strength": 0.3, "evenness": 2.0, **TOLD},
    "n2d": {"n_neighbors": 5, "n_init": 2, "components": 2, "seed": 3},
}
TRAINED = ("separation", "dec", "idec", "information")
ACCEPTED = [
    *((name, "weighted") for name in METHODS if name != "n2d"),
    ("latent_kmeans", "table"),
    ("n2d", "texts"),
    ("dec", "images"),
    *((name, "series") for name in METHODS),
]
HOME = {name: kind for name, kind in reversed(ACCEPTED)}
"""The kind of data on which a method is looked at more closely."""

models: dict[str, autoencoder.Model] = {}
answers: dict[tuple[str, str], clustered.Clustered] = {}
told: dict[tuple[str, str], list[Step]] = {}


def model(kind: str) -> autoencoder.Model:
    if kind not in models:
        models[kind] = autoencoder.fit(
            DATA[kind], network=NETWORK.get(kind, "recipe"), shape=SHAPES.get(kind),
            latent=2 if kind in NETWORK else 3, epochs=2, batch=64, **CELLS.get(kind, {}),
        )  # fmt: skip
    return models[kind]


def answer(name: str, kind: str) -> clustered.Clustered:
    if (name, kind) not in answers:
        told[name, kind] = []
        answers[name, kind] = METHODS[name](
            DATA[kind], model=model(kind), k=3, report=told[name, kind].append, **OWN[name]
        )
    return answers[name, kind]


accepted = pytest.mark.parametrize(("name", "kind"), ACCEPTED)
every = pytest.mark.parametrize("name", METHODS)


@accepted
def test_an_answer_is_about_the_rows_and_assigns_them_as_it_labels_them(name, kind):
    data, found = DATA[kind], answer(name, kind)
    partition = found.partition
    assert partition.method == f"deep.{name}"
    assert np.array_equal(partition.rows, data.rows)
    assert partition.centers.shape == (3, data.d) and np.isfinite(partition.centers).all()
    assert partition.membership.shape == (data.n, 3) and partition.membership.min() >= 0
    assert np.allclose(partition.membership.sum(axis=1), 1.0)
    assert np.array_equal(partition.membership.argmax(axis=1), partition.labels)
    assert np.array_equal(partition.assign(data.points), partition.labels)
    assert np.array_equal(partition.assign(data.points[5:9]), partition.labels[5:9])
    assert found.codes.shape[0] == data.n and found.latent(data).n == data.n


@every
def test_clusters_of_unequal_series_are_measured_by_warping(name):
    data, found = DATA["series"], answer(name, "series")
    row = clustered.judged(data, found, truth=found.partition.labels)
    inside = validity.silhouette(data, found.partition.labels).value
    assert np.isclose(row.mean("silhouette_input"), inside, equal_nan=True)
    assert np.isnan(row.mean("calinski_harabasz_input"))
    # Padding counted as values would cost about 1e18.
    assert all(losses.max() < 20 for losses in found.history.values())


@every
def test_it_travels_to_another_process_and_says_the_same_there(name):
    found = answer(name, HOME[name])
    there = pickle.loads(pickle.dumps(found))
    assert there.key == found.key
    points = DATA[HOME[name]].points
    assert np.array_equal(there.partition.assign(points), found.partition.labels)


@every
def test_it_is_measured_in_both_spaces_by_name(name):
    data, found = DATA[HOME[name]], answer(name, HOME[name])
    labels = found.partition.labels
    row = clustered.judged(data, found, truth=labels)
    assert row.mean("accuracy") == row.mean("ari") == 1.0 or len(set(labels)) == 1
    inside = validity.silhouette(data, labels).value
    assert np.isclose(row.mean("silhouette_input"), inside, equal_nan=True)
    apart = validity.calinski_harabasz(found.latent(data), labels).value
    assert np.isclose(row.mean("calinski_harabasz_latent"), apart, equal_nan=True)


@every
def test_its_parameters_give_it_again_from_the_data_alone(name):
    found = answer(name, HOME[name]).partition
    assert found.parameters.items() >= {"k": 3, **OWN[name]}.items()
    module = importlib.import_module(f"clustering.{found.method}")
    again = module.fit(DATA[HOME[name]], **found.parameters)
    assert again.parameters == found.parameters
    assert np.array_equal(again.membership, found.membership)


@pytest.mark.parametrize("name", TRAINED)
def test_stopped_and_gone_on_with_it_is_the_same_to_the_bit(name):
    data, whole = DATA["weighted"], answer(name, "weighted")
    own = {"model": model("weighted"), "k": 3, **OWN[name]}
    some = METHODS[name](data, within=0.0, **own)
    assert some.epochs == 1
    sent = pickle.loads(pickle.dumps(some))
    here = METHODS[name](data, begin=some, **own)
    training.live("nothing", keep=object())  # another process has but what the answer holds
    there = METHODS[name](data, begin=sent, **own)
    for each in (here, there):
        assert each.epochs == whole.epochs == 2 and each.trail.epochs == whole.trail.epochs
        assert np.array_equal(each.partition.membership, whole.partition.membership)
        assert np.array_equal(each.before, whole.before)
        assert {row: history.tolist() for row, history in each.history.items()} == {
            row: history.tolist() for row, history in whole.history.items()
        }
        assert each.key == whole.key
    assert METHODS[name](data, begin=there, **own) is there


@accepted
def test_it_tells_how_far_it_is(name, kind):
    answer(name, kind)
    shares = [step.share for step in told[name, kind]]
    assert shares == sorted(shares) and shares[-1] == 1.0
    if name in TRAINED and kind == "images":  # k-means, and 16 batches in each of two epochs
        assert len(shares) == 33


def test_it_stops_after_the_batch_at_which_it_is_told_to():
    seen = []

    def stop(step):
        seen.append(step)
        if step.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        METHODS["dec"](DATA["texts"], model=model("texts"), k=2, report=stop, batch=16)
    assert [step.done for step in seen] == [0, 1]


@every
def test_it_refuses_what_it_cannot_do_in_a_sentence(name):
    module = importlib.import_module(f"clustering.deep.{name}")
    few = Dataset.from_points(np.repeat([[0.0, 0.0], [1.0, 1.0]], 6, axis=0))
    trained = {"latent": 2, "pretraining": 1}
    refused: list[ClusterloomError] = []
    for data, chosen, error in (
        (KINDS["places"][1], {"k": 2, **trained}, UnsupportedError),
        (few, {"k": 3, **trained}, ParameterError),
        (few, {"k": 0, **trained}, ParameterError),
        (few, {"k": 2, "latent": 3, "pretraining": 1}, ParameterError),
        (few, {"k": 2, "seed": -1, **trained}, ParameterError),
    ):
        with pytest.raises(error) as caught:
            module.fit(data, **chosen)
        refused.append(caught.value)
    with pytest.raises(DataError, match="trained on points of 9 numbers") as caught:
        METHODS[name](few, model=model("texts"), k=2)
    assert all(re.fullmatch(SENTENCE, str(each)) for each in [*refused, caught.value])


@pytest.mark.parametrize(
    ("name", "chosen", "said"),
    [
        ("idec", {"gamma": -1.0}, "gamma = -1"),
        ("separation", {"strength": -0.1}, "overlap"),
        ("information", {"augment": "none"}, "Without variants"),
        ("information", {"evenness": np.nan}, "evenness = nan"),
        ("dec", {"augment": "shift and rotate"}, "Only images"),
        ("dec", {"epochs": 0}, "epochs = 0"),
        ("dec", {"optimizer": "newton"}, "No optimizer 'newton'"),
        ("n2d", {"n_neighbors": 1}, "n_neighbors = 1"),
        ("n2d", {"components": 0}, "components = 0"),
        ("n2d", {"n_init": 0}, "n_init = 0"),
    ],
)
def test_an_argument_that_makes_no_sense_is_named(name, chosen, said):
    with pytest.raises(ClusterloomError, match=said):
        METHODS[name](DATA["texts"], model=model("texts"), k=3, **chosen)


@pytest.mark.parametrize("name", ["latent_kmeans", "separation", "n2d"])
def test_a_network_that_leads_all_points_to_one_place_is_named_as_the_reason(name):
    dead = replace(model("texts"), weights=tuple(0 * each for each in model("texts").weights))
    with pytest.raises(DataError, match="network leads all points to 1 place, which is too few"):
        METHODS[name](DATA["texts"], model=dead, k=3)


def test_n2d_says_that_it_knows_no_weights():
    with pytest.raises(UnsupportedError, match="know no weights"):
        METHODS["n2d"](DATA["weighted"], model=model("weighted"), k=3)


def test_the_loss_is_the_way_back_and_the_clusters_by_their_weight():
    history = answer("separation", "weighted").history
    # Keras counts a last, smaller batch in full for the parts, and by its size for the whole.
    parts = 0.5 * history["apart_loss"] + history["decoder_loss"]
    assert np.allclose(history["loss"], parts, rtol=0.12)


def test_the_loss_of_information_is_agreement_less_what_clusters_say():
    draw = np.random.default_rng(0)
    p, q = draw.dirichlet([1, 1, 1], (2, 20))
    times = draw.integers(1, 4, 20)
    w = times / times.sum()
    sizes = w @ p
    apart = (w[:, None] * p * np.log(p / q)).sum()
    said = -4 * (sizes * np.log(sizes)).sum() + (w[:, None] * p * np.log(p)).sum()
    loss = information._loss(0.1, 4.0, 3)
    told = [np.asarray(each, np.float32) for each in (times[:, None], np.hstack([p, q]))]
    assert np.isclose(float(loss(*told)), apart - 0.1 * said, rtol=1e-4)


def test_a_softmax_begins_where_the_nearest_center_is_the_likeliest():
    codes, centers = DATA["weighted"].points, DATA["weighted"].points[:3]
    shares = information._softmax(codes, information._begin(centers, codes, DATA["weighted"]))
    nearest = ((codes[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
    assert np.array_equal(shares.argmax(axis=1), nearest)


def test_the_trail_of_a_refinement_begins_before_its_first_epoch():
    found = answer("dec", "images")
    assert found.trail.epochs == (0, 1, 2)
    places = found.trail.places
    assert np.array_equal(found.trail.labels[0], found.before[places])
    assert np.array_equal(found.trail.labels[-1], found.partition.labels[places])
    assert np.array_equal(found.trail.codes[-1], found.codes[places])
    for labels, next_, moved in zip(
        found.trail.labels, found.trail.labels[1:], found.history["changed"], strict=False
    ):
        assert moved == (labels != next_).mean()
