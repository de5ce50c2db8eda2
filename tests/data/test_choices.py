"""Choices go into a URL and come back, and nothing in a URL can hurt."""

import json
import pickle
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.data.choices import COUNTS, WORDS, Choices

CHOICES = st.builds(
    Choices,
    columns=st.lists(st.text(), unique=True, max_size=6).map(tuple),
    **{name: st.sampled_from(words) for name, words in WORDS.items()},
    balance_by=st.text(max_size=20),
    variance=st.floats(0, 1, exclude_max=True),
    components=st.integers(0, 999_999_999),
    sample=st.integers(0, 999_999_999),
    seed=st.integers(0, 999_999_999),
)


@given(CHOICES)
def test_choices_survive_the_way_through_a_url(choices: Choices) -> None:
    line = urlencode(choices.to_query())
    back = Choices.from_query(dict(parse_qsl(line, keep_blank_values=True)))
    assert back == choices and hash(back) == hash(choices)
    assert pickle.loads(pickle.dumps(choices)) == choices


def test_only_what_differs_from_the_defaults_is_written() -> None:
    assert Choices().to_query() == {}
    assert set(Choices(columns=("a",), components=2).to_query()) == {"cols", "pca"}


NAMES = ["cols", *WORDS, "balance_by", *COUNTS.values(), "pca_share"]
KEYS = st.sampled_from([*NAMES, "km_k"])
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, st.text() | JSON.map(json.dumps)))
def test_any_query_gives_choices_that_can_be_written_again(query: dict[str, str]) -> None:
    choices = Choices.from_query(query)
    assert Choices.from_query(choices.to_query()) == choices


@pytest.mark.parametrize(
    "value",
    ["-1", "abc", "1e309", "../..", "٣", "1" * 5000, "", "[" * 100_000, '["\\ud800"]', "NaN"],
)
def test_nonsense_is_passed_over(value: str) -> None:
    query = dict.fromkeys(set(NAMES) - {"balance_by"}, value)  # a column may have any name
    assert Choices.from_query(query) == Choices()


@pytest.mark.parametrize("value", ["1.0", "1", "0", "-0.5", "nan", "inf", "0.5 ", "1e-400", "٠.٥"])
def test_a_share_of_the_variance_lies_between_0_and_1(value: str) -> None:
    assert Choices.from_query({"pca_share": value}).variance == 0.0
    assert Choices.from_query({"pca_share": "0.95"}).variance == 0.95


@pytest.mark.parametrize("value", ["\ud800", "x" * 10_001])
def test_no_column_has_such_a_name_to_balance_by(value: str) -> None:
    assert Choices.from_query({"balance_by": value}).balance_by == ""


@pytest.mark.parametrize("name", WORDS)
def test_the_first_of_each_choice_is_the_default(name: str) -> None:
    assert getattr(Choices(), name) == WORDS[name][0]
    last = Choices.from_query({name: WORDS[name][-1]})
    assert last != Choices() and last.to_query() == {name: WORDS[name][-1]}
