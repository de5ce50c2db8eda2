"""A flat view shows what it says it shows, and how much of it is true."""

import pickle

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.decomposition import PCA

from clustering import kmeans
from clustering.data.steps.distances import GREAT_CIRCLE
from clustering.dataset import Dataset, Metric
from clustering.errors import ParameterError, UnsupportedError
from clustering.geometry import projection
from clustering.partition import Partition


@pytest.fixture
def deep() -> Dataset:
    rng = np.random.default_rng(0)
    return Dataset.from_points(rng.normal(size=(150, 5)) * [5, 1, 3, 0.5, 2] + 100)


def test_two_columns_are_shown_as_they_are():
    data = Dataset.from_points([[1.0, 2.0], [3.0, 5.0]], columns=("age", "income"))
    view = projection.view(data)
    assert (view.kind, view.axes, view.explained) == ("identity", ("age", "income"), 1.0)
    assert np.array_equal(view.points, data.points)
    turned = projection.view(data, columns=(1, 0))
    assert np.array_equal(turned.points, data.points[:, ::-1])


def test_one_column_is_a_strip():
    data = Dataset.from_points([[1.0], [4.0]], columns=("age",))
    view = projection.view(data)
    assert (view.kind, view.axes, view.explained) == ("strip", ("age", ""), 1.0)
    assert view.points.tolist() == [[1.0, 0.0], [4.0, 0.0]]
    assert view.project([[7.0]]).tolist() == [[7.0, 0.0]]


def test_two_of_many_columns(deep):
    view = projection.view(deep, columns=(3, 0))
    variances = deep.points.var(axis=0)
    assert view.kind == "columns"
    assert view.axes == ("x4", "x1")
    assert np.array_equal(view.points, deep.points[:, [3, 0]])
    assert view.explained == pytest.approx(variances[[3, 0]].sum() / variances.sum())


def test_principal_components_are_those_of_scikit_learn(deep):
    view = projection.view(deep)
    theirs = PCA(2, svd_solver="full").fit(deep.points)
    signs = np.sign((view.basis * theirs.components_.T).sum(axis=0))
    assert view.kind == "pca"
    assert view.points == pytest.approx(theirs.transform(deep.points) * signs, abs=1e-9)
    assert view.explained == pytest.approx(theirs.explained_variance_ratio_.sum())
    assert view.axes[0] == f"PC1 ({theirs.explained_variance_ratio_[0] * 100:.0f} % of variance)"


def test_a_weight_counts_as_so_many_points(deep):
    counts = np.random.default_rng(1).integers(1, 5, deep.n)
    weighted = projection.view(Dataset.from_points(deep.points, weights=counts))
    repeated = projection.view(Dataset.from_points(np.repeat(deep.points, counts, axis=0)))
    assert np.repeat(weighted.points, counts, axis=0) == pytest.approx(repeated.points)
    assert weighted.explained == pytest.approx(repeated.explained)
    assert weighted.lift([[1.0, 2.0]]) == pytest.approx(repeated.lift([[1.0, 2.0]]))
    two = Dataset.from_points(deep.points, weights=counts)
    across = projection.view(two, columns=(0, 1)).lift([[1.0, 2.0]])[0]
    assert across[2:] == pytest.approx(np.average(deep.points, axis=0, weights=counts)[2:])


@pytest.mark.parametrize("columns", [None, (1, 4)])
def test_other_points_go_the_same_way(deep, columns):
    view = pickle.loads(pickle.dumps(projection.view(deep, columns=columns)))
    assert view.project(deep.points) == pytest.approx(view.points)
    assert view.project(deep.points[3]).shape == (1, 2)


def test_points_that_are_all_the_same_have_a_view():
    view = projection.view(Dataset.from_points(np.ones((4, 3))))
    assert np.isnan(view.explained)
    assert (view.points == 0).all()
    assert projection.view(Dataset.from_points([[1.0, 2.0, 3.0]])).points.tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize("columns", [(0, 0), (0, 5), (-1, 2)])
def test_columns_that_are_not_there_are_refused(deep, columns):
    with pytest.raises(ParameterError, match="two different columns"):
        projection.view(deep, columns=columns)


def test_places_on_a_globe_are_shown_by_their_degrees():
    data = Dataset.from_points([[170.0, 60.0], [-10.0, 30.0]], metric=GREAT_CIRCLE)
    view = projection.view(data)
    assert (view.kind, view.axes[0]) == ("places", "longitude (degrees)")
    assert np.array_equal(view.points, data.points)


def test_distances_of_points_in_a_plane_are_laid_out_as_that_plane():
    """Beyond the landmarks too: straight lines in the layout are the distances."""
    flat = np.random.default_rng(5).normal(size=(1_000, 2)) * [3.0, 1.0]
    data = Dataset.from_points(flat, metric=Metric("otherwise", cdist))
    view = projection.view(data)
    assert view.kind == "distances"
    np.testing.assert_allclose(cdist(view.points, view.points), cdist(flat, flat), atol=1e-9)
    few = projection.view(Dataset.from_points(flat[:50], metric=Metric("otherwise", cdist)))
    np.testing.assert_allclose(few.points.mean(axis=0), 0.0, atol=1e-9)


@pytest.mark.parametrize("points", [[[1.0]], [[1.0], [1.0]], [[1.0], [4.0]]])
def test_few_or_equal_points_have_a_layout(points):
    view = projection.view(Dataset.from_points(points, metric=Metric("otherwise", cdist)))
    apart = cdist(points, points)
    assert cdist(view.points, view.points) == pytest.approx(apart, abs=1e-9)


def test_nobody_is_foreign_where_both_columns_are_seen():
    data = Dataset.from_points(np.random.default_rng(0).normal(size=(500, 2)))
    for k in (1, 2, 7):
        assert projection.foreign(projection.view(data), kmeans.fit(data, k=k)) == 0
    line = Dataset.from_points(data.points[:, :1])
    assert projection.foreign(projection.view(line), kmeans.fit(line, k=4)) == 0


def test_foreign_points_are_nearer_to_another_center_on_the_screen(deep):
    answer = kmeans.fit(deep, k=4)
    for columns in (None, (1, 3)):
        view = projection.view(deep, columns=columns)
        flat = view.project(answer.centers)
        home = ((view.points[:, None] - flat) ** 2).sum(axis=2).argmin(axis=1)
        assert projection.foreign(view, answer) == (home != answer.labels).mean()
    assert projection.foreign(projection.view(deep, columns=(1, 3)), answer) > 0.2


def test_without_centers_there_are_no_cells():
    data = Dataset.from_points([[0.0, 0.0], [1.0, 1.0]])
    bare = Partition(labels=[0, 1], rows=[0, 1], method="by hand")
    with pytest.raises(UnsupportedError, match="centres"):
        projection.foreign(projection.view(data), bare)


def test_noise_is_nobodys_and_so_not_foreign():
    data = Dataset.from_points([[0.0, 0.0], [1.0, 0.0], [9.0, 0.0], [5.0, 0.0]])
    centers = np.array([[0.5, 0.0], [9.0, 0.0]])
    answer = Partition([0, 0, 1, -1], data.rows, "by hand", centers=centers)
    assert projection.foreign(projection.view(data), answer) == 0
