"""DBSCAN's expansion: it ends where the method ends, and its sentences count rightly."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering import dbscan
from clustering.dataset import Dataset
from clustering.dbscan.expansion import steps
from clustering.errors import ParameterError
from clustering.lessons.dbscan import retold, seed_point, tell
from clustering.validity import adjusted_rand


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 8), st.floats(0.2, 2.0))
def test_the_expansion_finds_what_dbscan_finds(seed: int, min_samples: int, eps: float) -> None:
    random = np.random.default_rng(seed)
    data = Dataset.from_points(random.normal(size=(80, 2)))
    start = int(random.integers(80))
    answer = dbscan.fit(data, eps=eps, min_samples=min_samples)
    run = steps(data, eps=eps, min_samples=min_samples, seed_point=start)
    last, core = run.moments[-1].labels, answer.core
    assert core is not None
    assert np.array_equal(run.core, core)
    assert np.array_equal(last < 0, answer.labels < 0), "noise does not depend on the order"
    if core.any():
        assert adjusted_rand(last[core], answer.labels[core]).value == 1.0
    asked = [moment.point for moment in run.moments[1:-1]]
    assert sorted(asked) == list(range(80)), "every point is asked once"
    for moment in run.moments[1:-1]:
        away = np.linalg.norm(data.points - data.points[moment.point], axis=1)
        assert moment.count == (away <= eps).sum()
        assert (moment.kind in ("seed", "core")) == bool(core[moment.point])
        if moment.kind == "border":
            assert core[moment.by]
            assert away[moment.by] <= eps


def test_a_border_point_of_two_clusters_belongs_to_the_first() -> None:
    data = Dataset.from_points([[0.0], [0.1], [0.2], [1.1], [2.0], [2.1], [2.2]])
    one = steps(data, eps=0.95, min_samples=4, seed_point=2).moments[-1].labels
    other = steps(data, eps=0.95, min_samples=4, seed_point=4).moments[-1].labels
    assert one[3] == one[2] and other[3] == other[4]


def test_of_many_points_the_nearest_are_followed_and_all_are_counted() -> None:
    data = Dataset.from_points(np.arange(1_000.0)[:, None])
    run = steps(data, eps=30.0, min_samples=5, seed_point=500, most=11)
    assert run.points.tolist() == list(range(495, 506))
    assert {moment.count for moment in run.moments[1:-1]} == {61.0}
    assert "11 of 1,000 points are followed" in tell(data, run)[0]


def test_weights_count_as_so_many_points() -> None:
    data = Dataset.from_points([[0.0], [1.0], [5.0]], weights=[4.0, 1.0, 1.0])
    run = steps(data, eps=1.0, min_samples=5)
    assert [moment.count for moment in run.moments[1:-1]] == [5.0, 5.0, 1.0]


def test_sentences_say_the_counts() -> None:
    data = Dataset.from_points([[0.0], [0.4], [0.8], [1.6], [9.0]])
    answer = dbscan.fit(data, eps=0.8, min_samples=3)
    run, words = retold(data, partition=answer, seed_point=1)
    assert len(words) == len(run.moments)
    assert words[1].startswith("Row 2 has 3 points within 0.8, itself included: at least 3, so it")
    border = next(w for m, w in zip(run.moments, words, strict=True) if m.kind == "border")
    assert re.search(r"Row 4 has 2 points .* fewer than 3, .* of row 3, which is: a border", border)
    assert words[-1].endswith("1 cluster, 3 core points, 1 border point, 1 point of noise.")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"eps": 0.0}, "positive"),
        ({"eps": 1.0, "seed_point": 3}, "no point 3"),
        ({"eps": 1.0, "min_samples": 9}, "min_samples = 9"),
    ],
)
def test_what_cannot_be_told_is_refused(wrong: dict[str, float], words: str) -> None:
    data = Dataset.from_points([[0.0], [1.0], [2.0]])
    with pytest.raises(ParameterError, match=words):
        steps(data, **{"min_samples": 2, **wrong})  # type: ignore[arg-type]


def test_the_end_says_what_it_is_about() -> None:
    data = Dataset.from_points(np.random.default_rng(0).normal(size=(60, 2)))
    whole = tell(data, steps(data, eps=0.3, most=60))[-1]
    assert whole.startswith("Every point has been asked once: ") and "beyond" not in whole
    part = tell(data, steps(data, eps=0.3, most=20))[-1]
    assert part.startswith("Each of the 20 points that are followed has been asked once: ")
    assert "A core point beyond them may still reach" in part


def test_a_lesson_begins_at_a_core_point_beside_the_border() -> None:
    data = Dataset.from_points([[50.0], [99.0], [99.0], [99.0], [0.0], [1.0], [2.0]])
    axis = dbscan.axis(data, min_samples=3)
    assert [seed_point(axis, axis.at(eps)) for eps in (0.5, 1.0)] == [1, 5]
    assert seed_point(axis, dbscan.fit(data, eps=0.5, min_samples=4)) == 0  # nobody is core


def test_only_what_was_noise_is_rescued():
    data = Dataset.from_points([[0.0], [1.0], [2.0], [9.0]])
    seed = steps(data, eps=1.0, min_samples=3).moments[2]
    assert (seed.reached.tolist(), seed.rescued.tolist()) == ([2], [0])
