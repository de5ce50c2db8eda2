"""Keeping predictors: a Predictor as a ``.keras`` file that Keras opens anywhere.

Beside Keras' own members stand two of ours, as with a Model (`saving`): how it was trained, and
what its optimizer remembers.
"""

from clustering.deep.predictor import Predictor
from clustering.deep.saving import archived

__all__ = ["saved"]


def saved(predictor: Predictor) -> bytes:
    """Write a Predictor as a ``.keras`` file.

    Parameters
    ----------
    predictor : Predictor
        What was trained.

    Returns
    -------
    bytes
        Keras' archive, with how it was trained and what its optimizer remembers beside.
    """
    return archived(predictor, predicts=predictor.kind, ground=predictor.ground)
