"""Brought: a file as a user brings it, what its reader gave, and what a script makes of it."""

import io
import sys
from gzip import decompress
from pathlib import Path
from typing import Any
from unittest import mock
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest

from clustering.data.formats.files import unpacked
from clustering.data.reading import Given
from clustering.data.tables import READERS, Table, read
from clustering.errors import ReadError
from clustering.script.reading import reading_blocks


def cells(content: bytes, name: str, **given: Any) -> pd.DataFrame:
    """The cells as the reader gives them, before anybody asks what they mean."""
    told: Given = given  # type: ignore[assignment]
    inside = unpacked(content, name, f"'{name}'", told)
    return READERS[inside.reading.format](inside.content, f"'{name}'", inside.reading, told).frame


def said(content: bytes, name: str, **given: Any) -> str:
    """The one sentence that bad bytes get."""
    with pytest.raises(ReadError) as caught:
        read(content, name, given=given)  # type: ignore[arg-type]
    sentence = str(caught.value)
    assert sentence.endswith(".") and len(sentence) < 300 and "\n" not in sentence
    assert "Error" not in sentence and "Traceback" not in sentence
    return sentence


def scripted(table: Table, content: bytes, folder: Any) -> pd.DataFrame:
    """The cells as the exported script reads them, run on the same file."""
    path = folder / "brought"
    path.write_bytes(content)
    world: dict[str, Any] = {
        "sys": sys, "np": np, "pd": pd, "BytesIO": io.BytesIO, "decompress": decompress,
        "ZipFile": ZipFile, "Path": Path,
    }  # fmt: skip
    with mock.patch.object(sys, "argv", ["script.py", str(path)]):
        exec("\n".join(reading_blocks(table)), world)
    frame = world["table"]
    assert isinstance(frame, pd.DataFrame)
    return frame


def check_script(content: bytes, name: str, folder: Any, **given: Any) -> Table:
    """A script reads the same cells, and so does the library from all that was found out."""
    table = read(content, name, given=given)  # type: ignore[arg-type]
    script = scripted(table, content, folder)
    if table.reading.format == "text":  # whose cells a script converts only where they are used
        assert script.shape == table.frame.shape
    else:
        pd.testing.assert_frame_equal(script, cells(content, name, **given))
    again: Any = {
        key: getattr(table.reading, key)
        for key in Given.__annotations__
        if key not in ("decimal", "thousands")
    }
    pd.testing.assert_frame_equal(read(content, name, given=again).frame, table.frame)
    return table
