"""Corpus: every hostile file, each made when it is asked for and none of them stored."""

from tests.hostile.books import BOOKS
from tests.hostile.case import Case
from tests.hostile.names import NAMES
from tests.hostile.others import COLUMNS, NONE, TREES
from tests.hostile.packed import PACKED
from tests.hostile.texts import TEXTS

__all__ = ["CASES", "Case"]

CASES: tuple[Case, ...] = (*TEXTS, *NAMES, *PACKED, *BOOKS, *COLUMNS, *TREES, *NONE)
"""All of them, in the order in which the table tells of them."""
