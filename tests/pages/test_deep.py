"""The page of deep clustering as a user meets it: what stands at once, what training adds."""

import json
from io import BytesIO

import numpy as np
import pytest

from dashboard.neural.deep import clusters
from tests.pages.driving import charts, figures, opened, said, uploaded

PAGE = "dashboard/neural/deep/page.py"
QUICK = {"dc_epochs": "2", "dc_steps": "2", "dc_batch": "128"}

pytestmark = [pytest.mark.neural, pytest.mark.slow]


def button(app, label):
    return next(each for each in app.button if each.label == label)


def notes(app):
    told = [*app.caption, *app.info, *app.success, *app.warning, *app.markdown]
    return " ".join(each.value.replace("\\", "") for each in told)


def replay(app):
    """The frames of the latent space, or nothing."""
    found = [each for each in charts(app) if "in its latent space" in each["alt"]]
    return json.loads(found[0]["figure"])["frames"] if found else []


def ways(app):
    """Names of the bars, from top to bottom."""
    [told] = [each for each in charts(app) if " ways: " in each["alt"]]
    return json.loads(told["figure"])["data"][0]["y"]


@pytest.fixture(scope="module")
def blobs():
    """The page on its own sample, trained by itself."""
    return opened(PAGE, dc_epochs="3", dc_tab="Views", dc_network="recipe")


def test_it_opens_on_a_finished_result_beside_what_needs_no_training(blobs):
    assert said(blobs) == ""
    assert ways(blobs) == [
        "k-means on the columns", "PCA, then k-means", "autoencoder, then k-means",
    ]  # fmt: skip
    found = figures(blobs)
    assert found["Accuracy, k-means"].startswith("0.99") and found["Epochs"] == "3"
    assert float(found["Accuracy, deep"]) > 0.5
    assert "(one seed), and 0.997 ± 0.000 by k-means on the columns." in notes(blobs)
    assert len(replay(blobs)) == 3
    assert "Learning the space" in notes(blobs) and "on CPU" in notes(blobs)
    table = blobs.dataframe[0].value
    assert {"Silhouette, input space", "Silhouette, latent space"} <= set(table["figure"])


def test_another_method_in_the_latent_space_needs_no_training(blobs):
    blobs.selectbox(key="dc_then").set_value("Gaussian mixture").run()
    assert said(blobs) == ""
    assert ways(blobs)[-1] == "autoencoder, then Gaussian mixture"
    assert button(blobs, "Train anew")


def test_other_data_wait_for_a_press_and_then_keep_what_a_stop_left():
    app = opened(PAGE, data="wine", **QUICK)
    assert said(app) == ""
    assert ways(app) == ["k-means on the columns", "PCA, then k-means"]
    assert figures(app)["Accuracy, deep"] == "–" and not replay(app)
    app.selectbox(key="dc_method").set_value("Separation penalty").run()
    button(app, "Train").click().run()
    assert not app.exception and not app.error
    assert ways(app)[2:] == ["autoencoder, then k-means", "Separation penalty"]
    assert figures(app)["Epochs"] == "2 + 2"
    # More epochs go on from what there is.
    app.slider(key="dc_steps").set_value(3).run()
    button(app, "Go on").click().run()
    assert figures(app)["Epochs"] == "2 + 3"


def test_images_have_centres_and_files_to_carry_away():
    app = opened(PAGE, dc_kind="Images", dc_method="IDEC", dc_tab="Clusters", **QUICK)
    assert said(app) == ""
    assert app.slider(key="dc_k").value == 10
    button(app, "Train").click().run()
    assert not app.exception and not app.error
    assert any("The centres of 10 clusters" in each["alt"] for each in charts(app))
    assert [frame["layout"]["meta"]["words"][:16] for frame in replay(app)][0] == "Before the first"
    app.query_params["dc_tab"] = "Export"
    app.run()
    offered = [each.label for each in app.get("download_button")]
    assert {"CSV", "Python script", "Network (.keras)", "The data it reads"} <= set(offered)
    assert "keras.saving.load_model" in app.code[0].value


def test_texts_become_points_and_a_table_without_texts_says_so():
    app = opened(PAGE, dc_kind="Texts", **QUICK)
    assert said(app) == "" and len(ways(app)) == 2
    app.selectbox(key="room_pick").set_value("uniform").run()
    assert "no column of texts" in said(app)


@pytest.mark.parametrize("lesson", ["Softmax at the end", "Penalty on distances"])
def test_lessons_are_computed_on_the_spot(lesson):
    app = opened(PAGE, data="uniform", dc_tab="Learn", dc_lesson=lesson)
    assert said(app) == ""
    told = notes(app)
    assert "18.82" in told if lesson.startswith("Softmax") else "*together*" in told


def test_what_is_no_image_set_is_refused_and_what_was_open_stays():
    app = opened(PAGE, dc_kind="Images")
    content = BytesIO()
    np.savez(content, weights=np.zeros((3, 3)))
    files = {"odd.npz": content.getvalue(), "two.zip": b"PK\x03\x04", "none.npy": b""}
    for name, bad in files.items():
        app.file_uploader[0].set_value((name, bad, "application/zip")).run()
        assert name in said(app)
        assert figures(app)["Accuracy, k-means"].startswith("0.7")


def test_absurd_numbers_in_a_link_are_dropped():
    app = opened(
        PAGE, data="wine", dc_k="1e309", dc_latent="-1", dc_epochs="nan", dc_method="<b>",
        dc_network="convolutional", dc_map="9", dc_measure="x", dc_kind="Sounds", dc_lambda="7",
    )  # fmt: skip
    assert said(app) == ""
    assert app.slider(key="dc_k").value == 3 and len(ways(app)) == 2


@pytest.mark.parametrize(("rows", "most"), [("1,2\n3,4\n9,9\n" * 20, 3), ("1,2\n3,4\n", 2)])
def test_no_more_clusters_are_offered_than_there_are_points(rows, most):
    app = uploaded(f"x,y\n{rows}".encode(), "few.csv")
    app.query_params["dc_k"] = "20"
    app.switch_page(PAGE).run()
    assert said(app) == ""
    told = [each for each in app.slider if each.key == "dc_k"]
    assert told[0].max == most if most > 2 else not told
    assert len(ways(app)) == 2


def test_marks_are_distances_of_means_in_standard_deviations():
    from clustering.partition import Partition

    points = np.array([[0.0, 5.0], [0.0, 5.0], [2.0, 5.0], [2.0, 5.0]])
    answer = Partition([0, 0, 1, 1], range(4), "by hand")
    assert clusters.marks(points, answer).tolist() == [[-1.0, 0.0], [1.0, 0.0]]
