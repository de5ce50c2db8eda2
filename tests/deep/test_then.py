"""Any method of the library in the latent space, and the same method over several seeds."""

import pickle

import numpy as np
import pytest

from clustering.data import shapes
from clustering.dataset import Dataset
from clustering.deep import autoencoder, seeds, separation, then
from clustering.deep.model import Model
from clustering.errors import ParameterError
from clustering.validity import adjusted_rand

pytestmark = pytest.mark.neural

POINTS, GROUPS = shapes.blobs(
    [[-6, 0, 0], [6, 0, 1], [0, 8, 0]], sizes=[40] * 3, spreads=[0.5] * 3, seed=1
)
DATA = Dataset.from_points(POINTS)


@pytest.fixture(scope="module")
def model() -> Model:
    return autoencoder.fit(DATA, network="deep", latent=2, epochs=5, batch=16, seed=3)


@pytest.mark.parametrize("name", then.METHODS)
def test_any_method_parts_the_latent_space_and_takes_new_points_by_its_rule(model, name):
    found = then.refine(DATA, model=model, k=3, then=name)
    answer = found.partition
    assert adjusted_rand(GROUPS, answer.labels).value > 0.9
    assert answer.method.startswith("deep.") and answer.centers.shape == (3, 3)
    assert found.trail.labels[-1].tolist() == answer.labels.tolist()
    if not isinstance(answer.assigner, str):
        again = pickle.loads(pickle.dumps(answer)).assign(POINTS)
        assert again.tolist() == answer.labels.tolist()


def test_no_such_method_is_a_sentence(model):
    with pytest.raises(ParameterError, match="No method 'magic' here; choose one of"):
        then.refine(DATA, model=model, k=3, then="magic")


def test_the_row_over_seeds_has_a_figure_for_each():
    row = seeds.over_seeds(
        DATA, method="latent_kmeans", k=3, latent=2, network="recipe", pretraining=1, seeds=2,
        truth=GROUPS,
    )  # fmt: skip
    assert row.seeds == 2 and len(row.seconds) == 2
    assert 1 / 3 <= row.mean("accuracy") <= 1.0 and row.spread("accuracy") >= 0.0


def test_more_weight_on_the_reward_lays_clusters_further_apart(model):
    mixed = Dataset.from_points(np.random.default_rng(0).normal(size=(80, 3)))
    axis = separation.axis(mixed, model=model, k=4, lambdas=(1.0, 0.0, 1.0), epochs=3, batch=16)
    assert axis.parameter == "lambda" and axis.values.tolist() == [0.0, 1.0]
    none, much = axis.curves["separation"]
    assert much > none + 0.02
    assert axis.at(1.0).parameters["strength"] == 1.0
    assert np.isnan(axis.curves["accuracy"]).all()
