"""Pages remember what was chosen, say what is doubtful, and mend what is impossible."""

import pytest

from clustering.data import samples
from tests.pages.driving import KMEANS, PAGES, charts, figures, opened, said, uploaded

pytestmark = pytest.mark.slow


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
    for page in PAGES[:2]:
        app = opened(page, data="iris", pca=asked)
        assert said(app) == ""
        assert charts(app)


def test_taking_columns_away_takes_components_away():
    app = opened(data="iris", pca="4")
    app.multiselect(key="dt_columns").set_value(["petal length (cm)", "petal width (cm)"]).run()
    assert said(app) == ""
    assert any("150 points in 2 coordinates" in each.value for each in app.markdown)


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


def test_a_map_that_is_an_image_and_runs_on_a_sample_say_so():
    rows = "\n".join(f"{i % 251},{(i * i) % 241}" for i in range(31_000))
    app = uploaded(f"x,y\n{rows}\n".encode(), "many.csv")
    app.switch_page(KMEANS)
    app.query_params["km_restarts"] = "1"
    app.query_params["km_most"] = "2"
    app.run()
    assert said(app) == ""
    told = " ".join(caption.value for caption in app.caption).replace("\\", "")
    assert "31,000 points as an image" in told
    assert "On a stratified sample of 20,000 of 31,000 points." in told


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
    results = app.session_state["results"]
    stopped = next(key for key, result in results.items() if hasattr(result.result, "partitions"))
    app.session_state["results"].clear()
    app.session_state["stopped"] = stopped
    app.run()
    assert [info.value for info in app.info] and not figures(app)
    assert len(charts(app)) == 1, "the points stay in view"
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


def test_other_parameters_give_other_results():
    app = opened(KMEANS)
    assert app.slider(key="km_k").max == 12
    app.slider(key="km_most").set_value(6).run()
    assert app.slider(key="km_k").max == 6
    app.slider(key="km_most").set_value(12).run()
    assert app.slider(key="km_k").max == 12


def test_a_session_that_keeps_too_much_forgets_the_oldest(monkeypatch):
    app = opened(KMEANS)
    old = set(app.session_state["results"])
    monkeypatch.setattr("dashboard.ui.jobs.KEPT", 0)
    app.slider(key="km_most").set_value(6).run()
    app.run()
    assert said(app) == "" and charts(app)
    shown = app.session_state["results_shown"][-1]
    assert set(app.session_state["results"]) == shown
    assert old - shown, "the axis up to another k is not shown any more"


@pytest.mark.parametrize(
    ("asked", "runs", "shown"),
    [
        ("1", 3, "start 1 of the lottery"),
        ("50", 2, "the worst of 50 starts"),
        ("0", 2, "this result"),
        ("51", 2, "this result"),
    ],
)
def test_a_link_to_a_start_shows_it_where_there_is_such_a_start(asked, runs, shown):
    app = opened(KMEANS, km_tab="Learn", km_replay=asked)
    assert said(app) == ""
    choice = app.segmented_control(key="km_run")
    assert (len(choice.options), choice.value) == (runs, shown)


def test_the_export_has_the_labels_of_the_answer_that_is_shown():
    app = opened(KMEANS, data="iris", km_tab="Export")
    for k in (3, 5, 3):
        app.slider(key="km_k").set_value(k).run()
        assert app.dataframe[0].value["cluster"].isin(range(1, k + 1)).all()
        assert f"n_clusters={k}," in app.code[0].value
        assert app.dataframe[0].value["cluster"].nunique() == k


def test_known_groups_are_those_of_the_rows_that_are_left():
    rows = "".join(f"{i % 2 * 9},{i % 4},{'ab'[i % 2]}\n" for i in range(20))
    app = uploaded(f"x,y,label\n,1,a\n{rows}".encode(), "gap.csv")
    app.switch_page(KMEANS).run()
    app.slider(key="km_k").set_value(2).run()
    assert said(app) == ""
    assert any("accuracy 100" in text.value.replace("\\", "") for text in app.caption)
