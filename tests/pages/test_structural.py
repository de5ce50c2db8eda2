"""The slider of a structural axis: any value is kept, the slider stands at the nearest place."""

import pytest
from streamlit.testing.v1 import AppTest


def page():
    """One slider; the session may bring a value from a link or a click."""
    import streamlit as st

    from dashboard import ui

    on = st.session_state.get("on", "some data")
    whole = st.session_state.get("whole", False)
    places = ui.ladder(1, 1000, whole=True) if whole else ui.ladder(0.5, 50.0)
    value = ui.value_control("x_eps", places, label="Epsilon", default=2.0, on=on, unit="km")
    st.write(f"value {value!r}")
    if st.button("click"):
        pass


def opened(**state) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    for name, value in state.items():
        app.session_state[name] = value
    return app.run()


def value(app: AppTest) -> float:
    assert not app.exception
    return float(app.markdown[0].value.removeprefix("value "))


def test_it_opens_on_the_default_and_moves_to_a_place():
    app = opened()
    assert value(app) == 2.0 and "x_eps" not in app.query_params
    app.select_slider[0].set_value(100).run()
    assert value(app) == pytest.approx(0.5 * 100 ** (100 / 399))
    assert app.query_params["x_eps"] in (repr(value(app)), [repr(value(app))])


def test_a_typed_value_is_kept_to_the_last_digit():
    app = opened()
    app.number_input[0].set_value(3.14159265358979).run()
    assert value(app) == 3.14159265358979
    place = app.select_slider[0].value
    assert 0.5 * 100 ** (place / 399) == pytest.approx(value(app), rel=0.01)
    assert value(app.run()) == 3.14159265358979


@pytest.mark.parametrize("text", ["", "nan", "inf", "-1", "1e9", "<b>", "7" * 50])
def test_a_link_that_makes_no_sense_opens_on_the_default(text):
    assert value(opened(x_eps=text)) == 2.0


def test_other_data_open_on_their_default():
    app = opened(x_eps="7.5")
    assert value(app) == 7.5
    app.session_state["on"] = "other data"
    assert value(app.run()) == 2.0


def test_whole_numbers_stay_whole_and_all_can_be_asked():
    app = opened(whole=True, x_eps="777")
    assert value(app) == 777.0
    assert app.select_slider[0].options[app.select_slider[0].value] != "777 km"
    app.number_input[0].set_value(778).run()
    assert value(app) == 778.0
    assert app.query_params["x_eps"] in ("778", ["778"])
