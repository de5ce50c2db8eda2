"""What splits and merges next, who changed company, and what windows of the days say."""

from dataclasses import replace

import numpy as np
import pytest

from clustering import affinity
from clustering.affinity.drift import window_of
from clustering.axis import FittedAxis
from clustering.data import prices
from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.partition import Partition
from tests.affinity import markets


def by_hand(*answers: list[int]) -> tuple[Dataset, FittedAxis]:
    """An axis of these answers at preferences 1, 2, ..."""
    data = Dataset.from_points(np.arange(float(len(answers[0])))[:, None])
    partitions = tuple(Partition(each, data.rows, "by hand") for each in answers)
    clusters = np.array([float(each.k) for each in partitions])
    values = np.arange(1.0, len(answers) + 1)
    return data, FittedAxis("preference", values, partitions, {"clusters": clusters}, {})


def test_the_group_that_splits_and_those_that_merge() -> None:
    data, axis = by_hand(
        [0, 0, 0, 0, 0, 0], [0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1], [0, 0, 1, 2, 2, 0]
    )
    found = affinity.splits(axis, 2.0)
    assert found.rising is not None and found.falling is not None
    assert found.rising.value == 4.0 and found.rising.clusters == 3
    (change,) = found.rising.changes
    assert change.groups == (0,)
    assert [part.tolist() for part in change.parts] == [[0, 1], [2]]
    assert found.rising.moved.tolist() == [5]
    assert found.rising.told(data) == (
        "At preference 4 (3 clusters): Cluster 1 splits into row 1, row 2 | row 3. "
        "row 6 changes over."
    )
    (merge,) = found.falling.changes
    assert merge.groups == (0, 1)
    assert [part.tolist() for part in merge.parts] == [[0, 1, 2], [3, 4, 5]]
    assert "Clusters 1, 2 merge: row 1, row 2, row 3 | row 4" in found.falling.told(data)


def test_at_the_ends_of_the_axis_nothing_comes_next() -> None:
    _, axis = by_hand([0, 0, 0], [0, 0, 1])
    assert affinity.splits(axis, 1.0).falling is None
    assert affinity.splits(axis, 2.0).rising is None


def test_rows_that_one_answer_lacks_change_nothing() -> None:
    before = Partition([0, 0, 1, 1], [3, 5, 7, 9], "by hand")
    after = Partition([0, 1, 1], [3, 7, 9], "by hand")
    rows, lost, gained = affinity.changed(before, after)
    assert rows.tolist() == [3, 7, 9]
    assert (lost.tolist(), gained.tolist()) == ([0, 0, 0], [0, 0, 0])


def test_windows_show_who_went_over_to_another_sector() -> None:
    market, dataset, relations = markets.sample()
    answer = affinity.fit(dataset, similarity="graphical lasso", relations=relations)
    found = affinity.drift(dataset, answer, relations=relations, days=300, step=235)
    assert len(found.windows) == found.converged == 3
    assert found.windows[-1].last == dataset.columns[-1]
    gone = dataset.source.names.index("Hydra Power")
    first, last = market.symbols.index("BRO"), market.symbols.index("AXL")
    oil, cars = (list(dataset.rows).index(place) for place in (first, last))
    assert found.labels[gone, 0] == found.labels[oil, 0] != found.labels[cars, 0]
    assert found.labels[gone, -1] == found.labels[cars, -1]
    assert found.stays[gone] < 1.0 and np.median(found.stays) == 1.0
    assert affinity.fit(dataset, **found.windows[0].partition.parameters, relations=relations)


