"""Others: columns, trees and arrays that are broken or lie, and files that are no table at all."""

import io
import json
import pickle
import sqlite3
import struct
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tests.hostile.case import Case
from tests.making import zipped

FRAME = pd.DataFrame({"x": [1.5, 2.5, 3.5], "y": ["a", "b", "c"]})


def parquet(table: pa.Table | None = None, **options: Any) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(FRAME) if table is None else table, buffer, **options)
    return buffer.getvalue()


def lying_parquet() -> bytes:
    """A footer that states more rows than there are, in a number as long as the true one."""
    content = parquet(pa.table({"x": pa.array(range(100_000), pa.int64())}))
    true, false = varint(100_000), varint(2_000_000)
    place = len(content) - 8 - struct.unpack("<I", content[-8:-4])[0]
    return content[:place] + content[place:].replace(true, false)


def greedy_parquet() -> bytes:
    """A first page that asks for a hundred times the room of its column."""
    content = parquet(pa.table({"x": pa.array(range(1000), pa.int64())}), use_dictionary=False)
    about = pq.ParquetFile(io.BytesIO(content)).metadata.row_group(0).column(0)
    begin = about.data_page_offset
    return content[: begin + 3] + b"\xff\xff\x7f" + content[begin + 6 :]


def varint(number: int) -> bytes:
    number, found = number * 2, b""
    while number > 127:
        found, number = found + bytes([number & 127 | 128]), number >> 7
    return found + bytes([number])


def npy(array: Any, **options: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, **options)
    return buffer.getvalue()


def npz(**arrays: Any) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def stated(header: str, body: bytes = bytes(64)) -> bytes:
    text = header.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + body


def objects() -> Any:
    return np.array([{"a": 1}, None, print], dtype=object)


class Evil:
    """Would run something when it is loaded."""

    def __reduce__(self) -> Any:
        return print, ("a pickle was loaded",)


def sqlite() -> bytes:
    with sqlite3.connect(":memory:") as base:
        base.execute("create table t (x)")
        return base.serialize()


def arff(data: str, attributes: str = "@attribute x real\n@attribute c {a,'b c'}\n") -> bytes:
    return f"% note\n@relation r\n{attributes}@data\n{data}".encode()


DEEP = 100_000

