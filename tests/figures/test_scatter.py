"""Points are drawn by their number, named by their row, and sent but once."""

import json

import numpy as np
import pytest

from clustering import kmeans
from clustering.dataset import Dataset, Source
from clustering.figures import Figure, colors, plane, scatter
from clustering.figures import kmeans as drawing
from clustering.geometry import projection
from clustering.geometry.selection import Window


def cloud(n: int, k: int = 5, seed: int = 0) -> tuple[Dataset, np.ndarray]:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, k, n).astype(np.int32)
    return Dataset.from_points(
        rng.normal(size=(k, 2))[labels] * 9 + rng.normal(size=(n, 2))
    ), labels


def drawn(data: Dataset, labels: np.ndarray, **rest) -> tuple[Figure, scatter.Drawn]:
    figure = Figure()
    return figure, scatter.add(figure, data, data.points, labels, **rest)


@pytest.mark.parametrize(
    ("n", "kind", "trace"),
    [(3_000, "svg", "scatter"), (3_001, "webgl", "scattergl"), (30_000, "webgl", "scattergl")],
)
def test_the_number_of_points_decides_how_they_are_drawn(n, kind, trace):
    data, labels = cloud(n)
    figure, how = drawn(data, labels)
    assert (how.kind, how.note, how.windowed) == (kind, "", False)
    assert {each.type for each in figure.data} == {trace}
    assert len(figure.data) == 5 and sum(len(each.x) for each in figure.data) == n


def test_more_points_are_an_image_that_says_so():
    data, labels = cloud(30_001)
    figure, how = drawn(data, labels)
    assert how.kind == "raster" and how.windowed
    assert how.note.startswith("30,001 points as an image")
    (image,) = figure.layout.images
    assert image.source.startswith("data:image/png;base64,")
    assert image.layer == "below" and image.sizing == "stretch"
    assert image.x < data.points[:, 0].min() and image.y > data.points[:, 1].max()
    assert image.x + image.sizex > data.points[:, 0].max()
    assert image.y - image.sizey < data.points[:, 1].min()
    assert all(each.marker.opacity == 0 for each in figure.data)


def test_every_trace_says_which_points_it_holds():
    for n in (200, 8_000):
        data, labels = cloud(n)
        figure, _ = drawn(data, labels)
        for cluster, trace in enumerate(figure.data):
            place = trace.meta["place"]
            assert place.dtype == np.int32 and trace.meta["of"] == "points"
            assert np.array_equal(place, np.flatnonzero(labels == cluster))
            assert np.allclose(trace.x, data.points[place, 0], rtol=1e-6)
            assert np.allclose(trace.y, data.points[place, 1], rtol=1e-6)


def joined(figure: Figure) -> dict[str, np.ndarray]:
    """Give what the traces hold for each point, in the order of the points."""
    place = np.concatenate([trace.meta["place"] for trace in figure.data])
    order = np.argsort(place)
    found = {"place": place[order]}
    for name in ("x", "y", "text", "customdata"):
        parts = [getattr(trace, name) for trace in figure.data]
        if parts[0] is not None:
            assert len({np.asarray(part).dtype.kind for part in parts}) == 1
            found[name] = np.concatenate([np.asarray(part) for part in parts])[order]
    if not np.isscalar(figure.data[0].marker.size):
        found["size"] = np.concatenate([trace.marker.size for trace in figure.data])[order]
    return found


@pytest.mark.parametrize("n", [100, 4_000, 8_000, 40_000])
@pytest.mark.parametrize("sized", [False, True])
def test_all_but_the_places_is_the_same_whatever_the_labels(n, sized):
    data, labels = cloud(n)
    others = np.where(np.arange(n) % 7 == 0, -1, (labels + np.arange(n)) % 3).astype(np.int32)
    size = np.linspace(4, 9, n) if sized else None
    window = Window(-5.0, 5.0, -5.0, 5.0) if n == 40_000 else None
    one, two = (joined(drawn(data, each, size=size, window=window)[0]) for each in (labels, others))
    assert one.keys() == two.keys()
    for name, values in one.items():
        assert values.dtype == two[name].dtype and np.array_equal(values, two[name]), name


def test_the_cluster_is_said_beside_the_name():
    points = np.arange(12.0).reshape(6, 2)
    data = Dataset(
        points=points,
        columns=("a", "b"),
        rows=np.arange(6) * 10,
        source=Source("x.csv", "town", names=("Rome", "Oslo", "Bern", "Nice", "Cork", "Linz")),
    )
    figure, _ = drawn(data, np.array([0, 1, 0, -1, 1, 0], dtype=np.int32))
    said = {
        text: trace.hovertemplate.replace("%{text}", text)
        for trace in figure.data
        for text in trace.text
    }
    assert said["<b>Oslo</b>"] == "<b>Oslo</b><br>cluster 2<extra></extra>"
    assert said["<b>Nice</b>"] == "<b>Nice</b><br>noise<extra></extra>"


