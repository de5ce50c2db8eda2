import numpy as np
import pytest

from clustering.pictures.turns import spread, turned

RNG = np.random.default_rng(7)


def plain(points: np.ndarray, weights: np.ndarray, centers: np.ndarray, tol: float):
    """Lloyd's turns with every distance computed."""
    before = np.inf
    while True:
        labels = ((points[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
        centers = np.array(
            [
                np.average(points[labels == j], axis=0, weights=weights[labels == j])
                if (labels == j).any()
                else centers[j]
                for j in range(len(centers))
            ]
        )
        error = float(weights @ ((points - centers[labels]) ** 2).sum(axis=1))
        if before - error <= tol * error:
            return centers, error
        before = error


@pytest.mark.parametrize(("n", "d", "k"), [(300, 3, 1), (900, 3, 17), (500, 12, 9), (60, 48, 40)])
def test_turns_without_most_distances_are_lloyds(n, d, k):
    points, weights = RNG.normal(50, 20, (n, d)), RNG.integers(1, 9, n).astype(float)
    begun = points[RNG.choice(n, k, replace=False)] + 0.5
    centers, error = turned(points, weights, begun, 1e-6)
    theirs, least = plain(points, weights, begun, 1e-6)
    assert centers == pytest.approx(theirs, abs=1e-8)
    assert error == pytest.approx(least, rel=1e-10)


def test_a_center_without_points_stays_where_it_is():
    points, weights = np.array([[0.0], [1.0], [2.0]]), np.array([0.1, 0.2, 0.7])
    centers, _ = turned(points, weights, np.array([[1.0], [500.0]]))
    assert centers[:, 0] == pytest.approx([1.6, 500.0])


def test_starts_are_points_far_from_each_other_and_heavy_ones_are_likelier():
    points = np.concatenate([RNG.normal(at, 0.1, (50, 2)) for at in (0, 100, 200, 300)])
    weights = np.ones(200)
    for _ in range(20):
        begun = spread(points, weights, RNG.random((4, 3)))
        assert sorted(np.rint(begun[:, 0] / 100).tolist()) == [0, 1, 2, 3]
    weights[0] = 1e9
    assert np.array_equal(spread(points, weights, np.full((1, 2), 0.5))[0], points[0])
    every = spread(points[:9], np.ones(9), RNG.random((9, 2)))
    assert len(np.unique(every, axis=0)) == 9


def test_of_the_points_drawn_the_one_that_lowers_the_weighted_error_most_is_next():
    rng = np.random.default_rng(3)
    points, weights = rng.normal(0, 9, (40, 2)), rng.integers(1, 30, 40).astype(float)
    throws = rng.random((7, 4))
    chosen = []
    for j in range(7):
        near = (
            ((points[:, None] - points[chosen]) ** 2).sum(axis=2).min(axis=1) if j else np.ones(40)
        )
        odds = np.cumsum(weights * near)
        tried = np.searchsorted(odds, throws[j, : 4 if j else 1] * odds[-1], side="right")
        squares = ((points[:, None] - points[tried]) ** 2).sum(axis=2)
        errors = weights @ np.minimum(squares, near[:, None])
        chosen.append(int(tried[errors.argmin()]))
    assert np.array_equal(spread(points, weights, throws), points[chosen])


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize(
    ("points", "begun"), [([0, 6, 11], [0, 20]), ([11, 0, -7], [1, -13])], ids=["other", "own"]
)
def test_a_point_changes_over_when_the_quickest_or_the_next_center_has_come_near(
    points, begun, turn
):
    data, weights = np.array(points, dtype=float)[:, None], np.array([100.0, 1.0, 100.0])
    centers, _ = turned(data, weights, np.array(begun[::turn], dtype=float)[:, None])
    best = [points[0], (points[1] + 100 * points[2]) / 101][::turn]
    assert centers[:, 0] == pytest.approx(best)