COLUMNS = (
    Case("Parquet called CSV", "a.csv", parquet, (3, 2)),
    Case("Parquet cut short", "a.parquet", lambda: parquet()[:-40], "cut short"),
    Case(
        "Parquet of its first bytes",
        "a.parquet",
        lambda: b"PAR1" + bytes(99) + b"PAR1",
        "cut short",
    ),
    Case(
        "Parquet with a broken page",
        "a.parquet",
        lambda: (lambda c: c[:4] + bytes(40) + c[44:])(parquet()),
        "damaged",
    ),
    Case("Parquet of a greedy page", "a.parquet", greedy_parquet, "damaged"),
    Case("Parquet that states other rows", "a.parquet", lying_parquet, "'a.parquet'"),
    Case(
        "Parquet without rows",
        "a.parquet",
        lambda: parquet(pa.table({"x": pa.array([], pa.int64())})),
        "no rows",
    ),
    Case("Parquet without columns", "a.parquet", lambda: parquet(pa.table({})), "'a.parquet'"),
    Case(
        "Parquet of 200 million equal cells",
        "a.parquet",
        lambda: parquet(
            pa.table({f"c{i}": pa.array(np.zeros(200_000, "int8")) for i in range(1000)}),
            write_statistics=False,
        ),
        "100,000,000 cells",
    ),
    Case(
        "Parquet of one long text a million times",
        "a.parquet",
        lambda: parquet(
            pa.table(
                {
                    "t": pa.DictionaryArray.from_arrays(
                        pa.array(np.zeros(1_000_000, "int32")), pa.array(["x" * 5000])
                    ),
                    "x": np.arange(1_000_000),
                }
            )
        ),
        "text",
    ),
    Case(
        "Parquet of nested cells",
        "a.parquet",
        lambda: parquet(
            pa.table({"a": [{"b": {"c": [1, {"d": 2}["d"]]}}] * 3, "l": [[1], [], None]})
        ),
        (3, 2),
    ),
    Case(
        "Parquet of strange types",
        "a.parquet",
        lambda: parquet(
            pa.table(
                {
                    "d": pa.array([10**37] * 3, pa.decimal128(38)),
                    "t": pa.array([2**62, 0, -(2**62)], pa.timestamp("us")),
                    "u": pa.array([2**64 - 1, 0, 1], pa.uint64()),
                    "n": pa.nulls(3),
                    "b": pa.array([b"\xff", b"", None]),
                }
            )
        ),
        (3, 5),
    ),
    Case(
        "Parquet with repeated names",
        "a.parquet",
        lambda: parquet(
            pa.Table.from_arrays([pa.array([1, 2]), pa.array([3, 4])], names=["a", "a"])
        ),
        (2, 2),
    ),
    Case(
        "objects in NPY", "a.npy", lambda: npy(objects()[:2], allow_pickle=True), "Python objects"
    ),
    Case(
        "a pickle in NPY",
        "a.npy",
        lambda: stated(
            "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", pickle.dumps([Evil()])
        ),
        "Python objects",
    ),
    Case("objects in NPZ", "a.npz", lambda: npz(X=objects()[:2]), "Python objects"),
    Case("NPZ without arrays", "a.npz", lambda: zipped({"x.npy": b""}), "'a.npz'"),
    Case("NPZ with labels beside", "a.npz", lambda: npz(X=np.eye(4), y=np.arange(4)), (4, 4)),
    Case("an NPZ bomb", "a.npz", lambda: npz(X=np.zeros((15_000_000, 8))), "'a.npz'"),
    Case("NPY cut short", "a.npy", lambda: npy(np.eye(9))[:-50], "cut short"),
    Case(
        "NPY of a false shape",
        "a.npy",
        lambda: stated("{'descr': '<f8', 'fortran_order': False, 'shape': (1000, 1000), }"),
        "cut short",
    ),
    Case(
        "NPY of a vast shape",
        "a.npy",
        lambda: stated("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }"),
        "1,000,000,000,000 rows",
    ),
    Case(
        "NPY of a negative shape",
        "a.npy",
        lambda: stated("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -8), }"),
        "'a.npy'",
    ),
    Case(
        "NPY of a shape of words",
        "a.npy",
        lambda: stated("{'descr': '<f8', 'fortran_order': False, 'shape': ('x',), }"),
        "'a.npy'",
    ),
    Case(
        "NPY with code in its header",
        "a.npy",
        lambda: stated("{'descr': __import__('os').getcwd(), 'fortran_order': 0, 'shape': (1,)}"),
        "'a.npy'",
    ),
    Case(
        "NPY of nothing times a million",
        "a.npy",
        lambda: stated("{'descr': '|V0', 'fortran_order': False, 'shape': (1000000,), }"),
        "'a.npy'",
    ),
    Case("NPY of one value", "a.npy", lambda: npy(np.array(5.0)), "single value"),
    Case("NPY of no rows", "a.npy", lambda: npy(np.zeros((0, 3))), "no rows"),
    Case(
        "NPY of four dimensions", "a.npy", lambda: npy(np.arange(48.0).reshape(4, 2, 3, 2)), (4, 12)
    ),
    Case(
        "NPY of 20,000 columns",
        "a.npy",
        lambda: npy(np.zeros((2, 20_000), "int8")),
        "20,000 columns",
    ),
    Case(
        "NPY with fields",
        "a.npy",
        lambda: npy(np.array([(1, b"a", 2.5)] * 3, dtype="i4,S3,f2")),
        (3, 3),
    ),
    Case(
        "NPY of signs that are none",
        "a.npy",
        lambda: stated("{'descr': '<U2', 'fortran_order': False, 'shape': (2,), }", b"\xff" * 64),
        (2, 1),
    ),
    Case(
        "NPY of NaN and infinity",
        "a.npy",
        lambda: npy(np.array([[np.nan, np.inf], [-np.inf, 1e308], [0, -0.0]])),
        (3, 2),
    ),
)

