"""Every half step is told, with numbers that are those of the data."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering import kmeans
from clustering.dataset import Dataset, Source
from clustering.lessons.kmeans import tell


@settings(deadline=None, max_examples=80)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 6),
    st.sampled_from([1, 2, 300]),
    st.sampled_from([0.0, 0.3]),
    st.booleans(),
    st.booleans(),
)
def test_each_moment_has_its_sentences(seed, k, max_iter, tol, lattice, weighted):
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 3, (30, 2)).astype(float) if lattice else rng.normal(size=(30, 2))
    data = Dataset.from_points(points, weights=rng.random(30) + 0.1 if weighted else None)
    start = rng.normal(size=(min(k, data.distinct), 2)) * 3
    steps = kmeans.steps(data, start=start, max_iter=max_iter, tol=tol)
    told = tell(data, steps)
    assert len(told) == len(steps)
    for text in told:
        assert re.fullmatch(r"[A-Z0-9].*\.", text)
        assert "nan" not in text
        assert "inf " not in text


@pytest.fixture
def data() -> Dataset:
    rng = np.random.default_rng(2)
    points = np.vstack([rng.normal(m, 1.0, size=(40, 2)) for m in ([0, 0], [4, 0], [2, 3])])
    return Dataset.from_points(points)


def test_the_row_that_changes_does_change_and_its_distances_are_right(data):
    steps = kmeans.steps(data, start=data.points[:3])
    pattern = re.compile(
        r"(\d+) of 120 points changes? cluster.*: row (\d+) leaves cluster (\d) "
        r"\(distance ([\d.]+)\) for cluster (\d) \(([\d.]+)\)"
    )
    found = 0
    for before, moment, text in zip(
        steps.moments, steps.moments[1:], tell(data, steps)[1:], strict=False
    ):
        match = pattern.match(text)
        if match:
            moved, row, old, new = (int(match[i]) for i in (1, 2, 3, 5))
            assert moved == moment.moved
            assert before.labels[row - 1] == old - 1
            assert moment.labels[row - 1] == new - 1
            far, near = np.linalg.norm(
                moment.centers[[old - 1, new - 1]] - data.points[row - 1], axis=1
            )
            assert float(match[4]) == pytest.approx(far, rel=0.01)
            assert float(match[6]) == pytest.approx(near, rel=0.01)
            found += 1
    assert found >= 2


def test_the_closest_choice_and_the_greatest_gain_are_told():
    points = [[0.0], [1.0], [4.9], [10.0]]
    data = Dataset.from_points(points)
    told = tell(data, kmeans.steps(data, start=[[0.0], [10.0]]))
    assert "The closest choice is row 3: 4.9 to centre 1 and 5.1 to centre 2" in told[1]
    assert "the sum of squared distances" in told[1]
    weighted = Dataset.from_points(points, weights=[1, 2, 1, 1])
    told = tell(weighted, kmeans.steps(weighted, start=[[0.0], [10.0]]))
    assert "the weighted sum of squared distances" in told[1]
    data = Dataset.from_points([[0.0], [1.0], [2.0], [10.0], [11.0]])
    told = tell(data, kmeans.steps(data, start=[[0.0], [1.0]]))
    assert told[3].startswith("2 of 5 points change cluster")
    assert "row 2 leaves cluster 2 (distance 5) for cluster 1 (1)" in told[3]


def test_points_are_called_by_their_names():
    points = np.array([[0.0], [1.0], [5.0], [6.0]])
    data = Dataset(
        points=points,
        columns=("x",),
        rows=np.arange(4),
        source=Source("people", "person", ("Ann", "Bob", "Cy", "Di")),
    )
    told = tell(data, kmeans.steps(data, start=[[0.0], [1.0]]))
    assert "Bob leaves cluster 2" in told[3]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"tol": 0.0}, "No point changes cluster, so that no centre would move"),
        ({"tol": 0.5}, "counts as standing still"),
        ({"tol": 0.0, "max_iter": 1}, "stopped after 1 turn, the most it was allowed"),
    ],
)
def test_the_last_sentence_says_why_it_ends(data, limits, reason):
    steps = kmeans.steps(data, start=data.points[:3], **limits)
    assert reason in tell(data, steps)[-1]


def test_an_empty_cluster_is_told(data):
    told = tell(data, kmeans.steps(data, start=[[0, 0], [90, 90]]))
    assert re.match(r"Cluster 2 is left without points; its centre is put on row \d+,", told[2])


def test_one_cluster_has_a_lesson_too(data):
    told = tell(data, kmeans.steps(data, start=[[0, 0]]))
    assert told[0].startswith("1 centre is placed")
    assert "only centre" in told[1]
    assert "Another start" not in told[-1]


def test_a_tie_and_a_last_empty_centre_are_told_as_they_are():
    data = Dataset.from_points([[0.0], [2.0], [2.0], [1.0]])
    told = tell(data, kmeans.steps(data, start=[[3.5], [-1.6], [0.1]]))
    assert "since another centre is as near and comes first: row 3" in told[3]
    assert "without points looks for a place once more" in told[-1]
    assert told[-1].endswith("Inertia rises from 0.5 to 1.")
