"""Networks on the engine: seeds undisturbed, stopped at a batch, and failures as sentences."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from sklearn.datasets import load_digits

from clustering.dataset import Dataset
from clustering.deep import autoencoder
from clustering.deep.model import Model
from clustering.engine import Engine
from clustering.errors import TrainingError
from clustering.progress import Step
from tests.engine.jobs import Enough, leave_when, wait_for

pytestmark = pytest.mark.neural

DIGITS = Dataset.from_points(load_digits().data / 16)
SETTINGS = {"network": "recipe", "latent": 8, "batch": 64}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(workers=2, memory=3_000_000_000) as made:
        yield made


def trained(engine: Engine, seed: int) -> Model:
    return engine.run(autoencoder.fit, DIGITS, epochs=2, seed=seed, **SETTINGS)


def test_equal_seeds_give_equal_networks_whoever_trains_beside(engine):
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda seed: trained(engine, seed), (1, 2))
    with ThreadPoolExecutor(2) as pool:
        again, twin = pool.map(lambda seed: trained(engine, seed), (1, 1))
    alone = trained(engine, 2)
    assert one.key == again.key == twin.key
    assert other.key == alone.key != one.key
    assert np.array_equal(one.history["loss"], twin.history["loss"])
    assert one.history["loss"][1] < one.history["loss"][0]


def test_a_stop_ends_the_training_at_its_next_batch_and_its_worker_lives_on(engine):
    workers = set(engine._start.link.load())
    seen: list[Step] = []

    def at_work(step: Step) -> bool:
        seen.append(step)
        return "loss" in step.message

    with pytest.raises(Enough):
        engine.run(autoencoder.fit, DIGITS, epochs=100_000, report=leave_when(at_work), **SETTINGS)
    assert seen[-1].total == 100_000 * 29  # batches of 64 in 1,797 digits
    # A worker that does not end its job within half a second is ended itself, and replaced.
    wait_for(lambda: not any(engine._start.link.load().values()))
    assert set(engine._start.link.load()) == workers
    assert trained(engine, 1).epochs == 2


def test_a_loss_without_end_comes_back_as_a_sentence_that_says_what_to_change(engine):
    far = Dataset.from_points(DIGITS.points * 1e6)
    with pytest.raises(TrainingError, match=r"In epoch \d+ the loss is no finite number.*rate"):
        engine.run(autoencoder.fit, far, optimizer="sgd", learning_rate=100.0, epochs=5, **SETTINGS)
    assert trained(engine, 1).epochs == 2
