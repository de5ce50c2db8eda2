"""Choices go into a URL and come back, and nothing in a URL can hurt."""

import json
import pickle
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.data.choices import Choices

CHOICES = st.builds(
    Choices,
    columns=st.lists(st.text(), unique=True, max_size=6).map(tuple),
    missing=st.sampled_from(["drop", "mean", "median"]),
    scaling=st.sampled_from(["none", "standard", "min-max", "robust"]),
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


KEYS = st.sampled_from(["cols", "missing", "scaling", "pca", "sample", "sample_seed", "km_k"])
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
    query = dict.fromkeys(("cols", "missing", "scaling", "pca", "sample", "sample_seed"), value)
    assert Choices.from_query(query) == Choices()
