"""Samples are what their cards say, and the list is all that can be opened."""

import inspect
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import datasets as sklearn_datasets
from sklearn.cluster import DBSCAN, KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from clustering.data.preparation import fit, suggest
from clustering.data.samples import CARDS, VARIABLE, catalogue, content, load, recipe, stamp
from clustering.errors import DataError
from sample_data import FOLDER, TEXTS
from sample_data.__main__ import SAMPLES, write
from sample_data.large import large

NO_GROUPS = ("uniform", "customers", "towns", "nuisances", "wholesale")
MONEY = ["Annual Income (k$)", "Spending Score (1-100)"]


def test_the_files_are_what_the_code_writes(tmp_path: Path) -> None:
    for path in write(tmp_path):
        # Version control may have changed the ends of lines.
        stored = (FOLDER / path.name).read_bytes()
        assert path.read_bytes().replace(b"\r\n", b"\n") == stored.replace(b"\r\n", b"\n")
    assert {card.file for card in CARDS + TEXTS if card.file} == {f"{name}.csv" for name in SAMPLES}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_tells_the_truth(card) -> None:  # type: ignore[no-untyped-def]
    table = load(card.id)
    assert table.frame.shape == (card.rows, card.columns)
    assert card.title and card.shows and card.origin and card.licence
    data = fit(table, suggest(table)).apply(table)
    assert data.n == card.rows - len(data.left_out.get("missing value", ()))
    assert (table.truth is None) == (card.id in NO_GROUPS)
    if card.file:
        assert content(card.id) == (FOLDER / card.file).read_bytes()
        assert len(content(card.id)) < 150_000


@pytest.mark.parametrize("card", TEXTS, ids=lambda card: card.id)
def test_texts_have_a_label_and_nothing_else(card) -> None:  # type: ignore[no-untyped-def]
    table = load(card.id)
    assert table.frame.shape == (card.rows, card.columns)
    assert [form.kind for form in table.forms] == ["text", "category"]
    assert table.truth == "label" and set(table.frame["label"].value_counts()) == {300}
    assert "nobody wrote them" in card.origin and card not in catalogue()


@pytest.mark.parametrize(
    ("id", "columns", "k"),
    [("four-blobs", ["x", "y"], 4), ("five-blobs", ["x", "y"], 5), ("customers", MONEY, 5)],
)
def test_the_silhouette_finds_the_groups_that_were_drawn(
    id: str, columns: list[str], k: int
) -> None:
    points = load(id).frame[columns].to_numpy(dtype=float)
    scores = {
        j: silhouette_score(points, KMeans(j, n_init=10, random_state=0).fit_predict(points))
        for j in range(2, 11)
    }
    best, second = sorted(scores.values())[::-1][:2]
    assert max(scores, key=scores.__getitem__) == k and best > second + 0.02


def found(id: str, labels: np.ndarray) -> float:
    """Share of the worst found group that lies in one cluster of its own."""
    groups = load(id).frame["group"].to_numpy()
    names, clusters = np.unique(groups), np.unique(labels[labels >= 0])
    shares = np.array(
        [[(groups[labels == c] == name).sum() for c in clusters] for name in names], dtype=float
    )
    if not clusters.size or len(set(shares.argmax(axis=1))) < len(names):
        return 0.0
    return float((shares.max(axis=1) / [(groups == name).sum() for name in names]).min())


def test_shapes_show_what_their_cards_promise() -> None:
    def dense(id: str, eps: float) -> float:
        return found(id, DBSCAN(eps=eps, min_samples=5).fit_predict(load(id).frame[["x", "y"]]))

    for id, eps, k in (("rings-moons", 0.32, 4), ("elongated", 0.75, 3)):
        points = load(id).frame[["x", "y"]]
        means = KMeans(k, n_init=10, random_state=0).fit_predict(points)
        assert adjusted_rand_score(load(id).frame["group"], means) < 0.5
        assert dense(id, eps) > 0.9
    assert max(dense("densities", eps) for eps in np.arange(0.05, 2.0, 0.05)) < 0.25


def test_samples_of_scikit_learn_are_its_own() -> None:
    for id in ("iris", "wine", "digits"):
        table, plain = load(id), getattr(sklearn_datasets, f"load_{id}")()
        np.testing.assert_array_equal(table.frame.drop(columns="group").to_numpy(), plain.data)
        assert table.reading.format == "sample" and table.reading.loader == id
        assert table.frame["group"].map(str).tolist() == [
            str(plain.target_names[t]) for t in plain.target
        ]
        with pytest.raises(DataError):
            content(id)


def test_the_large_sample_is_drawn_by_code_that_stands_alone() -> None:
    source = inspect.getsource(large)
    names: dict[str, object] = {"np": np, "pd": pd}
    exec(source, names)
    frame = load("large").frame
    again = names["large"]()  # type: ignore[operator]
    pd.testing.assert_frame_equal(frame, again)
    assert frame.dtypes.iloc[:-1].eq(np.float64).all()
    assert sorted(frame["group"].unique()) == list("ABCDEFGHIJKL")
    assert frame["group"].value_counts(normalize=True)["L"] == pytest.approx(0.01, abs=0.001)
    assert load("large").key == load("large").key


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a teacher may have it, with things that must not be listed."""
    shelf = tmp_path / "shelf"
    (shelf / "deep" / "deeper").mkdir(parents=True)
    for name in ("a.csv", "deep/b.txt", "deep/deeper/c.csv", "d.exe", ".hidden.csv"):
        (shelf / name).write_text("x,y\n1,2\n3,5\n")
    (tmp_path / "secret.csv").write_text("x,y\n1,2\n")
    (shelf / "link.csv").symlink_to(tmp_path / "secret.csv")
    monkeypatch.setenv(VARIABLE, str(shelf))
    return shelf


def test_files_of_the_folder_stand_in_the_list(folder: Path) -> None:
    ids = [card.id for card in catalogue()]
    assert ids[len(CARDS) :] == ["file/a.csv", "file/deep/b.txt"]
    assert load("file/deep/b.txt").name == "b.txt"
    assert content("file/a.csv") == (folder / "a.csv").read_bytes()


def test_nothing_outside_the_list_is_opened(folder: Path) -> None:
    near = ["file/../secret.csv", "file/link.csv", f"file/{folder.parent}/secret.csv", "file/"]
    for id in [*near, "../secret.csv", "file/.hidden.csv", "file/d.exe", "", "\x00", "iris.csv"]:
        with pytest.raises(DataError, match="no data file called"):
            load(id)


@given(st.text())
def test_any_other_id_is_unknown(id: str) -> None:
    if id not in {card.id for card in catalogue()}:
        with pytest.raises(DataError):
            load(id)


def test_a_folder_that_is_not_there_is_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/no/such/folder")
    assert catalogue() == CARDS


def test_the_recipe_takes_the_books_file_where_it_is(folder: Path) -> None:
    id, note = recipe("kmeans")
    assert id == "four-blobs" and "data_multivar.txt" in note
    (folder / "deep" / "data_multivar.txt").write_text("1.5,2\n3,4\n")
    assert recipe("kmeans") == ("file/deep/data_multivar.txt", "")
    with pytest.raises(DataError):
        recipe("nonsense")


def test_a_changed_file_has_another_stamp(folder: Path) -> None:
    before = stamp("file/a.csv")
    (folder / "a.csv").write_text("x,y\n1,2\n3,5\n8,9\n")
    assert stamp("file/a.csv") != before and stamp("four-blobs") == ""
