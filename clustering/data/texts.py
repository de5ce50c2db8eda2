r"""Texts: a column of sentences to points, one number for each word that tells something.

A word tells more of a text the more often it stands there, and less the more texts it
stands in. TF-IDF multiplies both,

.. math:: x_{ij} = (1 + \ln t_{ij}) \, \Bigl(1 + \ln \frac{1 + n}{1 + n_j}\Bigr),

for the :math:`t_{ij}` times that word j stands in text i and the :math:`n_j` of n texts
that it stands in, and then divides each text by its length, so that long and short texts
are compared by what they are about. In scripts without spaces between words (Chinese,
Japanese) every character counts as a word.

References
----------
K. Spärck Jones, "A statistical interpretation of term specificity and its application in
retrieval", Journal of Documentation 28, 1972.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from clustering.data.steps.balance import groups_of
from clustering.data.steps.sampling import MOST_NAMES
from clustering.data.tables import Table
from clustering.dataset import Dataset, Floats, Integers, Source
from clustering.errors import DataError, ParameterError, PreparationError
from clustering.words import count

__all__ = ["PATTERN", "columns", "tfidf"]

PATTERN = (
    r"[\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|[^\W_\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,}"
)
"""A word, as ``TfidfVectorizer(token_pattern=PATTERN)`` takes it: a Chinese or Japanese character,
or two or more letters and digits of any other script."""

CELLS = 100_000_000
"""Texts times words, at most: 0.8 GB of numbers."""

MOST_GROUPS = 100  # of a column to balance by
LONGEST_NAME = 60  # characters of a text that name it

EMPTY, WORDLESS = "empty text", "no word that is used"


def columns(table: Table) -> tuple[str, ...]:
    r"""Give the columns of words, the one with the longest texts first.

    Parameters
    ----------
    table : Table
        What the user brought.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from clustering.data.tables import read
    >>> columns(read(b"id,name,said\n1,Ann,it is late\n2,Bo,so it is\n", "mine.csv"))
    ('said', 'name')
    """
    lengths = {
        str(name): float(cells.dropna().astype(str).str.len().mean())
        for name, cells in table.frame.items()
        if _holds_text(cells) and cells.notna().any()
    }
    return tuple(sorted(lengths, key=lambda name: -lengths[name]))


def tfidf(
    table: Table,
    column: str,
    *,
    most: int = 2_000,
    min_df: int = 2,
    max_df: float = 0.5,
    by: str = "",
) -> Dataset:
    r"""Make a point of each text in a column.

    Parameters
    ----------
    table : Table
        What the user brought.
    column : str
        The column of texts.
    most : int
        Words that become coordinates, at most: those that stand there most often.
    min_df : int
        Texts that a word must stand in, at least; with fewer texts than ten, 1.
    max_df : float
        Share of the texts that a word may stand in, at most, from 0 to 1: what stands in
        more of them tells them not apart.
    by : str
        A column of groups, each of which shall count the same; none when left out.

    Returns
    -------
    Dataset
        Points (n, words) of length 1, none below 0; `columns` are the words, `features`
        the texts themselves, `source.names` how they begin; `left_out` names the rows
        without a text, and those without any of the words.

    Raises
    ------
    DataError
        Where there is no such column, or it holds no texts.
    PreparationError
        Where all texts are empty, or no word is left.
    ParameterError
        Where a number makes no sense.

    Notes
    -----
    ``TfidfVectorizer(token_pattern=PATTERN, sublinear_tf=True, max_features=most,
    min_df=min_df, max_df=float(max_df))`` of scikit-learn. The table of n texts and m words is
    held in full, in 8 n m bytes.

    Examples
    --------
    >>> from clustering.data.tables import read
    >>> table = read("said\n红 酒 很 好\n白 酒 很 好\n一 路 很 远\n".encode(), "mine.csv")
    >>> found = tfidf(table, "said", max_df=0.7)
    >>> found.n, found.columns
    (3, ('一', '好', '白', '红', '路', '远', '酒'))
    """
    _check(most, min_df, max_df)
    cells = _cells(table, column)
    there = cells.str.contains(r"\S", regex=True)
    if not there.any():
        raise PreparationError(
            f"All {count(len(cells), 'cell')} of column '{_short(column)}' are empty, so that "
            "there is no text to read; choose another column."
        )
    places = np.flatnonzero(there.to_numpy())
    if len(places) < 2:
        raise PreparationError(
            f"Only one cell of column '{_short(column)}' holds a text; it takes two to compare."
        )
    words, points = _words(cells.iloc[places], column, most, min_df, max_df)
    told = points.any(axis=1)
    left_out = {EMPTY: np.flatnonzero(~there.to_numpy()), WORDLESS: places[~told]}
    rows, points = places[told], points[told]
    said = (
        f"Each text became {count(len(words), 'number')}, the TF-IDF of the words that stand in "
        f"it; of these the {count(len(words), 'word')} used most often were kept, without those in "
        f"more than {100 * max_df:.0f} % of the texts.",
        *_said_left_out(left_out),
    )
    weights = _weights(table, by, rows) if by else None
    if weights is not None:
        said = (*said, f"Texts weighted so that the groups of '{_short(by)}' count the same.")
    return Dataset(
        points=points,
        columns=words,
        rows=rows,
        source=Source(table.name, "text", _beginnings(cells.iloc[rows])),
        features=pd.DataFrame({column: cells.iloc[rows]}),
        weights=weights,
        changes=said,
        left_out={reason: found for reason, found in left_out.items() if len(found)},
    )


def _holds_text(cells: "pd.Series[str]") -> bool:
    """Tell whether a column holds words."""
    return pd.api.types.is_string_dtype(cells) or cells.dtype == object


def _check(most: int, min_df: int, max_df: float) -> None:
    """Refuse numbers that make no sense."""
    for name, value in (("most", most), ("min_df", min_df)):
        if value < 1:
            raise ParameterError(f"{name} = {value}; choose a whole number from 1.")
    if not 0 < max_df <= 1:
        raise ParameterError(f"max_df = {max_df:g}; choose a share above 0 and up to 1.")


def _cells(table: Table, column: str) -> "pd.Series[str]":
    """Give the texts of a column, missing ones empty."""
    if column not in table.frame.columns:
        raise DataError(
            f"'{table.name}' has no column '{_short(column)}'; choose one of its columns of texts."
        )
    cells = table.frame[column]
    if not _holds_text(cells) and cells.notna().any():
        raise DataError(
            f"Column '{_short(column)}' holds numbers or dates and no texts; choose a column of "
            "texts, or prepare the table on the Data page."
        )
    return cells.astype("str").where(cells.notna(), "")


def _words(
    texts: "pd.Series[str]", column: str, most: int, min_df: int, max_df: float
) -> tuple[tuple[str, ...], Floats]:
    """Give the words that are used, and their TF-IDF in each text."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    n = len(texts)
    least = 1 if n < 10 else min_df
    reader = TfidfVectorizer(
        token_pattern=PATTERN,
        sublinear_tf=True,
        max_features=int(most),
        min_df=int(least),
        max_df=float(max_df),  # the whole number 1 would mean one text
    )
    try:
        table = reader.fit_transform(texts)
    except ValueError:
        raise PreparationError(
            f"No word of column '{_short(column)}' stands in at least {count(least, 'text')} and "
            f"in at most {100 * max_df:.0f} % of the {n:,} texts, so that nothing tells them "
            "apart; choose a larger share, or another column."
        ) from None
    words = tuple(map(str, reader.get_feature_names_out()))
    if n * len(words) > CELLS:
        raise PreparationError(
            f"{n:,} texts and {len(words):,} words are more than {CELLS:,} numbers; choose at most "
            f"{CELLS // n:,} words."
        )
    points: Floats = np.asarray(table.toarray(), dtype=np.float64)
    return words, points


