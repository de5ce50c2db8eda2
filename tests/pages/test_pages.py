"""Every page, run by Streamlit's own test runner: opens, survives bad input, remembers."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clustering.data import samples

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("dashboard/data/data.py", "dashboard/partition/kmeans.py")
KMEANS = PAGES[1]


def opened(page: str = PAGES[0], **query: str) -> AppTest:
    """Open a page as a link does."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != PAGES[0]:
        app.switch_page(page)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
    return app


def uploaded(content: bytes, name: str) -> AppTest:
    """Bring a file to the Data page."""
    app = opened()
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    return app


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def charts(app: AppTest) -> list[dict]:
    return [
        json.loads(element.proto.json)
        for element in app.get("bidi_component")
        if element.proto.component_name == "clusterloom_chart"
    ]


def said(app: AppTest) -> str:
    """Everything the page says is wrong."""
    assert not app.exception, [error.stack_trace for error in app.exception]
    return " ".join(message.value.replace("\\", "") for message in [*app.error, *app.warning])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("card", [card.id for card in samples.CARDS])
def test_every_page_opens_on_every_sample(page, card):
    app = opened(page, data=card)
    assert said(app) == ""
    assert charts(app)
    for chart in charts(app):
        assert len(chart["alt"]) > 20, "a chart without words for those who cannot see it"
        assert json.loads(chart["figure"])["data"]


def test_a_page_opens_on_a_finished_result():
    app = opened(KMEANS)
    assert figures(app)["k"] == "4"
    assert app.slider(key="km_k").value == 4
    assert [tab.label for tab in app.tabs] == ["Views", "Learn", "Export"]


@pytest.mark.parametrize(
    "query",
    [
        {"km_k": "-1"},
        {"km_k": "abc"},
        {"km_k": "1e309"},
        {"km_k": "999999999999999999999999"},
        {"data": "../.."},
        {"data": "file/../../etc/passwd"},
        {"data": "upload/x/<script>alert(1)</script>"},
        {"data": ""},
        {"cols": "<b>", "missing": "../..", "scaling": "1e309", "pca": "-7", "sample": "nan"},
        {"cols": '["x","x","nowhere"]'},
        {"km_init": "placed", "km_starts": "1e309, nan; ;;, 1,2,3; x"},
        {"km_seed": "1e309", "km_most": "1e309", "km_restarts": "nan"},
        {"km_init": "nonsense", "km_seed": "-5", "km_most": "1", "km_restarts": "0"},
        {"km_replay": "51", "km_draw": "x"},
        {"km_across": "nowhere", "km_up": "x", "data": "wine"},
    ],
)
def test_a_url_of_any_content_leaves_the_page_usable(query):
    for page in PAGES:
        app = opened(page, **query)
        text = said(app)
        assert len(text) < 250, "a sentence or two, not a report"
        if "data" not in query or query["data"] in ("", "wine"):
            assert text == ""
            assert charts(app)
        else:
            app.button[0].click().run()
            assert said(app) == ""
            assert charts(app)


