"""One table in every layout of JSON is the same table."""

import json
from pathlib import Path

import pandas as pd
import pytest

from clustering.data.tables import read
from tests.data.brought import check_script, said

FRAME = pd.DataFrame({"x": [1.5, 2.5, None], "y": ["a", "b", "c"], "n": [1, 2, 3]})
RECORDS = json.loads(FRAME.to_json(orient="records"))
LAYOUTS = {
    **{name: FRAME.to_json(orient=name) for name in ("split", "records", "index", "columns")},
    "lines": FRAME.to_json(orient="records", lines=True),
    "lists": json.dumps([["x", "y", "n"], *([row["x"], row["y"], row["n"]] for row in RECORDS)]),
    "data": json.dumps({"data": RECORDS, "count": 3}),
    "deeper": json.dumps({"meta": {"ok": True}, "result": {"records": RECORDS, "total": 3}}),
    "arrays": json.dumps({name: [row[name] for row in RECORDS] for name in FRAME}),
    "features": json.dumps(
        {"type": "FeatureCollection", "features": [{"properties": row} for row in RECORDS]}
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_the_same_table(layout: str, tmp_path: Path) -> None:
    table = check_script(LAYOUTS[layout].encode(), "a.json", tmp_path)
    pd.testing.assert_frame_equal(table.frame, FRAME, check_dtype=False)


def test_the_schema_of_pandas_is_left_beside() -> None:
    frame = read(FRAME.to_json(orient="table").encode(), "a.json").frame
    pd.testing.assert_frame_equal(frame.drop(columns="index"), FRAME, check_dtype=False)


def test_parts_of_parts_become_columns(tmp_path: Path) -> None:
    content = b'[{"a": {"b": 1, "c": {"d": 2}}, "e": [1, "x"]}, {"a": {"b": 3}}]'
    frame = check_script(content, "a.json", tmp_path).frame
    assert set(frame.columns) == {"a.b", "a.c.d", "e"}
    assert frame["e"][0] == '[1, "x"]' and frame["a.c.d"].isna().tolist() == [False, True]


def test_places_of_features_are_longitude_and_latitude(tmp_path: Path) -> None:
    spots = [{"type": "Point", "coordinates": [i + 0.5, 60]} for i in range(3)]
    places = [{"type": "Feature", "properties": {"n": 1}, "geometry": spot} for spot in spots]
    content = json.dumps({"type": "FeatureCollection", "features": places}).encode()
    frame = check_script(content, "a.geojson", tmp_path).frame
    assert frame["longitude"].tolist() == [0.5, 1.5, 2.5]
    assert frame["latitude"].tolist() == [60, 60, 60]


def test_names_and_values_are_two_columns() -> None:
    frame = read(b'{"KO": "Coca Cola", "F": "Ford"}', "a.json").frame
    assert frame.to_numpy().tolist() == [["KO", "Coca Cola"], ["F", "Ford"]]


def test_a_name_that_stands_twice_is_told_of() -> None:
    table = read(b'[{"x": 1, "x": 2}, {"x": 3}]', "a.json")
    assert table.frame["x"].tolist() == [2, 3] and "a name twice" in " ".join(table.notes)


def test_whole_numbers_beyond_64_bits_keep_their_digits() -> None:
    number = "123456789012345678901234567890"
    table = read(f'[{{"x": {number}, "y": 1}}, {{"x": 5, "y": 2}}]'.encode(), "a.json")
    assert table.written.get("x", table.frame["x"]).tolist() == [number, "5"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
        (b'{"a": [1, 2, 3], "b": [1]}', "1 to 3 cells"),
        (b'[{"x": 1}, {"x": ', "Line 1 of"),
        (b'{"x": 1}\n{"x": 2\n{"x": 3}', "Line 2 of"),
        (b'[["a", "b"], [1, 2], [1, 2, 3]]', "Row 2 of"),
        (b"[]", "no rows"),
    ],
)
def test_what_is_no_table_gets_a_sentence(content: bytes, word: str) -> None:
    assert word in said(content, "a.json")


def test_lists_in_brackets_are_json_only_by_their_ending() -> None:
    assert read(b"[1, 2, 3]", "a.json").reading.format == "json"
    assert read(b"[x,y]\n1,2\n3,4\n", "a.csv").reading.format == "text"
