"""Clustering as three nouns: Dataset, Axis, Partition.

The road from a file to an answer::

    table     = clustering.data.tables.read(content, "mall.csv")      what the file says
    choices   = clustering.data.preparation.suggest(table)            how to make it ready
    dataset   = clustering.data.preparation.fit(table, choices).apply(table)
    axis      = clustering.kmeans.axis(dataset)                       every k at once
    partition = axis.at(5)                                            one answer
    clustering.export.labels_csv(table, partition)                    home again

The rooms, from the ground up; each imports only what stands before it:

``errors``, ``progress``
    Sentences for the user, and how long work reports and is stopped.
``dataset``, ``partition``, ``axis``
    The three nouns.
``data``
    Where a Dataset comes from: readers, samples, passport, preparation.
``validity``
    Every index of quality, defined once.
``kmeans``, ...
    One method a file, with the geometry it needs (``voronoi``, ``projection``).
``lessons``
    A method's recorded steps, told in sentences.
``figures``
    Results as Plotly figures.
``export``
    Labels, scripts and charts to carry away.

Importing ``clustering`` itself loads nothing heavy, and nothing here knows of the
dashboard.
"""