BAD = {
    "empty.csv": b"",
    "header.csv": b"x,y\n",
    "garbage.csv": bytes(range(256)) * 40,
    "broken.xlsx": b"PK\x03\x04 not a workbook",
    "picture.csv": b"\x89PNG\r\n\x1a\n" + b"\x00" * 200,
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_gets_a_sentence_and_nothing_is_lost(name):
    app = opened(data="wine", scaling="robust")
    before = figures(app)
    app.file_uploader[0].set_value((name, BAD[name], "text/csv")).run()
    assert len(said(app)) > 20
    assert figures(app) == before
    assert app.session_state["room"] == {"data": "wine", "scaling": "robust"}


THIN = {
    "one_row.csv": b"x,y\n1,2\n",
    "text.csv": b"name,town\nann,rome\nbob,oslo\ncyd,bern\n",
    "constant.csv": b"x,y\n" + b"1,2\n" * 9,
    "missing.csv": b"x,y\n" + b",\n" * 9,
    "infinite.csv": b"x,y\n" + b"inf,-inf\n" * 9,
    "huge.csv": b"x,y\n1e308,1\n-1e308,2\n1e308,3\n5,4\n",
}


@pytest.mark.parametrize("name", THIN)
def test_a_file_with_nothing_to_cluster_says_so_on_every_page(name):
    app = uploaded(THIN[name], name)
    assert figures(app)["Columns"] == "2"
    first = said(app)
    app.switch_page(KMEANS).run()
    second = said(app)
    if charts(app):
        assert name in ("one_row.csv", "huge.csv")
    else:
        assert first and second, "the page must say why there is nothing"


def test_one_column_is_clustered_along_a_line():
    app = uploaded(b"x\n" + b"".join(b"%d\n" % value for value in (1, 2, 3, 50, 51, 52)), "x.csv")
    app.switch_page(KMEANS).run()
    assert said(app) == ""
    assert figures(app)["k"] == "2"


def test_k_ends_at_the_distinct_points_and_says_so():
    app = uploaded(b"x,y\n" + b"1,2\n3,4\n9,9\n" * 20, "three.csv")
    app.switch_page(KMEANS).run()
    assert said(app) == ""
    assert app.slider(key="km_k").max == 3
    assert "3 distinct points" in " ".join(caption.value for caption in app.caption)


def test_more_placed_starts_than_points_is_a_sentence():
    app = uploaded(b"x,y\n1,2\n3,4\n", "two.csv")
    app.switch_page(KMEANS).run()
    app.selectbox(key="km_init").set_value("placed").run()
    app.text_input(key="km_starts").set_value("1,2; 3,4; 5,6").run()
    assert "3" in said(app) and "2" in said(app)


HOSTILE = (
    b'"<img src=x onerror=alert(1)>","=cmd|\' /C calc\'!A0","**x** $a$ [y](http://z)",id\n'
    + b"".join(b"%d,%d,%d,<b>%d</b>\n" % (i % 5, i % 7, i % 11, i) for i in range(60))
)


def test_hostile_names_are_shown_letter_by_letter():
    app = uploaded(HOSTILE, "<script>.csv")
    assert said(app) == ""
    app.switch_page(KMEANS).run()
    assert said(app) == ""
    for chart in charts(app):
        assert "<img" not in chart["figure"] and "<script" not in chart["figure"]
        assert "<b>1</b>" not in json.dumps(json.loads(chart["figure"])["layout"])
    for element in [*app.markdown, *app.caption]:
        assert "onerror=alert" not in element.value.replace("\\", "~")
        assert not element.allow_html


def test_data_preparation_and_parameters_survive_going_away_and_back():
    app = opened(data="iris")
    app.segmented_control(key="dt_scaling").set_value("robust").run()
    app.switch_page(KMEANS).run()
    assert any("robust" in caption.value for caption in app.caption)
    app.slider(key="km_k").set_value(5).run()
    before = figures(app)
    app.switch_page(PAGES[0]).run()
    assert app.segmented_control(key="dt_scaling").value == "robust"
    assert app.selectbox(key="dt_pick").value == "iris"
    app.switch_page(KMEANS).run()
    assert figures(app) == before


def test_a_link_to_an_upload_names_the_file_that_is_needed():
    app = uploaded(b"x,y\n1,2\n3,4\n9,9\n8,8\n", "mine.csv")
    link = app.session_state["room"]["data"]
    other = opened(KMEANS, data=link)
    assert "mine" in said(other)
    other.file_uploader[0].set_value(("mine.csv", b"x,y\n1,2\n3,4\n9,9\n8,8\n", "text/csv")).run()
    assert said(other) == ""
    assert other.session_state["room"]["data"] == link
    assert charts(other)


def test_one_users_upload_is_not_seen_by_another():
    uploaded(b"x,y\n1,2\n3,4\n9,9\n8,8\n", "secret.csv")
    other = opened()
    assert not any("secret" in option for option in other.selectbox(key="dt_pick").options)


def test_other_data_bring_the_slider_to_their_own_answer():
    app = opened(KMEANS)
    app.slider(key="km_k").set_value(7).run()
    assert figures(app)["k"] == "7"
    app.selectbox(key="room_pick").set_value("five-blobs").run()
    assert figures(app)["k"] == "5"


def test_the_recipe_opens_its_data_at_k_four():
    app = opened(KMEANS, data="wine", km_k="7")
    next(button for button in app.button if button.label == "recipe").click().run()
    assert said(app) == ""
    assert figures(app)["k"] == "4"
    assert app.session_state["room"]["data"] == samples.recipe("kmeans")[0]


def test_choosing_no_column_is_a_choice():
    app = opened(data="iris")
    app.multiselect(key="dt_columns").set_value([]).run()
    assert "No column is chosen" in said(app)
    app.multiselect(key="dt_columns").set_value(["petal length (cm)"]).run()
    assert said(app) == ""
    app.switch_page(KMEANS).run()
    assert charts(app)


@pytest.mark.parametrize("asked", ["5", "99", "999999999", "-1", "x"])
def test_more_components_than_columns_are_as_many_as_there_are(asked):
    for page in PAGES:
        app = opened(page, data="iris", pca=asked)
        assert said(app) == ""
        assert charts(app)


def test_taking_columns_away_takes_components_away():
    app = opened(data="iris", pca="4")
    app.multiselect(key="dt_columns").set_value(["petal length (cm)", "petal width (cm)"]).run()
    assert said(app) == ""
    assert app.slider(key="dt_pca").value == 2


def test_a_cluster_that_ends_empty_is_shown():
    app = uploaded(b"x,y\n0,1\n1,1\n2,2\n0,2\n0,2\n2,2\n2,0\n", "few.csv")
    app.switch_page(KMEANS).run()
    app.selectbox(key="km_init").set_value("placed").run()
    app.text_input(key="km_starts").set_value("3,0; 0,1; 3,3; 3,3").run()
    assert said(app) == ""
    assert figures(app)["k"] == "4"
    for tab in ("Learn", "Export", "Views"):
        app.session_state["km_tab"] = tab
        app.run()
        assert said(app) == ""


def test_preparation_of_a_linked_upload_survives_another_page():
    content = b"x,y\n1,2\n3,40\n9,9\n8,80\n7,1\n"
    link = uploaded(content, "mine.csv").session_state["room"]["data"]
    other = opened(KMEANS, data=link, scaling="robust")
    other.switch_page(PAGES[0]).run()
    other.file_uploader[-1].set_value(("mine.csv", content, "text/csv")).run()
    assert other.session_state["room"] == {"data": link, "scaling": "robust"}


def test_the_same_bytes_under_another_name_have_the_other_name():
    content = b"x,y\n1,2\n3,4\n9,9\n8,8\n"
    app = uploaded(content, "first.csv")
    app.switch_page(KMEANS).run()
    app.switch_page(PAGES[0]).run()
    app.file_uploader[0].set_value(("second.csv", content, "text/csv")).run()
    app.switch_page(KMEANS).run()
    assert "second.csv" in charts(app)[0]["alt"] or "second.csv" in charts(app)[1]["alt"]


def test_the_recipe_does_not_depend_on_what_was_chosen_before():
    app = opened(KMEANS, data="iris", km_most="3", km_init="random", km_restarts="1", km_seed="9")
    next(button for button in app.button if button.label == "recipe").click().run()
    assert figures(app)["k"] == "4"
    real = samples.recipe("kmeans")[0].startswith("file/")
    assert figures(app)["Inertia"] == ("250.7" if real else "177.4")


def test_a_thinned_map_says_so():
    rows = "\n".join(f"{i % 251},{(i * i) % 241}" for i in range(31_000))
    app = uploaded(f"x,y\n{rows}\n".encode(), "many.csv")
    app.switch_page(KMEANS)
    app.query_params["km_restarts"] = "1"
    app.query_params["km_most"] = "2"
    app.run()
    assert said(app) == ""
    assert any("of 31,000 points drawn" in caption.value for caption in app.caption)


def test_an_undefined_silhouette_says_why():
    app = uploaded(b"x,y\n1,2\n3,4\n", "two.csv")
    app.switch_page(KMEANS).run()
    assert figures(app)["Silhouette"] == "–"
    words = " ".join(caption.value for caption in app.caption)
    assert "exact" not in words
    assert "cluster" in words


def test_thousands_of_digits_and_of_starts_are_survived():
    app = opened(KMEANS, km_seed="9" * 5_000, km_k="9" * 5_000)
    assert said(app) == ""
    places = ";".join(f"{i},{i}" for i in range(400))
    app = opened(KMEANS, km_init="placed", km_starts=places)
    assert said(app) == ""
    assert figures(app)["k"] == "100"


def test_known_groups_are_compared_with():
    app = opened(KMEANS, data="four-blobs")
    words = " ".join(caption.value for caption in app.caption).replace("\\", "")
    assert "ARI" in words and "accuracy" in words
    app = opened(KMEANS, data="uniform")
    assert "ARI" not in " ".join(caption.value for caption in app.caption)


def test_a_stopped_computation_can_go_on():
    app = opened(KMEANS)
    stopped = next(iter(app.session_state["results"]))
    app.session_state["results"].clear()
    app.session_state["stopped"] = stopped
    app.run()
    assert [info.value for info in app.info] and not charts(app)
    next(button for button in app.button if button.label == "Run again").click().run()
    assert charts(app) and figures(app)["k"] == "4"


def test_scaling_does_not_move_k():
    app = opened(KMEANS, data="customers", km_k="8")
    app.switch_page(PAGES[0]).run()
    app.segmented_control(key="dt_scaling").set_value("standard").run()
    app.switch_page(KMEANS).run()
    assert figures(app)["k"] == "8"


def test_placed_starts_are_forgotten_on_other_data():
    app = opened(KMEANS, data="four-blobs", km_init="placed", km_starts="1, 1; 7, 6")
    assert figures(app)["k"] == "2"
    app.selectbox(key="room_pick").set_value("iris").run()
    assert app.text_input(key="km_starts").value == ""


def test_labels_of_every_row_are_offered():
    app = opened(KMEANS, data="wine")
    app.session_state["km_tab"] = "Export"
    app.run()
    assert said(app) == ""
    assert app.code[0].value.startswith('"""')
    assert list(app.dataframe[0].value.columns[:2]) == ["cluster", "status"]
