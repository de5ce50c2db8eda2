"""The alarm beside a deep answer: what has collapsed, is undecided, or made worse."""

import re
from dataclasses import replace

import numpy as np
import pytest

from clustering.data.sequences.warping import warping
from clustering.dataset import Dataset
from clustering.deep.clustered import Clustered, alarm, judged
from clustering.deep.model import Model
from clustering.deep.rows import silhouettes
from clustering.deep.trail import Trail
from clustering.partition import Partition

SENTENCE = r"[A-Z0-9][^\n]*[^.]\."
POINTS = np.random.default_rng(0).normal(size=(60, 2)) + np.repeat([[0, 0], [9, 0], [0, 9]], 20, 0)
DATA = Dataset.from_points(POINTS)
RIGHT = np.repeat(np.arange(3), 20).astype(np.int32)
WRONG = (np.arange(60) % 3).astype(np.int32)


def answer(membership, before=RIGHT, data=DATA) -> Clustered:
    membership = np.asarray(membership, dtype=np.float64)
    labels = membership.argmax(axis=1).astype(np.int32)
    return Clustered(
        model=Model("recipe", (2,), 2, "{}", ()),
        partition=Partition(labels, data.rows, "deep.dec", membership=membership),
        codes=data.points.astype(np.float32), space="latent space", before=before, head=(),
        state=(), epochs=1, history={}, trail=Trail.of(data.n), key="", device="",
    )  # fmt: skip


GOOD = np.eye(3)[RIGHT]


@pytest.mark.parametrize(
    ("membership", "said"),
    [
        (np.tile([0.9, 0.1, 0.0], (60, 1)), "collapsed: one of 3 holds 100% of the weight"),
        (np.eye(3)[np.r_[np.zeros(58, int), 1, 2]], "collapsed: one of 3 holds 97%"),
        (np.eye(3)[np.arange(60) % 2], "1 cluster of 3 holds no point at all"),
        (np.eye(5)[np.arange(60) % 3], "2 clusters of 5 hold no point at all"),
        (np.full((60, 3), 1 / 3) + 1e-3 * np.eye(3)[RIGHT], "No point is decided.* 0.33"),
    ],
)  # fmt: skip
def test_collapsed_and_undecided_answers_are_said(membership, said):
    words = alarm(DATA, answer(membership))
    assert re.search(said, words) and re.fullmatch(SENTENCE, words)


def test_a_good_answer_and_a_single_cluster_raise_none():
    assert alarm(DATA, answer(GOOD)) == alarm(DATA, answer(GOOD), truth=RIGHT) == ""
    assert alarm(DATA, answer(np.ones((60, 1)), before=np.zeros(60, np.int32))) == ""


def test_the_weight_counts_and_not_the_points():
    heavy = replace(DATA, weights=np.where(RIGHT == 0, 100, 1))
    assert "holds 98%" in alarm(heavy, answer(GOOD))


def test_worse_than_before_is_said_by_accuracy_or_by_the_silhouette_of_the_input():
    worse = answer(np.eye(3)[WRONG])
    said = alarm(DATA, worse, truth=RIGHT)
    assert "made things worse: accuracy 0.3" in said and "and 1.000 by k-means in the" in said
    assert "worse: silhouette in the input space -0." in alarm(DATA, worse)
    assert alarm(DATA, answer(GOOD, before=WRONG)) == ""


def test_a_row_measures_both_spaces():
    row = judged(DATA, answer(GOOD), truth=WRONG)
    assert row.mean("accuracy") < 0.5 and row.name == "deep.dec"
    assert row.mean("silhouette_input") == pytest.approx(row.mean("silhouette_latent"), abs=1e-5)


def test_warped_distances_are_measured_on_a_sample_and_said():
    """500 series of two steps; what lies within the band of the sample is no alarm."""
    groups, right = np.random.default_rng(1).normal(size=(500, 2)), np.repeat([0, 1], 250)
    groups[250:] += 2
    data = Dataset.from_points(groups, metric=warping((2, 1)))
    half, some = np.arange(500) % 2, np.where(np.arange(500) % 25, right, 1 - right)
    scores = silhouettes(data, [right, some])
    assert all(60 <= each.sampled <= 300 and each.low < each.value for each in scores)
    assert silhouettes(Dataset.from_points(groups), [right])[0].sampled == 0
    assert scores[1].value < scores[0].value - 0.02 and scores[1].high > scores[0].low
    assert alarm(data, answer(np.eye(2)[some], before=right, data=data)) == ""
    said = alarm(data, answer(np.eye(2)[half], before=right, data=data))
    assert re.search(r"before it, from a sample of \d+ of 500\.$", said)
    note = judged(data, answer(np.eye(2)[right], before=right, data=data)).note
    assert re.fullmatch(r"The silhouette in the input space is from a sample of \d+ of 500\.", note)
