"""Clustering as three nouns: Dataset, Axis, Partition.

The road from a file to an answer, and home again:

>>> from clustering import export, kmeans
>>> from clustering.data import preparation, samples, tables
>>> content = samples.content("customers")
>>> table = tables.read(content, "customers.csv")            # what the file says
>>> choices = preparation.suggest(table)                     # how to make it ready
>>> dataset = preparation.fit(table, choices).apply(table)
>>> axis = kmeans.axis(dataset, k_max=6)                     # every k at once
>>> partition = axis.at(5)                                   # one answer
>>> frame = export.labels_frame(table, dataset, partition)   # every row of the file
>>> file = export.labels_csv(frame)
>>> len(frame), frame.columns[-2], partition.k
(200, 'cluster', 5)

The rooms, from the ground up; each imports only what stands before it:

``errors``, ``progress``, ``words``
    Sentences for the user, how long work reports and is stopped, and how numbers
    are written.
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
    Labels and scripts to carry away.

Importing ``clustering`` itself loads nothing heavy, and nothing here knows of the
dashboard.
"""
