"""A stratified sample shows every stretch and every group in proportion."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from clustering.data.passport import inspect
from clustering.data.samples import load
from clustering.data.steps.sampling import MOST_NAMES, names_of, stratified
from clustering.data.tables import Reading, Table, read


@given(st.integers(2, 200), st.integers(1, 200), st.integers(0, 9))
def test_rows_are_drawn_once_and_evenly_along_a_line(n: int, size: int, seed: int) -> None:
    size = min(n, size)
    points = np.random.default_rng(seed).permutation(n)[:, None] * 1.0
    drawn = stratified(points, size=size, seed=seed)
    assert len(set(drawn.tolist())) == size and (np.diff(drawn) > 0).all()
    place = np.sort(points[drawn, 0])
    edges = np.arange(size + 1) * n // size
    up = (edges[:-1] <= place) & (place < edges[1:])
    down = (edges[:-1] <= n - 1 - place[::-1]) & (n - 1 - place[::-1] < edges[1:])
    assert up.all() or down.all()


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.integers(0, 9))
def test_groups_keep_their_share(sizes: list[int], seed: int) -> None:
    groups = pd.Series(np.repeat([f"g{i}" for i in range(len(sizes))], sizes))
    n = len(groups)
    size = max(1, n // 3)
    points = np.random.default_rng(seed).normal(size=(n, 2)) if n > 1 else np.zeros((1, 2))
    if n == 1:
        return
    drawn = groups.iloc[stratified(points, size=size, groups=groups, seed=seed)].value_counts()
    for name, whole in groups.value_counts().items():
        assert abs(drawn.get(name, 0) - whole * size / n) < 2


def test_the_seed_decides() -> None:
    points = np.random.default_rng(0).normal(size=(500, 3))
    one, again, other = (stratified(points, size=50, seed=seed) for seed in (1, 1, 2))
    assert (one == again).all() and (one != other).any()


def test_rows_are_called_what_their_file_calls_them() -> None:
    table = load("customers")
    names = names_of(table, inspect(table), np.array([16, 0]))
    assert names == ("CustomerID 0017", "CustomerID 0001")
    text = read(b"town,x\nOslo,1\nRome,2\nBern,4\n", "a.csv")
    assert names_of(text, inspect(text), np.array([2])) == ("Bern",)
    bare = read(b"x,y\n1,2\n3,4\n", "a.csv")
    assert names_of(bare, inspect(bare), np.array([0])) == ()


def test_more_rows_than_anybody_hovers_over_have_no_names() -> None:
    frame = pd.DataFrame({"id": np.arange(MOST_NAMES + 1)})
    table = Table(frame, "a", Reading(), "key")
    assert names_of(table, inspect(table), np.arange(MOST_NAMES + 1)) == ()
