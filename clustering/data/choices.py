"""Choices: how a table is made ready, as one small value.

The same value stands in the URL, in the cache key and in the exported script, so it
holds plain words and numbers only, is hashable, and writes itself as URL parameters.
Anybody may type anything into a URL: `Choices.from_query` takes what makes sense and
passes over the rest in silence.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["Choices", "Missing", "Scaling"]

Missing = Literal["drop", "mean", "median"]
Scaling = Literal["none", "standard", "min-max", "robust"]

MOST_COLUMNS = 10_000
HALF = re.compile("[\ud800-\udfff]")
LONGEST_NUMBER = 9  # digits; more rows than that fit into no memory


@dataclass(frozen=True, slots=True)
class Choices:
    """How a table is made ready; small, hashable, fit for a URL.

    Attributes
    ----------
    columns : tuple of str
        The columns of numbers to cluster on, in this order.
    missing : {"drop", "mean", "median"}
        Leave out rows with a missing cell, or fill it from its column.
    scaling : {"none", "standard", "min-max", "robust"}
        Keep the units; mean 0 and standard deviation 1; from 0 to 1; median 0 and
        interquartile range 1.
    components : int
        Number of principal components to go on with; 0 keeps the columns.
    sample : int
        Number of rows to draw; 0 keeps all.
    seed : int
        Seed of the draw.

    Examples
    --------
    >>> choices = Choices(columns=("income", "score"), scaling="standard", components=2)
    >>> choices.to_query()
    {'cols': '["income","score"]', 'scaling': 'standard', 'pca': '2'}
    >>> Choices.from_query(choices.to_query()) == choices
    True
    >>> Choices.from_query({"cols": "[[", "pca": "-1", "scaling": "../.."}) == Choices()
    True
    """

    columns: tuple[str, ...] = ()
    missing: Missing = "drop"
    scaling: Scaling = "none"
    components: int = 0
    sample: int = 0
    seed: int = 0

    def to_query(self) -> dict[str, str]:
        """Give the choices that differ from the defaults as URL parameters.

        Returns
        -------
        dict of str to str
            Keys ``cols`` (a JSON list), ``missing``, ``scaling``, ``pca``, ``sample``
            and ``sample_seed``; not yet percent-encoded.
        """
        query = {}
        if self.columns:
            query["cols"] = json.dumps(self.columns, ensure_ascii=False, separators=(",", ":"))
        for key, value in (
            ("missing", self.missing if self.missing != "drop" else ""),
            ("scaling", self.scaling if self.scaling != "none" else ""),
            ("pca", self.components),
            ("sample", self.sample),
            ("sample_seed", self.seed),
        ):
            if value:
                query[key] = str(value)
        return query

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Choices":
        """Read choices from URL parameters; whatever makes no sense is ignored.

        Parameters
        ----------
        query : mapping of str to str
            Decoded URL parameters, of this page and of others.

        Returns
        -------
        Choices
            Never raises; columns may still be unknown to the table at hand.
        """
        missing, scaling = query.get("missing"), query.get("scaling")
        return cls(
            columns=columns_of(query.get("cols")),
            missing=next((word for word in get_args(Missing) if word == missing), "drop"),
            scaling=next((word for word in get_args(Scaling) if word == scaling), "none"),
            components=number_of(query.get("pca")),
            sample=number_of(query.get("sample")),
            seed=number_of(query.get("sample_seed")),
        )


def columns_of(value: object) -> tuple[str, ...]:
    """Read a JSON list of different texts; nothing where it is anything else."""
    if not isinstance(value, str):
        return ()
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(found, list) or len(found) > MOST_COLUMNS:
        return ()
    # A lone half of a surrogate pair is no text: it could not be written back.
    texts = [item for item in found if isinstance(item, str) and not HALF.search(item)]
    return tuple(dict.fromkeys(texts))


def number_of(value: object) -> int:
    """Read a whole number of at most nine digits, 0 where it is anything else."""
    if not isinstance(value, str) or len(value) > LONGEST_NUMBER:
        return 0
    return int(value) if value.isascii() and value.isdigit() else 0
