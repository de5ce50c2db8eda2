"""The network: places that hold, ties that are drawn, names that cover nobody."""

import numpy as np
import pytest

from clustering.dataset import Dataset, Source
from clustering.figures import network
from clustering.geometry import layout
from clustering.partition import Partition


def market(n: int, groups: int, *, seed: int = 0) -> tuple[Dataset, Partition, np.ndarray]:
    """Companies in groups, and how alike they are."""
    rng = np.random.default_rng(seed)
    labels = np.sort(np.arange(n) % groups)
    points = rng.normal(size=(groups, 200))[labels] + rng.normal(size=(n, 200))
    names = tuple(f"Company {i}" for i in range(n))
    source = Source("prices", "company", names, draws="days")
    data = Dataset(points, tuple(map(str, range(200))), np.arange(n), source)
    exemplars = np.array([int(np.flatnonzero(labels == k)[0]) for k in range(groups)])
    partition = Partition(labels, np.arange(n), "by hand", exemplars=exemplars)
    return data, partition, np.corrcoef(points)


@pytest.mark.parametrize("n", [1, 2, 3, 40])
def test_places_are_the_same_every_time_and_nobody_stands_on_another(n):
    data, _, alike = market(max(n, 2), 2)
    if n == 1:
        data, alike = Dataset.from_points([[1.0]]), np.ones((1, 1))
    first = layout.places(data, similarity=alike, links=alike)
    assert np.array_equal(first, layout.places(data, similarity=alike.copy(), links=alike))
    apart = np.linalg.norm(first[:, None] - first, axis=-1) + 9 * np.eye(n)
    assert apart.min() > 0.05
    assert (first >= 0).all() and (first <= [layout.WIDE, 1.0]).all()


def test_equal_companies_get_places_of_their_own():
    data = Dataset.from_points(np.ones((9, 3)))
    found = layout.places(data, similarity=np.ones((9, 9)), links=np.ones((9, 9)))
    assert np.isfinite(found).all()
    assert len(np.unique(found.round(3), axis=0)) == 9


def test_who_is_tied_stands_together():
    data, partition, alike = market(30, 3)
    links = np.where(alike > 0.3, alike, 0.0)
    found = layout.places(data, similarity=alike, links=links)
    apart = np.linalg.norm(found[:, None] - found, axis=-1)
    same = partition.labels[:, None] == partition.labels
    assert apart[same].mean() < 0.6 * apart[~same].mean()


def test_ties_are_drawn_by_strength_and_sign_and_the_note_counts_them():
    data, partition, alike = market(6, 2)
    ties = np.eye(6)
    for i, k, tie in ((0, 1, 0.8), (3, 4, 0.3), (1, 4, -0.1), (2, 5, 0.01)):
        ties[i, k] = ties[k, i] = tie
    places = layout.places(data, similarity=alike, links=ties)
    figure = network.network(data, partition, places, ties)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert len(lines) == 3
    red = [trace for trace in lines if trace.line.dash == "dash"]
    assert [trace.line.color for trace in red] == [network.OPPOSED]
    ends = np.column_stack([red[0].x, red[0].y])[:2]
    assert np.allclose(ends, places[[1, 4]])
    note = figure.layout.meta["note"]
    assert "The 3 strongest of 4 partial correlations" in note
    assert "1 negative one" in note


def test_exemplars_are_squares_with_numbers_and_their_names_are_always_there():
    data, partition, alike = market(40, 5)
    figure = network.network(
        data, partition, layout.places(data, similarity=alike, links=alike), alike
    )
    squares = next(
        t for t in figure.data if t.mode == "markers+text" and t.marker.symbol == "square"
    )
    assert list(squares.text) == ["1", "2", "3", "4", "5"]
    wide, narrow = (t for t in figure.data if t.meta and ("from" in t.meta or "below" in t.meta))
    called = {f"<b>{data.name_of(i)}</b>" for i in partition.exemplars.tolist()}
    assert called <= set(wide.text)
    assert set(narrow.text) == called
    assert narrow.visible is False


def test_a_name_that_is_markup_stays_text():
    data, partition, alike = market(2, 1)
    figure = network.network(
        data, partition, np.array([[0.0, 0.0], [1.0, 1.0]]), alike, names=["<b>x</b>", "y & z"]
    )
    told = [
        text for trace in figure.data for text in (*(trace.text or ()), *(trace.hovertext or ()))
    ]
    assert any("&lt;b&gt;x&lt;/b&gt;" in text for text in told)
    assert not any("<b>x" in text for text in told)
