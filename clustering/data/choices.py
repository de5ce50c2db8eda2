"""Choices: how a table is made ready, as one small value.

The same value stands in the URL, in the cache key and in the exported script, so it
holds plain words and numbers only, is hashable, and writes itself as URL parameters.
Anybody may type anything into a URL: `Choices.from_query` takes what makes sense and
passes over the rest in silence.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

__all__ = [
    "QUERY", "Balance", "Categories", "Choices", "Dates", "Duplicates", "Missing", "Outliers",
    "Places", "Scaling", "Skew",
]  # fmt: skip

Duplicates = Literal["keep", "drop", "weight"]
Missing = Literal["drop", "mean", "median", "frequent", "neighbours"]
Categories = Literal["out", "one-hot", "ordinal", "gower"]
Dates = Literal["out", "elapsed", "parts"]
Places = Literal["columns", "sphere", "great-circle"]
Outliers = Literal["keep", "clip", "iqr", "forest"]
Skew = Literal["none", "log", "yeo-johnson"]
Scaling = Literal["none", "standard", "min-max", "robust"]
Balance = Literal["none", "resample", "weight"]

WORDS: dict[str, tuple[str, ...]] = {
    "duplicates": get_args(Duplicates),
    "missing": get_args(Missing),
    "categories": get_args(Categories),
    "dates": get_args(Dates),
    "places": get_args(Places),
    "outliers": get_args(Outliers),
    "skew": get_args(Skew),
    "scaling": get_args(Scaling),
    "balance": get_args(Balance),
}
"""The choices that are words; the first of each is the default."""

COUNTS = {"components": "pca", "sample": "sample", "seed": "sample_seed"}
"""The choices that are whole numbers, and what they are called in a URL."""

QUERY = ("cols", *WORDS, "balance_by", *COUNTS.values(), "pca_share")
"""The names of all URL parameters."""

MOST_COLUMNS = 10_000
LONGEST_NAME = 10_000  # characters of the column to balance by
HALF = re.compile("[\ud800-\udfff]")
LONGEST_NUMBER = 9  # digits; more rows than that fit into no memory
SHARE = re.compile(r"[0-9]{0,2}\.?[0-9]{1,20}(e-[0-9]{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choices:
    """How a table is made ready; small, hashable, fit for a URL.

    Attributes
    ----------
    columns : tuple of str
        The columns to cluster on, of any kind, in this order.
    duplicates : {"keep", "drop", "weight"}
        Keep rows that repeat an earlier one in these columns, leave them out, or leave
        them out and let the first count as many times.
    missing : {"drop", "mean", "median", "frequent", "neighbours"}
        Leave out rows with a missing cell, or fill it: from its column, or from the five
        nearest rows.
    categories : {"out", "one-hot", "ordinal", "gower"}
        Leave words (and booleans and codes) out; a column of 0 and 1 for each word; the
        place of the word in the alphabet; equal or not, in Gower's distance.
    dates : {"out", "elapsed", "parts"}
        Leave dates out; days since the earliest; year, month, weekday and hour.
    places : {"columns", "sphere", "great-circle"}
        Latitude and longitude as two columns like others; as three coordinates on the
        globe, in kilometres; alone, with distances along the surface.
    outliers : {"keep", "clip", "iqr", "forest"}
        Keep them; clip at the quantiles of 1 and 99 %; leave out rows beyond 1.5
        interquartile ranges; leave out rows that an isolation forest finds.
    skew : {"none", "log", "yeo-johnson"}
        Keep the shape; ``log(1 + x)``; the power transform of Yeo and Johnson.
    scaling : {"none", "standard", "min-max", "robust"}
        Keep the units; mean 0 and standard deviation 1; from 0 to 1; median 0 and
        interquartile range 1.
    balance : {"none", "resample", "weight"}
        Let every group count the same: rows drawn with replacement, or weights.
    balance_by : str
        The column of these groups; the known groups where it is empty.
    components : int
        Number of principal components to go on with; 0 keeps the columns.
    variance : float
        Share of the variance, between 0 and 1, for which as many components as it takes
        are kept; 0 where `components` decides.
    sample : int
        Number of rows to draw; 0 keeps all.
    seed : int
        Seed of every draw.

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
    duplicates: Duplicates = "keep"
    missing: Missing = "drop"
    categories: Categories = "out"
    dates: Dates = "out"
    places: Places = "columns"
    outliers: Outliers = "keep"
    skew: Skew = "none"
    scaling: Scaling = "none"
    balance: Balance = "none"
    balance_by: str = ""
    components: int = 0
    variance: float = 0.0
    sample: int = 0
    seed: int = 0

    def to_query(self) -> dict[str, str]:
        """Give the choices that differ from the defaults as URL parameters.

        Returns
        -------
        dict of str to str
            Keys ``cols`` (a JSON list), ``balance_by``, ``pca``, ``pca_share``,
            ``sample``, ``sample_seed``, and the names of all other choices; not yet
            percent-encoded.
        """
        query = {}
        if self.columns:
            query["cols"] = json.dumps(self.columns, ensure_ascii=False, separators=(",", ":"))
        for name, words in WORDS.items():
            if getattr(self, name) != words[0]:
                query[name] = getattr(self, name)
        if self.balance_by:
            query["balance_by"] = self.balance_by
        for name, key in COUNTS.items():
            if getattr(self, name):
                query[key] = str(getattr(self, name))
        if self.variance:
            query["pca_share"] = repr(self.variance)
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
        found: dict[str, Any] = {"columns": columns_of(query.get("cols"))}
        for name, words in WORDS.items():
            value = query.get(name)
            found[name] = next((word for word in words if word == value), words[0])
        found |= {name: number_of(query.get(key)) for name, key in COUNTS.items()}
        found["balance_by"] = name_of(query.get("balance_by"))
        found["variance"] = share_of(query.get("pca_share"))
        return cls(**{field.name: found[field.name] for field in fields(cls)})


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


def name_of(value: object) -> str:
    """Read the name of a column, empty where it is none."""
    if not isinstance(value, str) or len(value) > LONGEST_NAME or HALF.search(value):
        return ""
    return value


def number_of(value: object) -> int:
    """Read a whole number of at most nine digits, 0 where it is anything else."""
    if not isinstance(value, str) or len(value) > LONGEST_NUMBER:
        return 0
    return int(value) if value.isascii() and value.isdigit() else 0


def share_of(value: object) -> float:
    """Read a number between 0 and 1, such as 0.95; 0 where it is anything else."""
    if not isinstance(value, str) or not SHARE.fullmatch(value):
        return 0.0
    share = float(value)
    return share if 0.0 < share < 1.0 else 0.0
