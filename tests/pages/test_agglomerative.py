"""The agglomerative page: the published sizes, both sides, one cut, and what cannot be merged."""

import numpy as np
import pandas as pd
import pytest

from clustering import agglomerative
from clustering.data import preparation, samples
from clustering.data.curves import Curve
from clustering.figures import colors
from dashboard.structure.agglomerative import sides
from tests.pages.driving import charts, figures, opened, said, uploaded

pytestmark = pytest.mark.slow

PAGE = "dashboard/structure/agglomerative/page.py"
SMALL = "curve/spiral/120/0.5/2"


def words(app) -> str:
    texts = [element.value for element in [*app.markdown, *app.caption, *app.info]]
    return " ".join(texts).replace("\\", "")


def prepared(id: str):
    table = samples.load(id)
    return preparation.fit(table, preparation.suggest(table)).apply(table)


def told(app, key: str) -> dict:
    """What one chart is told, by its place: sizes and maps first, then tree and heights."""
    order = ["free sizes", "free", "bound sizes", "bound", "tree", "axis"]
    return charts(app)[order.index(key)]


def test_the_page_opens_on_the_published_sizes():
    app = opened(PAGE)
    assert said(app) == ""
    found = figures(app)
    assert (found["k"], found["Sizes without"], found["Sizes with"]) == (
        "3", "215 / 187 / 98", "315 / 100 / 85",
    )  # fmt: skip
    low, high = agglomerative.axis(prepared(Curve().id), neighbours=10).range(3)
    assert found["Height"] == f"{low:.0f} – {high:.0f}"
    assert "2,823 edges (10 nearest neighbours), in one part." in words(app)
    app.selectbox(key="ag_linkage").set_value("average").run()
    assert figures(app)["Sizes without"] != "215 / 187 / 98"
    next(button for button in app.button if button.label == "recipe").click().run()
    assert figures(app)["Sizes with"] == "315 / 100 / 85"
    assert said(app) == ""


@pytest.mark.parametrize("view", ["linkages", "neighbours", "top-down", "convex"])
def test_every_view_opens(view):
    app = opened(PAGE, data=SMALL, ag_tab="Views", ag_view=view)
    assert said(app) == ""
    assert len(charts(app)) > 6


@pytest.mark.parametrize("tab", ["Clusters", "Learn", "Export"])
def test_every_tab_opens(tab):
    app = opened(PAGE, data=SMALL, ag_tab=tab, ag_side=sides.WITHOUT)
    assert said(app) == ""


def test_a_branch_lights_its_points_on_both_maps_and_is_cleared():
    axis = agglomerative.axis(prepared(SMALL), neighbours=10)
    node = axis.tree.n + 100
    app = opened(PAGE, data=SMALL, ag_branch=str(node + 1))
    held = len(axis.tree.members(node))
    assert f"The branch holds {held} rows of 120" in words(app)
    for side in ("free", "bound"):
        assert f"{held} points are lit" in told(app, side)["alt"]
    app.button(key="ag_clear").click().run()
    assert "are lit" not in told(app, "free")["alt"]
    assert "Click a branch" in words(app)


def test_the_same_k_keeps_its_colours_whatever_was_shown_before():
    first = opened(PAGE, data=SMALL, ag_k="6")
    moved = opened(PAGE, data=SMALL, ag_k="9")
    moved.select_slider(key="ag_k_slide").set_value(5).run()
    assert figures(moved)["k"] == "6"
    for side in ("free", "bound", "tree"):
        assert told(first, side)["figure"] == told(moved, side)["figure"]


def test_data_open_on_a_k_that_is_explained_and_leaves_few_points_alone():
    app = opened(PAGE, data="wine")
    axis = agglomerative.axis(prepared("wine"))
    k = int(figures(app)["k"])
    assert k == axis.gap
    assert f"The page opens on k = {k}: the largest gap without connectivity." in words(app)
    app = opened(PAGE, data="wine", ag_metric="hamming", ag_linkage="average")
    assert int(figures(app)["k"]) <= 178**0.5  # the largest gap of all leaves 177 clusters
    assert "The page opens on k = 3: the known groups" in words(opened(PAGE, data=SMALL))