TREES = (
    Case("deep lists", "a.json", lambda: b"[" * DEEP + b"]" * DEEP, "nested too deeply"),
    Case(
        "deep objects", "a.json", lambda: b'{"a":' * DEEP + b"1" + b"}" * DEEP, "nested too deeply"
    ),
    Case(
        "deep in one cell",
        "a.json",
        lambda: b'[{"x": 1, "y": ' + b"[" * 200 + b"]" * 200 + b'}, {"x": 2}]',
        (2, 2),
    ),
    Case(
        "JSON beyond float",
        "a.json",
        lambda: b'[{"x": 1e999, "y": 1}, {"x": -1e999, "y": 2}, {"x": 3, "y": 5}]',
        (3, 2),
    ),
    Case(
        "JSON of 10,000 digits",
        "a.json",
        lambda: b'[{"x": ' + b"7" * 10_000 + b', "y": 1}, {"x": 5, "y": 2}]',
        (2, 2),
    ),
    Case(
        "NaN and Infinity in JSON",
        "a.json",
        lambda: b'[{"x": NaN, "y": 1}, {"x": -Infinity, "y": 2}, {"x": 3, "y": 4}]',
        (3, 2),
    ),
    Case(
        "one name twice in JSON", "a.json", lambda: b'[{"x": 1, "x": 2}, {"x": 3, "x": 4}]', (2, 1)
    ),
    Case("ragged rows of JSON", "a.json", lambda: b'[["a", "b"], [1, 2], [3], [4, 5, 6]]', "Row 3"),
    Case("ragged columns of JSON", "a.json", lambda: b'{"a": [1, 2, 3], "b": [1]}', "1 to 3 cells"),
    Case(
        "mixed cells of JSON",
        "a.json",
        lambda: b'[{"x": 1, "y": [1]}, {"x": "b", "y": {"z": null}}, {"x": true, "y": 0}]',
        (3, 3),
    ),
    Case("mixed rows of JSON", "a.json", lambda: b'[{"x": 1}, [2], 3, null]', (4, 2)),
    Case("JSON cut short", "a.json", lambda: b'[{"x": 1}, {"x": ', "Line 1"),
    Case("JSON with a comma too many", "a.json", lambda: b'[{"x": 1},\n{"x": 2},]', "Line 2"),
    Case("an empty list", "a.json", lambda: b"[]", "no rows"),
    Case("a list of empty lists", "a.json", lambda: b"[[], [], []]", "'a.json'"),
    Case("a list of empty objects", "a.json", lambda: b"[{}, {}, {}]", "'a.json'"),
    Case(
        "half characters in JSON",
        "a.json",
        lambda: b'[{"\\ud800": "\\udfff", "x": 1}, {"x": 2}]',
        (2, 2),
    ),
    Case(
        "zeros in JSON", "a.json", lambda: b'[{"a\\u0000b": "\\u0000", "x": 1}, {"x": 2}]', (2, 2)
    ),
    Case("JSON in UTF-16", "a.json", lambda: '[{"x": 1, "é": 2}]'.encode("utf-16"), (1, 2)),
    Case(
        "JSON of 30,000 columns",
        "a.json",
        lambda: json.dumps([{f"c{i}": i for i in range(30_000)}]).encode(),
        "columns",
    ),
    Case(
        "other columns in each row",
        "a.json",
        lambda: json.dumps([{f"c{i}": i} for i in range(12_000)]).encode(),
        "columns",
    ),
    Case(
        "names of JavaScript",
        "a.json",
        lambda: b'[{"__proto__": 1, "constructor": 2}, {"__proto__": 3, "constructor": 5}]',
        (2, 2),
    ),
    Case("ten million brackets", "a.json", lambda: b"[" + b"[]," * 5_500_000 + b"[]]", "values"),
    Case("lines of JSON", "a.jsonl", lambda: b'{"x": 1}\n\n{"x": 2, "y": 3}\n', (2, 2)),
    Case("a broken line of JSON", "a.jsonl", lambda: b'{"x": 1}\n{"x": 2\n{"x": 3}\n', "Line 2"),
    Case(
        "GeoJSON without places",
        "a.geojson",
        lambda: b'{"type": "FeatureCollection", "features": [{"properties": {"a": 1}}, null, 5]}',
        (3, 2),
    ),
    Case("ARFF", "a.arff", lambda: arff("1,a\n?,'b c'\n{1 'b c'}\n"), (3, 2)),
    Case("ARFF with a long row", "a.arff", lambda: arff("1,a\n1,a,b\n"), "Line 7"),
    Case("ARFF with an open quote", "a.arff", lambda: arff("1,'b c\n"), "quote"),
    Case(
        "ARFF with a place that is none",
        "a.arff",
        lambda: arff("{7 1}\n"),
        "column that is not there",
    ),
    Case("ARFF without attributes", "a.arff", lambda: arff("1,2\n", attributes=""), "'a.arff'"),
    Case("ARFF without rows", "a.arff", lambda: arff(""), "no rows"),
    Case(
        "ARFF of 2 MB of blanks",
        "a.arff",
        lambda: arff("1,'" + " " * 2_000_000 + "'\n" + " " * 2_000_000 + "2,a\n"),
        (2, 2),
    ),
)

