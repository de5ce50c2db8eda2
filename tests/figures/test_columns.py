"""Columns, maps and stamps draw what the data say."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.data import samples
from clustering.data.preparation import fit, suggest
from clustering.data.tables import Table, read
from clustering.dataset import Dataset
from clustering.figures import coast, columns, look, places
from clustering.figures.thumbnail import thumbnail


@given(
    st.lists(
        st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e300, 1e300, allow_nan=False)),
        min_size=1,
        max_size=200,
    )
)
def test_every_value_is_in_one_bin(values: list[float]) -> None:
    counts, edges = columns.bins(np.array(values, dtype=np.float64))
    assert counts.sum() == len(values)
    assert len(edges) == len(counts) + 1 <= columns.MOST_BINS + 1
    assert (np.diff(edges) > 0).all()


def test_where_most_lie_together_the_width_is_that_of_freedman_and_diaconis() -> None:
    values = np.append(np.linspace(0.0, 1.0, 1_000), 5.0)
    edges = columns.bins(values)[1]
    assert len(edges) == len(np.histogram_bin_edges(values, "fd")) > 50


def mixed() -> Table:
    rows = [f"{i};{i * 0.5};{'ab'[i % 2]};2024-01-{i % 28 + 1:02d}" for i in range(60)]
    return read("\n".join(["id;size;word;day", *rows, ";;;"]).encode(), "mixed.csv")


@pytest.mark.parametrize("name", ["size", "word", "day"])
def test_a_column_shows_all_of_its_cells(name: str) -> None:
    table = mixed()
    figure = columns.column(table, name)
    (bars,) = figure.data
    counts = bars.x if bars.orientation == "h" else bars.y
    assert sum(counts) == table.frame[name].notna().sum() == 60
    assert figure.layout.meta["note"].endswith("1 cell missing")
    assert name in figure.layout.meta["alt"]


def test_days_stand_on_an_axis_of_days() -> None:
    figure = columns.column(mixed(), "day")
    assert figure.layout.xaxis.type == "date"
    assert str(figure.data[0].x[0]).startswith("2024-01-")


def test_before_and_after_count_the_same_rows() -> None:
    before = pd.DataFrame({"a": [1.0, 2.0, np.nan, 4.0]})
    after = pd.DataFrame({"a": [1.0, 2.0, 7.0 / 3, 4.0]})
    figure = columns.change(before, after, said="Missing values", keep="x")
    above, below = figure.data
    assert (sum(above.y), sum(below.y)) == (3, 4)
    assert figure.layout.xaxis.title.text == "a"
    assert figure.layout.yaxis.title.text == "before"


def test_a_matrix_says_what_it_leaves_out() -> None:
    table = samples.load("digits")
    dataset = fit(table, suggest(table)).apply(table)
    figure = columns.matrix(dataset, table.frame["group"])
    assert len(figure.data[0].dimensions) == columns.MOST_PAIRS
    assert len(figure.data[0].dimensions[0].values) == columns.DRAWN
    note = figure.layout.meta["note"]
    assert f"of {dataset.d} columns" in note and "of 1,797 rows" in note and "10 groups" in note


def test_the_scree_adds_up() -> None:
    bars, line = columns.scree(np.array([0.6, 0.3, 0.1]), kept=2).data
    np.testing.assert_allclose(line.y, [60, 90, 100])
    assert bars.marker.color[1] == bars.marker.color[0] != bars.marker.color[2]


def test_coasts_are_where_they_are() -> None:
    longitude, latitude = coast.outline()
    assert len(longitude) == len(latitude) > 4_000
    near_cape_town = np.hypot(longitude - 18.4, latitude + 33.9)
    middle_of_the_pacific = np.hypot(longitude + 130, latitude - 0)
    assert np.nanmin(near_cape_town) < 1.0
    assert np.nanmin(middle_of_the_pacific) > 15.0


def test_a_map_keeps_the_shape_of_the_land() -> None:
    flat = np.array([[10.0, 59.9], [10.8, 60.1], [11.0, 59.5]])
    figure = places.map(Dataset.from_points(flat), flat, np.zeros(3, int))
    assert figure.layout.yaxis.scaleratio == pytest.approx(2.0, abs=0.02)  # 1 / cos 60 degrees
    assert figure.data[0].hoverinfo == "skip"  # the coast lies under the points
    assert sum(len(trace.x) for trace in figure.data[1:]) == 3


def test_a_look_says_which_points_it_leaves_out() -> None:
    data = Dataset.from_points(np.arange(12.0).reshape(6, 2))
    flat = data.points.copy()
    flat[[1, 3]] = np.nan
    figure = look.look(data, flat, ("UMAP 1", "UMAP 2"))
    assert "4 of 6 points" in figure.layout.meta["note"]
    assert sum(len(trace.x) for trace in figure.data) == 4
    groups = pd.Series(list("aabbbb"), name="group")
    figure = look.look(data, flat, ("UMAP 1", "UMAP 2"), groups)
    assert [len(trace.x) for trace in figure.data] == [1, 3]


@given(st.integers(1, 900), st.integers(0, 5))
def test_a_stamp_stays_inside_of_its_edges(n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    picture = thumbnail(random.normal(size=(n, 2)) * (1e6, 1e-6), random.integers(0, 30, n))
    assert picture.count("<circle") == min(n, 400)
    middles = [float(part.split('"')[0]) for part in picture.split('cx="')[1:]]
    assert 0 <= min(middles) and max(middles) <= 160
