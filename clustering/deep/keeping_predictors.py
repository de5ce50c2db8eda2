"""Keeping predictors: a Predictor as a ``.keras`` file that Keras opens anywhere.

Beside Keras' own members stand two of ours, as with a Model (`saving`): how it was trained, and
what its optimizer remembers.
"""

import io
import json
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from clustering.deep.predictor import Predictor
from clustering.deep.saving import MEMORY, OURS

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
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        predictor.rebuilt().save(path)
        held = io.BytesIO(path.read_bytes())
    own = {
        "predicts": predictor.kind,
        "settings": dict(predictor.settings),
        "history": {name: row.tolist() for name, row in predictor.history.items()},
        "epochs": predictor.epochs,
        "seconds": predictor.seconds,
        "device": predictor.device,
        "ground": predictor.ground,
    }
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr(OURS, json.dumps(own))
        for place, array in enumerate(predictor.optimizer):
            memory = io.BytesIO()
            np.save(memory, np.asarray(array, order="C"), allow_pickle=False)
            archive.writestr(MEMORY.format(place), memory.getvalue())
    return held.getvalue()
