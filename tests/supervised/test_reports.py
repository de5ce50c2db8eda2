"""Figures of merit are scikit-learn's, and names are learned where they may be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from clustering.data.sequences.padding import padded
from clustering.data.sequences.warping import warping
from clustering.dataset import Dataset
from clustering.errors import DataError
from clustering.supervised.classes import logistic, majority
from clustering.supervised.reports import matched, report
from clustering.supervised.texts import learned, tfidf

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=40)


@given(PAIRS)
def test_every_figure_is_scikit_learns(pairs):
    truth, said = np.array(pairs).T
    found = report(truth, said, list("abcde"))
    there = np.unique(pairs)
    every = metrics.precision_recall_fscore_support(truth, said, labels=range(5), zero_division=0)
    assert np.allclose([found.precision, found.recall, found.f1, found.support], every)
    for own, average in ((found.macro, "macro"), (found.weighted, "weighted")):
        theirs = metrics.precision_recall_fscore_support(
            truth, said, labels=there, average=average, zero_division=0
        )
        assert np.allclose(own, theirs[:3])
    assert found.accuracy == pytest.approx(metrics.accuracy_score(truth, said))
    recalls = found.recall[found.support > 0]
    assert found.balanced_accuracy == pytest.approx(recalls.mean())
    assert np.array_equal(found.confusion, metrics.confusion_matrix(truth, said, labels=range(5)))
    assert np.allclose(found.shares.sum(axis=1), found.support > 0)


def test_after_matching_too_and_the_names_are_those_of_the_training_part():
    names = matched([0, 0, 1, 1, 2, 2], [3, 3, 0, 0, 1, 2])
    assert names.named.tolist() == [1, 2, -1, 0]  # cluster 2 is left over
    truth, clusters = np.array([0, 1, 2, 2, 1]), np.array([3, 3, 1, 2, 7])
    said = names(clusters)
    assert said.tolist() == [0, 0, 2, -1, -1]
    found = report(truth, said, ["a", "b", "c"])
    assert found.accuracy == 2 / 5 and found.strangers == 2
    labels = [0, 1, 2]
    theirs = metrics.precision_recall_fscore_support(truth, said, labels=labels, zero_division=0)
    assert np.allclose([found.precision, found.recall, found.f1, found.support], theirs)


@pytest.mark.parametrize(("truth", "said"), [([], []), ([-1], [0]), ([0, 1], [0]), ([5], [0])])
def test_nothing_to_judge_is_said(truth, said):
    with pytest.raises(DataError, match=r"\.$"):
        report(truth, said, ["a", "b"])


def test_windows_of_unequal_length_are_told_apart_without_a_network():
    rng = np.random.default_rng(0)
    labels = np.arange(30) % 2
    rows = [(np.linspace(0, 1 if each else -1, rng.integers(5, 9)) + 5)[:, None] for each in labels]
    data = Dataset.from_points(padded(rows, steps=8), metric=warping((8, 1)))
    guess = logistic(data, labels, data, shape=(8, 1), classes=3)
    assert np.array_equal(guess.predicted, labels) and "8 steps" in guess.note
    assert np.allclose(guess.probabilities.sum(axis=1), 1) and guess.probabilities.shape == (30, 3)
    plain = majority(np.r_[labels, 1], n=30, classes=3)
    assert (plain.predicted == 1).all()
    with pytest.raises(DataError, match="one|two"):
        logistic(data, np.zeros(30, int), data, shape=(8, 1), classes=3)


def test_words_and_characters_tell_what_was_felt():
    words = tfidf(
        ["a fine film", "so fine", "a dull film", "so dull"], [1, 1, 0, 0], ["fine", "dull"],
        classes=2,
    )  # fmt: skip
    assert words.predicted.tolist() == [1, 0]
    chinese = learned(["很好吃", "好吃", "难吃", "很难吃"], [1, 1, 0, 0], classes=2)
    assert chinese.probabilities(["真好吃", "真难吃"]).argmax(axis=1).tolist() == [1, 0]
    with pytest.raises(DataError, match="no words"):
        learned(["", " "], [0, 1], classes=2)
