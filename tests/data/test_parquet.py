"""A Parquet file's values are the table's values, and its sizes are looked at first."""

import decimal
import io
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from clustering.data.formats import bounds
from clustering.data.formats.parquet import fits
from clustering.data.tables import read
from tests.data.brought import cells, check_script, said


def stored(columns: Any) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), buffer)
    return buffer.getvalue()


EVERY = pa.table(
    {
        "whole": pa.array([1, None, 3]),
        "money": pa.array([decimal.Decimal("1.10"), None, decimal.Decimal("2.25")]),
        "zone": pa.array(
            [datetime(2024, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))] * 3,
            pa.timestamp("ns", tz="Europe/Oslo"),
        ),
        "word": pa.array(["a", "NA", "b"]).dictionary_encode(),
        "tree": pa.array([{"x": 1, "y": {"z": 2.5}}] * 3),
        "list": pa.array([[1, 2], None, []]),
        "clock": pa.array([time(1, 2)] * 3),
        "span": pa.array([timedelta(1), None, timedelta(2)]),
        "day": pa.array([date(2024, 1, 2), None, date(1600, 1, 1)]),
        "flag": pa.array([True, None, False]),
        "huge": pa.array([2**64 - 1, 0, 1], pa.uint64()),
    }
)


def test_every_type_becomes_one_of_the_few(tmp_path: Path) -> None:
    content = stored(EVERY)
    check_script(content, "a.parquet", tmp_path)
    frame = cells(content, "a.parquet")
    assert frame["whole"].fillna(-1).tolist() == [1.0, -1.0, 3.0]
    assert frame["money"].fillna(-1).tolist() == [1.1, -1.0, 2.25]
    assert frame["zone"][0] == pd.Timestamp("2024-01-01 10:00")
    assert frame["word"].fillna("").tolist() == ["a", "", "b"]
    assert frame["tree.x"].tolist() == [1, 1, 1] and frame["tree.y.z"].tolist() == [2.5] * 3
    assert frame["list"].fillna("").tolist() == ["[1, 2]", "", "[]"]
    assert frame["clock"][0] == pd.Timedelta(hours=1, minutes=2)
    assert frame["span"][2] == pd.Timedelta(days=2)
    assert frame["day"][2] == pd.Timestamp(1600, 1, 1)
    assert str(frame["flag"].dtype) == "boolean"
    assert frame["huge"].tolist() == [str(2**64 - 1), "0", "1"]


def test_what_pandas_wrote_comes_back(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "x": np.random.default_rng(0).normal(size=200),
            "n": np.arange(200),
            "b": np.arange(200) % 3 == 0,
            "t": [f"word {i % 7}" for i in range(200)],
            "d": pd.date_range("2024-01-01", periods=200, unit="us"),
        }
    )
    content = frame.to_parquet()
    assert isinstance(content, bytes)
    check_script(content, "a.parquet", tmp_path)
    pd.testing.assert_frame_equal(cells(content, "a.parquet"), frame)


@pytest.mark.parametrize(("index", "names"), [([0, 1], ["x"]), (["a", "b"], ["x", "index 0"])])
def test_an_index_that_only_counts_is_no_column(
    index: list[object], names: list[str], tmp_path: Path
) -> None:
    content = pd.DataFrame({"x": [1.5, 2.5]}, index=index).to_parquet()
    assert isinstance(content, bytes)
    assert list(check_script(content, "a.parquet", tmp_path).frame.columns) == names


def test_sizes_are_looked_at_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = stored({"x": np.zeros(5000), "y": np.zeros(5000)})
    assert read(content, "a.parquet").frame.shape == (5000, 2)
    monkeypatch.setattr(bounds, "MOST", 9_999)
    assert "5,000 rows and 2 columns" in said(content, "a.parquet")


def test_a_file_cut_short_is_refused() -> None:
    assert "cut short" in said(stored(EVERY)[:-50], "a.parquet")


@pytest.mark.parametrize(
    "options",
    [{}, {"compression": "zstd"}, {"use_dictionary": False}, {"data_page_version": "2.0"},
     {"row_group_size": 10}, {"data_page_size": 64}],
)  # fmt: skip
def test_first_pages_fit_into_their_columns(options: dict[str, object]) -> None:
    frame = pd.DataFrame({"x": np.arange(1000.0), "t": ["a", "b"] * 500, "gap": [None] * 1000})
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame), buffer, **options)
    about = pq.ParquetFile(buffer).metadata.row_group(0)
    content = buffer.getvalue()
    assert fits(content, about, len(content)) and not fits(content, about, 100)
    assert read(content, "a.parquet").frame.shape == (1000, 3)
