"""Mistakes: each class with the clusters that took its members, the best naming given."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering import validity
from clustering.deep.mistakes import confusion
from clustering.errors import DataError, ParameterError


def test_members_in_the_cluster_of_another_class_are_found_with_their_places():
    truth = [0, 0, 0, 1, 1, 1, 1, 2, 2, -1, 2]
    labels = [2, 2, 0, 0, 0, 0, 2, 1, 0, 1, -1]
    found = confusion(truth, labels)
    assert found.table.tolist() == [[1, 0, 2], [3, 0, 1], [1, 1, 0]]
    assert found.named.tolist() == [1, 2, 0] and found.order.tolist() == [2, 0, 1]
    assert found.table[:, found.order].diagonal().tolist() == [2, 3, 1]
    told = [(each.truth, each.named, each.cluster, each.places.tolist()) for each in found.confused]
    assert told == [(0, 1, 0, [2]), (1, 0, 2, [6]), (2, 1, 0, [8])]
    assert [each.share for each in found.confused] == [1 / 3, 1 / 4, 1 / 2]
    assert (found.wrong, found.accuracy) == (3, 1 - 3 / 9)


def test_the_largest_confusion_comes_first():
    found = confusion([0] * 9 + [1] * 9, [0] * 8 + [1] + [1] * 6 + [0] * 3)
    assert [len(each.places) for each in found.confused] == [3, 1]


def test_a_cluster_too_many_stands_for_no_class_and_a_class_too_many_has_no_cluster():
    more = confusion([0, 0, 0, 1, 1], [0, 0, 1, 2, 2])
    assert more.named.tolist() == [0, -1, 1] and more.order.tolist() == [0, 2, 1]
    assert [(each.named, each.places.tolist()) for each in more.confused] == [(-1, [2])]
    fewer = confusion([0, 0, 1, 2], [0, 0, 0, 1], classes=4, k=3)
    assert fewer.table.shape == (4, 3) and fewer.named.tolist() == [0, 2, -1]
    assert [(each.truth, each.named) for each in fewer.confused] == [(1, 0)]


def test_a_cluster_that_shares_no_member_with_a_class_stands_for_none():
    found = confusion([0, 1, 1, -1], [0, 0, 0, 1])
    assert found.named.tolist() == [1, -1] and found.order.tolist() == [0, 1]


def test_where_nothing_is_known_nothing_is_judged():
    found = confusion([-1, -1], [0, 1])
    assert np.isnan(found.accuracy) and found.confused == () and found.table.shape == (0, 2)
    assert found.named.tolist() == [-1, -1]
    with pytest.raises(DataError, match="2 known classes for 3 labels"):
        confusion([0, 1], [0, 1, 1])
    with pytest.raises(ParameterError):
        confusion([0.5, 1.0], [0, 1])


labelings = st.integers(1, 40).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(-1, 4), min_size=n, max_size=n)] * 2)
)


@given(labelings)
def test_its_accuracy_is_the_matched_one_and_no_member_is_lost(both):
    truth, labels = both
    found = confusion(truth, labels)
    score = validity.matched_accuracy(truth, labels)
    assert found.accuracy == pytest.approx(score.value, nan_ok=True)
    right = sum(
        found.table[named, cluster] for cluster, named in enumerate(found.named) if named >= 0
    )
    assert found.wrong + right == found.table.sum()
    taken = found.named[found.named >= 0]
    assert len(set(taken.tolist())) == len(taken)
    assert sorted(found.order.tolist()) == list(range(found.table.shape[1]))
