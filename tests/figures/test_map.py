"""The map of clusters: layers under and over the points, of a kind that covers them."""

from dataclasses import replace

import numpy as np
import pytest

from clustering import kmeans
from clustering.dataset import Dataset
from clustering.figures import kmeans as drawing
from clustering.figures import map as maps
from clustering.geometry import projection


@pytest.mark.parametrize(("n", "kind"), [(30, "scatter"), (3_100, "scattergl")])
def test_what_lies_over_the_points_covers_them(n, kind):
    data = Dataset.from_points(np.random.default_rng(0).normal(size=(n, 2)))
    answer, view = kmeans.fit(data, k=2, n_init=1), projection.view(data)
    figure = drawing.boundaries(data, answer, view, starts=data.points[:3])
    *cells, one, two, starts, centers = figure.data
    assert [trace.fill for trace in cells] == ["toself"] * 2
    assert {trace.type for trace in (one, two, starts, centers)} == {kind}
    assert starts.x.tolist() == data.points[:3, 0].tolist()
    np.testing.assert_array_equal(centers.x, answer.centers[:, 0])


def test_a_map_names_its_medoids_and_marks_a_point():
    data = Dataset.from_points([[0.0, 0.0], [1.0, 2.0], [9.0, 9.0]])
    answer = replace(kmeans.fit(data, k=2), labels=[0, 0, 1], exemplars=np.array([1, 2]))
    *_, medoids, mark = maps.clusters(data, answer, projection.view(data), chosen=0).data
    assert list(medoids.hovertext)[0].startswith("row 2") and medoids.y.tolist() == [2.0, 9.0]
    assert (mark.x[0], mark.marker.symbol) == (0.0, "diamond")


def test_words_tell_the_largest_of_many_clusters():
    data = Dataset.from_points(np.arange(40.0)[:, None])
    answer = replace(kmeans.fit(data, k=2), labels=np.r_[np.arange(10), np.full(30, 4)])
    alt = maps.clusters(data, answer, projection.view(data), lit=np.array([1])).layout.meta["alt"]
    assert "in 10 clusters of 31, 1, 1, 1, 1, 1, 1, 1 and fewer points" in alt
    assert alt.endswith("; 1 points are lit.")
