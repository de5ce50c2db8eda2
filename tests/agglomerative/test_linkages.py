"""The grid says how well every linkage agrees at every k, and which measure it shows."""

import numpy as np
import pytest
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score

from clustering import agglomerative
from clustering.agglomerative import LINKAGES, linkages
from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.geometry.metrics import measured

rng = np.random.default_rng(0)
GROUPS = np.repeat(["a", "b", "c"], 30)
POINTS = rng.normal(size=(90, 2)) + np.repeat([[0, 0], [4, 0], [0, 9]], 30, axis=0)


def test_against_known_groups():
    steps = []
    found = linkages.grid(
        Dataset.from_points(POINTS), GROUPS, k_values=[4, 2, 3], report=steps.append
    )
    assert found.k_values.tolist() == [2, 3, 4] and "known" in found.measure
    best = (-1.0, "", 0)
    for i, linkage in enumerate(found.linkages):
        for j, k in enumerate(found.k_values.tolist()):
            labels = AgglomerativeClustering(k, linkage=linkage).fit_predict(POINTS)
            right = adjusted_rand_score(GROUPS, labels)
            assert found.values[i, j] == pytest.approx(right)
            best = max(best, (right, linkage, k), key=lambda each: each[0])
    assert found.best == best[1:]
    shares = [step.share for step in steps]
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_without_groups_linkages_are_compared_with_each_other():
    data = Dataset.from_points(POINTS)
    found = linkages.grid(data, k_values=[3, 5], neighbours=8)
    assert "other linkages" in found.measure and "No groups" in found.said
    for column, k in enumerate(found.k_values):
        answers = [agglomerative.fit(data, k=k, linkage=each, neighbours=8) for each in LINKAGES]
        for i, mine in enumerate(answers):
            others = [
                adjusted_rand_score(mine.labels, other.labels)
                for other in answers
                if other is not mine
            ]
            assert found.values[i, column] == pytest.approx(np.mean(others))


def test_ward_is_left_out_where_there_is_nothing_to_average():
    found = linkages.grid(measured(Dataset.from_points(POINTS), "manhattan"), GROUPS)
    assert found.linkages == ("complete", "average", "single")
    assert found.values.shape == (3, 9)
    assert "averages coordinates" in found.left_out["ward"]


def test_k_ends_at_the_distinct_points_and_refusals_pass():
    few = Dataset.from_points([[0.0], [0.0], [1.0], [9.0]])
    found = linkages.grid(few, [0, 0, 0, 1], k_values=range(1, 9))
    assert found.k_values.tolist() == [1, 2, 3] and found.best == ("ward", 2)
    # So small that a linkage's squares vanish where another tells all five points apart.
    tiny = Dataset.from_points(np.array([[0.0], [1.0], [3.0], [7.0], [7.5]]) * 1e-162)
    most = [agglomerative.axis(tiny, linkage=each, neighbours=2).most for each in LINKAGES]
    found = linkages.grid(tiny, k_values=range(1, 9), neighbours=2)
    assert len(found.k_values) == min(most) < max(most)
    with pytest.raises(ParameterError, match="only 3 distinct"):
        linkages.grid(few, k_values=[4])
    with pytest.raises(DataError, match="2 groups for 4 points"):
        linkages.grid(few, [0, 1])
    with pytest.raises(UnsupportedError, match="weights"):
        linkages.grid(Dataset.from_points(POINTS, weights=np.ones(90)))
