"""IMDb by Keras' own loader, for machines with a network.

Keras fetches two files once and keeps them: 50,000 reviews of films, half of them the test part,
each as the numbers of its words, and the words [1]_.

References
----------
.. [1] A. L. Maas, R. E. Daly, P. T. Pham, D. Huang, A. Y. Ng, C. Potts, "Learning word vectors
       for sentiment analysis", ACL 2011.
"""

import os
import socket
from pathlib import Path
from typing import Any
from urllib.request import getproxies

import numpy as np

from clustering.deep.backend import keras
from clustering.deep.mnist import HOST, PATIENCE
from clustering.deep.texts import Texts
from clustering.errors import DataError, UnsupportedError
from clustering.progress import Report, Step, silent

__all__ = ["imdb"]

SIZE = "19 MB"
FILES = ("imdb.npz", "imdb_word_index.json")
BEFORE_WORDS = 3
"""Numbers that Keras keeps for the beginning, for what is unknown and for nothing."""


def imdb(*, report: Report = silent) -> Texts:
    """Give IMDb's 50,000 reviews, fetched where they are not yet at hand.

    Parameters
    ----------
    report : callable
        Told before they are fetched.

    Returns
    -------
    Texts
        Words in small letters without the signs between them, as Keras has them; the test part is
        that of the set.

    Raises
    ------
    DataError
        Where there is no network, or it does not answer in five seconds.
    UnsupportedError
        Where Keras is not installed.
    """
    report(Step(0, 1, f"IMDb is fetched, {SIZE}, once"))
    patience = socket.getdefaulttimeout()
    try:
        if not at_hand() and not getproxies():
            socket.create_connection(HOST, timeout=PATIENCE).close()
        socket.setdefaulttimeout(PATIENCE)  # Keras' downloader names none, and would wait for ever
        parts = keras().datasets.imdb.load_data()
        places = keras().datasets.imdb.get_word_index()
    except UnsupportedError:
        raise
    except Exception as error:  # whatever its downloader meets, some of it bare exceptions
        raise DataError(
            "IMDb could not be fetched: this machine seems to have no network. Bring a table with "
            "a column of texts and one of labels, or take the sample."
        ) from error
    finally:
        socket.setdefaulttimeout(patience)
    report(Step(1, 1, "IMDb is here"))
    return texts_of(parts, places)


def at_hand() -> bool:
    """Say whether Keras has kept both files."""
    home = os.environ.get("KERAS_HOME") or Path.home() / ".keras"
    return all((Path(home) / "datasets" / name).is_file() for name in FILES)


def texts_of(parts: Any, places: dict[str, int]) -> Texts:
    """Write the reviews out, from the numbers of their words.

    Parameters
    ----------
    parts : pair of pairs
        Rows of numbers and labels of the training part, and of the test part, as Keras has them.
    places : dict of str to int
        The number of each word, from 1.

    Returns
    -------
    Texts
        Of texts that stand in both parts the one of the test part is left out.

    Examples
    --------
    >>> found = texts_of((([[1, 4, 5]], [1]), ([[1, 4]], [0])), {"very": 1, "good": 2})
    >>> found.texts, found.test.tolist()
    (('very good', 'very'), [False, True])
    """
    (train, train_labels), (test, test_labels) = parts
    words = {number + BEFORE_WORDS: word for word, number in places.items()}
    texts = [" ".join(words[each] for each in row if each in words) for row in (*train, *test)]
    labels = np.concatenate([train_labels, test_labels]).astype(np.int64)
    first = dict[str, int]()
    for place, text in enumerate(texts):
        first.setdefault(text, place)
    kept = np.array(sorted(first.values()), dtype=np.int64)
    again = len(texts) - len(kept)
    return Texts(
        tuple(texts[place] for place in kept),
        labels[kept],
        ("negative", "positive"),
        kept,
        kept >= len(train),
        "IMDb",
        (f"{again:,} reviews that stand above already: left out.",) if again else (),
    )
