"""The lesson of mean-shift: as many sentences as frames, and the numbers are the trail's."""

import numpy as np

from clustering import mean_shift
from clustering.dataset import Dataset
from clustering.figures import mean_shift_lesson, parallel
from clustering.geometry import projection
from clustering.lessons import mean_shift as lesson
from clustering.partition import Partition

POINTS = np.random.default_rng(2).normal(size=(90, 3)) + 6 * np.arange(90)[:, None] % 3


def told():
    data = Dataset.from_points(POINTS)
    answer = mean_shift.fit(data, quantile=0.3)
    return data, answer, *lesson.retold(data, partition=answer)


def test_the_sentences_follow_the_trail_with_the_most_steps():
    _, _, seen, followed, words = told()
    assert seen.steps[followed] == seen.steps.max()
    assert len(words) == len(seen.paths) + 1
    assert f"sees {seen.within[0, followed]:.0f} point" in words[0]
    assert f"took {seen.steps.max()} step" in words[-1]


def test_frames_end_where_the_trails_do():
    data, answer, seen, followed, words = told()
    view = projection.view(data)
    figure = mean_shift_lesson.lesson(data, answer, seen, words, view, followed=followed)
    assert len(figure.frames) == len(words)
    last = figure.frames[-1].data[2]
    assert np.allclose(np.column_stack([last.x, last.y]), view.project(seen.paths[-1]))
    circle = np.column_stack([figure.frames[0].data[1].x, figure.frames[0].data[1].y])
    far = np.linalg.norm(circle - view.points[seen.points[followed]], axis=1)
    assert np.allclose(far, seen.bandwidth)


def test_climbers_come_from_every_cluster():
    labels = np.repeat([0, 1, 2], [800, 30, 1])
    chosen = lesson.climbers(Partition(labels, range(831), "by hand"))
    assert set(labels[chosen]) == {0, 1, 2} and len(chosen) <= 64


def test_scales_reach_from_the_lowest_to_the_highest_and_names_are_safe():
    values = np.array([[1.0, 5.0], [2.0, 5.0], [1000.0, 5.0]])
    figure = parallel.parallel(
        values, np.array([0, 0, 1], np.int32), ["<b>x</b>", "y"],
        numbers=np.arange(2), names=["<i>one</i>", "two"],
    )  # fmt: skip
    texts = [note.text for note in figure.layout.annotations]
    assert texts == ["1", "1,000", "5", "5"]
    assert "<b>" not in "".join(figure.layout.xaxis.ticktext)
    assert all("<i>" not in str(trace.text) for trace in figure.data)
    assert "logarithms" in figure.layout.meta["note"]
