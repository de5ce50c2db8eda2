"""What is told about one point is what the validity engine measures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering import validity
from clustering.dataset import Dataset
from clustering.errors import DataError
from clustering.figures.silhouette_lesson import MOST_LINES, lesson
from clustering.geometry import projection
from clustering.lessons.silhouette import place
from clustering.partition import Partition


def answer(labels: np.ndarray) -> Partition:
    return Partition(labels=labels, rows=np.arange(len(labels)), method="by hand")


@given(st.integers(0, 2**32 - 1), st.booleans(), st.booleans())
def test_the_told_value_is_the_measured_one(seed, weighted, noisy):
    rng = np.random.default_rng(seed)
    points, labels = rng.normal(size=(30, 3)), rng.integers(0, 4, 30)
    labels[:8] = np.repeat(np.arange(4), 2)
    if noisy:
        labels[rng.integers(8, 30, 5)] = -1
    data = Dataset.from_points(points, weights=rng.integers(1, 4, 30) if weighted else None)
    score = validity.silhouette(data, labels, per_point=True)
    for i in np.flatnonzero(labels >= 0)[:6].tolist():
        told = place(data, answer(labels), i)
        assert told.value == pytest.approx(score.per_point[i], abs=1e-12)
        assert told.b == np.nanmin(np.delete(told.means, told.own))
        assert told.rival != told.own == labels[i]
        assert len(told.words) == 4
        assert all(text.endswith((".", "?")) and "nan" not in text for text in told.words)


def test_each_reading_of_the_value_has_its_words():
    data = Dataset.from_points([[0.0], [1.0], [4.9], [5.1], [10.0], [11.0]])
    labels = answer(np.array([0, 0, 0, 1, 1, 1]))
    assert "well inside its own cluster" in place(data, labels, 0).words[3]
    wrong = answer(np.array([0, 0, 1, 1, 1, 0]))
    told = place(data, wrong, 5)
    assert told.value < 0
    assert "nearer to cluster 2 than to its own" in told.words[3]
    middle = Dataset.from_points([[0.0], [2.0], [5.0], [6.0], [10.0]])
    told = place(middle, answer(np.array([0, 0, 0, 1, 1])), 2)
    assert told.value == pytest.approx((3 - 4) / 4)
    border = Dataset.from_points([[0.0], [5.0], [10.0], [10.2]])
    told = place(border, answer(np.array([0, 0, 1, 1])), 1)
    assert "on the border between clusters 1 and 2" in told.words[3]


def test_a_point_alone_and_what_has_no_silhouette():
    data = Dataset.from_points([[0.0], [1.0], [9.0]])
    alone = place(data, answer(np.array([0, 0, 1])), 2)
    assert alone.value == 0.0
    assert np.isnan(alone.a)
    assert "0 by definition" in alone.words[3]
    with pytest.raises(DataError, match="only one"):
        place(data, answer(np.array([0, 0, 0])), 1)
    with pytest.raises(DataError, match="noise"):
        place(data, answer(np.array([0, 1, -1])), 2)
    with pytest.raises(DataError, match="3 points"):
        place(data, answer(np.array([0, 1, 1])), 3)


def test_the_figure_draws_a_line_to_each_other_point_and_both_radii():
    rng = np.random.default_rng(0)
    points = np.vstack([rng.normal(0, 1, (20, 2)), rng.normal(8, 1, (200, 2))])
    data, labels = Dataset.from_points(points), answer(np.repeat([0, 1], [20, 200]))
    view, told = projection.view(data), place(data, labels, 3)
    figure = lesson(data, labels, view, told)
    assert [frame.layout.meta["words"] for frame in figure.frames] == list(told.words)
    step = figure.frames[2].data
    ends = np.column_stack([step[0].x, step[0].y])[1::3]
    assert sorted(ends.tolist()) == sorted(np.delete(points[:20], 3, axis=0).tolist())
    assert len(step[1].x) == 3 * MOST_LINES
    for circle, radius in ((step[2], told.a), (step[3], told.b)):
        away = np.hypot(np.array(circle.x) - points[3, 0], np.array(circle.y) - points[3, 1])
        assert away == pytest.approx(radius)


def test_where_the_map_shows_less_than_all_columns_there_are_no_radii():
    rng = np.random.default_rng(1)
    data, labels = Dataset.from_points(rng.normal(size=(20, 4))), answer(np.arange(20) % 2)
    figure = lesson(data, labels, projection.view(data), place(data, labels, 0))
    assert np.isnan(figure.frames[2].data[2].x).all()
    assert "two directions" in figure.layout.meta["note"]
