"""A network that is looked at on its way, and any method of the library in its space."""

import pickle

import numpy as np
import pytest

from clustering.data import shapes
from clustering.dataset import Dataset
from clustering.deep import autoencoder, then, watched
from clustering.errors import ParameterError
from clustering.validity import adjusted_rand

pytestmark = pytest.mark.neural

POINTS, GROUPS = shapes.blobs(
    [[-6, 0, 0], [6, 0, 1], [0, 8, 0]], sizes=[40] * 3, spreads=[0.5] * 3, seed=1
)
DATA = Dataset.from_points(POINTS)
HOW = {"network": "deep", "latent": 2, "batch": 16, "seed": 3}


@pytest.fixture(scope="module")
def seen() -> watched.Watched:
    return watched.fit(DATA, epochs=5, **HOW)


def test_watching_changes_nothing(seen):
    plain = autoencoder.fit(DATA, epochs=5, **HOW)
    for mine, theirs in zip(seen.model.weights, plain.weights, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert seen.times == (1, 2, 3, 4, 5)
    np.testing.assert_allclose(seen.codes[-1], plain.encode(POINTS), atol=1e-5)


def test_what_was_stopped_and_gone_on_with_is_what_was_not_stopped(seen):
    some = watched.fit(DATA, epochs=5, within=0.0, **HOW)
    assert 1 <= some.epochs < 5
    rest = watched.fit(DATA, epochs=5, begin=pickle.loads(pickle.dumps(some)), **HOW)
    assert rest.key == seen.key and rest.times == seen.times
    assert all((a == b).all() for a, b in zip(rest.codes, seen.codes, strict=True))


def test_progress_goes_up_to_all_epochs():
    steps = []
    watched.fit(DATA, epochs=2, report=steps.append, **HOW)
    shares = [step.share for step in steps]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert steps[-1].message.startswith("epoch 2 of 2, loss ")


@pytest.mark.parametrize("name", then.METHODS)
def test_any_method_parts_the_latent_space_and_takes_new_points_by_its_rule(seen, name):
    found = then.refine(DATA, model=seen.model, k=3, then=name)
    answer = found.partition
    assert adjusted_rand(GROUPS, answer.labels).value > 0.9
    assert answer.method.startswith("deep.") and answer.centers.shape == (3, 3)
    assert found.trail.labels[-1].tolist() == answer.labels.tolist()
    if not isinstance(answer.assigner, str):
        again = pickle.loads(pickle.dumps(answer)).assign(POINTS)
        assert again.tolist() == answer.labels.tolist()


def test_no_such_method_is_a_sentence(seen):
    with pytest.raises(ParameterError, match="No method 'magic' here; choose one of"):
        then.refine(DATA, model=seen.model, k=3, then="magic")
