"""Figures of DBSCAN: signs by role, circles to scale, bars that say what is undefined."""

import numpy as np
import pytest
from plotly import graph_objects as go

from clustering import dbscan, hdbscan
from clustering.data.steps.distances import GREAT_CIRCLE, great_circle
from clustering.dataset import Dataset
from clustering.dbscan.over_min_samples import atlas
from clustering.figures import atlas as atlas_figures
from clustering.figures import condensed, dbscan_lesson, reach, scatter
from clustering.figures import dbscan as drawing
from clustering.geometry import metrics, projection
from clustering.lessons import dbscan as lesson


def blobs(n: int = 60, seed: int = 0) -> Dataset:
    random = np.random.default_rng(seed)
    return Dataset.from_points(
        np.vstack([random.normal(size=(n, 2)), random.normal(size=(n, 2)) * 0.5 + 6])
    )


def test_core_points_are_discs_border_points_rings_and_noise_crosses() -> None:
    data = blobs()
    answer = dbscan.fit(data, eps=0.6)
    figure = drawing.map(data, answer, projection.view(data))
    seen = {}
    for trace in figure.data:
        for place in trace.meta["place"]:
            seen[int(place)] = (trace.marker.symbol, trace.marker.color)
    assert len(seen) == data.n
    edge = drawing.border(answer)
    assert edge.any() and answer.noise
    for i, (symbol, _) in seen.items():
        expected = "x-thin-open" if answer.labels[i] < 0 else "circle-open" if edge[i] else "circle"
        assert symbol == expected
    assert {seen[i][1] for i in np.flatnonzero(answer.labels == 0)} == {"#018fff"}
    assert f"{int(edge.sum())} border points" in figure.layout.meta["alt"]


def test_a_map_without_clusters_tells_no_sizes() -> None:
    data = Dataset.from_points([[0.0, 0.0], [1.0, 2.0]])
    figure = drawing.map(data, dbscan.fit(data, eps=0.1, min_samples=2), projection.view(data))
    assert "in 0 clusters, over" in figure.layout.meta["alt"]
    assert figure.layout.meta["alt"].endswith("2 points of noise.")


def test_a_thousand_clusters_share_a_few_traces_and_lose_no_point() -> None:
    random = np.random.default_rng(0)
    data = Dataset.from_points(random.uniform(size=(2_000, 2)))
    figure = go.Figure()
    scatter.add(figure, data, data.points, (np.arange(2_000) % 1_000).astype(np.int32))
    assert len(figure.data) < 300
    places = np.concatenate([trace.meta["place"] for trace in figure.data])
    assert np.array_equal(np.sort(places), np.arange(2_000))


@pytest.mark.parametrize("metric", ["euclidean", "manhattan", "chebyshev", "mahalanobis"])
def test_the_outline_is_at_epsilon_from_the_point(metric: str) -> None:
    plain = blobs()
    data = metrics.measured(plain, metric)
    line = reach.outline(data, projection.view(plain), 7, 0.8)
    assert line is not None
    away = data.metric.between(data.points[[7]], line)[0]
    np.testing.assert_allclose(away, 0.8)


def test_on_the_globe_the_outline_is_at_so_many_kilometres_also_across_the_date_line() -> None:
    places = Dataset.from_points([[179.0, 60.0], [-179.0, 61.0], [10.0, 0.0]], metric=GREAT_CIRCLE)
    line = reach.outline(places, projection.view(places), 0, 400.0)
    assert line is not None and np.isnan(line).any()
    line = line[np.isfinite(line[:, 0])]
    np.testing.assert_allclose(great_circle(places.points[[0]], line)[0], 400.0, rtol=1e-9)
    assert (np.abs(line[:, 0]) <= 180).all()


def test_where_there_is_no_outline_none_is_drawn() -> None:
    plain = blobs()
    hamming = metrics.measured(plain, "hamming")
    assert reach.outline(hamming, projection.view(plain), 0, 0.5) is None


def test_bars_show_both_policies_and_say_why_one_is_undefined() -> None:
    data = blobs()
    found = dbscan.grid(data, dbscan.axis(data), [0.6, 50.0])
    figure = drawing.grid(found, 0.6)
    without, whole, texts = figure.data
    assert without.y[0] == found.without_noise[0].value
    assert whole.y[0] == found.with_noise[0].value
    assert without.y[1] == 0.0
    assert found.without_noise[1].reason in without.customdata[1]
    assert list(texts.text) == [f"{found.clusters[0]:.0f}", "1, –"]
    assert len(figure.layout.shapes) == 1


def test_the_k_distance_curve_falls_and_shows_its_knee() -> None:
    data = blobs(3_000)
    knee = dbscan.knee(dbscan.axis(data))
    figure = drawing.k_distances(knee, 0.3, min_samples=5)
    curve, mark = figure.data
    assert len(curve.x) <= 1_700
    assert (np.diff(curve.y) <= 0).all()
    assert (curve.y[0], curve.y[-1]) == (knee.distances[0], knee.distances[-1])
    assert mark.y[0] == knee.eps


def test_the_atlas_shows_its_table_and_where_the_page_stands() -> None:
    found = atlas(blobs(), min_samples=(2, 5, 10), cells=20)
    figure = atlas_figures.heat(found, 0.6, 5)
    heat = figure.data[0]
    np.testing.assert_array_equal(heat.z, np.minimum(found.large, 13))
    assert len(heat.x) == 21 and (np.diff(heat.x) > 0).all()
    assert (figure.data[-1].x[0], figure.data[-1].y[0]) == (0.6, 1.0)
    lines = [trace for trace in figure.data[1:] if trace.mode == "lines"]
    assert len(lines) == 2 * np.isfinite(found.plateau).sum() > 0
    for line in lines:
        row = int(line.y[0])
        assert found.eps[0] <= line.x[0] < line.x[1] <= found.eps[-1]
        assert found.low[row] <= line.x[0] and line.x[1] <= found.high[row]
    noise = atlas_figures.heat(found, 0.6, 7, of="noise")
    np.testing.assert_allclose(noise.data[0].z, 100 * found.noise)
    assert 1.0 < noise.data[-1].y[0] < 2.0


def test_an_icicle_is_as_wide_as_its_cluster_has_points() -> None:
    axis = dbscan.axis(blobs())
    tree = hdbscan.condensed(axis, 10)
    for each, outline in enumerate(condensed.shapes(tree, np.arange(len(tree.parent)))):
        wide = np.ptp(outline[np.isclose(outline[:, 1], outline[:, 1].max()), 0])
        assert wide <= tree.sizes[each]
        if each:
            assert outline[:, 1].max() == pytest.approx(tree.births[each])
            assert wide == tree.sizes[each]
    figure = condensed.icicle(tree, eps=0.6)
    named = [trace.name for trace in figure.data if trace.name]
    assert named == [f"cluster {i + 1}" for i in tree.names[tree.chosen]]


def test_frames_of_the_lesson_show_every_point_once() -> None:
    data = blobs(20)
    answer = dbscan.fit(data, eps=0.7)
    steps, words = lesson.retold(data, partition=answer, seed_point=3)
    figure = dbscan_lesson.lesson(data, steps, words, projection.view(data), partition=answer)
    assert len(figure.frames) == len(steps.moments)
    for frame, moment in zip(figure.frames, steps.moments, strict=True):
        rings, discs, crosses = frame.data[:3]
        assert len(rings.x) + len(discs.x) + len(crosses.x) == data.n
        assert len(crosses.x) == int((moment.labels == -1).sum())
    dense = answer.core
    assert dense is not None
    assert len(figure.frames[-1].data[1].x) == int(dense.sum())
