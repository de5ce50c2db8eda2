"""Guess: what a plain way predicts for the classes of the test part."""

from dataclasses import dataclass

from clustering.dataset import Floats, Integers

__all__ = ["Guess"]


@dataclass(frozen=True, eq=False, slots=True)
class Guess:
    """Classes that were predicted without a network.

    Attributes
    ----------
    name : str
        How, in a few words.
    predicted : ndarray of shape (m,), int64
        Classes of the test part.
    probabilities : ndarray of shape (m, c)
        Of each class.
    seconds : float
        Time that learning and predicting took.
    note : str
        What must be said beside the figures; empty where nothing must.
    """

    name: str
    predicted: Integers
    probabilities: Floats
    seconds: float
    note: str = ""
