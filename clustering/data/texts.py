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

import pandas as pd

from clustering.data.tables import Table
from clustering.dataset import Dataset

__all__ = ["PATTERN", "columns", "tfidf"]

PATTERN = (
    r"[\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|[^\W_\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,}"
)
"""A word, as `sklearn.feature_extraction.text.TfidfVectorizer` takes it: a Chinese or Japanese
character, or two letters or digits and more of any other script."""


def columns(table: Table) -> tuple[str, ...]:
    """Give the columns that hold texts of several words, the longest texts first."""
    return tuple(
        str(name) for name in table.frame.columns if pd.api.types.is_string_dtype(table.frame[name])
    )


def tfidf(
    table: Table,
    column: str,
    *,
    most: int = 2_000,
    min_df: int = 2,
    max_df: float = 0.5,
    by: str = "",
) -> Dataset:
    """Make points of the texts in a column."""
    raise NotImplementedError
