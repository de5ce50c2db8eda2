"""HDBSCAN against its definition, and against scikit-learn's where nothing is tied."""

import pickle
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from sklearn.cluster import HDBSCAN
from sklearn.metrics import adjusted_rand_score

from clustering import dbscan, hdbscan
from clustering.dataset import Dataset, Floats, Integers
from clustering.geometry.metrics import paired
from clustering.partition import Labels


def by_definition(points: Floats, min_samples: int, least: int) -> list[list[int]]:
    """The chosen clusters, from the distances of all pairs and nothing else."""
    n = len(points)
    one, two = np.divmod(np.arange(n * n), n)
    apart = paired(Dataset.from_points(points), points[one], points[two]).reshape(n, n)
    core = np.sort(apart, axis=1)[:, min_samples - 1]
    reach = np.maximum(np.maximum(core[:, None], core), apart)
    levels = np.unique(minimum_spanning_tree(np.triu(reach, 1)).data)[::-1]

    def best(rows: Integers, born: float) -> tuple[float, list[list[int]]]:
        """What a cluster is worth, or what is better below it; and which they are."""
        worth, inside = 0.0, rows
        for eps in levels:
            part = connected_components(reach[np.ix_(inside, inside)] < eps, directed=False)[1]
            large = [inside[part == each] for each in np.flatnonzero(np.bincount(part) >= least)]
            one = len(large) == 1
            worth += (len(inside) - one * len(large[0] if one else ())) * (1.0 / eps - born)
            if not one:
                break
            inside = large[0]
        below = [] if one else [best(each, 1.0 / eps) for each in large]
        score = sum(score for score, _ in below)
        if below and (len(rows) == n or score > worth * (1.0 + 1e-9)):
            return score, [each for _, some in below for each in some]
        return worth, [rows.tolist()]

    return [each for each in best(np.arange(n), 0.0)[1] if len(each) < n]


def same(ours: Labels, theirs: Labels) -> bool:
    """Whether both are one partition, ours numbered by first members."""
    names: dict[int, int] = {-1: -1}
    return bool([names.setdefault(int(x), len(names) - 1) for x in theirs] == ours.tolist())


@st.composite
def groups(draw: st.DrawFn, most: int = 250) -> Floats:
    rng = np.random.default_rng(draw(st.integers(0, 10**9)))
    n, d = draw(st.integers(20, most)), draw(st.integers(1, 6))
    wide = rng.uniform(0.2, 2.0, (n, 1)) if draw(st.booleans()) else 1.0
    points = rng.normal(size=(n, d)) * wide + rng.integers(0, 5, (n, 1)) * rng.uniform(0, 6)
    return np.asarray(points)


@settings(max_examples=40)
@given(groups(60), st.integers(1, 12), st.integers(2, 12), st.booleans(), st.randoms())
def test_clusters_are_those_of_the_definition_in_any_order_of_the_rows(
    points: Floats, min_samples: int, least: int, lattice: bool, chance: random.Random
) -> None:
    if lattice:  # full of ties
        points = np.unique(np.round(points), axis=0)
    n = len(points)
    min_samples = min(min_samples, n)
    found = hdbscan.fit(
        dbscan.axis(Dataset.from_points(points), min_samples=min_samples), min_cluster_size=least
    )
    labels = np.full(n, -1)
    for number, members in enumerate(by_definition(points, min_samples, least)):
        labels[members] = number
    assert same(found.labels, labels)
    order = np.array(chance.sample(range(n), n))
    turned = hdbscan.condensed(
        dbscan.axis(Dataset.from_points(points[order]), min_samples=min_samples), least
    )
    assert same(turned.labels, found.labels[order])


@settings(max_examples=25)
@given(groups(), st.integers(1, 2), st.integers(2, 25))
def test_without_ties_the_points_alone_give_the_same(
    points: Floats, min_samples: int, least: int
) -> None:
    # From 3 on, a point may become core and join two clusters in one moment.
    model = HDBSCAN(min_cluster_size=least, min_samples=min_samples, copy=True).fit(points)
    found = hdbscan.condensed(
        dbscan.axis(Dataset.from_points(points), min_samples=min_samples), least
    )
    assert same(found.labels, model.labels_)
    assert found.membership == pytest.approx(model.probabilities_)


def test_with_ties_scikit_learns_differ_little() -> None:
    rng = np.random.default_rng(0)
    points = rng.normal(size=(600, 2)) + rng.integers(0, 4, (600, 1)) * 6.0
    for size in (5, 10, 20):
        found = hdbscan.fit(dbscan.axis(Dataset.from_points(points), min_samples=size))
        model = HDBSCAN(min_cluster_size=5, min_samples=size, copy=True).fit(points)
        assert adjusted_rand_score(found.labels, model.labels_) > 0.95


