"""LSTM applications and what cannot be learned from: one sentence each, and the page stays."""

import io

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from clustering.data.samples import VARIABLE
from tests.pages.driving import charts, opened, said

PAGE = "dashboard/neural/sequences/page.py"


def days(n: int) -> list[str]:
    return [str(day)[:10] for day in pd.date_range("2020-01-01", periods=n)]


def csv(**columns) -> bytes:
    file = io.BytesIO()
    pd.DataFrame(columns).to_csv(file, index=False)
    return file.getvalue()


def shown(
    tmp_path, monkeypatch, name: str, content: bytes, kind: str, key: str, **query
) -> AppTest:
    """Open the page on a file of the user's folder, on which nothing is trained unasked."""
    (tmp_path / name).write_bytes(content)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return opened(PAGE, la_kind=kind, **{f"{key}_data": f"file/{name}"}, **query)


def usable(app: AppTest) -> None:
    """The views can still be changed, and other data chosen."""
    assert app.segmented_control(key="la_kind").options
    assert len(app.file_uploader) == 1


def one_sentence(text: str) -> None:
    assert text and text.count(". ") == 0, text


def series(n: int, **more) -> dict:
    return {"date": days(n), "value": np.sin(np.arange(n)).round(3), **more}


SMALL = csv(**series(60, kind=["calm", "storm"] * 30))


def test_a_series_of_ones_own_is_drawn_and_waits_for_a_press(tmp_path, monkeypatch):
    app = shown(tmp_path, monkeypatch, "mine.csv", csv(**series(60)), "Forecasting", "la_f")
    assert said(app) == ""
    (chart,) = charts(app)
    assert chart["alt"].startswith("60 steps") and "begins at step 49" in chart["alt"]
    assert "Train" in [each.label for each in app.button]
    app.segmented_control(key="la_kind").set_value("Classification")
    app.query_params["la_c_data"] = "file/mine.csv"
    app.run()
    assert "column of classes" in said(app)
    usable(app)


def test_a_window_longer_than_the_series_is_one_sentence_and_a_shorter_one_helps(
    tmp_path, monkeypatch
):
    app = shown(tmp_path, monkeypatch, "few.csv", csv(**series(30)), "Forecasting", "la_f",
                la_f_window="100")  # fmt: skip
    assert "A window of 100 steps" in said(app)
    one_sentence(said(app))
    usable(app)
    app.slider(key="la_f_window").set_value(5).run()
    assert said(app) == "" and charts(app)

    app = shown(tmp_path, monkeypatch, "mine.csv", SMALL, "Classification", "la_c",
                la_c_window="100")  # fmt: skip
    assert "A window of 100 steps" in said(app)
    one_sentence(said(app))
    app.slider(key="la_c_window").set_value(5).run()
    assert said(app) == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("words.csv", csv(name=["a", "b", "c"], town=["x", "y", "z"])),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        ("many.csv", csv(**{f"t{i}": np.arange(4.0) + i for i in range(30)})),
    ],
    ids=["no date and no value", "no table", "many series"],
)
def test_what_is_no_series_over_time_is_refused(tmp_path, monkeypatch, name, content):
    app = shown(tmp_path, monkeypatch, name, content, "Forecasting", "la_f")
    assert name in said(app) or "column" in said(app)
    one_sentence(said(app))
    usable(app)
    assert "Open a sample instead" in [each.label for each in app.button]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (["calm"] * 6_000, "single class"),
        ([f"k{i % 5_000}" for i in range(6_000)], "5,000"),
        ([None] * 6_000, ""),
    ],
    ids=["one class", "5,000 classes", "empty"],
)
def test_a_target_that_cannot_be_told_apart_is_one_sentence(tmp_path, monkeypatch, column, words):
    content = csv(**series(6_000, kind=column))
    app = shown(tmp_path, monkeypatch, "kinds.csv", content, "Classification", "la_c")
    assert words in said(app)
    one_sentence(said(app))
    usable(app)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"text": [None] * 40, "label": [0, 1] * 20}, ""),
        ({"text": [f"word {i} here" for i in range(40)], "label": [1] * 40}, "single"),
        ({"text": [f"a long text {i}" for i in range(6_000)],
          "label": [f"k{i % 5_000}" for i in range(6_000)]}, "5,000"),
        ({"text": ["only one", "and two"]}, "column"),
    ],
    ids=["empty texts", "one label", "5,000 labels", "no labels"],
)  # fmt: skip
def test_texts_that_teach_nothing_are_one_sentence(tmp_path, monkeypatch, columns, words):
    app = shown(tmp_path, monkeypatch, "texts.csv", csv(**columns), "Sentiment", "la_s",
                la_s_text="text")  # fmt: skip
    assert words in said(app)
    one_sentence(said(app))
    usable(app)


def test_texts_of_ones_own_show_their_lengths_and_wait_for_a_press(tmp_path, monkeypatch):
    content = csv(
        text=[f"dish {i} was good " * (1 + i % 7) for i in range(60)],
        label=["yes", "no", "no"] * 20,
    )
    app = shown(tmp_path, monkeypatch, "texts.csv", content, "Sentiment", "la_s")
    assert said(app) == ""
    (chart,) = charts(app)
    assert chart["alt"].startswith("48 texts of 4 to 28 words")
    assert "Train" in [each.label for each in app.button]


def test_absurd_numbers_in_a_link_are_dropped(tmp_path, monkeypatch):
    app = shown(
        tmp_path, monkeypatch, "mine.csv", SMALL, "Forecasting", "la_f", la_f_window="1e9",
        la_f_units="7", la_f_share="<b>", la_f_epochs="nan", la_f_target="none", la_f_ahead="-3",
        la_tab="x", la_f_learns="all",
    )  # fmt: skip
    assert said(app) == "" and app.slider(key="la_f_window").value == 10


SERIES = "@univariate true\n@classLabel true up down\n@data\n"


def test_the_two_parts_of_an_archive_are_put_together(tmp_path, monkeypatch):
    rows = {
        "Rise_TRAIN.ts": ["1,2,3,4:up", "4,3,2,1:down"] * 4,
        "Rise_TEST.ts": ["2,3,4,5:up", "5,4,3,2:down"] * 3,
    }
    for name, lines in rows.items():
        (tmp_path / name).write_text(SERIES + "\n".join(lines))
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    for name in rows:
        app = opened(PAGE, la_kind="Classification", la_c_data=f"file/{name}")
        assert said(app) == ""
        counts = app.dataframe[0].value
        assert counts["training"].tolist() == [4, 4] and counts["test"].tolist() == [3, 3]
        assert app.segmented_control(key="la_c_by").value == "own"
        assert app.segmented_control(key="la_c_share").disabled
