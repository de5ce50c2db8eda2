"""Autoencoders: they learn, the same way every time, and stopping changes nothing."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_digits

from clustering.dataset import Dataset, Metric, euclidean
from clustering.deep import autoencoder, embedding, training
from clustering.deep.networks import NETWORKS
from clustering.errors import DataError, ParameterError, TrainingError, UnsupportedError
from clustering.geometry.components import components

pytestmark = pytest.mark.neural

DIGITS = Dataset.from_points(load_digits().data[:300] / 16.0, name="digits")
BLOBS = Dataset.from_points(np.repeat([[0.0, 0.0], [9.0, 5.0]], 20, axis=0))


def trained(**settings):
    told = {"network": "recipe", "shape": (8, 8), "latent": 6, "epochs": 3, "batch": 100}
    return autoencoder.fit(DIGITS, **{**told, **settings})


@pytest.fixture(scope="module")
def model():
    return trained()


EPOCHS = {"recipe": 20, "deep": 12, "wide": 6, "convolutional": 10, "variational": 20,
          "lstm": 15}  # fmt: skip


@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_learns_more_than_the_mean_image(network):
    rate = 1e-3 if network == "wide" else 5e-3
    model = trained(network=network, epochs=EPOCHS[network], batch=20, learning_rate=rate,
                    decoder="dense")  # fmt: skip
    error = ((model.reconstruct(DIGITS.points) - DIGITS.points) ** 2).mean()
    assert error < 0.75 * components(DIGITS).errors[0]
    assert model.encode(DIGITS.points).shape == (300, 6)
    assert model.history["loss"][-1] < model.history["loss"][0]
    assert model.summary().count("Total params") == 2
    assert model.n == sum(each.size for each in model.weights)


def test_what_was_stopped_and_gone_on_with_is_what_would_have_come():
    """By the network that is still there, and by what another process knows: its numbers."""
    settings = {
        "network": "variational", "latent": 2, "seed": 3, "augment": "shift and rotate",
        "optimizer": "rmsprop", "epochs": 4, "batch": 300,
    }  # fmt: skip
    whole, part = trained(**settings), None
    for epoch in (1, 2, 3, 4):
        if epoch == 3:
            training.live("nothing", keep=object())
            part = pickle.loads(pickle.dumps(part))
        part = trained(**settings, begin=part, within=0.0)
        assert part.epochs == epoch
    assert part.key == whole.key
    assert np.array_equal(part.history["loss"], whole.history["loss"])
    assert all(map(np.array_equal, part.optimizer, whole.optimizer))
    assert part.trail.epochs == whole.trail.epochs == (1, 2, 3, 4)
    assert all(map(np.array_equal, part.trail.codes, whole.trail.codes))
    assert autoencoder.fit(DIGITS, **whole.settings, begin=part) is part


def test_its_settings_train_it_again_and_another_seed_does_not():
    model = trained(optimizer="rmsprop", learning_rate=0.01, seed=7, epochs=1)
    assert autoencoder.fit(DIGITS, **model.settings).key == model.key
    assert trained(**{**model.settings, "seed": 8}).key != model.key


def test_it_remembers_where_points_lay_after_each_epoch(model):
    assert model.trail.epochs == (1, 2, 3) and model.trail.labels == ()
    assert np.array_equal(model.trail.places, np.arange(300))
    assert np.array_equal(model.trail.codes[-1], model.encode(DIGITS.points).astype(np.float32))
    assert np.ptp(model.trail.codes[-1] - model.trail.codes[0]) > 0.01
    assert replace(model, trail=None).key == model.key


def test_weights_count_as_repeated_points():
    """In one batch, the gradient of a point with weight 3 is that of three such points."""
    times = np.arange(40) % 3 + 1
    settings = {"network": "recipe", "latent": 2, "epochs": 2, "batch": 1000, "optimizer": "sgd"}
    points = BLOBS.points + np.random.default_rng(0).normal(size=(40, 2))
    weighted = autoencoder.fit(Dataset.from_points(points, weights=times), **settings)
    repeated = autoencoder.fit(Dataset.from_points(np.repeat(points, times, axis=0)), **settings)
    plain = autoencoder.fit(Dataset.from_points(points), **settings)

    def alike(model, other):
        pairs = zip(model.weights, other.weights, strict=True)
        return all(np.allclose(a, b, atol=1e-5) for a, b in pairs)

    assert alike(weighted, repeated)
    assert not alike(plain, repeated)


def test_the_part_that_is_kept_out_is_measured_and_changes_nothing(model):
    other = Dataset.from_points(load_digits().data[300:400] / 16.0)
    watched = trained(validation=other)
    assert watched.key == model.key
    assert watched.history["val_loss"].shape == (3,)
    back = np.clip(watched.reconstruct(other.points), 1e-7, 1 - 1e-7)
    x = other.points
    loss = -(x * np.log(back) + (1 - x) * np.log(1 - back)).mean()
    assert watched.history["val_loss"][-1] == pytest.approx(loss, rel=1e-3)


def test_the_latent_space_is_a_data_set_like_any_other(model):
    latent = embedding.embed(DIGITS, model=model)
    assert latent.columns == tuple(f"latent {i}" for i in range(1, 7))
    assert np.array_equal(latent.rows, DIGITS.rows)
    assert np.array_equal(latent.points, model.encode(DIGITS.points))
    assert np.allclose(
        embedding.reconstructed(DIGITS, model=model), model.decode(latent.points), atol=1e-6
    )


def test_a_model_travels(model):
    back = pickle.loads(pickle.dumps(model))
    assert back.key == model.key
    assert np.array_equal(back.reconstruct(DIGITS.points), model.reconstruct(DIGITS.points))
    assert model.encode(np.empty((0, 64))).shape == (0, 6)
    with pytest.raises(DataError, match="rows of 64 numbers; these have 3"):
        model.encode([[1.0, 2.0, 3.0]])


def test_stopping_passes_through_after_any_batch():
    class Enough(Exception):
        pass

    steps = []

    def report(step):
        steps.append(step)
        if len(steps) == 5:
            raise Enough

    with pytest.raises(Enough):
        trained(epochs=2, report=report)
    assert [step.done for step in steps] == [1, 2, 3, 4, 5]
    assert {step.total for step in steps} == {6}
    assert steps[0].message.startswith("epoch 1 of 2, loss 0.")


def test_a_loss_that_runs_away_ends_with_what_to_change():
    with pytest.raises(TrainingError, match=r"In epoch 1 .* learning rate below 1e\+08"):
        autoencoder.fit(BLOBS, network="recipe", latent=1, epochs=9, batch=4,
                        optimizer="sgd", learning_rate=1e8)  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "kind", "words"),
    [
        ({"latent": 65}, ParameterError, "65 numbers is larger than the 64 that go in"),
        ({"latent": 0}, ParameterError, "whole number from 1"),
        ({"network": "huge"}, ParameterError, "No network 'huge'"),
        ({"network": "convolutional", "shape": None}, UnsupportedError, "at least 4 x 4 pixels"),
        ({"network": "convolutional", "shape": (2, 32)}, UnsupportedError, "4 x 4 pixels"),
        ({"shape": (8, 9)}, ParameterError, "have not the 64 numbers"),
        ({"seed": -1}, ParameterError, "seed = -1"),
        ({"epochs": 0}, ParameterError, "epochs = 0"),
        ({"batch": 0.5}, ParameterError, "batch = 0.5"),
        ({"optimizer": "newton"}, ParameterError, "No optimizer 'newton'"),
        ({"learning_rate": 0.0}, ParameterError, "choose a positive number"),
        ({"loss": "hinge"}, ParameterError, "No loss 'hinge'"),
        ({"augment": "mirror"}, ParameterError, "'mirror' is no augmentation"),
    ],
)  # fmt: skip
def test_what_cannot_be_trained_is_refused_in_a_sentence(settings, kind, words):
    with pytest.raises(kind, match=words):
        trained(**settings)


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (Dataset.from_points([[1.0, 2.0]]), DataError, "a single point"),
        (Dataset.from_points([[1e16], [0.0]]), DataError, "too large for a network"),
        (Dataset.from_points([[-1e60], [0.0]]), DataError, r"value is 1e\+60"),
        (
            Dataset.from_points([[1.0], [2.0]], metric=Metric("Gower", euclidean)),
            UnsupportedError,
            "averages coordinates",
        ),
    ],
)
def test_data_without_anything_to_learn_are_refused_in_a_sentence(data, kind, words):
    with pytest.raises(kind, match=words):
        autoencoder.fit(data, latent=1)


def test_the_cross_entropy_wants_values_from_0_to_1(model):
    with pytest.raises(ParameterError, match="these go from 0 to 9"):
        autoencoder.fit(BLOBS, latent=1, loss="binary cross-entropy")
    blobs = autoencoder.fit(BLOBS, network="recipe", latent=1, epochs=1)
    assert blobs.settings["loss"] == "mean squared error"
    assert model.settings["loss"] == "binary cross-entropy"


def test_an_odd_size_of_images_comes_back_as_it_went():
    images = Dataset.from_points(np.random.default_rng(0).random((9, 7 * 5 * 3)))
    model = autoencoder.fit(images, network="convolutional", shape=(7, 5, 3), latent=2, epochs=1)
    assert model.reconstruct(images.points).shape == (9, 105)
