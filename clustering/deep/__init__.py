"""What is trained: networks that learn a space, and clusters in it.

A **Model** is what was trained: it encodes points into a latent space and decodes them
from there. `embedding.embed` leads that space back into a Dataset, so that every method
and every instrument of the library works on it. What clusters while it learns (`dec`,
`idec`, `information` ...) gives a Model and a Partition together.

This room alone imports Keras, and inside functions only (`clustering.deep.backend`):
whoever does not train waits for none of it. Keras' random numbers belong to the whole
process; trainings side by side belong into processes of their own (`clustering.engine`).

Every function that trains has the same form::

    model = autoencoder.fit(dataset, epochs=20, within=5.0)        what 5 seconds allow
    model = autoencoder.fit(dataset, epochs=20, begin=model)       the rest

What was stopped and gone on with is, number for number, what would have come without.
"""
