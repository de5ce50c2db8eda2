"""The door for a series over time: a sample, a file of the folder, or one's own table."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from clustering.data import sequences
from clustering.data.sequences import SequenceSet, Stream
from clustering.errors import DataError
from dashboard import ui

__all__ = ["opened"]

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".parquet", ".json", ".jsonl")
MANY = (*ENDINGS, ".ts", ".npz")


def opened(
    key: str,
    own: Mapping[str, str],
    *,
    default: str,
    help: str,
    many: bool = False,
) -> ui.Brought[Any]:
    """Show which series there are, and let the user bring another.

    Parameters
    ----------
    key : str
        Beginning of the names in the URL.
    own : mapping of str to str
        The samples that fit: title by id.
    default : str
        The one on which the page opens.
    help : str
        What may be brought.
    many : bool
        Whether many series with labels will do as well as a single one over time.

    Returns
    -------
    Brought
        With a Stream, or where `many` a SequenceSet.
    """
    read, make = (_labelled, sequences.sample) if many else (_single, _sampled)
    found = ui.brought(
        key, "Series", own=own, make=make, read=read, endings=MANY if many else ENDINGS,
        default=default, upload="Your own file" if many else "Your own table", help=help,
    )  # fmt: skip
    content = found.content
    path = sequences.beside(found.data) if isinstance(content, SequenceSet) else ""
    if path:
        content = ui.computed(sequences.whole, content, path=path)
        found = replace(found, content=content)
    size = f"{content.m:,} rows" if isinstance(content, Stream) else f"{content.n:,} series"
    named = ", ".join(map(str, content.channels[:6])) + (" …" if content.d > 6 else "")
    with st.sidebar:
        ui.note(f"{size}: {named}.", *content.notes)
    return found


def _sampled(id: str) -> Stream:
    return _stream(sequences.sample(id), id)


def _single(content: bytes, name: str) -> Stream:
    return _stream(sequences.read(content, name), name)


def _labelled(content: bytes, name: str) -> SequenceSet | Stream:
    """Refuse series without labels."""
    found = sequences.read(content, name)
    if isinstance(found, SequenceSet) and found.labels is None:
        raise DataError(
            f"{_called(name)} holds {found.n:,} series without labels, and no table over time; "
            "bring one with a column of classes."
        )
    return found


def _stream(found: SequenceSet | Stream, name: str) -> Stream:
    """Refuse many series where one is wanted."""
    if isinstance(found, Stream):
        return found
    raise DataError(
        f"{_called(name)} holds {found.n:,} separate series and no single one over time; bring a "
        "table with a column of dates or times and a column of values, a row a step."
    )


def _called(name: str) -> str:
    return f"'{' '.join(name.split())[:80]}'"
