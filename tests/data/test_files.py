"""What a file is stands in its bytes; its ending only decides where they leave a doubt."""

import pytest

from clustering.data.tables import read
from tests.data.brought import said
from tests.hostile.others import NONE, npy, parquet
from tests.making import compound, sheet, workbook

OTHERWISE = {
    "text": b"x,y\n1,2\n3,4\n",
    "json": b'[{"x": 1, "y": 2}, {"x": 3, "y": 4}]',
    "jsonl": b'{"x": 1, "y": 2}\n{"x": 3, "y": 4}\n',
    "book": workbook({"s": sheet([["x", "y"], [1, 2], [3, 4]])}),
    "npy": npy([[1, 2], [3, 4]]),
    "parquet": parquet(),
    "arff": b"@relation r\n@attribute x real\n@data\n1\n2\n",
}


@pytest.mark.parametrize("format_", OTHERWISE)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet", "a", "a.bin"])
def test_the_bytes_decide(format_: str, name: str) -> None:
    assert read(OTHERWISE[format_], name).reading.format == format_


@pytest.mark.parametrize("case", NONE, ids=lambda case: case.id)
def test_what_is_no_table_is_told_by_what_it_is(case: object) -> None:
    assert case.expect in said(case.make(), "a.csv")  # type: ignore[attr-defined]


def test_protected_workbooks_and_old_documents_are_told_apart() -> None:
    assert "password" in said(compound({"EncryptedPackage": bytes(5000)}), "a.xlsx")
    assert "text document" in said(compound({"WordDocument": bytes(5000)}), "a.xls")


@pytest.mark.parametrize("start", [b"BZh", b"ORC", b"RIFF"])
def test_lines_that_begin_like_a_signature_are_lines(start: bytes) -> None:
    assert read(start + b",x\n1,2\n3,4\n", "a.csv").frame.shape == (2, 2)
