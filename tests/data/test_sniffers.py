"""Which real file needs more than a sniffer: what others alone make of each, computed.

The readers find out by themselves what `csv.Sniffer`, charset-normalizer and pandas with
``sep=None`` find for some of these files and not for others. The table is printed by
``python -m tests.data.test_sniffers``; the test holds that it is needed.
"""

import csv
import os
from pathlib import Path

import charset_normalizer
import pandas as pd
import pytest

from clustering.data.tables import Table, read

HOME = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CLUSTERLOOM_DATA", HOME.parent / "shared" / "data"))
FILES = sorted([*(SHARED / "tables").glob("*.csv"), *(HOME / "sample_data").rglob("*.csv")])


def needed(table: Table) -> str:
    """What of a file differs from a comma-separated table in UTF-8."""
    told = table.reading.told()
    return told if told != "{}" else "nothing"


def by_sniffer(content: bytes, table: Table) -> bool:
    """Whether `csv.Sniffer` finds the delimiter and the names, the encoding being told."""
    text = content.decode(table.reading.encoding)[:65_536]
    try:
        return csv.Sniffer().sniff(text).delimiter == table.reading.delimiter and (
            csv.Sniffer().has_header(text) == table.reading.header
        )
    except csv.Error:
        return False


def by_normalizer(content: bytes, table: Table) -> bool:
    """Whether charset-normalizer alone finds an encoding that gives the same text."""
    best = charset_normalizer.from_bytes(content[:200_000]).best()
    if best is None:
        return False
    try:
        found = content.decode(best.encoding)
    except (UnicodeError, LookupError):
        return False
    return found.removeprefix("\ufeff") == content.decode(table.reading.encoding).removeprefix(
        "\ufeff"
    )


def by_pandas(path: Path, table: Table) -> bool:
    """Whether pandas alone finds the same rows, names and numbers."""
    try:
        frame = pd.read_csv(path, sep=None, engine="python")
    except (ValueError, UnicodeError, csv.Error, pd.errors.ParserError):
        return False
    numbers = [name for name in table.frame if table.frame[name].dtype.kind in "if"]
    return list(frame.columns) == list(table.frame.columns) and all(
        frame[name].dtype.kind in "if" and frame[name].count() == table.frame[name].count()
        for name in numbers
    )


def row(path: Path) -> tuple[str, str, bool, bool, bool]:
    """One line of the table."""
    content = path.read_bytes()
    table = read(content, path.name)
    return (
        path.name,
        needed(table),
        by_sniffer(content, table),
        by_normalizer(content, table),
        by_pandas(path, table),
    )


@pytest.mark.slow
def test_no_sniffer_alone_reads_what_is_at_hand() -> None:
    lines = [row(path) for path in FILES]
    assert lines
    for place in (2, 4):  # delimiter and names; all at once
        assert not all(line[place] for line in lines)


def main() -> None:
    """Print the table."""
    print(f"{'file':42} {'sniffer':8}{'charset':8}{'pandas':8}needed")
    for name, told, *found in map(row, FILES):
        print(f"{name[:42]:42} " + "".join(f"{'yes' if one else '-':8}" for one in found) + told)


if __name__ == "__main__":
    main()
