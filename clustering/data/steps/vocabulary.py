"""Vocabulary: the words of a column of categories, and their order.

Words, codes, and yes or no all become text, so that a word that a later file writes
in another type is still the same word. Codes keep the order of numbers, in which 9
stands before 10, no stands before yes, and all else in the order of the alphabet.
"""

from typing import Any

import numpy as np
import pandas as pd

from clustering.data.kinds import Form
from clustering.dataset import Integers

__all__ = ["codes", "vocabulary", "words_of"]


def words_of(cells: "pd.Series[Any]", form: Form) -> "pd.Series[Any]":
    """Give the cells of a column as words; missing cells stay missing.

    Parameters
    ----------
    cells : pandas.Series of n cells
        Text, numbers, or True and False.
    form : Form
        Knows the words that a file has for yes and no.

    Returns
    -------
    pandas.Series of n str

    Examples
    --------
    >>> words_of(pd.Series([10.0, 9.0, None]), Form("code")).tolist()
    ['10', '9', nan]
    >>> words_of(pd.Series([True, False]), Form("boolean", words=("no", "yes"))).tolist()
    ['yes', 'no']
    """
    if isinstance(cells.dtype, pd.StringDtype):
        return cells
    if is_boolean(cells):
        no, yes = yes_and_no(form)
        return cells.astype(object).map({False: no, True: yes}).astype("str")
    if cells.dtype.kind in "iuf":
        # Each different number is written once: a million cells hold a few codes.
        known = {value: written(value) for value in cells.dropna().unique().tolist()}
        return cells.map(known).astype("str")
    return cells.map(str, na_action="ignore").astype("str")


def vocabulary(words: "pd.Series[Any]", cells: "pd.Series[Any]", form: Form) -> tuple[str, ...]:
    """Give the different words in their order.

    Parameters
    ----------
    words : pandas.Series of n str
        What `words_of` made of some of the cells.
    cells : pandas.Series, form : Form
        The column that they are from.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> cells = pd.Series([10, 9, 9])
    >>> vocabulary(words_of(cells, Form("code")), cells, Form("code"))
    ('9', '10')
    """
    different = [str(word) for word in words.dropna().unique()]
    if is_boolean(cells):
        return tuple(word for word in yes_and_no(form) if word in different)
    if cells.dtype.kind in "iuf":
        return tuple(sorted(different, key=float))
    return tuple(sorted(different))


def codes(words: "pd.Series[Any]", known: tuple[str, ...]) -> Integers:
    """Give the place of each word among the known ones, -1 where it is none of them."""
    return np.asarray(pd.Index(known, dtype="str").get_indexer(pd.Index(words)), dtype=np.int64)


def is_boolean(cells: "pd.Series[Any]") -> bool:
    """Tell whether a column holds True and False."""
    return cells.dtype.kind == "b" or str(cells.dtype) == "boolean"


def yes_and_no(form: Form) -> tuple[str, ...]:
    """Give the words for no and for yes."""
    return form.words if len(set(form.words)) == 2 else ("False", "True")


def written(value: float) -> str:
    """Write a number as a word: whole numbers without a point."""
    return str(int(value)) if np.isfinite(value) and value == int(value) else repr(value)