@settings(max_examples=25)
@given(groups(100), st.integers(1, 8), st.integers(2, 12))
def test_the_condensed_tree_holds_together(points: Floats, min_samples: int, least: int) -> None:
    axis = dbscan.axis(Dataset.from_points(points), min_samples=min_samples)
    tree = hdbscan.condensed(axis, least)
    m = len(tree.parent)
    assert tree.parent[0] == -1 and (tree.parent[1:] < np.arange(1, m)).all()
    assert tree.births[0] == np.inf and tree.sizes[0] == len(points)
    assert (tree.deaths <= tree.births).all() and (tree.sizes >= least).all()
    parents, parts = np.unique(tree.parent[1:], return_counts=True)
    assert (parts >= 2).all()
    assert (tree.births[1:] == tree.deaths[tree.parent[1:]]).all()
    assert (np.diff(tree.spans)[:, 0] == tree.sizes).all()
    for each in range(1, m):
        low, high = tree.spans[tree.parent[each]]
        assert low <= tree.spans[each, 0] < tree.spans[each, 1] <= high
    for each in range(m):  # a point lies in the run of its last cluster
        run = axis.tree.order[slice(*tree.spans[each])]
        assert np.isin(np.flatnonzero(tree.cluster == each), run).all()
    # From every cluster that has no parts one way up, with at most one chosen cluster on it.
    for leaf in np.setdiff1d(np.arange(1, m), parents):
        way, here = 0, int(leaf)
        while here >= 0:
            way, here = way + int(tree.chosen[here]), int(tree.parent[here])
        assert way == 1
    assert not tree.chosen[0]
    names = tree.names[tree.chosen]
    assert sorted(names.tolist()) == list(range(tree.chosen.sum()))


@settings(max_examples=25)
@given(groups(100), st.integers(1, 8), st.integers(2, 12))
def test_a_chosen_cluster_is_one_of_dbscans_while_it_lives(
    points: Floats, min_samples: int, least: int
) -> None:
    axis = dbscan.axis(Dataset.from_points(points), min_samples=min_samples)
    tree = hdbscan.condensed(axis, least)
    for name, (low, high) in enumerate(tree.lives):
        for eps in (low, (low + high) / 2, np.nextafter(high, 0)):
            answer = axis.at(float(eps))
            assert answer.core is not None
            alive = answer.core & (tree.labels == name) & (axis.core <= eps)
            inside = np.bincount(answer.labels[alive]) if alive.any() else np.zeros(1)
            assert inside.max() >= min(least, 2)
            biggest = int(inside.argmax())
            members = tree.labels[answer.core & (answer.labels == biggest)]
            assert (members == name).all()


def test_weights_are_repeated_points() -> None:
    rng = np.random.default_rng(3)
    points = rng.normal(size=(120, 2)) + rng.integers(0, 3, (120, 1)) * 5.0
    times = rng.integers(1, 4, 120)
    once = dbscan.axis(Dataset.from_points(points, weights=times), min_samples=4)
    often = dbscan.axis(Dataset.from_points(np.repeat(points, times, axis=0)), min_samples=4)
    found, repeated = hdbscan.condensed(once, 12), hdbscan.condensed(often, 12)
    first = np.cumsum(times) - times
    assert adjusted_rand_score(found.labels, repeated.labels[first]) > 0.97
    assert found.sizes[0] == times.sum()
    heavy = Dataset.from_points([[0.0], [1.0], [50.0], [51.0]], weights=[9, 1, 9, 1])
    assert hdbscan.fit(dbscan.axis(heavy)).labels.tolist() == [0, 0, 1, 1]


def test_many_equal_points_do_not_outweigh_all_others() -> None:
    rng = np.random.default_rng(0)
    points = np.concatenate(
        [np.zeros((40, 2)), rng.normal(9, 1, (60, 2)), rng.normal(30, 1, (60, 2))]
    )
    found = hdbscan.condensed(dbscan.axis(Dataset.from_points(points)), 10)
    assert np.isfinite(found.stability).all() and found.chosen.sum() == 3
    assert found.labels[:40].tolist() == [0] * 40
    assert found.membership[:40].tolist() == [1.0] * 40


def test_small_data_and_travel() -> None:
    axis = dbscan.axis(Dataset.from_points([[0.0]]), min_samples=1)
    assert hdbscan.fit(axis).labels.tolist() == [-1]
    points = np.random.default_rng(0).normal(size=(50, 2))
    tree = hdbscan.condensed(dbscan.axis(Dataset.from_points(points)))
    assert pickle.loads(pickle.dumps(tree)).lives == tree.lives
    answer = hdbscan.fit(dbscan.axis(Dataset.from_points(points)))
    assert (answer.method, answer.parameters) == (
        "hdbscan", {"min_cluster_size": 5, "min_samples": 5},
    )  # fmt: skip
    assert isinstance(answer.assigner, str)


@settings(max_examples=25)
@given(st.integers(0, 999), st.integers(2, 12))
def test_no_epsilon_has_more_points_in_chosen_clusters_than_the_one_they_share(
    seed: int, least: int
) -> None:
    random = np.random.default_rng(seed)
    points = random.normal(size=(120, 2)) + 4.0 * random.integers(0, 4, (120, 1))
    tree = hdbscan.condensed(dbscan.axis(Dataset.from_points(points), min_samples=3), least)

    def alive(eps: float) -> float:
        sizes = tree.sizes[tree.chosen][np.argsort(tree.names[tree.chosen])]
        return sum(
            size for size, (low, high) in zip(sizes, tree.lives, strict=True) if low < eps < high
        )

    if not tree.chosen.any():
        assert np.isnan(tree.together)
    else:
        ends = np.array(tree.lives).ravel()
        tried = np.concatenate([ends * 1.0001, ends * 0.9999])
        assert alive(tree.together) == max(map(alive, tried)) > 0