NONE = (
    Case("a PNG called CSV", "a.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
    Case("a JPEG called CSV", "a.csv", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(99), "JPEG"),
    Case("a GIF called XLSX", "a.xlsx", lambda: b"GIF89a\x01\x00\x01\x00" + bytes(99), "GIF"),
    Case("a PDF called CSV", "a.csv", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
    Case("a program called CSV", "a.csv", lambda: b"\x7fELF\x02\x01\x01" + bytes(99), "program"),
    Case("a Windows program", "a.csv", lambda: b"MZ\x90\x00\x03" + bytes(99), "program"),
    Case("an SQLite database", "a.csv", sqlite, "SQLite"),
    Case("a pickle", "a.csv", lambda: pickle.dumps(Evil()), "pickle"),
    Case("a pickle of a frame", "a.pkl", lambda: pickle.dumps({"x": [1, 2]}, protocol=4), "pickle"),
    Case(
        "a web page", "a.csv", lambda: b"<!DOCTYPE html><html><body>1,2</body></html>", "web page"
    ),
    Case(
        "a web page in UTF-16",
        "a.csv",
        lambda: "<html><body>1,2</body></html>".encode("utf-16"),
        "web page",
    ),
    Case(
        "a table of a web page",
        "a.xls",
        lambda: b"\n<table><tr><td>1</td></tr></table>",
        "web page",
    ),
    Case("XML", "a.csv", lambda: b"<?xml version='1.0'?><a><b>1</b></a>", "XML"),
    Case("rich text", "a.csv", lambda: b"{\\rtf1\\ansi 1,2}", "text document"),
    Case("HDF5", "a.h5", lambda: b"\x89HDF\r\n\x1a\n" + bytes(99), "HDF5"),
    Case("Feather", "a.feather", lambda: b"ARROW1\x00\x00" + bytes(99), "Feather"),
    Case(
        "a tar archive",
        "a.tar",
        lambda: b"a.csv".ljust(257, b"\x00") + b"ustar\x0000" + bytes(247),
        "tar",
    ),
)
