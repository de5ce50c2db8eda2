"""What a prediction is worth: figures of merit, and the plain ways that it must beat.

`reports` compares predicted classes with true ones, `classes` and `texts` predict them without
a network, `forecasts` does so for the next value of a series. All learn on the training part
alone.
"""
