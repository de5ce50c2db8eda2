"""Script, formats: the way from files that are no delimited text to their cells.

What the library does to a sheet, a tree of JSON or an array is done by functions that
stand alone; a script carries them along word for word, so that it meets the same cells
in the same rows.
"""

from collections.abc import Callable

from clustering.data.formats.arff import arff_cells, arff_frame
from clustering.data.formats.arrays import array_columns
from clustering.data.formats.books import cells_below, merged_down
from clustering.data.formats.json_layouts import FUNCTIONS
from clustering.data.formats.parquet import flat, parquet_column, row_numbers
from clustering.data.formats.plain import plain_column, plain_table, words_of
from clustering.data.reading import Format
from clustering.data.tables import Table
from clustering.snippets import block, carried, listing

__all__ = ["FORMATS", "content_of", "opening"]

PLAIN = (words_of, plain_column, plain_table)
IMPORTS = (
    "import datetime",
    "import json",
    "import re",
    "from collections.abc import Mapping, Sequence",
    "from typing import Any",
)


def content_of(table: Table) -> str:
    """Write the bytes of the file, out of its packing, as an expression."""
    if table.reading.unpack == "zip":
        return f"ZipFile(table_path).read({table.reading.member!r})"
    content = "Path(table_path).read_bytes()"
    return f"decompress({content})" if table.reading.unpack == "gzip" else content


def opening(table: Table) -> tuple[str, ...]:
    """Write what `content_of` imports."""
    if table.reading.unpack == "zip":
        return ("from zipfile import ZipFile",)
    path = "from pathlib import Path"
    return ("from gzip import decompress", path) if table.reading.unpack == "gzip" else (path,)


def needed(table: Table, *more: str) -> str:
    """Write what is imported for a file and for the functions that go with it, a line each."""
    return "\n".join([*IMPORTS, *opening(table), *more])


def missing_of(table: Table) -> str:
    """Write what stands for a missing value."""
    return f"missing = {list(table.reading.missing)!r}"


def named(table: Table) -> str:
    """Write the names of the columns."""
    return f"table.columns = {listing(table.frame.columns)}"


def book_blocks(table: Table) -> list[str]:
    """Write how a sheet of a workbook is read."""
    reading = table.reading
    return [
        needed(
            table,
            "from io import BytesIO",
            "from python_calamine import CalamineWorkbook",
        ),
        *carried(*PLAIN, merged_down, cells_below),
        block(
            "The table as it stands on its sheet.",
            missing_of(table),
            f"book = CalamineWorkbook.from_filelike(BytesIO({content_of(table)}))",
            f"sheet = book.get_sheet_by_name({reading.part!r})",
            "rows = sheet.to_python(skip_empty_area=False)",
            f"merged_down(rows, sheet.merged_cell_ranges or (), {reading.skip + reading.header})",
            f"_, columns = cells_below(rows, {reading.skip}, {reading.header})",
            "table = plain_table(columns, missing)",
            named(table),
        ),
    ]


def json_blocks(table: Table) -> list[str]:
    """Write how a tree or lines of JSON are read."""
    reading = table.reading
    return [
        needed(table),
        *carried(*PLAIN, *FUNCTIONS),
        block(
            "The table as it stands in the file.",
            missing_of(table),
            f"tree = decoded({content_of(table)}.decode({reading.encoding!r}))[0]",
            f"columns = json_table(tree, {reading.header})[1]",
            "table = plain_table(columns, missing)",
            named(table),
        ),
    ]


def parquet_blocks(table: Table) -> list[str]:
    """Write how a Parquet file is read."""
    imports = (
        "from io import BytesIO",
        "import pyarrow as pa",
        "import pyarrow.compute as pc",
        "import pyarrow.parquet as pq",
    )
    return [
        needed(table, *imports),
        *carried(*PLAIN, flat, row_numbers, parquet_column),
        block(
            "The table as it stands in the file, without a column that only counts the rows.",
            missing_of(table),
            f"stored = flat(pq.ParquetFile(BytesIO({content_of(table)})).read())",
            "counted = row_numbers(stored)",
            "kept = [cells for place, cells in enumerate(stored.columns) if place not in counted]",
            "columns = [parquet_column(cells, missing) for cells in kept]",
            "table = pd.DataFrame(dict(enumerate(columns)))",
            named(table),
        ),
    ]


def array_blocks(table: Table) -> list[str]:
    """Write how an array is read."""
    part = f"[{table.reading.part!r}]" if table.reading.part else ""
    return [
        needed(table, "from io import BytesIO"),
        "Array = np.ndarray",
        *carried(words_of, plain_column, array_columns),
        block(
            "The array as rows and columns.",
            missing_of(table),
            f"array = np.load(BytesIO({content_of(table)})){part}",
            "columns = array_columns(array, missing)[1]",
            "table = pd.DataFrame(dict(enumerate(columns)))",
            named(table),
        ),
    ]


def arff_blocks(table: Table) -> list[str]:
    """Write how an ARFF file is read."""
    return [
        needed(table),
        *carried(arff_cells, arff_frame),
        block(
            "The table as it stands in the file.",
            missing_of(table),
            f"text = {content_of(table)}.decode({table.reading.encoding!r})",
            "_, types, rows = arff_cells(text)",
            "table = arff_frame(types, rows, missing)",
            named(table),
        ),
    ]


FORMATS: dict[Format, Callable[[Table], list[str]]] = {
    "arff": arff_blocks,
    "book": book_blocks,
    "json": json_blocks,
    "jsonl": json_blocks,
    "npy": array_blocks,
    "parquet": parquet_blocks,
}
"""For each format, the lines that set `table` from `table_path`."""
