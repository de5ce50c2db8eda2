"""Passport: what the file holds, column by column.

SKELETON: the signatures stand, the bodies follow.
"""

from dataclasses import dataclass
from typing import Literal

from clustering.data.tables import Table

__all__ = ["Column", "Passport", "inspect"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
        Its label.
    kind : {"number", "text", "date", "boolean"}
        What its cells are.
    missing, infinite, distinct : int
        Missing cells, infinite cells, different values (missing not counted).
    constant : bool
        True where all present values are equal (or none is present).
    id_like : bool
        True where it names rows rather than measures them.
    low, high, mean, std : float
        Of the finite values of a number column, NaN otherwise.
    examples : tuple of str
        Up to three different values.
    """

    name: str
    kind: Literal["number", "text", "date", "boolean"]
    missing: int
    infinite: int
    distinct: int
    constant: bool
    id_like: bool
    low: float
    high: float
    mean: float
    std: float
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passport:
    """What a table holds, and what was changed.

    Attributes
    ----------
    name : str
        Name of the file or sample.
    rows : int
        Rows in the file.
    columns : tuple of Column
        Its columns in their order.
    duplicates : int
        Rows that repeat an earlier row.
    missing : int
        Missing cells in all.
    changes : tuple of str
        Sentences: what preparation did, in order, each with the choice that undoes it.
    """

    name: str
    rows: int
    columns: tuple[Column, ...]
    duplicates: int
    missing: int
    changes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """One line: "200 rows, 5 columns, nothing missing"."""
        raise NotImplementedError


def inspect(table: Table) -> Passport:
    """Describe a table before any preparation."""
    raise NotImplementedError
