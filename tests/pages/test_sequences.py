"""LSTM applications as a user meets them: three small networks, their figures, tabs and exports."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from clustering.deep.labelled_stream import LabelledStream
from clustering.supervised.reports import report
from dashboard.neural.sequences.classification.shuffled import ways
from dashboard.neural.sequences.forecasting.learn import one_off
from dashboard.neural.sequences.forecasting.words import at_the_top
from dashboard.neural.sequences.judged import unpredicted
from tests.pages.driving import charts, figures, opened, said

PAGE = "dashboard/neural/sequences/page.py"
pytestmark = [pytest.mark.neural, pytest.mark.slow]

FORECAST = {"la_f_epochs": "2", "la_f_units": "4", "la_f_layers": "1", "la_f_ahead": "6"}
CLASSES = {
    "la_kind": "Classification", "la_c_epochs": "1", "la_c_units": "8", "la_c_batch": "128",
}  # fmt: skip
TEXTS = {"la_kind": "Sentiment", "la_s_epochs": "3", "la_s_units": "8", "la_s_rate": "0.01"}


def told(app: AppTest, words: str) -> list[dict]:
    return [each for each in charts(app) if words in each["alt"]]


def turned_to(app: AppTest, tab: str) -> None:
    app.query_params["la_tab"] = tab
    app.run()
    assert said(app) == ""


def frames(app: AppTest, column: str) -> list:
    return [each.value for each in app.dataframe if column in each.value]


def notes(app: AppTest) -> str:
    return " ".join(each.value.replace("\\", "") for each in app.caption)


def offered(app: AppTest) -> set[str]:
    return {each.label for each in app.get("download_button")}


def test_forecasts_stand_beside_what_needs_no_network_at_their_own_steps():
    app = opened(PAGE, **FORECAST)
    assert said(app) == ""
    found = figures(app)
    assert found["Epochs"] == "2" and float(found["Test RMSE"]) > 0

    # One chart: the series, both predictions where they belong, and what lies ahead.
    (chart,) = told(app, "the test part begins at step 116")
    lines = {each["name"]: each for each in json.loads(chart["figure"])["data"]}
    length = {name: np.isfinite(np.array(each["y"], float)).sum() for name, each in lines.items()}
    assert length["series"] == 144
    assert length["train prediction"] == 115 - 10 and length["test prediction"] == 29
    assert length["ahead"] == 1 + 6  # joined to the last that is known

    # The ways beside it, the best of all marked.
    (table,) = frames(app, "test RMSE")
    assert table["way"].tolist() == ["LSTM", "naive", "seasonal naive", "ARIMA"]
    best = table["test RMSE"].to_numpy().argmin()
    assert table["best"].tolist() == ["best" if i == best else "" for i in range(4)]
    assert float(found["Test RMSE"]) == pytest.approx(table["test RMSE"].iloc[0], rel=1e-3)

    # Beyond the end, and from the seam.
    assert len(frames(app, "low")[0]) == 6 and len(told(app, "6 steps ahead")) == 2
    turned_to(app, "Learn")
    assert told(app, "lead to step")
    app.segmented_control(key="la_f_lesson").set_value("The seam").run()
    assert said(app) == "" and told(app, "one step off it has")
    turned_to(app, "Export")
    assert {"CSV", "Python script", "Model (.keras)", "The data it reads"} <= offered(app)
    (rows,) = frames(app, "prediction")
    assert rows["part"].value_counts().to_dict() == {"training": 115, "test": 29, "ahead": 6}

    # More epochs go on with what is there.
    app.slider(key="la_f_epochs").set_value(3).run()
    next(each for each in app.button if each.label == "Go on").click().run()
    assert said(app) == "" and figures(app)["Epochs"] == "3"


def test_days_are_told_apart_beside_majority_and_regression():
    app = opened(PAGE, **CLASSES)
    assert said(app) == ""
    assert figures(app)["Accuracy"].endswith("%")
    (matrix,) = told(app, "Confusion of")
    counts = np.array(json.loads(matrix["figure"])["data"][0]["customdata"])
    assert told(app, f"{counts.sum()} windows in time")
    (table,) = frames(app, "recall")[:1]
    assert table["way"].tolist()[:2] == ["LSTM", "majority class"]
    right = 100 * np.trace(counts) / counts.sum()
    assert table["accuracy"].iloc[0] == pytest.approx(right)
    assert table["accuracy"].iloc[1] == pytest.approx(100 * counts.sum(axis=1).max() / counts.sum())
    (report,) = frames(app, "support")
    assert report["support"].tolist()[:-2] == counts.sum(axis=1).tolist()
    turned_to(app, "Learn")
    app.segmented_control(key="la_c_lesson").set_value("Windows after shuffling").run()
    assert told(app, "one cut after shuffling spans")
    turned_to(app, "Export")
    assert {"CSV", "Python script", "Model (.keras)"} <= offered(app)


def test_a_typed_sentence_has_a_probability_and_unknown_words_are_said():
    app = opened(PAGE, **TEXTS)
    assert said(app) == ""
    assert "Made up" in notes(app) and figures(app)["Epochs"] == "3"
    assert told(app, "Confusion of 2 classes") and told(app, "texts of")
    box = app.text_input(key="la_s_typed_words")
    box.set_value("The soup was qwertz.").run()
    assert "qwertz" in notes(app) and told(app, "Probability:")
    box.set_value("   ").run()
    assert said(app) == "" and not told(app, "Probability:")
    turned_to(app, "Learn")
    turned_to(app, "Export")
    assert {"CSV", "Python script", "Model (.keras)"} <= offered(app)


def test_chinese_is_read_by_characters():
    app = opened(PAGE, **TEXTS, la_s_data="reviews-zh")
    assert said(app) == "" and figures(app)["Epochs"] == "3"
    assert any(each.key.startswith("la_s_typed_") and each.value for each in app.text_input)
    assert told(app, "Probability:")


def test_a_line_one_step_off_is_one_step_late():
    assert np.array_equal(one_off(np.array([np.nan, 4.0, 5.0])), [np.nan, np.nan, 4.0], True)


def test_windows_drawn_at_random_share_rows_and_look_better_than_they_are():
    rng = np.random.default_rng(0)
    # Nothing can be learned: the class is drawn anew every 20 steps, the values wander.
    codes = np.repeat(rng.integers(0, 2, 30), 20)
    values = np.cumsum(rng.normal(size=(600, 4)), axis=0)
    stream = LabelledStream(values, codes, ("a", "b"), ("w", "x", "y", "z"), np.arange(600), "kind")
    found = ways(stream, window=10, share=0.8)
    assert found.shared == 1.0
    assert found.drawn > 0.9 > 0.75 > found.in_time


def test_a_network_that_ties_is_not_called_the_best():
    rows = {"LSTM": {"test RMSE": 2.0}, "naive": {"test RMSE": 2.0}, "ARIMA": {"test RMSE": 3.0}}
    assert at_the_top(rows) == "On the test part the network is no better than naive."
    rows["naive"] = {"test RMSE": float("nan")}
    assert at_the_top(rows) == "On the test part the network is the best of these."


def test_a_class_that_is_never_predicted_is_named():
    found = report(np.array([0, 0, 1, 2]), np.array([0, 2, 0, 2]), ("fog", "rain", "sun"))
    assert unpredicted(found) == ["rain"] and found.precision[1] == 0.0
