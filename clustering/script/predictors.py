"""Predictors: the way from data and a trained network to its predictions, without this library.

A network is not trained again: the last digits of weights differ from machine to machine. The
script opens the ``.keras`` file that `deep.keeping_predictors.saved` writes, makes the data ready
as they were, on the training part alone, and writes what is predicted of both parts. What a file
means is found out in many steps, so the data are stored once more as they were read, in a file
without a pickle in it: ``series.npz`` or ``texts.json``.
"""

from clustering.script.classes import classes_npz, classes_script
from clustering.script.forecasts import forecast_npz, forecast_script
from clustering.script.sentiment import sentiment_script, texts_json

__all__ = [
    "classes_npz",
    "classes_script",
    "forecast_npz",
    "forecast_script",
    "sentiment_script",
    "texts_json",
]
