"""Figures show what the data say: every cell, every step, scales that start at zero."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scipy.spatial import ConvexHull, Delaunay

from clustering import kmeans
from clustering.data import samples
from clustering.data.preparation import fit, suggest
from clustering.dataset import Dataset
from clustering.figures import axis as axis_figures
from clustering.figures import colors, kmeans_lesson, plotlyjs, sizes, spread, style
from clustering.figures import kmeans as drawing
from clustering.geometry import projection
from clustering.lessons import kmeans as lesson


@pytest.fixture(scope="module")
def wine() -> Dataset:
    table = samples.load("wine")
    return fit(table, suggest(table)).apply(table)


@pytest.fixture(scope="module")
def blobs() -> Dataset:
    table = samples.load("four-blobs")
    return fit(table, suggest(table)).apply(table)


def words(figure) -> str:
    return figure.layout.meta["alt"]


def test_every_point_is_drawn_in_the_cell_of_its_own_colour(blobs):
    answer = kmeans.fit(blobs, k=4)
    figure = drawing.boundaries(blobs, answer, projection.view(blobs))
    cells, clouds = figure.data[:4], figure.data[4:8]
    assert sum(len(cloud.x) for cloud in clouds) == blobs.n
    for cluster, (cell, cloud) in enumerate(zip(cells, clouds, strict=True)):
        outline = np.column_stack([cell.x, cell.y])[:-1]
        inside = Delaunay(outline[ConvexHull(outline).vertices])
        assert (inside.find_simplex(np.column_stack([cloud.x, cloud.y])) >= 0).all()
        assert cell.fillcolor == colors.translucent(colors.color(cluster), 0.15)
        assert cloud.marker.color == colors.color(cluster)
    assert list(figure.data[-1].text) == ["1", "2", "3", "4"]
    assert (figure.layout.yaxis.scaleanchor, figure.layout.yaxis.scaleratio) == ("x", 1)
    assert "200 points" in words(figure) and "4 clusters" in words(figure)


def test_scales_of_both_curves_start_at_zero_and_reach_the_top(blobs):
    axis = kmeans.axis(blobs, k_max=8)
    figure = axis_figures.curves(axis, 4, left="silhouette", right="inertia", best=4)
    left, right = figure.layout.yaxis.range, figure.layout.yaxis2.range
    assert left[0] == right[0] == 0
    assert left[1] > np.nanmax(axis.curves["silhouette"])
    assert right[1] > axis.curves["inertia"].max()
    assert "0.658 at 4" in words(figure)
    assert figure.layout.yaxis.scaleanchor is None
    assert (figure.layout.yaxis2.overlaying, figure.layout.yaxis2.side) == ("y", "right")


def test_the_band_reaches_from_low_to_high_and_the_mark_stands_on_the_best(blobs):
    axis = kmeans.axis(blobs, k_max=5)
    curve = axis.curves["silhouette"]
    band = {"silhouette_low": curve - 0.1, "silhouette_high": curve + axis.values / 50}
    unsure = type(axis)("k", axis.values, axis.partitions, {**axis.curves, **band}, axis.notes)
    figure = axis_figures.curves(unsure, 2, left="silhouette", best=4)
    x, y = (np.asarray(side) for side in (figure.data[0].x, figure.data[0].y))
    for place in range(1, 5):
        low, high = sorted(y[x == axis.values[place]])
        assert low == pytest.approx(curve[place] - 0.1)
        assert high == pytest.approx(curve[place] + (place + 1) / 50)
    assert (figure.data[-1].x[0], figure.data[-1].y[0]) == (4, curve[3])


def test_starts_that_reach_the_best_answer_have_its_colour_and_no_other_has():
    data = Dataset.from_points([[0.0, 0.0], [0.0, 1.0], [3.0, 0.0], [3.0, 1.0]])
    tickets = kmeans.lottery(data, k=2, n_starts=20)
    figure = drawing.restarts(tickets, kmeans.fit(data, k=2))
    best = np.array(figure.data[0].marker.color) == colors.CHOSEN[0]
    assert np.array_equal(best, tickets.inertias < 2)
    assert 0 < best.sum() < 20
    assert "from 1 to 9, 800.0 per cent above" in words(figure)


def test_a_negative_curve_is_not_cut_off():
    data = Dataset.from_points([[0.0], [0.0], [0.1], [0.1], [9.0]])
    axis = kmeans.axis(data, k_max=3)
    low = {**axis.curves, "silhouette": np.array([np.nan, -0.3, 0.1])}
    bent = type(axis)("k", axis.values, axis.partitions, low, axis.notes)
    figure = axis_figures.curves(bent, 2, left="silhouette")
    assert figure.layout.yaxis.range[0] < -0.3


def test_what_is_undefined_at_the_present_value_is_not_told(blobs):
    axis = kmeans.axis(blobs, k_max=3, n_init=1)
    told = [words(axis_figures.curves(axis, k, left="silhouette")) for k in (1, 2)]
    assert "present" not in told[0] and "at the present value 2" in told[1]


def test_the_lesson_ends_where_the_fit_does(wine):
    answer = kmeans.fit(wine, k=3, n_init=1)
    steps = kmeans.steps(wine, start=kmeans.start_of(wine, answer))
    told = lesson.tell(wine, steps)
    view = projection.view(wine)
    figure = kmeans_lesson.lesson(wine, steps, told, view)
    assert len(figure.frames) == len(steps.moments) == len(told)
    last = figure.frames[-1]
    assert np.array_equal(np.asarray(last.data[1].marker.color) - 1, answer.labels)
    centers = np.column_stack([last.data[3].x, last.data[3].y])
    assert np.allclose(centers, view.project(answer.centers), atol=1e-9)
    assert last.layout.meta["words"] == told[-1]
    assert (np.asarray(figure.frames[0].data[1].marker.color) == 0).all(), "no cluster at the start"


def test_a_trail_is_of_the_last_eight_half_steps():
    data = Dataset.from_points(np.linspace(0.0, 1.0, 80)[:, None])
    steps = kmeans.steps(data, start=[[0.0], [0.01]], tol=0.0)
    figure = kmeans_lesson.lesson(data, steps, lesson.tell(data, steps), projection.view(data))
    assert len(figure.frames) > 12
    for i, frame in enumerate(figure.frames):
        assert len(frame.data[2].x) == 2 * (min(i, 8) + 2)  # two ways, each with a gap behind it


def test_the_lottery_is_drawn_from_best_to_worst(wine):
    lottery = kmeans.lottery(wine, k=6, n_starts=20)
    answer = kmeans.fit(wine, k=6, init=lottery.starts[0])
    figure = drawing.restarts(lottery, answer, chosen=19)
    assert (np.diff(figure.data[0].y) >= 0).all()
    assert figure.data[1].x[0] == 20
    blue = np.array(figure.data[0].marker.color) == colors.CHOSEN[0]
    assert np.array_equal(blue, abs(lottery.inertias / lottery.inertias[0] - 1) <= 1e-6)
    assert f"{blue.sum()} reach the present answer" in words(figure)


def test_doubtful_points_are_drawn_larger(wine):
    answer = kmeans.fit(wine, k=6)
    lottery = kmeans.lottery(wine, k=6, n_starts=20)
    certainty = kmeans.certainty(lottery, answer)
    view = projection.view(wine)
    figure = drawing.uncertainty(wine, answer, view, certainty=certainty, lottery=lottery)
    drawn = np.concatenate(
        [np.broadcast_to(trace.marker.size, len(trace.x)) for trace in figure.data[1:]]
    )
    shares = np.concatenate([certainty[answer.labels == i] for i in range(6)])
    order = np.argsort(shares)
    assert (np.diff(drawn[order]) <= 1e-6).all() and np.ptp(drawn) > 0


def test_the_lesson_draws_an_even_sample_of_many_points():
    labels = np.repeat([0, 1, 2], [120_000, 50, 4_950]).astype(np.int32)
    shown = kmeans_lesson.sample(labels, most=30_000)
    counts = np.bincount(labels[shown])
    assert counts[1] == 50, "a small cluster does not drop out"
    assert abs(counts.sum() - 30_000) < 200 and (np.diff(shown) > 0).all()


def test_a_zoom_is_kept_on_the_same_data_and_no_other(blobs, wine):
    three, four, other = (
        drawing.boundaries(data, kmeans.fit(data, k=k), projection.view(data)).layout.uirevision
        for data, k in ((blobs, 3), (blobs, 4), (wine, 3))
    )
    assert three == four != other


def test_of_many_columns_the_widest_have_boxes():
    points = np.random.default_rng(0).normal(size=(50, 14)) * 2.0 ** np.arange(14)[::-1]
    figure = spread.boxes(Dataset.from_points(points))
    assert list(figure.data[0].y) == [f"x{j}" for j in range(12, 0, -1)]


def test_bars_stand_in_order_of_size_in_their_clusters_colour(wine):
    answer = kmeans.fit(wine, k=5)
    numbers = np.array([4, 3, 2, 1, 0])
    figure = sizes.bars(answer, numbers=numbers)
    bar = figure.data[0]
    assert (np.diff(bar.x) >= 0).all() and sum(bar.x) == wine.n
    for name, size, shade in zip(bar.y, bar.x, bar.marker.color, strict=True):
        cluster = int(name.split()[1]) - 1
        assert answer.sizes[cluster] == size
        assert shade == colors.color(int(numbers[cluster]))


def test_boxes_are_the_quartiles_of_the_prepared_columns(wine):
    box = spread.boxes(wine).data[0]
    column = list(wine.features.columns).index(box.y[-1])
    assert wine.points[:, column].std() >= 0.99, "the widest on top"
    assert box.median[-1] == pytest.approx(np.median(wine.points[:, column]))
    assert box.q3[-1] == pytest.approx(np.quantile(wine.points[:, column], 0.75))


@pytest.mark.parametrize("name", ["<b>x</b>", "a<br>b", "&amp;<script>", "x" * 300])
def test_a_users_names_are_never_markup(name):
    data = Dataset.from_points(np.eye(4)[:, :2], columns=(name, "y"), name=name)
    answer = kmeans.fit(data, k=2)
    view = projection.view(data)
    figure = drawing.boundaries(data, answer, view)
    for text in (figure.layout.xaxis.title.text, words(figure)):
        assert "<" not in text and len(text) < 400
    json.loads(figure.to_json())


def test_one_column_and_one_point_and_equal_points_are_drawn():
    for points in ([[1.0], [2.0], [5.0]], [[3.0, 4.0]], [[1.0, 1.0]] * 5):
        data = Dataset.from_points(points)
        axis = kmeans.axis(data)
        answer = axis.at(1)
        view = projection.view(data)
        drawing.boundaries(data, answer, view)
        axis_figures.curves(axis, 1, left="silhouette", right="inertia")
        sizes.bars(answer)
        steps = kmeans.steps(data, start=answer.centers)
        kmeans_lesson.lesson(data, steps, lesson.tell(data, steps), view)
        lottery = kmeans.lottery(data, k=1, n_starts=3)
        drawing.restarts(lottery, answer)
        drawing.uncertainty(
            data, answer, view, certainty=kmeans.certainty(lottery, answer), lottery=lottery
        )


def test_the_chart_library_is_written_once(tmp_path):
    path = plotlyjs.write(tmp_path / "new")
    assert path.stat().st_size > 1_000_000
    before = path.stat().st_mtime_ns
    assert plotlyjs.write(tmp_path / "new").stat().st_mtime_ns == before


def test_two_servers_may_write_the_chart_library_at_once(tmp_path):
    ready = threading.Barrier(8)

    def write(_: int) -> int:
        ready.wait()
        return plotlyjs.write(tmp_path).stat().st_size

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(write, range(8)))) == 1
    assert [path.name for path in tmp_path.iterdir()] == [plotlyjs.name()]


def test_a_chart_of_its_own_needs_no_network_and_says_what_it_is(blobs):
    answer = kmeans.fit(blobs, k=4)
    figure = drawing.boundaries(blobs, answer, projection.view(blobs))
    page = style.standalone(figure, heading="<script>.csv: kmeans, 4 clusters")
    assert "<title>&lt;script&gt;.csv: kmeans, 4 clusters</title>" in page
    assert 'src="http' not in page and len(page) > 1_000_000
    assert figure.layout.title.text is None, "the figure itself stays as it is"
