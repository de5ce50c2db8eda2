"""The race of optimizers: the same start, the trainings that `fit` does, and who stands still."""

import numpy as np
import pytest

from clustering.data import image_sets
from clustering.deep import autoencoder
from clustering.deep.race import RUNS, race
from clustering.errors import ParameterError
from clustering.lessons import training

pytestmark = pytest.mark.neural

IMAGES = image_sets.sample("digits")
DATA = IMAGES.dataset("train", most=300)
HOW = {"network": "recipe", "shape": IMAGES.shape, "latent": 16, "batch": 10}
EPOCHS = 6


@pytest.fixture(scope="module")
def steps():
    return []


@pytest.fixture(scope="module")
def found(steps):
    return race(DATA, epochs=EPOCHS, report=steps.append, **HOW)


def squared(a, b):
    return ((a - b) ** 2).mean()


def test_all_start_alike_and_are_measured_after_every_epoch(found):
    assert [run.name for run in found.runs] == [
        "adadelta at 0.001",
        "adadelta at 1",
        "adam at 0.001",
    ]
    assert len({run.errors[0] for run in found.runs}) == 1
    assert all(run.errors.shape == (EPOCHS + 1,) for run in found.runs)
    assert found.mean_error == pytest.approx(squared(DATA.points, DATA.points.mean(axis=0)))
    assert [run.steps for run in found.runs] == [EPOCHS * 30] * 3


def test_a_run_is_the_training_that_fit_does(found):
    name, rate = RUNS[2]
    model = autoencoder.fit(DATA, optimizer=name, learning_rate=rate, epochs=EPOCHS, **HOW)
    assert np.array_equal(found.runs[2].loss, model.history["loss"])
    back = model.reconstruct(DATA.points)
    assert found.runs[2].errors[-1] == pytest.approx(squared(DATA.points, back))


def test_the_rate_of_today_stands_still_and_those_that_were_meant_beat_the_mean_image(found):
    today, meant, adam = found.runs
    assert today.moved < 0.01 and today.errors[-1] > 0.9 * today.errors[0] > found.mean_error
    assert min(meant.moved, adam.moved) > 100 * today.moved
    assert max(meant.errors[-1], adam.errors[-1]) < found.mean_error
    told = training.told(found, member="digit")
    assert (
        "yet to learn" in told[1]
        and "less than the mean image" in told[2]
        and "less than the" in told[3]
    )


def test_it_tells_how_far_it_is(found, steps):
    done = [step.done for step in steps]
    assert done == sorted(done) and done[-1] == steps[-1].total
    assert len(steps) == 3 * EPOCHS * 30
    assert steps[0].message == f"adadelta at 0.001: epoch 1 of {EPOCHS}"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"runs": ()}, "0 optimizers"),
        ({"runs": RUNS * 3}, "9 optimizers; choose from 1 to 6"),
        ({"runs": (("adam", 0.001), ("magic", 1.0))}, "magic"),
        ({"runs": (("adam", -1.0),)}, "learning_rate = -1"),
        ({"epochs": 0}, "epochs = 0"),
        ({"latent": 65}, "larger than the 64"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_trained(wrong, said):
    def never(step):
        raise AssertionError(step)

    with pytest.raises(ParameterError, match=said):
        race(DATA, **{"epochs": 1, "report": never, **HOW, **wrong})
