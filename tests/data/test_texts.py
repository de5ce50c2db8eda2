"""Texts: TF-IDF by hand, every row that is left out named, and a sentence where nothing is left."""

import math

import numpy as np
import pytest

from clustering.data import samples, texts
from clustering.data.tables import read
from clustering.errors import DataError, ParameterError, PreparationError


def table(*cells):
    lines = [f'{i},"{cell}",{i % 2}' for i, cell in enumerate(cells)]
    return read(("n,said,team\n" + "\n".join(lines) + "\n").encode(), "mine.csv")


def test_numbers_are_those_of_the_formula():
    found = texts.tfidf(table("red red wine", "white wine", "red roof"), "said", max_df=1)
    assert found.columns == ("red", "roof", "white", "wine")
    often, once = 1 + math.log(4 / 3), 1 + math.log(4 / 2)
    first = np.array([(1 + math.log(2)) * often, 0, 0, often])
    second = np.array([0, 0, once, often])
    third = np.array([often, once, 0, 0])
    expected = [row / np.linalg.norm(row) for row in (first, second, third)]
    assert found.points == pytest.approx(np.array(expected))


def test_rows_without_a_text_or_without_a_word_are_left_out_by_name():
    found = texts.tfidf(table("red wine", "  ", "red roof", "", "? !", "old roof", "a"), "said")
    assert found.rows.tolist() == [0, 2, 5]
    assert {name: rows.tolist() for name, rows in found.left_out.items()} == {
        "empty text": [1, 3],
        "no word that is used": [4, 6],
    }
    assert found.changes[1:] == (
        "2 rows left out because the cell is empty.",
        "2 rows left out because none of these words is in it.",
    )
    assert found.features["said"].tolist() == ["red wine", "red roof", "old roof"]


def test_a_text_is_named_by_how_it_begins():
    long = "far " * 40
    found = texts.tfidf(table("short one", long, "short two"), "said", max_df=1)
    assert found.name_of(0) == "short one"
    assert found.name_of(1) == ("far " * 15).strip()[:59] + "…"
    assert found.source.member == "text"


def test_words_in_too_many_or_too_few_texts_are_no_coordinates():
    cells = [f"all {word} {other}" for word, other in zip("ab" * 6, "cdefghijklmn", strict=True)]
    cells = [cell.replace(" ", "x ") + "x" for cell in cells]
    found = texts.tfidf(table(*cells), "said")
    assert found.columns == ("ax", "bx")
    assert texts.tfidf(table(*cells), "said", min_df=1).d == 14
    assert texts.tfidf(table(*cells), "said", max_df=1).columns == ("allx", "ax", "bx")
    assert texts.tfidf(table(*cells), "said", most=1, max_df=1).columns == ("allx",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("红酒很好", ["红", "酒", "很", "好"]),
        ("これはペンです", list("これはペンです")),
        ("좋은 와인", ["좋은", "와인"]),
        ("Grüße a B2 x_y don't", ["grüße", "b2", "don"]),
        ("красное вино", ["красное", "вино"]),
        ("买 iPhone 15", ["买", "iphone", "15"]),
    ],
)
def test_words_of_any_script_are_found(text, words):
    found = texts.tfidf(table(text, "zz"), "said")
    assert sorted(found.columns) == sorted({*words, "zz"})


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["", "  ", ""], "All 3 cells of column 'said' are empty, so that there is no text"),
        (["one text", "", " "], "Only one cell of column 'said' holds a text"),
        (["same words", "same words"], "No word of column 'said' stands in at least 1 text and in"),
        (["! ?", "..."], "No word of column 'said'"),
    ],
)
def test_a_column_without_anything_to_read_is_refused(cells, said):
    with pytest.raises(PreparationError, match=said):
        texts.tfidf(table(*cells), "said")


def test_what_is_no_column_of_texts_is_refused():
    made = table("a red roof", "a white wall")
    with pytest.raises(DataError, match="no column 'wrote'"):
        texts.tfidf(made, "wrote")
    with pytest.raises(DataError, match="'n' holds numbers or dates and no texts"):
        texts.tfidf(made, "n")
    assert texts.columns(made) == ("said",)
    for wrong in ({"most": 0}, {"min_df": 0}, {"max_df": 0}, {"max_df": 1.5}):
        with pytest.raises(ParameterError, match=next(iter(wrong))):
            texts.tfidf(made, "said", **wrong)


def test_too_many_numbers_are_refused_with_what_would_do(monkeypatch):
    monkeypatch.setattr(texts, "CELLS", 9)
    cells = ("red wine", "white wine", "red roof")
    with pytest.raises(PreparationError, match="3 texts and 4 words .* choose at most 3 words"):
        texts.tfidf(table(*cells), "said", max_df=1)
    assert texts.tfidf(table(*cells), "said", max_df=1, most=3).d == 3


def test_groups_of_unequal_size_count_the_same_by_weights():
    made = table("red wine", "white wine", "red roof", "", "old roof")
    found = texts.tfidf(made, "said", by="team", max_df=1)
    assert found.rows.tolist() == [0, 1, 2, 4]
    assert found.weights.tolist() == pytest.approx([2 / 3, 2, 2 / 3, 2 / 3])
    assert "count the same" in found.changes[-1]
    with pytest.raises(DataError, match="by which to balance"):
        texts.tfidf(made, "said", by="nobody")


def test_the_sample_of_messages_has_five_kinds_and_nine_empty_cells():
    found = texts.tfidf(samples.load("messages"), "message")
    assert found.n == 391 and len(found.left_out["empty text"]) == 9
    assert np.linalg.norm(found.points, axis=1) == pytest.approx(np.ones(391))
