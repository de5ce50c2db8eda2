"""Training on the page: in pieces, live, stopped, gone on with, and said what it is."""

import sys

import pytest
from streamlit.testing.v1 import AppTest

pytestmark = [pytest.mark.neural, pytest.mark.slow]


def page():
    import numpy as np
    import streamlit as st

    from clustering.dataset import Dataset
    from clustering.deep import autoencoder
    from dashboard import ui

    rng = np.random.default_rng(0)
    data = Dataset.from_points(rng.normal(size=(300, 4)))
    epochs = st.slider("epochs", 1, 500, 20)
    rate = st.slider("power", -6, 12, -3)
    common = {"optimizer": "sgd", "network": "recipe", "latent": 2, "batch": 100}
    first = ui.training(
        "zz", autoencoder.fit, data, epochs=epochs, start=True, learning_rate=10.0**rate, **common
    )
    second = ui.training("zy", autoencoder.fit, data, epochs=3, after=first, what="second",
                         seed=10 + rate, **common)  # fmt: skip
    for each in (first, second):
        st.session_state.setdefault("seen", []).append(each.result and each.result.epochs)
        st.text(f"{each.result and each.result.epochs} {each.running} {each.stale} {each.done}")
    first.go_on()
    second.go_on()


@pytest.fixture(scope="module")
def app():
    return AppTest.from_function(page, default_timeout=280)


def stands(app):
    assert not app.exception
    return [each.value for each in app.text]


def button(app):
    [found] = app.button
    return found


def test_a_training_begins_by_itself_and_its_second_step_follows(app):
    before = "tensorflow" in sys.modules  # another test of this process may have loaded it
    app.run()
    assert stands(app) == ["20 False False True", "3 False False True"]
    assert button(app).label == "Train anew"
    assert ("tensorflow" in sys.modules) == before

    # Other settings: what is shown is old, and nothing begins unasked.
    app.slider[1].set_value(-2).run()
    assert stands(app) == ["20 False True False", "3 False True False"]
    assert button(app).label == "Train"
    button(app).click().run()
    assert stands(app) == ["20 False False True", "3 False False True"]

    # More epochs: the same training goes on.
    app.slider[0].set_value(30).run()
    assert stands(app)[0] == "20 False False False"
    assert button(app).label == "Go on"
    button(app).click().run()
    assert stands(app)[0] == "30 False False True"

    # One that runs away ends in a sentence; what there was stays.
    app.slider[1].set_value(12).run()
    button(app).click().run()
    assert "the loss is no finite number any more" in app.error[0].value
    assert stands(app)[0] == "30 False True False"
    assert button(app).label == "Train"
