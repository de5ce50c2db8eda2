"""Affinity propagation gives scikit-learn's clusters, and never hides that it did not settle."""

import json
import warnings
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import AffinityPropagation, affinity_propagation
from sklearn.covariance import GraphicalLassoCV

from clustering import affinity
from clustering.affinity.passing import noise, passed
from clustering.data import prices
from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError, UnsupportedError
from tests.affinity import markets
from tests.kinds import KINDS

PUBLISHED = [
    "Apple, Amazon, Yahoo",
    "AIG, American express, Bank of America, DuPont de Nemours, General Dynamics, "
    "General Electrics, Goldman Sachs, GlaxoSmithKline, Home Depot, Kellogg",
    "Boeing, Canon, Caterpillar, Ford, Honda",
    "Comcast, Cablevision",
    "ConocoPhillips, Chevron",
    "Cisco, Dell, HP, IBM",
    "CVS",
    "Colgate-Palmolive, Kimberly-Clark",
]


def blobs(n: int = 60) -> Dataset:
    draw = np.random.default_rng(0)
    return Dataset.from_points(draw.normal(size=(n, 3)) + 4 * draw.integers(0, 4, (n, 1)))


def usual(matrix: np.ndarray, **arguments: object) -> tuple[np.ndarray, int, bool]:
    """Labels of scikit-learn by first member, its iterations, and whether it converged."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        _, labels, rounds = affinity_propagation(
            matrix, random_state=0, return_n_iter=True, **arguments
        )
    stopped = any("did not converge" in str(each.message) for each in said)
    return by_first(labels), rounds, not stopped


def by_first(labels: np.ndarray) -> np.ndarray:
    if labels[0] < 0:
        return labels
    known = list(dict.fromkeys(labels.tolist()))
    return np.array([known.index(label) for label in labels.tolist()])


@pytest.mark.parametrize("damping", [0.5, 0.7, 0.93])
@pytest.mark.parametrize("preference", [-2000.0, -100.0, -20.0, -5.0, -1.0, -0.1, 3.0])
def test_it_is_scikit_learns_to_the_last_iteration(preference: float, damping: float) -> None:
    data = blobs()
    matrix = affinity.relations(data, by="distance").matrix
    labels, rounds, settled = usual(matrix, preference=preference, damping=damping)
    ours = affinity.fit(data, preference=preference, damping=damping, more=False)
    assert ours.labels.tolist() == labels.tolist()
    assert (ours.facts["iterations"], ours.converged) == (rounds, settled)


@settings(max_examples=40)
@given(
    st.integers(2, 12).flatmap(
        lambda n: st.lists(st.integers(-9, 9), min_size=n * n, max_size=n * n)
    ),
    st.integers(-12, 12),
    st.sampled_from([3, 40, 200]),
)
def test_any_similarities_give_scikit_learns_answer(
    cells: list[int], preference: int, max_iter: int
) -> None:
    n = int(np.sqrt(len(cells)))
    matrix = np.array(cells, dtype=float).reshape(n, n)  # neither symmetric nor without ties
    labels, rounds, settled = usual(matrix, preference=float(preference), max_iter=max_iter)
    ours = passed(matrix, float(preference), damping=0.5, max_iter=max_iter, drawn=noise(n, 0))
    assert ours.labels.tolist() == labels.tolist()
    assert (ours.iterations, ours.converged) == (rounds, settled)


def test_the_estimator_of_scikit_learn_agrees_where_nothing_is_told() -> None:
    data = blobs()
    labels = AffinityPropagation(random_state=0).fit_predict(data.points)
    assert affinity.fit(data).labels.tolist() == by_first(labels).tolist()


def test_what_did_not_settle_says_so_and_more_damping_is_tried() -> None:
    data = blobs()
    short = affinity.fit(data, max_iter=5)
    assert short.converged is False
    assert (short.parameters["damping"], short.parameters["max_iter"]) == (0.95, 50)
    assert "did not settle within 50 rounds at damping 0.95" in affinity.said(short)
    first = affinity.fit(data, max_iter=5, more=False)
    assert (first.converged, first.facts["iterations"]) == (False, 5)
    mended = affinity.fit(data, max_iter=20)
    assert mended.converged and mended.parameters["damping"] > 0.5
    again = affinity.fit(data, **mended.parameters)  # type: ignore[arg-type]
    assert np.array_equal(again.labels, mended.labels)
    assert again.facts == mended.facts


def test_the_axis_never_hides_what_did_not_settle() -> None:
    axis = affinity.axis(blobs(), max_iter=1)
    assert not axis.curves["converged"].any()
    total = len(axis.values)
    assert f"did not settle at {total} of {total} values" in axis.notes["converged"]
    good = affinity.axis(blobs(), max_iter=20)
    needed = (good.curves["damping"] > 0.5).sum()
    assert needed and f"needed at {needed} of {len(good.values)} values" in good.notes["damping"]


def test_net_similarity_is_that_of_the_answer() -> None:
    data = Dataset.from_points([[0.0], [1.0], [2.0], [10.0], [12.0]])
    answer = affinity.fit(data, preference=-9.0)
    assert answer.labels.tolist() == [0, 0, 0, 1, 1]
    assert answer.facts["net_similarity"] == -(1 + 1 + 4) - 2 * 9.0


def test_equal_points_are_one_cluster_or_each_its_own() -> None:
    same = Dataset.from_points(np.ones((4, 2)))
    assert affinity.fit(same).labels.tolist() == [0, 0, 0, 0]
    assert affinity.fit(same, preference=1.0).k == 4
    assert "All similarities are equal" in affinity.said(affinity.fit(same))
    alone = affinity.axis(Dataset.from_points([[3.0]]))
    assert alone.curves["clusters"].tolist() == [1.0]


def test_where_no_exemplar_emerges_all_is_noise() -> None:
    answer = affinity.fit(blobs(), max_iter=1, preference=-1e6, more=False)
    assert answer.noise == 60 and answer.k == 0
    assert "no exemplar emerged" in affinity.said(answer)


def test_points_with_weights_are_refused_in_a_sentence() -> None:
    with pytest.raises(UnsupportedError, match="knows no weights; choose k-means"):
        affinity.fit(KINDS["weighted pixels"][1])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"damping": 0.3}, "damping = 0.3; choose a number from 0.5 to below 1"),
        ({"preference": float("nan")}, "preference = nan; choose a number"),
        ({"max_iter": 0}, "max_iter = 0; choose a whole number"),
        ({"similarity": "love"}, "There is no similarity 'love'"),
        ({"similarity": "graphical lasso", "alpha": 0}, "alpha = 0; choose a number above 0"),
        ({"similarity": "graphical lasso"}, "at least 6 columns"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises((ParameterError, DataError), match=sentence):
        affinity.fit(blobs(), **arguments)  # type: ignore[arg-type]


def test_relations_of_other_points_are_refused() -> None:
    with pytest.raises(DataError, match="not the distance of 60 points"):
        affinity.fit(blobs(), relations=affinity.relations(blobs(50), by="distance"))


def test_the_graphical_lasso_is_scikit_learns() -> None:
    _, dataset, relations = markets.sample()
    model = GraphicalLassoCV(cv=3).fit(dataset.points.T)
    assert np.array_equal(relations.matrix, model.covariance_)
    assert relations.alpha == model.alpha_
    loose = affinity.relations(dataset, alpha=model.alpha_, tol=affinity.LOOSE).matrix
    assert 0.0 < np.abs(loose - relations.matrix).max() < 0.005
    scale = np.sqrt(np.diag(model.precision_))
    assert relations.partial is not None
    assert np.allclose(
        relations.partial[0, 1:], -(model.precision_ / np.outer(scale, scale))[0, 1:]
    )


def test_the_warnings_of_the_graphical_lasso_are_told() -> None:
    draw = np.random.default_rng(0)
    alike = Dataset.from_points(draw.normal(size=(6, 40)) + 3 * draw.normal(size=(1, 40)))
    found = affinity.relations(alike, alpha=1e-4)
    assert not found.converged and "stopped before it was done" in found.note
    with pytest.raises(DataError, match="some move too much alike; choose Ledoit-Wolf"):
        affinity.relations(Dataset.from_points(draw.normal(size=(12, 8))), alpha=1e-3)


def test_a_company_that_never_moves_is_refused_by_name() -> None:
    _, dataset, _ = markets.sample()
    points = dataset.points.copy()
    points[3] = 1.0
    with pytest.raises(DataError, match=f"{dataset.name_of(3)} has the same value"):
        affinity.relations(replace(dataset, points=points), by="correlation")


def test_a_correlation_without_an_inverse_has_no_partial_ones() -> None:
    found = affinity.relations(blobs(), by="correlation")
    assert found.partial is None and "no inverse" in found.note and "too few" in found.note


@pytest.mark.parametrize("path", markets.books_file("stock_market_data.xlsx"), ids=["book"])
def test_the_books_eight_clusters(path) -> None:
    named = prices.names_from(path.with_name("symbol_map.json").read_bytes(), "symbol_map.json")
    dataset = prices.moves(prices.read(path.read_bytes(), path.name, names=named))
    answer = affinity.fit(dataset, similarity="graphical lasso")
    assert markets.members(dataset, answer) == {frozenset(each.split(", ")) for each in PUBLISHED}
    assert answer.facts["alpha"] == pytest.approx(0.1557, abs=5e-5)
    assert json.loads(path.with_name("symbol_map.json").read_text())["K"] == "Kellogg"


@pytest.mark.parametrize("path", markets.books_file("stocks_open_close_2003_2007.csv"), ids=["all"])
def test_eleven_clusters_of_fifty_six_symbols(path) -> None:
    dataset = prices.moves(prices.read(path.read_bytes(), path.name))
    assert dataset.n == 56
    assert affinity.fit(dataset, similarity="graphical lasso").k == 11


def test_the_simulated_market_gives_its_sectors() -> None:
    market, dataset, relations = markets.sample()
    answer = affinity.fit(dataset, similarity="graphical lasso", relations=relations)
    sectors = [market.sectors[symbol] for symbol in dataset.features["symbol"]]
    together = [
        (a == b) == (m == n)
        for i, (a, m) in enumerate(zip(sectors, answer.labels, strict=True))
        for b, n in zip(sectors[:i], answer.labels[:i], strict=True)
    ]
    assert np.mean(together) > 0.97  # one company goes over to another sector halfway
    assert answer.k == len(set(sectors)) == 6


def test_the_axis_goes_from_one_cluster_to_nearly_every_company_its_own() -> None:
    _, dataset, relations = markets.sample()
    axis = affinity.axis(dataset, similarity="graphical lasso", relations=relations)
    clusters = axis.curves["clusters"]
    assert clusters[0] == 1 and clusters[-1] >= dataset.n - 1
    assert relations.median in axis.values.tolist()
    assert all(b - a <= 6 for a, b in pairwise(clusters))
    for value in axis.values[::9]:
        labels, _, _ = usual(
            relations.matrix, preference=value, damping=axis.at(value).parameters["damping"],
            max_iter=axis.at(value).parameters["max_iter"],
        )  # fmt: skip
        assert axis.at(value).labels.tolist() == labels.tolist()
