"""Agreement is scikit-learn's; matching is one to one and as good as any naming."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import (
    adjusted_mutual_info_score,
    adjusted_rand_score,
    normalized_mutual_info_score,
)

from clustering import validity
from clustering.errors import ParameterError
from clustering.validity import (
    adjusted_mutual_information,
    adjusted_rand,
    match,
    matched_accuracy,
    normalized_mutual_information,
)

INDICES = [
    (adjusted_rand, adjusted_rand_score),
    (adjusted_mutual_information, adjusted_mutual_info_score),
    (normalized_mutual_information, normalized_mutual_info_score),
]
OURS = [ours for ours, _ in INDICES] + [matched_accuracy]


def pairs(low=-1, high=4):
    """Two labelings of the same points."""
    label = st.integers(low, high)
    return st.lists(st.tuples(label, label), min_size=1, max_size=40).map(
        lambda rows: tuple(np.array(column) for column in zip(*rows, strict=True))
    )


@pytest.mark.parametrize(("ours", "theirs"), INDICES)
@settings(max_examples=60, deadline=None)
@given(both=pairs())
def test_equal_to_scikit_learn_under_every_policy(ours, theirs, both):
    truth, labels = both
    assert ours(truth, labels, noise="cluster").value == pytest.approx(theirs(truth, labels))
    kept = (truth >= 0) & (labels >= 0)
    left = ours(truth, labels)
    assert left.n == kept.sum()
    if kept.any():
        assert left.value == pytest.approx(theirs(truth[kept], labels[kept]))
    else:
        assert np.isnan(left.value) and left.reason
    alone = [np.where(x < 0, 100 + np.arange(len(x)), x) for x in both]
    assert ours(truth, labels, noise="singletons").value == pytest.approx(theirs(*alone))


@pytest.mark.parametrize("index", OURS)
@settings(max_examples=40, deadline=None)
@given(both=pairs(low=0))
def test_names_of_clusters_do_not_matter(index, both):
    truth, labels = both
    renamed = np.array([30, 10, 40, 0, 20])[labels]
    assert index(truth, renamed).value == pytest.approx(index(truth, labels).value)
    assert index(truth, truth).value == pytest.approx(1.0)


@settings(max_examples=60, deadline=None)
@given(both=pairs(low=0, high=3))
def test_matched_accuracy_is_the_best_over_all_namings(both):
    truth, labels = both
    best = max(np.mean(np.array(names)[labels] == truth) for names in permutations(range(4)))
    assert matched_accuracy(truth, labels).value == pytest.approx(best)


@settings(max_examples=60, deadline=None)
@given(both=pairs(low=0))
def test_match_is_one_to_one_and_reaches_the_best_accuracy(both):
    reference, labels = both
    mapping = match(reference, labels)
    assert len(mapping) == labels.max() + 1 == len(set(mapping.tolist()))
    kept = np.mean(mapping[labels] == reference)
    assert kept == pytest.approx(matched_accuracy(reference, labels).value)
    shuffled = np.random.default_rng(0).permutation(labels.max() + 1)[labels]
    np.testing.assert_array_equal(np.mean(match(reference, shuffled)[shuffled] == reference), kept)


def test_match_gives_new_numbers_to_clusters_that_are_left_over():
    assert match([0, 0, 0, 0], [1, 1, 0, 2]).tolist() == [1, 0, 2]


def test_match_leaves_noise_out():
    assert match([-1, 0, 1, 1], [0, 1, 0, -1]).tolist() == [1, 0]
    assert match([0, 0], [-1, -1]).tolist() == []


@pytest.mark.parametrize("index", OURS + [match])
def test_labelings_of_different_length_are_refused(index):
    with pytest.raises(ParameterError, match="3 points need 3 labels"):
        index([0, 0, 1], [0, 1])


@pytest.mark.parametrize("noise", ["exclude", "cluster", "singletons"])
def test_against_is_each_index_on_its_own(noise):
    rng = np.random.default_rng(0)
    truth, labels = rng.integers(-1, 4, size=(2, 60))
    found = validity.against(truth, labels, noise=noise)
    for score, index in (
        (found.rand, validity.adjusted_rand),
        (found.mutual, validity.adjusted_mutual_information),
        (found.accuracy, validity.matched_accuracy),
    ):
        alone = index(truth, labels, noise=noise)
        assert (score.name, score.value, score.n) == (alone.name, alone.value, alone.n)


def test_noise_in_the_reference_names_no_cluster():
    assert match([0, 1, -1, -1, -1], [0, 1, 0, 0, 0]).tolist() == [0, 1]
