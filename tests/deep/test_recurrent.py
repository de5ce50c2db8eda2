"""An LSTM autoencoder: padding changes nothing, training is exact, and it learns."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from clustering.data.sequences.padding import PADDING
from clustering.deep import autoencoder, latent_kmeans, networks, saving, then, training
from clustering.deep.backend import keras
from clustering.deep.model import Model, encoded
from clustering.deep.points import errors_of
from clustering.deep.recurrent import Cells, passing_over
from clustering.errors import ClusterloomError, DataError, UnsupportedError
from clustering.validity import adjusted_rand
from tests.deep.series import KINDS, dataset, drawn

pytestmark = pytest.mark.neural

SERIES, GROUPS = drawn(60, seed=1)
DATA = dataset(SERIES, steps=12)
SMALL = {"network": "lstm", "shape": (12, 2), "latent": 3, "units": 5, "batch": 20, "seed": 2}


@pytest.fixture(scope="module")
def model() -> Model:
    return autoencoder.fit(
        DATA, network="lstm", shape=(12, 2), latent=3, units=16, decoder="dense", epochs=60,
        batch=20, learning_rate=0.01, seed=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        Cells(units=4),
        Cells(units=4, layers=2, bidirectional=True, dropout=0.3),
        Cells(units=4, decoder="dense"),
        Cells(units=4, bidirectional=True, decoder="dense"),
    ],
    ids=repr,
)
def test_padding_changes_no_embedding(cells):
    def read(steps, series):
        network = networks.built(
            "lstm", shape=(steps, 2), latent=3, output="linear", seed=7, cells=cells
        )
        half = network.get_layer("encoder")
        return encoded(half, np.float32(dataset(series, steps=steps).points))

    together = read(12, SERIES[:6])
    assert np.allclose(read(19, SERIES[:6]), together, atol=1e-6)
    for place in (0, 3):
        alone = read(len(SERIES[place]), SERIES[place : place + 1])
        assert np.allclose(alone[0], together[place], atol=1e-6)
    assert np.ptp(together, axis=0).min() > 1e-3


def test_the_loss_is_the_mean_over_what_is_no_padding():
    meant = np.array([[1.0, 2.0, PADDING, PADDING], [1.0, 1.0, 1.0, 1.0]], np.float32)
    told = np.array([[2.0, 2.0, 9.0, 9.0], [1.0, 1.0, 1.0, 3.0]], np.float32)
    assert np.array(passing_over()(meant, told)).tolist() == [0.5, 1.0]
    assert errors_of(meant, told).tolist() == [0.5, 1.0]


def test_an_epoch_is_paid_for_what_is_no_padding():
    still = autoencoder.fit(DATA, **{**SMALL, "batch": DATA.n}, learning_rate=1e-12, epochs=1)
    errors = errors_of(DATA.points, still.reconstruct(DATA.points))
    assert np.isclose(still.history["loss"][0], errors.mean(), rtol=1e-5)


def test_stopped_saved_and_gone_on_with_it_is_the_same_to_the_bit():
    cells = {"dropout": 0.4, "bidirectional": True, "decoder": "lstm"}
    told = SMALL | cells
    whole = autoencoder.fit(DATA, **told, epochs=3)
    some = autoencoder.fit(DATA, **told, epochs=1)
    sent = pickle.loads(pickle.dumps(some))
    kept = saving.loaded(saving.saved(some), "mine.keras")
    here = autoencoder.fit(DATA, **told, epochs=3, begin=some)
    training.live("nothing", keep=object())  # another process has but what the model holds
    there = autoencoder.fit(DATA, **told, epochs=3, begin=sent)
    training.live("nothing", keep=object())
    later = autoencoder.fit(DATA, **told, epochs=3, begin=kept)
    assert np.array_equal(kept.reconstruct(DATA.points), some.reconstruct(DATA.points))
    assert {name: kept.settings[name] for name in cells} == cells
    for each in (here, there, later):
        assert each.key == whole.key
        assert each.history["loss"].tolist() == whole.history["loss"].tolist()


def test_keras_alone_opens_a_saved_network(model, tmp_path):
    path = tmp_path / "mine.keras"
    path.write_bytes(saving.saved(model))
    theirs = keras().saving.load_model(path, safe_mode=True)
    points = DATA.points.astype(np.float32)
    assert np.allclose(theirs.predict_on_batch(points), model.reconstruct(points), atol=1e-6)


def test_kinds_of_unequal_length_come_to_lie_apart(model):
    found = latent_kmeans.refine(DATA, model=model, k=KINDS).partition
    assert adjusted_rand(GROUPS, found.labels).value == 1.0
    assert found.centers.shape == (KINDS, 24) and (found.centers != PADDING).all()
    assert errors_of(DATA.points, model.reconstruct(DATA.points)).mean() < 0.2
    new, groups = drawn(30, seed=9)
    assert adjusted_rand(groups, found.assign(dataset(new, steps=12).points)).value == 1.0


@pytest.mark.parametrize("name", then.METHODS)
def test_any_method_of_the_library_parts_their_space(model, name):
    found = then.refine(DATA, model=model, k=KINDS, then=name).partition
    assert adjusted_rand(GROUPS, found.labels).value == 1.0
    if not isinstance(found.assigner, str):
        assert np.array_equal(found.assign(DATA.points), found.labels)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"layers": 5}, "layers = 5; choose a whole number from 1 to 4"),
        ({"units": 0}, "units = 0"),
        ({"dropout": 1.0}, "dropout = 1"),
        ({"dropout": float("nan")}, "dropout = nan"),
        ({"decoder": "gru"}, "No decoder 'gru'; choose one of lstm, dense"),
        ({"shape": (24,)}, "An LSTM reads series"),
        ({"shape": (12, 3)}, "have not the 24 numbers"),
        ({"latent": 25}, "larger than the 24"),
        ({"loss": "binary cross-entropy"}, "from 0 to 1"),
        ({"augment": "shift and rotate"}, "unequal length cannot be shifted"),
    ],
)
def test_what_no_network_can_be_made_of_is_named(told, said):
    with pytest.raises(ClusterloomError, match=said):
        autoencoder.fit(DATA, **{**SMALL, "epochs": 1, **told})


def test_what_reads_no_series_takes_no_padded_ones(model):
    with pytest.raises(UnsupportedError, match="dynamic time warping"):
        autoencoder.fit(DATA, network="recipe", latent=2, epochs=1)
    with pytest.raises(DataError, match="trained on points of 24 numbers; these have 20"):
        latent_kmeans.refine(dataset(SERIES[1:2] * 9, steps=10), model=model, k=1)
    plain = replace(DATA, points=np.where(DATA.points == PADDING, 0.0, DATA.points))
    assert latent_kmeans.refine(plain, model=model, k=2).partition.k == 2
