"""What is no table comes in: samples, uploads of this session, links, and what is refused."""

import json

from streamlit.testing.v1 import AppTest


def script() -> None:
    """A page that reads numbers."""
    import json

    import streamlit as st

    from clustering.errors import ReadError
    from dashboard import ui

    def read(content, name):
        st.session_state["reads"] = st.session_state.get("reads", 0) + 1
        if not content.isdigit():
            raise ReadError(f"'{name}' holds no number.")
        return int(content)

    ui.header("Which number?", "counting", key="nn")
    found = ui.brought(
        "nn", "Number", own={"one": "The one", "two": "The two"},
        make={"one": 1, "two": 2}.__getitem__, read=read, endings=(".num",), default="one",
        upload="Your own number",
    )  # fmt: skip
    st.text(json.dumps([found.data, found.name, found.content, found.own]))
    st.button("two", on_click=ui.choose_brought, args=("nn", "two"))


def page(**query: str) -> AppTest:
    app = AppTest.from_function(script, default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def found(app: AppTest) -> list:
    assert not app.exception
    return json.loads(app.text[0].value)


def give(app: AppTest, name: str, content: bytes) -> AppTest:
    return app.file_uploader[0].set_value((name, content, "text/plain")).run()


def test_it_opens_on_the_default_and_the_url_is_bare():
    app = page()
    assert found(app) == ["one", "The one", 1, True]
    assert "nn_data" not in app.query_params


def test_what_is_chosen_stands_in_the_url_and_a_link_opens_it():
    app = page()
    app.selectbox[0].set_value("two").run()
    assert found(app) == ["two", "The two", 2, True]
    assert app.query_params["nn_data"] == "two"
    assert found(page(nn_data="two"))[2] == 2
    # A link that comes later wins over what was chosen before.
    app.query_params["nn_data"] = "one"
    assert found(app.run())[0] == "one"
    app.button[0].click().run()
    assert found(app)[0] == "two"


def test_an_upload_is_opened_read_once_and_kept_in_the_session():
    app = give(page(), "mine.num", b"77")
    data, name, content, own = found(app)
    assert (name, content, own) == ("mine.num", 77, False)
    assert data.startswith("upload/") and app.query_params["nn_data"] == data
    app.run()
    assert found(app)[2] == 77 and app.session_state["reads"] == 1
    app.selectbox[0].set_value("one").run()
    app.selectbox[0].set_value(data).run()
    assert found(app)[2] == 77 and app.session_state["reads"] == 1
    # Another session does not have it, and says which file is needed.
    other = page(nn_data=data)
    assert "mine.num" in other.warning[0].value.replace("\\", "") and not other.text
    other.button[0].click().run()
    assert found(other)[0] == "one"


def test_only_the_newest_three_uploads_are_kept():
    app = page()
    for number in range(5):
        give(app, f"n{number}.num", str(number).encode())
    names = [option for option in app.selectbox[0].options if option.startswith("n")]
    assert names == ["n4.num", "n3.num", "n2.num"]


def test_what_is_refused_leaves_what_was_open_and_says_why():
    app = give(page(), "mine.num", b"77")
    give(app, "bad.num", b"<b>seven</b>")
    assert app.error[0].value.replace("\\", "") == "'bad.num' holds no number."
    assert found(app)[2] == 77
    app.selectbox[0].set_value("two").run()
    assert not app.error and found(app)[2] == 2


def test_files_of_the_folder_are_offered_and_read_anew_when_they_change(tmp_path, monkeypatch):
    monkeypatch.setenv("CLUSTERLOOM_DATA", str(tmp_path))
    (tmp_path / "five.num").write_text("5")
    (tmp_path / "other.txt").write_text("6")
    app = page(nn_data="file/five.num")
    assert found(app) == ["file/five.num", "five.num", 5, False]
    assert "other.txt" not in app.selectbox[0].options
    (tmp_path / "five.num").write_text("5555")
    assert found(app.run())[2] == 5555
    (tmp_path / "five.num").unlink()
    app.run()
    assert "five.num" in app.warning[0].value.replace("\\", "")


def test_made_up_ids_are_unknown_and_never_opened():
    for data in ("../../etc/passwd", "file/../../etc/passwd", "upload/x/<script>", "__class__"):
        app = page(nn_data=data)
        assert app.warning and not app.text and not app.exception
