"""What no widget holds is kept in session and URL, as long as it makes sense."""

import pytest
from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from dashboard import ui

    on = st.session_state.get("on", "some data")
    st.write(repr(ui.recall("x_point", low=1, high=50, on=on)))
    st.button("choose", on_click=ui.remember, args=("x_point", 7))


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize("text", ["1", "50", "7.0"])
def test_a_link_is_heard(text):
    assert opened(x_point=text).markdown[0].value == repr(int(float(text)))


@pytest.mark.parametrize("text", ["", "0", "51", "2.5", "nan", "inf", "x", "1" * 50])
def test_what_makes_no_sense_is_forgotten_and_leaves_the_address(text):
    app = opened(x_point=text)
    assert app.markdown[0].value == "None" and "x_point" not in app.query_params


def test_a_choice_is_in_the_address_until_the_ground_changes():
    app = opened()
    app.button[0].click().run()
    assert app.markdown[0].value == "7" and app.query_params["x_point"] in ("7", ["7"])
    assert app.run().markdown[0].value == "7"
    app.session_state["on"] = "other data"
    app.run()
    assert app.markdown[0].value == "None" and "x_point" not in app.query_params


def bench():
    import streamlit as st

    from dashboard.ui.room import change, open_room

    opened = open_room("customers")

    def both() -> None:
        change(opened, scaling="robust")
        change(opened, sample=50)  # as from a page that has not run since

    st.button("both", on_click=both)


def test_a_choice_keeps_how_the_file_is_read_and_what_was_chosen_just_before():
    app = AppTest.from_function(bench, default_timeout=60)
    app.query_params["data"], app.query_params["how"] = "customers", '{"skip":0}'
    app.run().button[0].click().run()
    assert not app.exception
    room = app.session_state["room"]
    assert room["how"] == '{"skip":0}'
    assert (room["scaling"], room["sample"]) == ("robust", "50")
