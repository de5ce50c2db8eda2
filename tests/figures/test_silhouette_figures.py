"""The profile shows every point once, where it belongs; the flow loses nobody."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering import kmeans, validity
from clustering.axis import FittedAxis
from clustering.dataset import Dataset
from clustering.figures import axis as axis_figures
from clustering.figures import colors, flow
from clustering.figures.silhouette import MOST, arrange, profile
from clustering.partition import Partition


def blobs(n: int = 60) -> Dataset:
    rng = np.random.default_rng(4)
    middles = np.repeat([[0, 0], [5, 0], [0, 5]], n // 3, axis=0)
    return Dataset.from_points(middles + rng.normal(size=(n, 2)))


@given(st.integers(0, 2**32 - 1))
def test_blades_hold_each_judged_point_once_and_fall_inside_a_cluster(seed):
    rng = np.random.default_rng(seed)
    labels, values = rng.integers(-1, 4, 50), rng.uniform(-1, 1, 50)
    values[rng.integers(0, 50, 5)] = np.nan
    blades = arrange(labels, values)
    judged = np.flatnonzero(np.isfinite(values) & (labels >= 0))
    assert sorted(blades.points.tolist()) == judged.tolist()
    assert (np.diff(blades.heights) >= 1).all()
    for cluster, (first, last) in enumerate(blades.bounds):
        inside = blades.points[first:last]
        assert (labels[inside] == cluster).all()
        assert (np.diff(values[inside]) <= 0).all()
    for at in rng.integers(0, len(judged), 5):
        assert blades.nearest(blades.heights[at] + 0.4) == blades.points[at]


def test_the_profile_has_a_blade_a_cluster_and_names_its_points():
    data = blobs()
    answer = kmeans.fit(data, k=3)
    score = validity.silhouette(data, answer.labels, per_point=True)
    blades = arrange(answer.labels, score.per_point)
    figure = profile(data, answer, score, blades, numbers=np.array([2, 0, 1]), chosen=7)
    shades = [trace.fillcolor for trace in figure.data if trace.fill == "toself"]
    assert shades == [colors.color(number) for number in (2, 0, 1)]
    for blade, (first, last) in zip(figure.data, blades.bounds, strict=False):
        # The area of a blade is the sum of its silhouettes: each point is one high.
        x, y = np.array(blade.x), np.array(blade.y)
        area = 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
        assert area == pytest.approx(score.per_point[blades.points[first:last]].sum(), rel=1e-9)
    names = next(trace for trace in figure.data if trace.text is not None)
    assert len(names.text) == data.n
    assert f"<b>row {blades.points[0] + 1}</b><br>cluster 1" == names.text[0]
    lines = [shape.x0 for shape in figure.layout.shapes]
    assert lines == [0.0, score.value]
    assert f"mean {score.value:.3f}" in figure.layout.meta["alt"]
    below = int((score.per_point < 0).sum())
    assert f". {below} point{'s' * (below != 1)} below zero." in figure.layout.meta["alt"]
    assert figure.layout.meta["note"] == ""


def test_a_large_profile_draws_some_of_each_cluster_and_says_so():
    rng = np.random.default_rng(0)
    data = Dataset.from_points(rng.normal(size=(9_000, 2)))
    labels = np.repeat([0, 1, 2], [8_900, 90, 10]).astype(np.int32)
    answer = Partition(labels=labels, rows=data.rows, method="by hand")
    score = validity.silhouette(data, labels, per_point=True)
    figure = profile(data, answer, score, arrange(labels, score.per_point))
    names = next(trace for trace in figure.data if trace.text is not None)
    assert len(names.text) <= MOST + 10
    assert {text.rsplit(" ", 1)[1] for text in names.text} == {"1", "2", "3"}
    assert "of 9,000 drawn" in figure.layout.meta["note"]


def test_an_answer_without_silhouettes_is_drawn_empty():
    data = blobs()
    answer = kmeans.fit(data, k=1)
    score = validity.silhouette(data, answer.labels, per_point=True)
    values = np.full(data.n, np.nan) if score.per_point is None else score.per_point
    figure = profile(data, answer, score, arrange(answer.labels, values))
    assert not [trace for trace in figure.data if trace.fill == "toself"]
    assert "only one cluster" in figure.layout.meta["alt"]


def test_the_flow_counts_every_point_between_each_pair_of_answers():
    data = blobs()
    answers = [kmeans.fit(data, k=k) for k in (2, 3, 4)]
    numbers = colors.along(answers, anchor=0)
    names = [f"k = {answer.k}" for answer in answers]
    figure = flow.between(answers, names, numbers=numbers)
    link = figure.data[0].link
    assert sum(link.value) == 2 * data.n
    first = np.array(link.source) < 2
    assert np.array(link.value)[first].sum() == data.n
    for source, target, value, said in zip(
        link.source, link.target, link.value, link.customdata, strict=True
    ):
        if source < 2:
            assert f"from cluster {source + 1} at k = 2<br>to cluster {target - 1} at k = 3" in said
            together = (answers[0].labels == source) & (answers[1].labels == target - 2)
            assert together.sum() == value
    assert list(figure.data[0].node.color[:2]) == [colors.color(int(i)) for i in numbers[0]]
    moved = (numbers[0][answers[0].labels] != numbers[1][answers[1].labels]).sum()
    assert f"{moved} change from k = 2 to k = 3" in figure.layout.meta["alt"]


def test_curves_together_mark_where_each_is_highest():
    x = np.array([2.0, 3.0, 4.0])
    lines = {"one": (x, np.array([0.2, np.nan, 0.9])), "two": (x[:2], np.array([0.5, 0.1]))}
    figure = axis_figures.together(lines, 3.0, parameter="k", y="share of its range")
    assert [int(np.argmax(trace.marker.size)) for trace in figure.data] == [2, 0]
    assert len({trace.marker.symbol for trace in figure.data}) == 2
    assert "one highest at 4" in figure.layout.meta["alt"]


def test_a_band_is_drawn_for_a_curve_with_low_and_high():
    x = np.arange(1.0, 5.0)
    curves = {"gap": x, "gap_low": x - 0.1, "gap_high": x + 0.1}
    axis = FittedAxis("k", x, (), curves, {})
    band = axis_figures.curves(axis, 2.0, left="gap").data[0]
    assert band.fill == "toself"
    assert max(band.y) == pytest.approx(4.1)


def test_a_scale_starts_at_zero_unless_only_differences_matter():
    x = np.arange(1.0, 4.0)
    axis = FittedAxis("k", x, (), {"bic": x + 1_000, "silhouette": x / 10}, {})
    low, high = axis_figures.curves(axis, 2.0, left="bic").layout.yaxis.range
    assert 1_000 < low < 1_001 and 1_003 < high < 1_004
    assert axis_figures.curves(axis, 2.0, left="silhouette").layout.yaxis.range[0] == 0
