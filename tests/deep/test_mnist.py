"""MNIST is fetched by Keras' own loader, and without a network a sentence says what to do."""

import os
import subprocess
import sys

import numpy as np
import pytest

from clustering.deep import mnist

pytestmark = pytest.mark.neural

TRY = """
from clustering.deep import mnist
from clustering.errors import DataError
try:
    print(mnist.fetched().n)
except DataError as error:
    print(error)
"""


def tried(home) -> str:
    """What happens in a process of its own, where Keras has this home and no network."""
    deaf = dict.fromkeys(("HTTPS_PROXY", "https_proxy"), "http://127.0.0.1:9")
    env = os.environ | deaf | {"KERAS_HOME": str(home)}
    env.pop("CLUSTERLOOM_DATA", None)
    done = subprocess.run([sys.executable, "-c", TRY], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_without_a_network_a_sentence_names_the_ways_out(tmp_path):
    said = tried(tmp_path)
    assert said.startswith("MNIST could not be fetched")
    assert "mnist.npz" in said and "CLUSTERLOOM_DATA" in said and "1,797" in said


def test_what_keras_keeps_is_not_fetched_again(tmp_path):
    images = np.random.default_rng(0).integers(0, 256, (30, 28, 28), dtype=np.uint8)
    (tmp_path / "datasets").mkdir()
    np.savez(
        tmp_path / "datasets" / "mnist.npz",
        x_train=images[:20], y_train=np.arange(20) % 10,
        x_test=images[20:], y_test=np.arange(10),
    )  # fmt: skip
    assert tried(tmp_path) == "30"


def test_arrays_of_keras_become_an_image_set():
    images = np.zeros((6, 28, 28), np.uint8)
    labels = np.arange(6, dtype=np.uint8)
    found = mnist._set_of(((images[:4], labels[:4]), (images[4:], labels[4:])))
    assert (found.n, found.shape, found.classes[9]) == (6, (28, 28), "9")
    assert found.test.tolist() == [False] * 4 + [True] * 2
    assert found.labels.tolist() == [0, 1, 2, 3, 4, 5]
