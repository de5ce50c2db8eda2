"""A workbook's values are the table's values, wherever on the sheet the table begins."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pandas as pd
import pytest

from clustering.data.tables import read
from tests.data.brought import check_script, said
from tests.making import old_workbook, sheet, workbook

ROWS = [
    ["town", "when", "at", "took", "share", "n", "mixed", "open"],
    ["Oslo", datetime(2024, 1, 31), time(7, 30), timedelta(hours=30), 0.05, 3, "a", True],
    ["Rome", datetime(2024, 2, 1, 12), time(8), timedelta(minutes=30), 0.5, None, 4.5, False],
    ["Lima", datetime(2024, 3, 1), time(9, 15), timedelta(days=2), 0.25, 7, 5, True],
]  # fmt: skip
TITLED = [["Sales of all towns"], [], *[[None, *row] for row in ROWS]]


@pytest.mark.parametrize("rows", [ROWS, TITLED])
def test_values_keep_their_types(rows: list[list[object]], tmp_path: Path) -> None:
    table = check_script(workbook({"s": sheet(rows)}), "a.xlsx", tmp_path)
    frame = table.frame
    assert list(frame.columns) == ROWS[0]
    assert frame["when"].tolist() == [pd.Timestamp(row[1]) for row in ROWS[1:]]  # type: ignore[arg-type]
    assert frame["took"].dt.total_seconds().tolist() == [108000.0, 1800.0, 172800.0]
    assert frame["at"].dt.total_seconds().tolist() == [27000.0, 28800.0, 33300.0]
    assert frame["share"].tolist() == [0.05, 0.5, 0.25]
    assert frame["n"].fillna(-1).tolist() == [3, -1, 7]
    assert frame["mixed"].tolist() == ["a", "4.5", "5"]


def test_a_title_is_passed_over_and_told() -> None:
    table = read(workbook({"s": sheet(TITLED)}), "a.xlsx")
    assert table.reading.skip == 2 and any("above the table" in note for note in table.notes)


def test_what_is_told_is_not_found_out() -> None:
    content = workbook({"s": sheet([["a", "b"], [1, 2], [3, 4]])})
    table = read(content, "a.xlsx", given={"skip": 1, "header": False})
    assert table.frame.to_numpy().tolist() == [[1, 2], [3, 4]]
    assert list(table.frame.columns) == ["column 1", "column 2"]
    assert len(read(content, "a.xlsx", given={"header": False}).frame) == 3


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([[1.5, 2], [3, 4]], False),
        ([["land", 1990, 2000], ["Peru", 1, 2], ["Chile", 3, 5]], True),
        ([["land", datetime(2024, 1, 1), datetime(2024, 2, 1)], ["Peru", 1, 2]], True),
        ([["Oslo", 5.5, 7], ["Rome", 6.5, 9]], False),
        ([[None, "sum"], ["Oslo", 5], ["Rome", 7]], True),
    ],
)
def test_a_row_of_names_is_told_from_a_row_of_data(rows: list[list[object]], header: bool) -> None:
    assert read(workbook({"s": sheet(rows)}), "a.xlsx").reading.header is header


def test_the_first_sheet_with_cells_is_shown_and_others_can_be_chosen(tmp_path: Path) -> None:
    content = workbook(
        {"blank": sheet([]), "one": sheet([["x"], [1], [2]]), "two": sheet([["y"], [3], [4]])}
    )
    table = check_script(content, "b.xlsx", tmp_path)
    assert table.reading.part == "one" and table.parts == ("blank", "one", "two")
    assert any("2 more sheets" in note for note in table.notes)
    other = check_script(content, "b.xlsx", tmp_path, part="two")
    assert list(other.frame.columns) == ["y"] and other.key != table.key
    assert "no sheet 'four'" in said(content, "b.xlsx", part="four")
    assert "no cells" in said(content, "b.xlsx", part="blank")


def test_merged_cells_stand_for_each_of_their_rows(tmp_path: Path) -> None:
    rows = [
        ["region", "town", "n"],
        ["north", "Oslo", 1],
        [None, "Bergen", 2],
        ["south", "Rome", 3],
        [None, "Bari", None],
        [None, None, 5],
    ]
    content = workbook({"s": sheet(rows, merged=["A2:A3", "A4:A5", "B5:C5", "A1:A2"])})
    table = check_script(content, "a.xlsx", tmp_path)
    assert table.frame["region"].fillna("").tolist() == ["north", "north", "south", "south", ""]
    assert table.frame["n"].isna().tolist() == [False, False, False, True, False]
    assert any(note.startswith("2 merged cells stand for each row") for note in table.notes)
    assert any("2 merged cells count as one value" in note for note in table.notes)


def test_merged_names_do_not_reach_into_the_rows() -> None:
    content = workbook({"s": sheet([["town", "n"], [None, 1], ["Rome", 2]], merged=["A1:A2"])})
    assert read(content, "a.xlsx").frame["town"].isna().tolist() == [True, False]


COVERS: list[list[list[object]]] = [
    [["Report of the year"]],
    [["Report"], ["by Ann"], ["2024"]],
    [["Report"], [], ["Author", "Ann"], ["Version", 1.5]],
    [["Sheet", "What it holds"], ["north", "towns of the north"]],
]


@pytest.mark.parametrize("cover", COVERS)
def test_a_cover_is_no_table(cover: list[list[object]], tmp_path: Path) -> None:
    rows = [["size", "weight"], [1, 2.5], [3, 4.5]]
    content = workbook({"cover": sheet(cover), "north": sheet(rows), "south": sheet(rows)})
    table = check_script(content, "a.xlsx", tmp_path)
    assert table.reading.part == "north" and table.frame["weight"].tolist() == [2.5, 4.5]
    assert "the first that holds a table; the workbook has 2 more sheets." in table.notes[0]
    assert (
        read(workbook({"cover": sheet(COVERS[1]), "b": sheet([])}), "a.xlsx").reading.part
        == "cover"
    )


@pytest.mark.parametrize("first", [[["x"], [1], [2]], [["a", "b"], ["p", 4], ["r", 1]]])
def test_a_small_table_is_no_cover(first: list[list[object]]) -> None:
    content = workbook({"one": sheet(first), "two": sheet([["y"], [3], [4]])})
    assert read(content, "a.xlsx").reading.part == "one"


def test_rows_keep_their_place_where_some_are_blank() -> None:
    content = workbook({"s": sheet([["a", "b"], [1, 2], [], [3, 4], []])})
    frame = read(content, "a.xlsx").frame
    assert len(frame) == 3 and frame["a"].isna().tolist() == [False, True, False]


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    content = old_workbook([(row, col, row + col / 2) for row in range(4) for col in (0, 1)])
    table = check_script(content, "a.csv", tmp_path)
    assert table.frame.to_numpy().tolist() == [[i, i + 0.5] for i in range(4)]
