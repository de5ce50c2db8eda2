"""Every page opens on every sample, and survives bad files and hostile links."""

import json

import pytest

from clustering.data import samples
from tests.pages.driving import KMEANS, PAGES, charts, figures, opened, said, uploaded

OWN = [card.id for card in samples.CARDS if card.id != "large"]
FEW = ("uniform", "clients", "towns", "wine")  # noise, words and gaps, places, many columns


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "card"),
    [(page, card) for page in PAGES for card in (OWN if page == PAGES[0] else FEW)],
)
def test_every_page_opens_on_every_kind_of_sample(page, card):
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


@pytest.mark.slow
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
    of_kmeans = all(name.startswith("km_") for name in query)
    for page in PAGES[:2] if of_kmeans else PAGES:
        app = opened(page, **{"dc_epochs": "1"} | query)  # a network trains on its own sample
        text = said(app)
        assert len(text) < 250, "a sentence or two, not a report"
        if "data" not in query or query["data"] in ("", "wine"):
            assert text == ""
            assert charts(app)
        else:
            instead = "Open a sample instead"
            next(button for button in app.button if button.label == instead).click().run()
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


def test_a_stray_word_in_a_column_of_numbers_is_pointed_out():
    rows = b"".join(b"%d,%d\n" % (i, i * 7 % 50) for i in range(40))
    app = uploaded(b"x,y\n" + rows + b"41,about 7\n", "stray.csv")
    assert said(app) == ""
    remarks = app.dataframe[0].value.set_index("column")["remark"]
    assert remarks["y"] == "1 cell unlike the others: 'about 7'"