def test_a_window_is_what_the_same_days_alone_give() -> None:
    _, dataset, _ = markets.sample()
    known = affinity.relations(dataset, by="correlation")
    answer = affinity.fit(dataset, similarity="correlation", relations=known, damping=0.9)
    window = affinity.drift(dataset, answer, relations=known, days=400, step=400).windows[-1]
    alone = prices.moves(markets.sample()[0], begin=window.first, end=window.last)
    assert alone.d == 400
    again = affinity.fit(alone, similarity="correlation", damping=0.9)
    assert np.array_equal(again.labels, window.partition.labels)
    given, expected = window.partition.parameters, again.parameters
    assert given["damping"] == 0.9
    assert given["preference"] == pytest.approx(expected["preference"])  # its own median
    below = affinity.fit(dataset, similarity="correlation", relations=known, preference=-3.0)
    (window,) = affinity.drift(dataset, below, relations=known, days=400, step=400).windows
    assert window.partition.parameters["preference"] == -3.0 and window.partition.k == 1
    far = affinity.relations(dataset, by="distance")  # grows with the days
    below = affinity.fit(dataset, relations=far, preference=-3000.0)
    (window,) = affinity.drift(dataset, below, relations=far, days=400, step=400).windows
    assert window.partition.parameters["preference"] == pytest.approx(-3000.0 * 400 / dataset.d)


def test_a_window_is_measured_in_standard_deviations_of_its_own() -> None:
    _, dataset, _ = markets.sample()
    points = dataset.points.copy()
    points[4, 100:200] = 0.5
    window = window_of(replace(dataset, points=points), 100, 200)
    assert np.allclose(window.points.std(axis=1), 1.0)
    assert window.source.names == dataset.source.names[:4] + dataset.source.names[5:]


def test_windows_that_do_not_fit_are_refused() -> None:
    _, dataset, _ = markets.sample()
    known = affinity.relations(dataset, by="correlation")
    answer = affinity.fit(dataset, similarity="correlation", relations=known)
    with pytest.raises(ParameterError, match="does not move within"):
        affinity.drift(dataset, answer, relations=known, days=dataset.d)
    with pytest.raises(ParameterError, match="days = 5; choose a whole number from 30"):
        affinity.drift(dataset, answer, relations=known, days=5)
    with pytest.raises(DataError, match="about other points"):
        affinity.drift(Dataset.from_points(np.eye(3)), answer, relations=known)


def test_messages_end_where_the_fit_does() -> None:
    _, dataset, relations = markets.sample()
    told = affinity.messages(relations)
    answer = affinity.fit(dataset, similarity="graphical lasso", relations=relations)
    assert len(told.rounds) == answer.facts["iterations"] and told.converged
    assert set(told.rounds[-1].exemplars) == set(answer.exemplars)
    last = told.rounds[-1]
    assert (last.choices[last.exemplars] == last.exemplars).all()
    assert not told.rounds[-1].responsibility.flags.writeable
    assert not affinity.messages(relations, max_iter=3).converged
    with pytest.raises(UnsupportedError, match="cannot be followed"):
        affinity.messages(np.eye(41))


def test_the_first_round_is_the_formula() -> None:
    draw = np.random.default_rng(1)
    s = -draw.random((5, 5))
    np.fill_diagonal(s, -0.4)
    first = affinity.messages(s, -0.4, 0.5).rounds[0]
    for i in range(5):
        for k in range(5):
            others = max(s[i, j] for j in range(5) if j != k)
            assert first.responsibility[i, k] == pytest.approx(0.5 * (s[i, k] - others))
    r = first.responsibility
    for i in range(5):
        for k in range(5):
            support = sum(max(0.0, r[j, k]) for j in range(5) if j not in (i, k))
            expected = support if i == k else min(0.0, r[k, k] + support)
            assert first.availability[i, k] == pytest.approx(0.5 * expected)


def test_dampings_side_by_side() -> None:
    _, dataset, relations = markets.sample()
    table = affinity.dampings(
        dataset, None, [0.5, 0.9], similarity="graphical lasso", relations=relations
    )
    assert table["converged"].all() and table["same"].tolist() == [2, 2]
    assert table["iterations"][1] > table["iterations"][0]
    hasty = affinity.dampings(
        dataset, None, [0.5], similarity="graphical lasso", relations=relations, max_iter=3
    )
    assert not hasty["converged"].any()
