"""The silhouette page: the verdict first, the library's own figures, who is misplaced by name."""

import re

import numpy as np
import pytest

from clustering import validity
from clustering.data import preparation, samples
from clustering.dataset import Dataset
from clustering.judging import counting
from dashboard.partition.silhouette import parts, tabs
from tests.pages.driving import figures, opened, said

pytestmark = pytest.mark.slow

PAGE = "dashboard/partition/silhouette/page.py"


def prepared(id: str) -> Dataset:
    table = samples.load(id)
    return preparation.fit(table, preparation.suggest(table)).apply(table)


def words(app) -> str:
    texts = [element.value for element in [*app.markdown, *app.caption]]
    return " ".join(texts).replace("\\", "")


def test_the_figures_are_those_of_the_library():
    app = opened(PAGE, data="five-blobs", si_most="7")
    data = prepared("five-blobs")
    axis = counting.axis(data, method="k-means", k_max=7)
    score = validity.silhouette(data, axis.at(5).labels, per_point=True)
    found = figures(app)
    assert found["k"] == found["Plateau"] == "5"
    assert found["Silhouette"] == f"{score.value:.3f}"
    assert found["Badly placed"] == f"{100 * (score.per_point < 0).mean():.1f}\N{NO-BREAK SPACE}%"
    worst = int(np.argmin(score.per_point))
    assert f"row {data.rows[worst] + 1} ({score.per_point[worst]:.2f})" in words(app)


def test_what_has_no_clusters_is_told_first():
    app = opened(PAGE, data="uniform")
    assert said(app) == ""
    assert "Nothing here supports clusters." in words(app)
    shown = re.search(r"\(p = (0\.\d\d)\)", words(app)).group(1)
    assert float(shown) >= 0.05
    assert "There is structure." in words(opened(PAGE, data="four-blobs"))


HOLDS = {
    "Views": "Other indices",
    "Clusters": "placed worst",
    "Learn": "The silhouette of row",
    "Export": "the same labels without the dashboard",
}


@pytest.mark.parametrize("method", counting.METHODS)
def test_every_method_opens_every_tab(method):
    app = opened(PAGE, data="four-blobs", si_method=method, si_most="5")
    for tab, text in HOLDS.items():
        app.session_state["si_tab"] = tab
        app.run()
        assert said(app) == "" and text in words(app)
        assert figures(app)["k"] == "4"


def test_the_recipe_gives_five():
    app = opened(PAGE, data="wine")
    next(button for button in app.button if button.label == "recipe").click().run()
    assert said(app) == ""
    assert app.slider(key="si_k").value == 5
    assert app.slider(key="si_most").value == 9


def test_a_chosen_point_of_other_data_is_forgotten():
    app = opened(PAGE, data="five-blobs", si_point="250", si_tab="Learn")
    assert "The silhouette of row 250" in words(app)
    app.selectbox(key="room_pick").set_value("four-blobs").run()
    assert "250" not in words(app)
    assert said(app) == ""


def test_every_index_is_turned_so_that_one_is_best():
    curve = np.array([np.nan, 4.0, 1.0, 3.0])
    np.testing.assert_allclose(tabs.scaled(curve, 1.0), [np.nan, 1.0, 0.0, 2 / 3])
    np.testing.assert_allclose(tabs.scaled(curve, -1.0), [np.nan, 0.0, 1.0, 1 / 3])
    assert np.isnan(tabs.scaled(np.full(3, np.nan), 1.0)).all()
    assert tabs.scaled(np.ones(3), 1.0).tolist() == [0.0, 0.0, 0.0]


def test_moves_are_counted_once_each():
    data = prepared("five-blobs")
    axis = counting.axis(data, method="k-means", k_max=6)
    shades = tuple(np.arange(partition.k) for partition in axis.partitions)
    found = re.findall(r"\d+", tabs.about_moves(axis, 1, shades).split(":", 1)[1])
    before, after = axis.partitions[1].labels, axis.partitions[2].labels
    fresh, strayed = (after == 2).sum(), ((before != after) & (after < 2)).sum()
    assert list(map(int, found)) == [fresh, strayed, data.n - fresh - strayed]


def test_cluster_means_leave_out_what_was_not_looked_at():
    values = np.array([0.5, np.nan, -0.1, 0.3, np.nan])
    score = validity.Score("silhouette", 0.2, "", "exclude", 5, 3, 0.1, 0.3, values)
    answer = counting.axis(
        Dataset.from_points([[0.0], [1.0], [5.0], [6.0], [30.0]]), method="agglomerative", k_max=3
    ).at(3)
    assert parts.cluster_means(answer, score)[:2].tolist() == [0.5, pytest.approx(0.1)]
    assert np.isnan(parts.cluster_means(answer, score)[2])
    assert parts.badly(score) == pytest.approx(1 / 3)


def test_with_many_columns_the_test_says_that_it_cannot_tell():
    app = opened(PAGE, data="digits", si_most="3", si_restarts="1", si_tab="Clusters")
    assert said(app) == ""
    assert "This test cannot tell." in words(app)
    assert "Nothing here supports" not in words(app)
