"""The bootstrap draws what could have been otherwise, and compares cluster by cluster."""

from functools import partial

import numpy as np
import pytest

from clustering import affinity, dbscan, kmeans
from clustering.dataset import Dataset, Source
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.judging.bootstrap import Stability, drawn, stability
from clustering.partition import Partition
from clustering.progress import Step
from tests.affinity import markets
from tests.kinds import KINDS

DAYS = Dataset(
    points=np.arange(12.0).reshape(3, 4),
    columns=("mon", "tue", "wed", "thu"),
    rows=np.array([5, 6, 9]),
    source=Source("prices", "company", ("A", "B", "C"), draws="days"),
)


def by(labels: list[int]) -> Partition:
    return Partition(labels, range(len(labels)), "by hand")


def judged(labels: list[int], draws: list[list[int]]) -> Stability:
    """The stability of `labels` where the draws give these answers, each of all points."""
    waiting = iter(draws)
    data = Dataset(
        points=np.arange(len(labels) * 2.0).reshape(-1, 2),
        columns=("mon", "tue"),
        rows=np.arange(len(labels)),
        source=Source("by hand", draws="days"),
    )
    return stability(data, by(labels), fit=lambda drawn: by(next(waiting)), draws=len(draws))


def test_days_are_drawn_and_companies_stay() -> None:
    sample, places = drawn(DAYS, np.random.default_rng(3))
    assert places.tolist() == [0, 1, 2] and sample.rows.tolist() == [5, 6, 9]
    days = [DAYS.columns.index(day) for day in sample.columns]
    assert len(set(days)) < 4  # with replacement
    assert np.array_equal(sample.points, DAYS.points[:, days])
    assert sample.source.names == ("A", "B", "C")


def test_rows_are_drawn_with_their_names() -> None:
    data = Dataset.from_points(np.arange(6.0)[:, None])
    sample, places = drawn(data, np.random.default_rng(0))
    assert np.array_equal(sample.points[:, 0], places) and len(set(places)) < 6


def test_jaccards_share_and_confidence_by_hand() -> None:
    found = judged([0, 0, 0, 1, 1], [[0, 0, 0, 1, 1], [1, 1, 0, 0, 0], [0, 0, 0, 0, 0]])
    # {0,1,2}: 1; {0,1} of {0,1,2} 2/3; all five 3/5.  {3,4}: 1; {2,3,4} 2/3; all five 2/5.
    assert found.jaccard.tolist() == pytest.approx(
        [(1 + 2 / 3 + 3 / 5) / 3, (1 + 2 / 3 + 2 / 5) / 3]
    )
    assert found.recovered.tolist() == pytest.approx([1 / 3, 1 / 3])
    assert found.confidence.tolist() == pytest.approx([1, 1, 2 / 3, 1, 1])
    assert found.clusters.tolist() == [2, 2, 1] and found.unit == "days"


def test_noise_has_no_confidence_and_a_draw_of_noise_counts() -> None:
    found = judged([0, 0, -1], [[-1, -1, -1], [0, 0, 0]])
    assert found.jaccard.tolist() == pytest.approx([(0 + 2 / 3) / 2])
    assert found.confidence.tolist() == pytest.approx([0.5, 0.5, np.nan], nan_ok=True)


def test_what_was_not_drawn_counts_neither_way() -> None:
    data = Dataset.from_points([[0.0], [0.1], [0.2], [9.0], [9.1], [9.2], [90.0]])
    answer = kmeans.fit(data, k=3)
    found = stability(data, answer, fit=partial(kmeans.fit, k=3), draws=30)
    # The far point alone is found again in every draw that holds it and two other groups.
    alone = answer.labels[6]
    assert found.confidence[6] == 1.0 and found.jaccard[alone] == 1.0
    assert np.isfinite(found.jaccard).all()


def test_draws_of_which_nothing_can_be_made_are_counted() -> None:
    data = Dataset.from_points([[0.0], [1.0], [2.0]])
    found = stability(data, kmeans.fit(data, k=3), fit=partial(kmeans.fit, k=3), draws=20)
    assert found.failed > 0 and found.draws + found.failed == 20
    assert f"Of {found.failed} further draws nothing could be made." in found.told
    with pytest.raises(DataError, match="None of 3 draws gave an answer"):
        stability(data, kmeans.fit(data, k=1), fit=partial(kmeans.fit, k=9), draws=3)


def test_sectors_of_the_market_are_stable() -> None:
    _, dataset, relations = markets.sample()
    options = {"similarity": "graphical lasso", "preference": relations.median}
    answer = affinity.fit(dataset, relations=relations, **options)
    again = partial(affinity.again, alpha=relations.alpha, **options)
    found = stability(dataset, answer, fit=again, draws=5)
    assert (found.jaccard > 0.6).all()
    assert np.median(found.confidence) == 1.0
    same = stability(dataset, answer, fit=again, draws=5)
    assert np.array_equal(found.confidence, same.confidence)


def test_it_tells_how_far_it_is_and_lets_itself_be_stopped() -> None:
    data = KINDS["table"][1]
    answer, again = dbscan.fit(data, eps=9.0), partial(dbscan.fit, eps=9.0)
    shares = list[float]()
    stability(data, answer, fit=again, draws=3, report=lambda step: shares.append(step.share))
    assert shares == pytest.approx([1 / 3, 2 / 3, 1])

    def stop(step: Step) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stability(data, answer, fit=again, draws=3, report=stop)


def test_what_makes_no_sense_is_refused() -> None:
    data = KINDS["table"][1]
    again = partial(kmeans.fit, k=2)
    with pytest.raises(ParameterError, match="draws = 1; choose a whole number"):
        stability(data, again(data), fit=again, draws=1)
    with pytest.raises(DataError, match="about other points"):
        stability(data, by([0, 1]), fit=again)
    with pytest.raises(DataError, match="no clusters"):
        stability(DAYS, Partition([-1] * 3, [5, 6, 9], "by hand"), fit=again)
    heavy = KINDS["weighted pixels"][1]
    with pytest.raises(UnsupportedError, match="draw from the rows themselves"):
        stability(heavy, again(heavy), fit=again)