def _weights(table: Table, by: str, rows: Integers) -> Floats:
    """Give weights with which each group of a column counts the same."""
    groups = groups_of(table, by, rows)
    sizes = np.bincount(groups)
    if len(sizes) > MOST_GROUPS:
        raise PreparationError(
            f"Column '{_short(by)}' has {len(sizes):,} different values; balance by a column with "
            f"at most {MOST_GROUPS}."
        )
    weights: Floats = len(rows) / (len(sizes) * sizes[groups])
    return weights


def _said_left_out(left_out: Mapping[str, Integers]) -> tuple[str, ...]:
    """Say how many rows were left out, and why."""
    reasons = {EMPTY: "because the cell is empty", WORDLESS: "because none of these words is in it"}
    return tuple(
        f"{count(len(rows), 'row')} left out {reasons[reason]}."
        for reason, rows in left_out.items()
        if len(rows)
    )


def _beginnings(texts: "pd.Series[str]") -> tuple[str, ...]:
    """Name texts by how they begin."""
    if len(texts) > MOST_NAMES:
        return ()
    flat = (" ".join(str(text)[: 4 * LONGEST_NAME].split()) for text in texts)
    return tuple(
        text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1].rstrip() + "…"
        for text in flat
    )


def _short(name: str) -> str:
    """Cut a name that is long."""
    return " ".join(name.split())[:LONGEST_NAME]
