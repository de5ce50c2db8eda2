"""Archives give one file, and never more of it than was agreed."""

import gzip
from pathlib import Path

import pytest

from clustering.data.formats import packing
from clustering.data.tables import ENDINGS, read
from tests.data.brought import check_script, said
from tests.hostile.others import npy, parquet
from tests.hostile.packed import far_too_much, protected
from tests.making import sheet, workbook, zipped

TABLE = b"x,y\n1,2\n3,4\n5,7\n"
FILES = {
    "a.csv": TABLE,
    "a.json": b'[{"x": 1, "y": 2}, {"x": 3, "y": 4}, {"x": 5, "y": 7}]',
    "a.xlsx": workbook({"s": sheet([["x", "y"], [1, 2], [3, 4], [5, 7]])}),
    "a.npy": npy([[1, 2], [3, 4], [5, 7]]),
    "a.parquet": parquet(),
    "a.arff": b"@relation r\n@attribute x real\n@attribute y real\n@data\n1,2\n3,4\n5,7\n",
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_is_read_out_of_its_packing(name: str, tmp_path: Path) -> None:
    plain = read(FILES[name], name)
    for packed, called in (
        (gzip.compress(FILES[name]), f"{name}.gz"),
        (zipped({f"folder/{name}": FILES[name], "read me": b"x"}), "a.zip"),
    ):
        table = check_script(packed, called, tmp_path)
        assert table.frame.equals(plain.frame)
        assert table.reading.format == plain.reading.format
        assert table.reading.unpack == ("zip" if called == "a.zip" else "gzip")


def test_a_file_of_an_archive_can_be_chosen(tmp_path: Path) -> None:
    content = zipped({"small.csv": TABLE, "large.csv": TABLE * 2, "read me.md": b"x" * 999})
    table = check_script(content, "a.zip", tmp_path)
    assert table.reading.member == "large.csv" and table.members == ("small.csv", "large.csv")
    assert any("1 more file" in note for note in table.notes)
    small = check_script(content, "a.zip", tmp_path, member="small.csv")
    assert small.frame.shape == (3, 2)
    assert "no file 'none.csv'" in said(content, "a.zip", member="none.csv")


def test_names_in_an_archive_are_only_names(tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    for name in ("../../evil.csv", "/etc/passwd.csv", "C:\\evil.csv"):
        table = read(zipped({name: TABLE}), "a.zip")
        assert table.reading.member == name.replace("\\", "\\") and len(table.frame) == 3
    assert set(tmp_path.rglob("*")) == before


def test_sizes_are_counted_and_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "UNPACKED", 3 << 20)
    for stated in (None, 100):
        assert "unpacks to more than" in said(far_too_much(5 << 20, stated=stated), "a.zip")
    assert "unpacks to more than" in said(gzip.compress(bytes(5 << 20)), "a.gz")


def test_a_table_that_repeats_itself_is_no_bomb() -> None:
    content = gzip.compress(b"x,y\n" + b"1,2\n" * 100_000)
    assert len(content) < 4000 and len(read(content, "a.csv.gz").frame) == 100_000


def test_what_cannot_be_opened_gets_a_sentence() -> None:
    assert "password" in said(protected(), "a.zip")
    assert "cut short" in said(gzip.compress(TABLE * 99)[:-9], "a.gz")
    assert "archive in an archive" in said(zipped({"b.zip": zipped({"a.csv": TABLE})}), "a.zip")
    assert "1,000 files" in said(zipped({f"{i}.csv": b"" for i in range(1001)}), "a.zip")


def test_every_ending_is_one() -> None:
    assert all(ending.startswith(".") and ending.islower() for ending in ENDINGS)
    assert {".csv", ".xlsx", ".parquet", ".json", ".npz", ".arff", ".gz", ".zip"} <= set(ENDINGS)
