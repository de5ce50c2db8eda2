"""Words on the page: the user's own text kept from being read as markup."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from clustering.errors import ClusterloomError

__all__ = ["explained", "literal", "note"]

BLANKS = re.compile(r"[^\S\u00a0]+")
"""Runs of blanks and ends of lines, but for the blank at which no line may break."""
MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$~:=&\"'@/])")


def literal(text: object, *, most: int = 200) -> str:
    """Give any text so that Markdown shows it letter by letter.

    Parameters
    ----------
    text : object
        A file name, a column, a cell.
    most : int
        Longer texts are cut, with an ellipsis.

    Examples
    --------
    >>> literal("a    b"), literal("96\N{NO-BREAK SPACE}%").isascii()
    ('a b', False)
    """
    words = BLANKS.sub(" ", str(text)).strip()
    return MARKS.sub(r"\\\1", words if len(words) <= most else words[: most - 1] + "…")


def note(*texts: str) -> None:
    """Say in small grey what must be said beside a figure; nothing where there is nothing."""
    text = " ".join(filter(None, texts))
    if text:
        st.caption(literal(text, most=600))


@contextmanager
def explained() -> Iterator[None]:
    """Show what the library says is wrong as one sentence, and end the page there."""
    try:
        yield
    except ClusterloomError as error:
        st.error(literal(error, most=600))
        st.stop()
