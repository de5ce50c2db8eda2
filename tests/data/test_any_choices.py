"""Any choices on any table give points or a sentence; what was fitted meets other months."""

import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering import agglomerative, kmeans, mixture, validity
from clustering.data.choices import WORDS, Choices
from clustering.data.preparation import fit, prepare
from clustering.data.tables import Reading, Table
from clustering.errors import ClusterloomError, DataError, UnsupportedError
from clustering.judging import hopkins, references
from tests.data.made_ready import NUMBERS, STAGES, frame_of, prepared, table_of

# ---- another month ---------------------------------------------------------------------------


def test_next_month_meets_the_fitted_words_bounds_and_dates() -> None:
    early = frame_of()
    late = frame_of(seed=1, n=40)
    late.loc[0, "city"] = "Paris"
    late.loc[1, "income"] = 1e9
    late.loc[2, "debt"] = None
    columns = (*NUMBERS, "city", "joined")
    options = {"missing": "median", "dates": "elapsed", "outliers": "clip"}
    for categories in ("one-hot", "ordinal", "gower"):
        preparation, _ = prepared(early, columns, categories=categories, **options)
        data = preparation.apply(table_of(late, "late"))
        assert data.features is not None
        assert any("such as 'Paris'" in text for text in data.changes)
        assert data.points[1, 0] == np.quantile(early["income"], 0.99)
        assert data.features.loc[2, "debt"] == early["debt"].median()
        days = (late["joined"] - early["joined"].min()) / pd.Timedelta(days=1)
        np.testing.assert_allclose(data.points[:, 2], days)
        words = {"one-hot": [0, 0, 0], "ordinal": [-1], "gower": [3]}[categories]
        assert data.points[0, 3:].tolist() == words


def test_negative_numbers_next_month_are_told_where_a_logarithm_was_fitted() -> None:
    preparation, _ = prepared(frame_of(), ("income",), skew="log")
    late = frame_of(seed=1, n=40)
    late.loc[4, "income"] = -5.0
    data = preparation.apply(table_of(late, "late"))
    assert data.points[4, 0] == 0.0
    assert "1 cell below 0" in data.changes[1]


def test_another_file_without_the_columns_or_with_other_kinds_is_told() -> None:
    preparation, _ = prepared(frame_of(), (*NUMBERS, "joined"), dates="parts")
    with pytest.raises(DataError, match="lacks 1 column that were chosen: 'joined'"):
        preparation.apply(table_of(frame_of().drop(columns="joined"), "other"))
    with pytest.raises(DataError, match="'joined' does not hold dates"):
        preparation.apply(table_of(frame_of().assign(joined="never"), "other"))
    with pytest.raises(DataError, match="'debt' does not hold numbers"):
        preparation.apply(table_of(frame_of().assign(debt="never"), "other"))


# ---- stages ----------------------------------------------------------------------------------


def test_stages_show_what_changed_before_and_after() -> None:
    frame = frame_of(gaps=0.1)
    table = table_of(frame)
    choices = Choices(
        (*NUMBERS, "city"), duplicates="drop", missing="median", categories="one-hot",
        outliers="clip", skew="log", scaling="standard", components=2, sample=30,
    )  # fmt: skip
    preparation = fit(table, choices)
    stages = preparation.stages(table)
    data = preparation.apply(table)
    assert [stage.name for stage in stages] == STAGES
    assert tuple(text for stage in stages for text in stage.said) == data.changes
    by = {stage.name: stage for stage in stages}
    gaps = frame[[*NUMBERS, "city"]].isna()
    assert by["missing"].filled == int(gaps.sum().sum())
    assert by["missing"].before[list(NUMBERS)].isna().sum().tolist() == gaps.sum().tolist()[:2]
    assert not by["missing"].after.isna().any().any()
    assert by["skew"].before.columns.tolist() == ["income"]
    np.testing.assert_allclose(by["skew"].after, np.log1p(by["skew"].before))
    assert by["components"].after.shape == (120, 2) and by["sample"].dropped == 90
    for stage in stages:
        assert stage.before.shape[0] in (0, 120) and stage.title
        assert all(dtype.kind == "f" for dtype in [*stage.before.dtypes, *stage.after.dtypes])


