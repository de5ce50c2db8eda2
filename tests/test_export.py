"""Labels go home to the rows they belong to, and a spreadsheet runs nothing of them."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering import export, kmeans
from clustering.data.preparation import Choices, Missing, fit
from clustering.data.tables import Table, read
from clustering.dataset import Dataset
from clustering.errors import DataError
from clustering.partition import Partition


def gaps() -> pd.DataFrame:
    """Ninety rows of two numbers, some missing or infinite, and a text."""
    draw = np.random.default_rng(7)
    values = draw.normal(size=(90, 2))
    values[draw.random(values.shape) < 0.1] = np.nan
    values[4, 0], values[9, 1] = np.inf, -np.inf
    return pd.DataFrame(values, columns=["x0", "x1"]).assign(name="ann")


def clustered(content: str, *columns: str) -> tuple[Table, Dataset, Partition]:
    table = read(content.encode(), "mine.csv")
    dataset = fit(table, Choices(columns)).apply(table)
    return table, dataset, kmeans.fit(dataset, k=2)


@pytest.mark.parametrize("sample", [0, 30])
@pytest.mark.parametrize("missing", ["drop", "mean", "median"])
def test_a_row_is_left_out_for_the_reason_that_is_told(missing: Missing, sample: int) -> None:
    frame = gaps()
    table = read(frame.to_csv(index=False).encode(), "mine.csv")
    dataset = fit(table, Choices(("x0", "x1"), missing=missing, sample=sample)).apply(table)
    status = export.labels_frame(table, dataset, kmeans.fit(dataset, k=2))["status"]
    lacking = int((~np.isfinite(frame[["x0", "x1"]]).all(axis=1)).sum())
    dropped = lacking if missing == "drop" else 0
    expected = {
        "clustered": dataset.n,
        "left out: missing value": dropped,
        "left out: not in the sample": 90 - dropped - dataset.n,
    }
    assert status.value_counts().to_dict() == {why: n for why, n in expected.items() if n}


def test_every_row_comes_home_in_its_place() -> None:
    frame = gaps()
    table = read(frame.to_csv(index=False).encode(), "mine.csv")
    choices = Choices(("x0", "x1"), sample=30)
    dataset = fit(table, choices).apply(table)
    partition = kmeans.fit(dataset, k=2)
    home = export.labels_frame(table, dataset, partition, certainty=np.linspace(0, 1, 30))
    assert list(home) == ["x0", "x1", "name", "cluster", "certainty", "status"]
    pd.testing.assert_frame_equal(home.iloc[:, :3], table.frame.assign(**table.written))
    typed = export.labels_frame(table, dataset, partition, as_written=False)
    pd.testing.assert_frame_equal(typed.iloc[:, :3], table.frame)
    assert home["cluster"].dtype == "Int64"
    assert home["cluster"].dropna().index.tolist() == dataset.rows.tolist()
    assert home["cluster"].dropna().tolist() == (partition.labels + 1).tolist()
    assert home["certainty"].dropna().tolist() == np.linspace(0, 1, 30).tolist()
    lacking = ~np.isfinite(frame[["x0", "x1"]]).all(axis=1)
    assert set(home["status"][lacking]) == {"left out: missing value"}
    assert set(home["status"][home["cluster"].notna()]) == {"clustered"}
    assert (home["status"] == "left out: not in the sample").sum() == 90 - lacking.sum() - 30


WRITTEN = [
    "1.234,50 €", "7,00 €", "-3,20 €",
    "31.12.2023", "05.03.2024", "1.2.2023",
    "ja", "Nein", "ja",
    "07:30", "7:30:15", "25:00",
    "12,5 %", "7 %", "1e2 %",
]  # fmt: skip


@pytest.mark.parametrize("start", range(0, len(WRITTEN), 3))
def test_cells_go_home_as_they_stood_in_the_file(start: int) -> None:
    cells = WRITTEN[start : start + 3]
    lines = [f"{cell};{i * i}" for i, cell in enumerate(cells * 4)]
    table, dataset, partition = clustered("what;x\n" + "\n".join(lines), "x")
    assert not isinstance(table.frame["what"].dtype, pd.StringDtype)
    home = export.labels_frame(table, dataset, partition)
    assert home["what"].tolist() == cells * 4
    back = pd.read_csv(io.BytesIO(export.labels_csv(home)), dtype=str, encoding="utf-8-sig")
    assert [cell.removeprefix("'") for cell in back["what"]] == cells * 4
    pd.read_parquet(io.BytesIO(export.labels_parquet(home)))
    typed = export.labels_frame(table, dataset, partition, as_written=False)
    pd.testing.assert_series_equal(typed["what"], table.frame["what"])


def test_whole_numbers_beside_a_missing_cell_go_home_without_a_point() -> None:
    table, dataset, partition = clustered("key;x\n" + "39335;1\n;2\n7;3\n4;9\n" * 3, "x")
    assert table.frame["key"].dtype == "float64"
    home = export.labels_csv(export.labels_frame(table, dataset, partition))
    back = pd.read_csv(io.BytesIO(home), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert back["key"].tolist() == ["39335", "", "7", "4"] * 3


def test_noise_is_told_from_rows_that_were_left_out() -> None:
    table = read(b"x,y\n1,2\n,3\n4,5\n6,7\n", "mine.csv")
    dataset = fit(table, Choices(("x", "y"))).apply(table)
    partition = Partition([0, -1, 0], dataset.rows, "by hand")
    home = export.labels_frame(table, dataset, partition)
    assert home["cluster"].tolist() == [1, pd.NA, 0, 1]
    assert home["status"].tolist() == ["clustered", "left out: missing value", "noise", "clustered"]


def test_new_columns_find_free_names_and_zeros_stay() -> None:
    table, dataset, partition = clustered("x,cluster,cluster_2\n1,7,8\n2,7,8\n", "x")
    assert list(export.labels_frame(table, dataset, partition))[-2:] == ["cluster_3", "status"]
    table, dataset, partition = clustered("id,x\n0001,5\n0002,7\n", "x")
    assert export.labels_frame(table, dataset, partition)["id"][:2].tolist() == ["0001", "0002"]


def test_labels_of_another_table_are_refused() -> None:
    _, dataset, partition = clustered("x\n1\n2\n3\n4\n", "x")
    short = read(b"x\n1\n2\n3\n", "short.csv")
    with pytest.raises(DataError, match="another table"):
        export.labels_frame(short, dataset, partition)


cells = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8),
    st.sampled_from(["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "-1,5 %", "＝1", "-"]),
)


@given(st.lists(cells, min_size=1, max_size=8), cells)
def test_a_spreadsheet_finds_no_formula(column: list[str], header: str) -> None:
    frame = pd.DataFrame({header: column, "\0": np.linspace(-1, 1, len(column))})
    written = export.labels_csv(frame).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert len(rows) == len(column) + 1
    for before, row in zip([header, *column], rows, strict=True):
        after = row[0]
        assert after.removeprefix("'") == before.removeprefix("'")
        if after[:1] and after[0] in "=@\t\r\n＝＋－＠":
            raise AssertionError(f"{after!r} would be run")
        if after[:1] and after[0] in "+-":
            float(after.rstrip("% ").replace(",", "."))  # a number, and nothing else
    assert [float(row[1]) for row in rows[1:]] == frame["\0"].tolist()


def test_csv_and_parquet_give_the_frame_again() -> None:
    table, dataset, partition = clustered("城市,年龄\n北京,1\n上海,\n天津,3.5\n", "年龄")
    frame = export.labels_frame(table, dataset, partition)
    got = pd.read_csv(io.BytesIO(export.labels_csv(frame)), encoding="utf-8-sig")
    pd.testing.assert_frame_equal(got, frame, check_dtype=False)
    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(export.labels_parquet(frame))), frame)


def test_parquet_takes_a_column_of_numbers_and_text() -> None:
    frame = pd.DataFrame({"mixed": pd.Series([1, "a", None, 2.5], dtype=object)})
    got = pd.read_parquet(io.BytesIO(export.labels_parquet(frame)))
    assert got["mixed"].fillna("nothing").tolist() == ["1", "a", "nothing", "2.5"]


def test_every_row_says_why_it_was_left_out() -> None:
    table = read(
        b"x,y,g\n1,2,a\n1,2,a\n,3,b\n4,5,b\n6,7,a\n900,8,b\n5,5,b\n3,6,a\n2,2,b\n4,4,a\n",
        "mine.csv",
    )
    choices = Choices(("x", "y"), duplicates="drop", outliers="iqr", sample=4)
    dataset = fit(table, choices).apply(table)
    home = export.labels_frame(table, dataset, kmeans.fit(dataset, k=2))
    why = home["status"].str.removeprefix("left out: ")
    assert (why[1], why[2], why[5]) == ("duplicate", "missing value", "outlier")
    assert sorted(why.drop([1, 2, 5])) == ["clustered"] * 4 + ["not in the sample"] * 3
    drawn = Choices(("x", "y"), missing="mean", balance="resample", balance_by="g")
    dataset = fit(table, drawn).apply(table)
    home = export.labels_frame(table, dataset, kmeans.fit(dataset, k=2))
    assert set(home["status"]) == {"clustered", "left out: not drawn when balancing"}
    assert dataset.weights is not None and dataset.weights.sum() == 10