def test_a_curve_is_drawn_anew_by_its_sliders_and_keeps_its_k():
    app = opened(PAGE, data=SMALL, ag_k="5")
    app.slider(key="ag_noise").set_value(0.2).run()
    assert app.session_state["room"]["data"] == "curve/spiral/120/0.2/2"
    assert figures(app)["k"] == "5"
    app.selectbox(key="ag_kind").set_value("rose").run()
    assert app.session_state["room"]["data"] == "curve/rose/120/0.05/2/5"
    assert figures(app)["k"] == "5"  # five petals
    app.selectbox(key="room_pick").set_value("wine").run()
    app.button(key="ag_draw").click().run()
    assert app.session_state["room"]["data"] == Curve().id
    assert said(app) == ""


def test_ward_keeps_to_straight_lines_and_the_others_take_any_metric():
    app = opened(PAGE, data=SMALL, ag_metric="manhattan")
    assert app.selectbox(key="ag_metric").disabled
    assert "euclidean only" in words(app)
    app = opened(PAGE, data=SMALL, ag_metric="hamming", ag_linkage="average")
    assert "Hamming distance asks only whether two cells are equal" in said(app)
    assert figures(app)["k"] == "3"


@pytest.mark.parametrize(
    ("radius", "sentence"),
    [("0.9", " parts. A tree needs one whole"), ("60", "every pair is joined")],
)
def test_a_graph_that_joins_too_little_or_everything_is_told(radius, sentence):
    app = opened(PAGE, data=SMALL, ag_by="radius", ag_radius=radius)
    assert said(app) == ""
    assert sentence in words(app)


def test_more_neighbours_than_points_leave_the_other_side():
    app = uploaded(b"a,b\n" + b"".join(b"%d,%d\n" % (i, i * i) for i in range(8)), "few.csv")
    app.switch_page(PAGE).run()
    assert "10 nearest neighbours; with 8 points choose from 1 to 7" in said(app)
    assert figures(app)["Sizes with"] == "–"
    assert figures(app)["Sizes without"] != "–"


def test_equal_points_are_told():
    frame = pd.DataFrame({"a": [1.0] * 29 + [2.0, np.nan], "b": [3.0] * 29 + [np.nan, 4.0]})
    app = uploaded(frame.to_csv(index=False).encode(), "own.csv")
    app.query_params["missing"] = "drop"
    app.switch_page(PAGE).run()
    assert "equal" in said(app)


def test_too_many_points_are_shown_and_told():
    app = opened(PAGE, data="large")
    assert "take a sample of 20,000 points or fewer" in said(app)
    assert "take a sample of 50,000 points or fewer" in said(app)
    assert len(charts(app)) == 2


@pytest.mark.parametrize(
    "query",
    [{"data": "towns", "places": "great-circle"}, {"data": "clients", "categories": "gower"}],
)
def test_distances_without_coordinates_are_merged_too(query):
    app = opened(PAGE, **query, ag_linkage="ward", ag_graph="true")
    assert said(app) == ""
    assert app.selectbox(key="ag_linkage").value == "average"
    assert "distances have none" in words(app)
    assert ("Height (km)" in figures(app)) == (query["data"] == "towns")


def test_rows_that_count_twice_are_refused_in_a_sentence():
    app = uploaded(b"a,b\n" + b"1,2\n1,2\n3,4\n9,9\n" * 5 + b"7,8\n", "twice.csv")
    app.query_params["duplicates"] = "weight"
    app.switch_page(PAGE).run()
    assert not app.exception


def test_thousands_of_clusters_keep_their_colours_apart():
    data = prepared("curve/spiral/1000/0.5/2")
    axis = agglomerative.axis(data)
    few = axis.of(3)
    for k in (50, 900):
        answer = axis.of(k)
        numbers = colors.follow(answer, few, np.array([2, 0, 1]))
        assert len(numbers) == k == len(np.unique(numbers))
