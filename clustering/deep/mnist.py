"""MNIST by Keras' own loader, for machines with a network.

Keras fetches the file once, checks its digest, and keeps it; from then on
`data.image_sets.mnist` finds it without Keras and without a network.
"""

import socket
from typing import Any
from urllib.request import getproxies

import numpy as np

from clustering.data import image_sets
from clustering.data.image_sets import ImageSet
from clustering.deep.backend import keras
from clustering.errors import DataError, UnsupportedError
from clustering.progress import Report, Step, silent

__all__ = ["fetched"]

SIZE = "11 MB"
HOST = ("storage.googleapis.com", 443)
"""Where Keras fetches it from."""
PATIENCE = 5.0
"""Seconds in which that must answer; Keras itself would wait for ever."""


def fetched(*, report: Report = silent) -> ImageSet:
    """Give MNIST's 70,000 digits, fetched where they are not yet at hand.

    Parameters
    ----------
    report : callable
        Told before the file is fetched.

    Returns
    -------
    ImageSet
        As `data.image_sets.mnist` gives it.

    Raises
    ------
    DataError
        Where there is no network, or what came is not MNIST.
    UnsupportedError
        Where Keras is not installed.
    """
    found = image_sets.mnist()
    if found is not None:
        return found
    report(Step(0, 1, f"MNIST is fetched, {SIZE}, once"))
    try:
        if not getproxies():
            socket.create_connection(HOST, timeout=PATIENCE).close()
        loaded = keras().datasets.mnist.load_data()
    except UnsupportedError:
        raise
    except Exception as error:  # whatever its downloader meets, some of it bare exceptions
        raise DataError(
            "MNIST could not be fetched: this machine seems to have no network. Bring mnist.npz "
            "as a file, or put it into the folder that CLUSTERLOOM_DATA names; until then there "
            "are the 1,797 digits."
        ) from error
    report(Step(1, 1, "MNIST is here"))
    return image_sets.mnist() or _set_of(loaded)


def _set_of(loaded: Any) -> ImageSet:
    """Make an image set of Keras' arrays, where its cache is not where it is looked for."""
    (train, train_labels), (test, test_labels) = loaded
    return ImageSet(
        np.concatenate([train, test]),
        np.concatenate([train_labels, test_labels]).astype(np.int64),
        tuple(map(str, range(10))),
        (),
        np.arange(len(train) + len(test)) >= len(train),
        "MNIST",
        "digit",
        ("These are MNIST's digits, fetched by Keras.",),
    )