def test_of_many_points_each_says_its_row_in_the_file():
    rows = np.arange(12_000)[::2]
    points = np.random.default_rng(0).normal(size=(6_000, 2))
    data = Dataset(points=points, columns=("x", "y"), rows=rows, source=Source("a.csv"))
    figure, _ = drawn(data, np.zeros(6_000, dtype=np.int32))
    assert np.array_equal(figure.data[0].customdata, rows + 1)


def test_noise_is_grey_crosses():
    data, _ = cloud(200)
    labels = np.where(np.arange(200) < 20, -1, 0).astype(np.int32)
    noise, cluster = drawn(data, labels)[0].data
    assert noise.marker.color == colors.NOISE and noise.marker.symbol.startswith("x")
    assert cluster.marker.symbol == "circle"


def test_clusters_have_the_colours_they_are_given():
    for n in (300, 6_000, 40_000):
        data, labels = cloud(n)
        figure, _ = drawn(data, labels, numbers=np.array([7, 3, 0, 11, 4]))
        for trace in figure.data:
            cluster = int(trace.name.split()[1]) - 1
            assert trace.marker.color == colors.color([7, 3, 0, 11, 4][cluster])


def test_zooming_in_turns_the_image_into_points():
    data, labels = cloud(50_000)
    middle = data.points[0]
    near = Window(middle[0] - 0.1, middle[0] + 0.1, middle[1] - 0.1, middle[1] + 0.1)
    figure, how = drawn(data, labels, window=near)
    x, y = data.points.T
    inside = (abs(x - middle[0]) <= 0.1) & (abs(y - middle[1]) <= 0.1)
    assert how.kind == "svg" and how.windowed and not figure.layout.images
    assert how.note.startswith(f"{inside.sum():,} of 50,000 points")
    shown = np.concatenate([trace.meta["place"] for trace in figure.data])
    assert set(np.flatnonzero(inside)) < set(shown.tolist()), "and some around"
    just, _ = drawn(data, labels, window=near, webgl=len(shown))
    assert sum(len(trace.x) for trace in just.data) == len(shown)
    edge = np.arange(data.n) % 3 == 0
    rings = [
        trace.meta["place"]
        for trace in drawn(data, labels, window=near, hollow=edge)[0].data
        if trace.marker.symbol == "circle-open"
    ]
    assert np.array_equal(np.sort(np.concatenate(rings)), np.sort(shown[edge[shown]]))
    wide = Window(x.min(), x.max(), y.min(), y.max())
    assert drawn(data, labels, window=wide)[1].kind == "raster"
    empty, how = drawn(data, labels, window=Window(1e3, 1e3 + 1, 1e3, 1e3 + 1))
    assert not empty.data and how.note.startswith("0 of 50,000 points")


def test_hovering_an_image_names_a_row_of_the_cluster_that_is_there():
    data, labels = cloud(40_000)
    figure, _ = drawn(data, labels)
    total = 0
    for trace in figure.data:
        place = trace.meta["place"]
        assert trace.meta["of"] == "regions"
        assert (labels[place] == int(trace.name.split()[1]) - 1).all()
        assert np.array_equal(trace.customdata[:, 0], data.rows[place] + 1)
        assert np.allclose(np.column_stack([trace.x, trace.y]), data.points[place])
        total += trace.customdata[:, 1].sum()
        assert trace.name in trace.hovertemplate
    assert total == data.n
    assert sum(len(trace.x) for trace in figure.data) <= 2_400


def test_a_figure_of_an_image_says_that_it_shows_one_window():
    data, _ = cloud(31_000)
    answer = kmeans.fit(data, k=3, n_init=1)
    view = projection.view(data)
    figure = drawing.boundaries(data, answer, view)
    assert figure.layout.meta["windowed"] and "image" in figure.layout.meta["note"]
    assert figure.data[-1].type == "scatter", "centres stand above the image"
    low, high = plane.box(view.points)
    right = Window(0.5 * (low[0] + high[0]), high[0], low[1], high[1])
    zoomed = drawing.boundaries(data, answer, view, window=right)
    assert zoomed.layout.uirevision == figure.layout.uirevision
    json.loads(zoomed.to_json())
    few = Dataset.from_points(data.points[:100])
    small = drawing.boundaries(few, kmeans.fit(few, k=3), projection.view(few))
    assert "windowed" not in small.layout.meta
