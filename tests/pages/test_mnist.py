"""The page of the autoencoder as a user meets it: trained, stopped, gone on with, saved, loaded."""

import io
import json

import numpy as np
import pytest
from sklearn.datasets import load_digits

from clustering.data.image_sets import sample
from clustering.deep import saving
from tests.pages.driving import charts, figures, opened, said

PAGE = "dashboard/neural/mnist/page.py"
pytestmark = [pytest.mark.neural, pytest.mark.slow]

SHORT = {"mn_network": "recipe", "mn_epochs": "2", "mn_batch": "256"}


def npz(n: int = 60, **more: np.ndarray) -> bytes:
    """A file of a few real digits."""
    digits = load_digits()
    file = io.BytesIO()
    np.savez(file, x=digits.images[:n] / 16, **{"y": digits.target[:n], **more})
    return file.getvalue()


def button(app, label: str):
    return next(each for each in app.button if each.label == label)


def turned_to(app, tab: str) -> None:
    app.query_params["mn_tab"] = tab
    app.run()


def saved_model(app):
    return next(each for each in app.file_uploader if "saved model" in each.label)


def told(app, words: str) -> list[dict]:
    return [each for each in charts(app) if words in each["alt"]]


def notes(app) -> str:
    return " ".join(each.value.replace("\\", "") for each in app.caption)


def test_the_digits_open_on_a_finished_result_that_is_saved_and_loaded():
    app = opened(PAGE, **SHORT)
    assert said(app) == ""
    found = figures(app)
    assert found["Epochs"] == "2"
    assert 0.0 < float(found["Error"]) and float(found["PCA, 8"]) < float(found["Mean image"])
    assert found["Accuracy"].endswith("%")
    assert "not MNIST" in notes(app)
    (rows,) = told(app, "over their reconstructions")
    (map_,) = told(app, "1,797 images over PC1")
    pictures = json.loads(map_["figure"])["layout"]["meta"]["pictures"]
    assert (pictures["n"], pictures["width"], pictures["height"]) == (1797, 8, 8)
    assert len(told(app, "After 2 epochs of 2")) == 1
    assert len(told(app, "Decoded centres")) == 1

    # More epochs go on with these two.
    app.slider(key="mn_epochs").set_value(3).run()
    assert figures(app)["Epochs"] == "2"
    button(app, "Go on").click().run()
    assert said(app) == "" and figures(app)["Epochs"] == "3"
    assert figures(app)["Error"] != found["Error"]
    gone_on = told(app, "over their reconstructions")[0]["figure"]

    # What is saved and brought back gives the same pictures.
    kept = app.session_state["mn_training"].results
    model = next(reversed(kept.values()))[1]
    content = saving.saved(model)
    app = opened(PAGE, **SHORT)
    assert figures(app)["Epochs"] == "2"
    saved_model(app).set_value(("mine.keras", content, "application/octet-stream")).run()
    assert said(app) == "" and figures(app)["Epochs"] == "3"
    assert "mine.keras is open" in notes(app)
    assert told(app, "over their reconstructions")[0]["figure"] == gone_on

    # What is no model is refused in a sentence, and what was open stays.
    for name, rubbish in (("text.keras", b"no model"), ("half.keras", content[:3000])):
        saved_model(app).set_value((name, rubbish, "application/octet-stream")).run()
        assert name in said(app)
        assert figures(app)["Epochs"] == "3"


def test_every_tab_has_its_content():
    app = opened(PAGE, **SHORT)
    for tab in ("Mistakes", "Between", "Images", "Export"):
        turned_to(app, tab)
        assert said(app) == ""
        content_of(app, tab)


def content_of(app, tab: str) -> None:
    """What each tab must show."""
    if tab == "Mistakes":
        assert "taken for" in app.selectbox(key="mn_pair").value
        assert told(app, "The images with the largest error")
    elif tab == "Between":
        assert len(told(app, "50 % of the way")) == 1
    elif tab == "Images":
        (counts,) = told(app, "Images of 0, 1")
        test = sample("digits").counts("test")
        assert ", ".join(map(str, test)) in counts["alt"]
        layers = next(each.value for each in app.dataframe if "layer" in each.value)
        assert layers["half"].unique().tolist() == ["encoder", "decoder"]
    else:
        offered = [each.label for each in app.get("download_button")]
        assert {"CSV", "Python script", "Model (.keras)", "The images it reads"} <= set(offered)


def test_own_images_wait_for_a_press_and_need_no_classes():
    digits = load_digits()
    file = io.BytesIO()
    np.save(file, (digits.images[:80] * 15).astype(np.uint8))
    app = opened(PAGE, **SHORT, mn_latent="4")
    app.file_uploader[0].set_value(("mine.npy", file.getvalue(), "x")).run()
    assert said(app) == "" and figures(app)["Epochs"] == "–"
    assert told(app, "before training")
    button(app, "Train").click().run()
    assert said(app) == ""
    assert figures(app)["Epochs"] == "2" and figures(app)["Accuracy"] == "–"
    assert "have no classes" in notes(app)
    assert len(told(app, "Decoded centres")) == 1


def test_every_latent_size_and_both_lessons_are_trained_when_asked():
    app = opened(PAGE, **SHORT)
    app.default_timeout = 280  # nine networks, on a machine that may be busy
    app.file_uploader[0].set_value(("few.npz", npz(60), "x")).run()
    button(app, "Train").click().run()
    turned_to(app, "Latent size")
    assert not told(app, "2 to 64 numbers")
    button(app, "Train them").click().run()
    assert said(app) == "" and len(told(app, "2 to 64 numbers")) == 1
    turned_to(app, "Learn")
    assert said(app) == "" and told(app, "from 2, 4, 8, 16, 32, 64 numbers")
    app.segmented_control(key="mn_lesson").set_value("The optimizer").run()
    button(app, "Let them race").click().run()
    assert said(app) == ""
    (raced,) = told(app, "After 10 epochs of 10")
    assert "adadelta at 0.001 goes from" in raced["alt"] and "adam at 0.001" in raced["alt"]


def test_files_that_cannot_be_used_are_refused_and_what_was_open_stays():
    app = opened(PAGE, **SHORT)
    before = figures(app)
    objects = io.BytesIO()
    np.savez(objects, x=np.array([{}, {}], dtype=object), y=np.arange(2))
    nothing = io.BytesIO()
    np.savez(nothing, other=np.zeros(3))
    for name, content in {
        "objects.npz": objects.getvalue(), "nothing.npz": nothing.getvalue(),
        "two.npz": npz(2), "cut.npz": npz()[:500], "long.npz": npz(y=np.arange(7)),
    }.items():  # fmt: skip
        app.file_uploader[0].set_value((name, content, "x")).run()
        assert name in said(app), name
        assert figures(app) == before


def test_absurd_numbers_in_a_link_are_dropped():
    app = opened(
        PAGE, mn_network="recipe", mn_epochs="1", mn_batch="256", mn_latent="1e9", mn_k="-3",
        mn_image="9e9", mn_draw="nan", mn_ten="<b>", mn_rate="fast", mn_look="none",
        mn_layout="flat", mn_cluster="77", mn_most="5", mn_method="magic",
    )  # fmt: skip
    assert said(app) == ""
    assert figures(app)["Epochs"] == "1"


def test_more_clusters_than_codes_is_one_sentence():
    app = opened(PAGE, **SHORT)
    app.file_uploader[0].set_value(("few.npz", npz(12), "x")).run()
    button(app, "Train").click().run()
    app.slider(key="mn_k").set_value(30).run()
    assert "30" in said(app) and said(app).count(". ") <= 1
