"""The lottery runs honest tickets, and certainty counts them."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from clustering import kmeans
from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError


@pytest.fixture(scope="module")
def data() -> Dataset:
    rng = np.random.default_rng(7)
    middles = np.array([[0, 0], [6, 0], [0, 6], [6, 6], [3, 3]])
    return Dataset.from_points(np.vstack([rng.normal(m, 1.0, size=(40, 2)) for m in middles]))


@pytest.fixture(scope="module")
def tickets(data) -> kmeans.Lottery:
    return kmeans.lottery(data, k=5, n_starts=30)


def test_every_ticket_can_be_played_again(data, tickets):
    for i in range(0, 30, 5):
        again = kmeans.fit(data, k=5, init=tickets.starts[i])
        told = kmeans.steps(data, start=tickets.starts[i])
        assert np.array_equal(again.labels, tickets.labels[i])
        assert np.array_equal(again.centers, tickets.centers[i])
        assert again.facts["inertia"] == tickets.inertias[i]
        assert again.facts["iterations"] == tickets.iterations[i]
        assert np.array_equal(told.last.labels, tickets.labels[i])


@pytest.mark.parametrize("init", ["random", "k-means++"])
def test_the_best_ticket_is_what_a_fit_with_so_many_starts_keeps(data, init):
    drawn = kmeans.lottery(data, k=5, n_starts=10, init=init, seed=2)
    kept = kmeans.fit(data, k=5, n_init=10, init=init, seed=2)
    assert drawn.inertias[0] == pytest.approx(kept.facts["inertia"], rel=1e-12)
    assert len(set(zip(drawn.labels[0], kept.labels, strict=True))) == 5


def test_the_best_comes_first(tickets):
    assert (np.diff(tickets.inertias) >= 0).all()
    assert tickets.gaps[0] == 0
    assert (tickets.gaps >= 0).all()
    assert tickets.gaps[-1] == pytest.approx(tickets.inertias[-1] / tickets.inertias[0] - 1)


def test_equal_answers_are_recognised_however_numbered(tickets):
    assert tickets.answers[0] == 0
    assert sorted(set(tickets.answers)) == list(range(tickets.distinct))
    for i in range(30):
        for j in range(i):
            pairs = len(set(zip(tickets.labels[i], tickets.labels[j], strict=True)))
            assert (tickets.answers[i] == tickets.answers[j]) == (pairs == 5)


def test_an_answer_is_compared_with_the_starts_by_its_inertia(data, tickets):
    inertias = tickets.inertias
    assert tickets.distinct > 1
    for i in (0, 12, 29):
        answer = kmeans.fit(data, k=5, init=tickets.starts[i])
        same = abs(inertias / inertias[i] - 1) <= 1e-6
        assert np.array_equal(tickets.reached(answer), same) and same[i]
        assert tickets.better(answer) == (inertias < inertias[i] * (1 - 1e-6)).sum()
    best = kmeans.fit(data, k=5, n_init=30)
    assert not tickets.better(best)
    # Lower by a rounding is not lower.
    assert not replace(tickets, inertias=tickets.inertias * (1 - 1e-8)).better(best)
    poor = kmeans.fit(data, k=5, init=data.points[:5], max_iter=1)
    assert not tickets.reached(poor).any() and tickets.better(poor) == 30


def test_a_perfect_answer_is_reached_and_not_bettered():
    data = Dataset.from_points([[0.0], [0.0], [7.0], [7.0]])
    drawn, answer = kmeans.lottery(data, k=2, n_starts=9), kmeans.fit(data, k=2)
    assert answer.facts["inertia"] == 0
    assert drawn.reached(answer).sum() == (drawn.inertias == 0).sum() > 0
    assert not drawn.better(answer)


def test_starts_are_compared_with_answers_to_the_same_question_only(data, tickets):
    for other in (kmeans.fit(data, k=4), kmeans.fit(Dataset.from_points(data.points[:9]), k=5)):
        with pytest.raises(DataError, match="run them again"):
            tickets.reached(other)
        with pytest.raises(DataError, match="run them again"):
            tickets.better(other)


def test_certainty_is_the_share_of_runs_that_keep_a_point(data, tickets):
    best = kmeans.fit(data, k=5, init=tickets.starts[0])
    certainty = kmeans.certainty(tickets, best)
    assert certainty.shape == (data.n,)
    assert ((certainty >= 0) & (certainty <= 1)).all()
    assert certainty.mean() >= (tickets.answers == 0).mean()
    assert np.abs(np.rint(certainty * 30) - certainty * 30).max() < 1e-9


def test_certainty_is_full_where_every_start_ends_alike():
    points = np.vstack([np.random.default_rng(0).normal(m, 0.1, (20, 1)) for m in (0, 100)])
    data = Dataset.from_points(points)
    drawn = kmeans.lottery(data, k=2, n_starts=12)
    # Whichever number a run gives to a cluster, its points keep their cluster.
    assert len(set(drawn.labels[:, 0])) == 2
    assert drawn.distinct == 1
    assert (kmeans.certainty(drawn, kmeans.fit(data, k=2)) == 1).all()


def test_starts_are_random_points_of_the_data_and_a_seed_repeats_them(data, tickets):
    rows = {tuple(row) for row in data.points}
    assert all(tuple(center) in rows for start in tickets.starts for center in start)
    again = kmeans.lottery(data, k=5, n_starts=30)
    other = kmeans.lottery(data, k=5, n_starts=30, seed=1)
    assert np.array_equal(again.labels, tickets.labels)
    assert not np.array_equal(other.starts, tickets.starts)


def test_it_reports_each_start_and_can_be_pickled(data):
    seen = []
    drawn = kmeans.lottery(data, k=2, n_starts=4, report=seen.append)
    assert [step.done for step in seen] == [1, 2, 3, 4]
    assert seen[-1].share == 1
    assert pickle.loads(pickle.dumps(drawn)).distinct == drawn.distinct


def test_every_point_alone_is_one_answer_without_a_gap():
    drawn = kmeans.lottery(Dataset.from_points([[0.0], [1.0], [2.0]]), k=3, n_starts=5)
    assert drawn.distinct == 1
    assert (drawn.gaps == 0).all()


def test_what_does_not_fit_is_refused(data, tickets):
    with pytest.raises(ParameterError, match="n_init = 0"):
        kmeans.lottery(data, k=2, n_starts=0)
    with pytest.raises(ParameterError, match="k-means"):
        kmeans.lottery(data, k=2, init="best")
    with pytest.raises(DataError, match="200 points"):
        kmeans.certainty(tickets, kmeans.fit(Dataset.from_points([[0.0, 0.0]]), k=1))