def test_what_is_switched_off_says_and_changes_nothing() -> None:
    frame = frame_of()
    table = table_of(frame)
    preparation = fit(table, Choices(NUMBERS))
    for stage in preparation.stages(table):
        assert stage.said == () and stage.dropped == stage.filled == 0
        assert stage.before.empty and stage.after.empty
    np.testing.assert_array_equal(preparation.apply(table).points, frame[list(NUMBERS)])


# ---- any choices -----------------------------------------------------------------------------

CHOICES = st.fixed_dictionaries({name: st.sampled_from(words) for name, words in WORDS.items()})


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(
    CHOICES,
    st.lists(st.sampled_from(list(frame_of().columns)), min_size=1, unique=True),
    st.sampled_from([0.0, 0.1, 0.7]),
    st.sampled_from([2, 3, 12, 60]),
    st.sampled_from([0, 1, 3]),
    st.sampled_from([0, 2, 20]),
    st.integers(0, 5),
)
def test_any_choices_give_points_or_a_sentence(
    words: dict[str, Any],
    columns: list[str],
    gaps: float,
    n: int,
    components: int,
    sample: int,
    seed: int,
) -> None:
    table = table_of(frame_of(seed, n, gaps))
    choices = Choices(tuple(columns), **words, components=components, sample=sample, seed=seed)
    try:
        preparation = fit(table, choices)
        data = preparation.apply(table)
    except ClusterloomError as error:
        assert str(error).endswith(".") and len(str(error)) < 400
        return
    assert np.isfinite(data.points).all() and (np.diff(data.rows) > 0).all()
    assert data.features is not None and data.features.index.tolist() == data.rows.tolist()
    assert set(data.features.columns) <= set(columns)
    assert pickle.loads(pickle.dumps(preparation)).apply(table).key == data.key
    _, once = prepare(table, choices)
    assert once.key == data.key and once.changes == data.changes
    assert all(text.endswith(".") and "\n" not in text for text in data.changes)
    left_out = np.concatenate([[], *data.left_out.values()])
    assert len(set(left_out)) == len(left_out) and not set(left_out) & set(data.rows)


@given(
    st.lists(
        st.tuples(st.floats(width=64), st.text(max_size=3) | st.none(), st.booleans()), min_size=2
    ),
    CHOICES,
)
@pytest.mark.slow
@settings(max_examples=60, deadline=None)
def test_any_cells_give_points_or_a_sentence(cells: list[Any], words: dict[str, Any]) -> None:
    frame = pd.DataFrame(cells, columns=["x", "w", "b"])
    table = Table(frame.assign(w=frame["w"].astype("str")), "mine", Reading(), "k", truth="b")
    try:
        data = fit(table, Choices(("x", "w", "b"), **words)).apply(table)
    except ClusterloomError as error:
        assert str(error).endswith(".")
    else:
        assert np.isfinite(data.points).all()


# ---- who takes such data ----------------------------------------------------------------------


def test_methods_that_average_refuse_distances_in_a_sentence() -> None:
    for columns, chosen in (
        ((*NUMBERS, "city"), {"categories": "gower"}),
        (("latitude", "longitude"), {"places": "great-circle"}),
    ):
        _, data = prepared(frame_of(), columns, **chosen)
        for refuse in (
            lambda data: kmeans.fit(data, k=2),
            lambda data: mixture.fit(data, k=2),
            lambda data: hopkins.hopkins(data),
            lambda data: references.draw(data),
            lambda data: agglomerative.fit(data, k=2, linkage="ward"),
        ):
            with pytest.raises(UnsupportedError, match=r"\.$"):
                refuse(data)
        labels = agglomerative.fit(data, k=3, linkage="average").labels
        assert len(set(labels)) == 3
        assert np.isfinite(validity.silhouette(data, labels).value)


def test_weights_reach_k_means_and_are_refused_elsewhere() -> None:
    frame = frame_of()
    frame = pd.concat([frame, frame.iloc[:60]], ignore_index=True)
    _, once = prepared(frame, NUMBERS, duplicates="weight")
    _, repeated = prepared(frame, NUMBERS)
    init = repeated.points[:3]
    assert kmeans.fit(once, k=3, init=init).centers == pytest.approx(
        kmeans.fit(repeated, k=3, init=init).centers
    )
    for method in (agglomerative, mixture):
        with pytest.raises(UnsupportedError, match="knows no weights"):
            method.fit(once, k=2)
