"""The lessons of deep clustering: what its two sources did wrong, and who is to be believed."""

import numpy as np
import pytest

from clustering.dataset import Dataset
from clustering.deep.rows import Row
from clustering.lessons import penalty, softmax
from clustering.lessons.deep import judging, verdict
from clustering.partition import Partition

GROUPS = np.repeat([0, 1, 2], 30)
MIDDLES = np.array([[-6.0, 0.0], [6.0, 1.0], [0.0, 7.0]])
DATA = Dataset.from_points(
    MIDDLES[GROUPS] + np.random.default_rng(0).normal(scale=0.6, size=(90, 2))
)
KNOWN = Partition(GROUPS, range(90), "known")


@pytest.fixture(scope="module")
def found() -> softmax.Endings:
    return softmax.endings(DATA, groups=GROUPS, k=3)


def test_what_a_softmax_gives_lies_on_its_line_and_never_below_its_floor(found):
    output = found.softmax.output
    np.testing.assert_allclose(output.sum(axis=1), 1.0)
    assert output.min() >= 0
    assert found.softmax.errors.min() >= found.floor - 1e-12
    assert found.linear.errors[-1] < found.floor / 100


def test_the_floor_is_the_distance_from_the_line_by_brute_force(found):
    along = np.linspace(0, 1, 20_001)
    line = np.column_stack([along, 1 - along])
    nearest = [((line - point) ** 2).mean(axis=1).min() for point in DATA.points]
    assert found.floor == pytest.approx(np.mean(nearest), rel=1e-6)


def test_three_groups_on_a_line_of_two_ends_are_not_told_apart(found):
    assert found.rand == 1.0 and found.linear.rand == 1.0
    inside = [0 <= x <= 1 and 0 <= y <= 1 for x, y in DATA.points.tolist()]
    assert found.outside == 1 - np.mean(inside)
    assert found.softmax.rand < 0.8


def test_the_same_seed_gives_the_same_numbers(found):
    again = softmax.endings(DATA, groups=GROUPS, k=3)
    np.testing.assert_array_equal(found.softmax.errors, again.softmax.errors)


def test_minimising_distances_pulls_together_and_a_negative_weight_runs_away():
    none, pulled, away, meant = penalty.ways(DATA, partition=KNOWN)
    assert pulled.apart[-1] < 0.5 * none.apart[-1]
    assert away.apart[-1] > 5 * none.apart[-1]
    tail = away.apart[-200:]
    assert (np.diff(tail) > 0).all(), "it grows to the last step"
    assert 0.2 < meant.apart[-1] / none.apart[-1] < 5 and 0 < meant.share[-1] < 1
    assert meant.share[-1] >= none.share[-1]


@pytest.mark.parametrize("bounded", [False, True])
def test_slopes_are_those_of_the_rewards(bounded):
    random = np.random.default_rng(1)
    encoder, centers = random.normal(size=(2, 2)), random.normal(size=(3, 2))
    spread = np.array([[1.0, 0.3], [0.3, 0.5]])

    def reward(weights):
        if bounded:
            return -penalty.apartness(weights, centers, spread)
        return penalty.distances(weights, centers)

    slope = penalty._slope(encoder, centers, spread, bounded=bounded)
    for place in np.ndindex(2, 2):
        step = np.zeros((2, 2))
        step[place] = 1e-6
        numeric = (reward(encoder + step) - reward(encoder - step)) / 2e-6
        assert slope[place] == pytest.approx(numeric, rel=1e-5)


# ---- who is to be believed ----------------------------------------------------------------------
def row(name: str, **values: tuple[float, ...]) -> Row:
    return Row(name, values)


def test_a_difference_within_the_spread_of_the_seeds_is_none():
    raw = row("k-means on the columns", accuracy=(0.70, 0.80, 0.90))
    assert verdict([raw], row("DEC", accuracy=(0.95,))).helped == "no"
    assert verdict([raw], row("DEC", accuracy=(1.00,))).helped == "no"
    sure = row("k-means on the columns", accuracy=(0.80, 0.80, 0.80))
    assert verdict([sure], row("DEC", accuracy=(0.81,))).helped == "no"
    assert verdict([sure], row("DEC", accuracy=(0.83,))).helped == "yes"
    assert verdict([sure], row("DEC", accuracy=(0.77,))).helped == "worse"
    lucky = verdict([sure], row("DEC", accuracy=(0.80, 0.90, 1.00)))
    assert lucky.helped == "no" and "0.900 ± 0.100, and 0.800 ± 0.000 by" in lucky.sentence


def test_the_better_of_the_plain_ways_is_what_must_be_beaten():
    raw, pca = row("k-means on the columns", accuracy=(0.5,)), row("PCA", accuracy=(0.7,))
    said = verdict([raw, pca], row("DEC", accuracy=(0.6,)))
    assert said.helped == "worse" and "0.700 (one seed) by PCA" in said.sentence


def test_without_classes_the_silhouette_of_the_input_space_judges_and_never_the_latent_one():
    nan = float("nan")
    raw = row("raw", accuracy=(nan,), silhouette_input=(0.5,))
    deep = row("deep", accuracy=(nan,), silhouette_input=(0.3,), silhouette_latent=(0.99,))
    assert judging([raw, deep]) == "silhouette_input"
    found = verdict([raw], deep)
    assert found.helped == "worse" and "silhouette in the input space 0.300" in found.sentence


def test_nothing_is_concluded_from_what_is_undefined():
    nan = float("nan")
    said = verdict([row("raw", silhouette_input=(nan,))], row("deep", silhouette_input=(0.4,)))
    assert said.helped == "no" and "Nothing can be concluded" in said.sentence
