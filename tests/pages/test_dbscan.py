"""The DBSCAN page: the library's figures, plateaus, both silhouettes, what is empty or odd."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from clustering import dbscan
from clustering.data import preparation, samples
from clustering.dataset import Dataset
from dashboard.structure.dbscan import parts, words
from tests.pages.driving import charts, figures, opened, said, uploaded

pytestmark = pytest.mark.slow

PAGE = "dashboard/structure/dbscan/page.py"
PUBLISHED = [0.1287, 0.3594, 0.5134, 0.6165, 0.6322, 0.6366, 0.5142, 0.5629, 0.5629, 0.5629]
WITHOUT_NOISE = [0.8051, 0.5912, 0.6305, 0.6773, 0.6712, 0.6643, 0.5644, 0.5629, 0.5629, 0.5629]


def prepared(id: str) -> Dataset:
    table = samples.load(id)
    return preparation.fit(table, preparation.suggest(table)).apply(table)


def text(app: AppTest) -> str:
    found = [element.value for element in [*app.markdown, *app.caption]]
    return " ".join(found).replace("\\", "")


def upload(table: pd.DataFrame) -> AppTest:
    """Bring a table, and open the page with it."""
    app = uploaded(table.to_csv(index=False).encode(), "own.csv")
    app.switch_page(PAGE).run()
    return app


def test_it_opens_on_the_longest_plateau_with_the_figures_of_the_library() -> None:
    app = opened(PAGE, data="densities")
    assert said(app) == ""
    axis = dbscan.axis(prepared("densities"))
    first = dbscan.sights(axis.dataset, axis=axis).plateaus[0]
    eps = float(figures(app)["Epsilon"])
    assert first.holds(eps)
    answer, found = axis.at(eps), figures(app)
    assert found["Clusters"] == str(answer.k)
    assert found["Noise"].startswith(f"{answer.noise} · ")
    assert found["Core points"].startswith(f"{int(answer.core.sum())} · ")
    assert f"Longest plateau: {first.low:.4g} to {first.high:.4g}, " in text(app)
    assert f"{words.on_plateau(first)}. Epsilon lies in it" in text(app)
    buttons = [b.label for b in app.button if str(b.key).startswith("db_plateau")]
    assert len(buttons) == 2
    assert buttons[0] == f"{first.clusters} large at {eps:.4g}"
    app.button(key="db_plateau_1").click().run()
    assert "does not lie in it" in text(app)


def test_small_clusters_are_told_from_large_ones() -> None:
    app = opened(PAGE, data="odd-shapes", db_eps="5.2")
    axis = dbscan.axis(prepared("odd-shapes"))
    assert axis.large_from == 90  # the root of 8,000
    answer = axis.at(5.2)
    large = int((np.bincount(answer.labels[answer.core]) >= 90).sum())
    assert 1 < large < answer.k
    assert figures(app)["Clusters"] == f"{answer.k} · {large} large"
    assert f"{large} large clusters, " in text(app)
    assert "Large: at least 90 core points." in text(app)
    curve = json.loads(next(c for c in charts(app) if "Large clusters at" in c["alt"])["figure"])
    assert curve["layout"]["yaxis"]["title"]["text"] == "large clusters"


def test_the_recipe_shows_the_two_policies() -> None:
    app = opened(PAGE, data="densities", db_samples="9", db_metric="manhattan")
    next(button for button in app.button if button.label == "recipe").click().run()
    assert said(app) == ""
    assert figures(app)["Epsilon"] == "0.8"
    assert app.slider(key="db_samples").value == 5
    bars = json.loads(
        next(c for c in charts(app) if "Silhouettes with noise" in c["alt"])["figure"]
    )
    without, whole = bars["data"][0]["y"], bars["data"][1]["y"]
    assert len(without) == len(whole) == 10
    id, instead = samples.recipe("dbscan")
    assert instead or figures(app)["Clusters"] == "5"
    if not instead:
        assert (
            "They disagree: best is 0.3 (5 clusters) without noise, 0.8 (5 clusters) with"
            in text(app)
        )
        assert "0.664 without noise, 0.637 with it" in text(app)
        assert np.allclose(whole, PUBLISHED, atol=1e-4)
        assert np.allclose(without, WITHOUT_NOISE, atol=1e-4)


KINDS = {
    "plain": {"data": "rings-moons"},
    "all-noise": {"data": "rings-moons", "db_eps": "0.03"},
    "globe": {"data": "towns", "places": "great-circle", "db_point": "20"},
    "gower": {"data": "clients", "categories": "gower"},
    "chebyshev": {
        "data": "densities",
        "db_samples": "1",
        "db_metric": "chebyshev",
        "db_point": "4",
    },
}
TABS = {
    "Views": list(KINDS),
    "Clusters": ["plain", "all-noise"],
    "Learn": ["all-noise", "globe", "gower"],
    "Export": ["plain"],
}


@pytest.mark.parametrize(("tab", "kind"), [(tab, kind) for tab in TABS for kind in TABS[tab]])
def test_every_tab_opens_on_every_kind_of_data(kind: str, tab: str) -> None:
    query = KINDS[kind]
    app = opened(PAGE, **query, db_tab=tab)
    wrong = said(app)
    assert ("No point is core at this epsilon" in wrong) == (query.get("db_eps") == "0.03")
    assert not app.error
    assert ("km" in figures(app)["Epsilon"]) == ("places" in query)


def test_a_chosen_point_says_what_makes_it_core_border_or_noise() -> None:
    data = prepared("densities")
    answer = dbscan.fit(data, eps=0.7)
    edge = (answer.labels >= 0) & ~answer.core
    for mask, verdict in ((answer.core, "so it is core"), (edge, "border of"), (~edge, "noise")):
        mask = mask if verdict != "noise" else answer.labels < 0
        i = int(np.flatnonzero(mask)[0])
        app = opened(PAGE, data="densities", db_eps="0.7", db_point=str(i + 1))
        held = int((np.linalg.norm(data.points - data.points[i], axis=1) <= 0.7).sum())
        found = re.search(
            rf"Row {i + 1}: (\d+) points? within 0.7, itself included: (.*)", text(app)
        )
        assert found and int(found.group(1)) == held
        assert verdict in found.group(2)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [2.0, 1.0, 0.5]}), "min_samples = 5 is more"),
        (pd.DataFrame({"a": [1.5] * 40 + [2.0], "b": [2.5] * 41}), ""),
    ],
    ids=["few", "nearly-equal"],
)
def test_what_has_no_answer_says_so_in_one_sentence(table: pd.DataFrame, sentence: str) -> None:
    app = upload(table)
    assert sentence in said(app)
    assert said(app) or figures(app)


def test_many_points_are_scored_by_a_sample_that_says_so() -> None:
    random = np.random.default_rng(0)
    centres = random.integers(0, 3, 12_000) * 12.0
    data = Dataset.from_points(
        np.column_stack([centres, centres]) + random.normal(size=(12_000, 2))
    )
    axis = dbscan.axis(data)
    eps = dbscan.sights(data, axis=axis).opening
    found = parts.scored(data, axis=axis, values=(eps,))
    exact = dbscan.grid(data, axis, [eps]).without_noise[0].value
    score = found.without_noise[0]
    assert 900 < score.sampled < 1_200
    assert score.low <= exact <= score.high
    assert f"from {score.sampled:,} points" in words.both(found)


def test_hamming_on_measurements_is_warned_about() -> None:
    assert "Hamming distance asks only" in said(opened(PAGE, data="densities", db_metric="hamming"))


def test_degrees_are_not_taken_for_lengths_without_a_word() -> None:
    app = opened(PAGE, data="towns")
    offered = [b for b in app.button if b.key == "db_kilometres"]
    if "km" not in figures(app)["Epsilon"]:
        assert "as if the world were flat" in text(app)
        offered[0].click().run()
    assert said(app) == ""
    assert figures(app)["Epsilon"].endswith(" km")
    assert "as if the world were flat" not in text(app)


def test_a_long_run_is_announced_and_begins_only_when_asked(monkeypatch) -> None:
    monkeypatch.setattr(parts, "costly", lambda dataset: True)
    monkeypatch.setattr(
        dbscan, "estimate", lambda dataset, min_samples: dbscan.Estimate(300.0, 4e8)
    )
    app = opened(PAGE, data="rings-moons", db_samples="6")
    assert "This will take about 5 minutes and 0.4 GB of memory." in text(app)
    assert not figures(app)
    next(button for button in app.button if button.label == "Compute it").click().run()
    assert said(app) == ""
    assert figures(app)["Clusters"]


def test_evenly_spaced_points_have_no_plateau_and_say_so() -> None:
    steps = np.arange(30)
    app = upload(pd.DataFrame({"a": 10 + (0.7 * steps).round(2), "b": 20.0 + steps}))
    assert "one cluster or noise is all there is" in text(app)
    assert "Undefined at the present epsilon: There is only one cluster" in text(app)
