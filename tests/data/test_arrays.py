"""An array's numbers are the table's numbers, and nothing in it is ever run."""

import io
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.data.brought import cells, check_script, said


def npy(array: Any, **options: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, **options)
    return buffer.getvalue()


def npz(**parts: Any) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **parts)
    return buffer.getvalue()


@given(
    arrays.arrays(
        dtype=st.sampled_from(["<f8", ">f4", "<i8", ">i2", "u1", "?", "<f2"]),
        shape=arrays.array_shapes(min_dims=1, max_dims=4, max_side=5),
    ),
    st.booleans(),
)
def test_numbers_come_back(array: Any, fortran: bool) -> None:
    content = npy(np.asfortranarray(array) if fortran else array)
    frame = cells(content, "a.npy")
    assert np.array_equal(frame.to_numpy(), array.reshape(len(array), -1), equal_nan=True)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(3, 2),
        np.arange(24).reshape(2, 3, 4),
        np.array([(1, b"a", 2.5), (2, b"b", 3.5)], dtype="i4,S3,f2"),
        np.array([(1, [2, 3])] * 2, dtype=[("a", "i4"), ("b", "f8", 2)]),
        np.array(["2024-01-31", "NaT"], dtype="datetime64[D]"),
        np.array([1 + 2j, 3 - 4j]),
        np.array(["a", "NA", "ü"]),
    ],
)
def test_a_script_reads_the_same(array: Any, tmp_path: Path) -> None:
    check_script(npy(array), "a.npy", tmp_path)


def test_fields_are_columns() -> None:
    frame = cells(npy(np.array([(1, [2, 3])], dtype=[("a", "i4"), ("b", "f8", 2)])), "a.npy")
    assert list(frame.columns) == ["a", "b.0", "b.1"] and frame.iloc[0].tolist() == [1, 2, 3]


def test_the_table_among_arrays_is_shown_and_labels_are_told_of(tmp_path: Path) -> None:
    content = npz(y=np.arange(4), X=np.eye(4), note=np.array("hello"))
    table = check_script(content, "a.npz", tmp_path)
    assert table.reading.part == "X" and table.parts == ("y", "X", "note")
    assert any("'y' has a value for each row" in note for note in table.notes)
    assert check_script(content, "a.npz", tmp_path, part="y").frame.shape == (4, 1)
    assert "no array 'z'" in said(content, "a.npz", part="z")


def loaded() -> None:
    raise AssertionError("A pickle was loaded.")


class Evil:
    def __reduce__(self) -> Any:
        return loaded, ()


def test_objects_are_refused_and_never_loaded() -> None:
    array = np.array([Evil(), 1], dtype=object)
    content = npy(array, allow_pickle=True)
    assert b"loaded" in content and "Python objects" in said(content, "a.npy")
    assert "Python objects" in said(npz(X=array), "a.npz")
    assert "a pickle" in said(pickle.dumps(Evil()), "a.npy")


@pytest.mark.parametrize("shape", ["(1000, 1000)", "(10000000000000,)", "(-1, 2)", "('x',)"])
def test_a_false_shape_is_seen_before_memory_is_asked_for(shape: str) -> None:
    content = npy(np.zeros((4, 2)))
    false = content.replace(b"(4, 2)".ljust(len(shape)), shape.encode())
    said(false.replace(b"(4, 2)", shape.encode()), "a.npy")
