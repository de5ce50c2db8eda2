"""The data room: what came in, how it was read, what each step did."""

import gzip

import numpy as np
import pandas as pd
import pytest

from clustering.data import samples
from tests.hostile.corpus import CASES
from tests.pages.driving import KMEANS, charts, figures, opened, said, uploaded


def orders() -> bytes:
    """Semicolons, decimal commas, words, days, gaps."""
    random = np.random.default_rng(1)
    lines = ["nr;size;weight;town;day"]
    for i in range(120):
        size, weight = f"{random.normal(5 + i % 2 * 9):.2f}", f"{random.normal(70):.1f}"
        weight = "" if i % 15 == 0 else weight
        lines.append(f"{i:04d};{size};{weight};{'AB'[i % 2]};{i % 28 + 1:02d}.03.2024")
    return "\n".join(lines).replace(".", ",").replace(",03,2024", ".03.2024").encode("cp1252")


def captions(app) -> str:
    return " ".join(caption.value.replace("\\", "") for caption in app.caption)


def words(app) -> str:
    return " ".join(markdown.value.replace("\\", "") for markdown in app.markdown)


def test_what_was_found_is_said_in_one_line():
    app = uploaded(orders(), "orders.csv")
    assert said(app) == ""
    assert "cells kept apart by semicolons, decimal comma, names in line 1" in captions(app)
    assert figures(app)["Missing"] == "8"
    kinds = app.dataframe[0].value.set_index("column")["kind"].to_dict()
    assert kinds == {
        "nr": "id", "size": "number", "weight": "number", "town": "category", "day": "date",
    }  # fmt: skip


def test_steps_that_a_table_does_not_need_are_not_offered():
    app = opened(data="four-blobs")
    keys = {control.key for control in app.segmented_control}
    assert {"dt_scaling", "dt_outliers"} <= keys
    assert not keys & {"dt_missing", "dt_duplicates", "dt_categories", "dt_dates", "dt_places"}


def test_each_step_says_what_it_did_and_what_it_cost():
    app = uploaded(orders(), "orders.csv")
    app.segmented_control(key="dt_missing").set_value("median").run()
    app.segmented_control(key="dt_categories").set_value("one-hot").run()
    app.segmented_control(key="dt_dates").set_value("elapsed").run()
    assert said(app) == ""
    assert "120 points in 5 coordinates" in words(app)
    steps = app.segmented_control(key="dt_step")
    assert "Missing cells (8 filled)" in steps.options
    steps.set_value("missing").run()
    assert "median" in words(app)
    assert app.session_state["room"] == {
        "data": app.session_state["room"]["data"],
        "missing": "median", "categories": "one-hot", "dates": "elapsed",
    }  # fmt: skip


def test_a_reading_is_told_kept_in_the_link_and_forgotten():
    app = uploaded(b"a|b\n" + b"".join(b"%d|%d\n" % (i, i * i) for i in range(40)), "bars.txt")
    data = app.session_state["room"]["data"]
    link = opened(data=data, how='{"delimiter":";"}')
    assert "bars" in said(link)
    link.file_uploader[0].set_value(
        ("bars.txt", b"a|b\n" + b"".join(b"%d|%d\n" % (i, i * i) for i in range(40)), "text/csv")
    ).run()
    assert figures(link)["Columns"] == "1"
    assert "as you told" in captions(link)
    assert link.session_state["room"]["how"] == '{"delimiter":";"}'


@pytest.mark.parametrize("how", ["[[", '{"delimiter":""}', '{"encoding":"utf-99"}', "x" * 3000])
def test_nonsense_in_a_link_about_reading_leaves_the_page_usable(how):
    app = opened(data="customers", how=how)
    if said(app):
        assert len(said(app)) < 250
        next(b for b in app.button if b.label == "Read the file as it is found out").click().run()
    assert said(app) == ""
    assert figures(app)["Rows"] == "200"


