"""What a lesson tells of a merge is what a look at all pairs of points gives."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from clustering import agglomerative, graph
from clustering.dataset import Dataset, Source
from clustering.errors import ParameterError
from clustering.geometry.metrics import measured
from clustering.lessons.agglomerative import SEEING, tell
from clustering.trees.merging import LINKAGES


def cloud(n=24, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 2)) + 4 * rng.integers(0, 3, size=(n, 1))


def distance(linkage, points, one, two):
    """The distance of two clusters, from their points."""
    apart = cdist(points[one], points[two])
    if linkage == "ward":
        means = points[one].mean(axis=0) - points[two].mean(axis=0)
        share = 2 * len(one) * len(two) / (len(one) + len(two))
        return np.sqrt(share) * np.linalg.norm(means)
    return {"single": np.min, "complete": np.max, "average": np.mean}[linkage](apart)


@pytest.mark.parametrize("linkage", LINKAGES)
def test_the_nearest_two_merge_and_the_next_are_named(linkage):
    points = cloud()
    axis = agglomerative.axis(Dataset.from_points(points), linkage=linkage)
    lesson = tell(axis, last=23)
    assert len(lesson.merges) == 23 and not lesson.said
    for step in lesson.merges:
        groups = [np.flatnonzero(step.before == each) for each in np.unique(step.before)]
        far = sorted(
            (distance(linkage, points, one, two), i, j)
            for i, one in enumerate(groups)
            for j, two in enumerate(groups[:i])
        )
        assert step.height == pytest.approx(far[0][0])
        chosen = {tuple(groups[i].tolist()) for i in far[0][1:]}
        assert chosen == {tuple(sorted(each)) for each in (step.left_points, step.right_points)}
        assert step.k == len(groups) - 1
        if len(far) > 1:
            assert step.runner_up_height == pytest.approx(far[1][0])
            named = {tuple(sorted(axis.tree.members(node))) for node in step.runner_up}
            assert named == {tuple(groups[i].tolist()) for i in far[1][1:]}
        if linkage in ("single", "complete"):
            one, two = step.decided
            assert np.linalg.norm(points[one] - points[two]) == pytest.approx(step.height)
            assert f"row {one + 1}" in step.text and f"row {two + 1}" in step.text
        merged = np.concatenate([step.left_points, step.right_points])
        assert set(step.labels[merged]) == {step.before[merged].min()}
        assert step.barred == 0 and step.barred_pair is None
    assert "All points are one cluster now." in lesson.merges[-1].text


@pytest.mark.parametrize("linkage", LINKAGES)
def test_along_a_graph_nearer_clusters_wait_for_an_edge(linkage):
    turn = np.linspace(6, 16, 45)
    points = np.column_stack([turn * np.cos(turn), turn * np.sin(turn)])
    points += 0.2 * np.random.default_rng(1).normal(size=points.shape)
    data = Dataset.from_points(points)
    axis = agglomerative.axis(data, linkage=linkage, neighbours=3)
    first, second = graph.whole(data, axis.graph)
    barred = 0
    for number, step in enumerate(tell(axis, last=44).merges):
        assert step.height == pytest.approx(axis.tree.heights[number])
        ends = {frozenset(pair) for pair in zip(step.before[first], step.before[second],
                                                strict=True)}  # fmt: skip
        groups = {int(each): np.flatnonzero(step.before == each) for each in set(step.before)}
        nearer = [
            distance(linkage, points, groups[i], groups[j])
            for i in groups
            for j in groups
            if i < j and frozenset((i, j)) not in ends
        ]
        nearer = sorted(each for each in nearer if each < step.height * (1 - 1e-12))
        assert step.barred == pytest.approx(len(nearer), abs=0)
        if nearer:
            assert step.barred_height == pytest.approx(nearer[0])
            assert "no edge joins" in step.text
        if step.runner_up and (np.diff(axis.tree.heights) >= 0).all():
            assert step.runner_up_height >= step.height * (1 - 1e-12)
        if linkage == "single":  # the shortest edge between any other two
            mine = {int(step.before[step.left_points[0]]), int(step.before[step.right_points[0]])}
            others = [
                np.linalg.norm(points[i] - points[j])
                for i, j in zip(first, second, strict=True)
                if step.before[i] != step.before[j] and {step.before[i], step.before[j]} != mine
            ]
            assert (step.runner_up is None) == (not others)
            assert not others or step.runner_up_height == pytest.approx(min(others))
        barred += step.barred
    # The others look at the edges alone, which are shorter than what they leave out.
    assert (barred > 0) == (linkage == "ward")


def test_wards_increase_is_that_of_the_sum_of_squares():
    points = cloud(20, 2)
    axis = agglomerative.axis(Dataset.from_points(points))
    step = tell(axis, last=3).merges[0]

    def squares(labels):
        groups = [points[labels == each] for each in set(labels.tolist())]
        return sum(((some - some.mean(axis=0)) ** 2).sum() for some in groups)

    was, now = squares(step.before), squares(step.labels)
    assert step.height**2 / 2 == pytest.approx(now - was)
    assert f"from {was:.3g} to {now:.3g}" in step.text


def test_many_points_are_sampled_and_it_is_said(monkeypatch):
    monkeypatch.setattr("clustering.lessons.agglomerative.MOST", 250)
    data = measured(Dataset.from_points(cloud(300, 3)), "manhattan")
    axis = agglomerative.axis(data, linkage="average", neighbours=250)
    lesson = tell(axis, last=5)
    n = lesson.axis.dataset.n
    assert 180 <= n <= 220 and lesson.axis.dataset.metric.name == "manhattan"
    assert "sample of 200 of 300 points" in lesson.said
    assert f"the last 5 of {n - 1} merges" in lesson.said
    assert set(lesson.axis.dataset.rows) <= set(range(300))


def test_a_name_stays_as_the_user_has_it():
    points, names = np.array([[0.0], [1.0], [5.0]]), ("eBay", "iPod", "pH")
    data = Dataset(points, ("x",), np.arange(3), Source("things", "thing", names))
    texts = [step.text for step in tell(agglomerative.axis(data)).merges]
    assert texts[0].startswith("eBay and iPod merge")
    assert texts[1].startswith(("pH and cluster", "Cluster"))


def test_ties_and_few_points():
    square = Dataset.from_points([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    texts = [step.text for step in tell(agglomerative.axis(square, linkage="single")).merges]
    assert "as near, and come later" in texts[0]
    assert tell(agglomerative.axis(Dataset.from_points([[1.0]]))).merges == ()
    with pytest.raises(ParameterError, match="0 merges"):
        tell(agglomerative.axis(square), last=0)
    assert "What to see" in SEEING