def test_a_paste_is_a_table():
    app = opened()
    app.text_area(key="dt_paste").set_value("town\tsize\nOslo\t7,1\nRome\t28,4\nBern\t1,3\n")
    next(button for button in app.button if button.label == "Read it").click().run()
    assert said(app) == ""
    assert figures(app)["Rows"] == "3"
    assert "tabs" in captions(app)


def test_a_packed_file_says_so():
    app = uploaded(gzip.compress(orders()), "orders.csv.gz")
    assert said(app) == ""
    assert "unpacked from gzip" in captions(app)
    assert figures(app)["Rows"] == "120"


def test_a_refused_file_can_be_read_another_way():
    app = opened()
    content = "x;y\n" + "".join(f"{i};{i * 0.5}\n" for i in range(30))
    app.file_uploader[0].set_value(("mine.csv", b"\x00" + content.encode(), "text/csv")).run()
    assert said(app)
    assert figures(app)["Rows"] == "200", "what was open stays open"


def test_distances_along_the_globe_are_shown_here_and_refused_by_k_means_in_a_sentence():
    app = opened(data="towns", places="great-circle")
    assert said(app) == ""
    assert "great-circle distances in km" in words(app)
    app.switch_page(KMEANS).run()
    assert "distances along the globe" in said(app) and len(said(app)) < 400


def test_points_on_the_sphere_are_clustered_by_k_means():
    app = opened(data="towns", places="sphere")
    app.switch_page(KMEANS).run()
    assert said(app) == ""
    assert charts(app)


@pytest.mark.parametrize("tab", ["Columns", "Rows", "Pairs", "First look", "Map", "Components"])
def test_every_tab_opens(tab):
    app = opened(data="towns", dt_tab=tab, pca_share="0.9", places="sphere")
    assert said(app) == ""
    assert len(charts(app)) >= (1 if tab == "Rows" else 2)


AWKWARD = [case for case in CASES if len(case.make()) < 300_000][::14]


@pytest.mark.slow
@pytest.mark.parametrize("case", AWKWARD, ids=lambda case: case.id)
def test_a_hostile_file_leaves_the_page_usable(case):
    app = opened(data="wine", scaling="robust")
    before = figures(app)
    app.file_uploader[0].set_value((case.name, case.make(), "text/csv")).run()
    text = said(app)
    assert len(text) < 700
    if app.session_state["room"]["data"] == "wine":
        assert text and figures(app) == before
    app.selectbox(key="dt_pick").set_value("iris").run()
    assert figures(app)["Rows"] == "150"


def test_labels_go_home_as_the_cells_stood():
    app = uploaded(orders(), "orders.csv")
    app.segmented_control(key="dt_missing").set_value("mean").run()
    app.switch_page(KMEANS).run()
    app.query_params["km_tab"] = "Export"
    app.run()
    assert said(app) == ""
    frame = next(
        each.value for each in app.dataframe if "cluster" in each.value.columns
    )  # the preview of the labels
    assert frame["nr"].iloc[0] == "0000"
    assert frame["size"].str.fullmatch(r"-?\d+,\d\d").all()
    assert isinstance(frame["cluster"].dtype, pd.Int64Dtype)


def test_every_sample_has_a_stamp():
    app = opened()
    next(button for button in app.button if button.label == "Gallery").click().run()
    assert said(app) == ""
    shown = sum(1 for button in app.button if button.label == "Open")
    assert shown == sum(1 for card in samples.catalogue() if card.shows)


def test_a_refused_reading_is_said_once_and_of_its_own_file():
    app = opened(data="customers")
    app.session_state["how_panel"] = True
    app.run()
    app.number_input(key="how_skip").set_value(5_000).run()
    assert "customers.csv" in said(app)
    assert figures(app)["Rows"] == "200"
    app.selectbox(key="dt_pick").set_value("towns").run()
    assert said(app) == ""
