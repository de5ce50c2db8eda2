"""Clustering as three nouns: Dataset, Axis, Partition; and a Model where something is trained.

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

``errors``, ``progress``, ``words``, ``snippets``, ``threads``
    Sentences for the user, how long work reports and is stopped, how numbers are
    written, how lines of code are laid out, and on how many threads a fit runs.
``dataset``, ``partition``, ``axis``, ``checks``
    The three nouns, and what must hold of any argument.
``data``
    Where a Dataset comes from: readers, samples, passport, preparation.
``validity``
    Every index of quality, defined once.
``geometry``, ``sweep``, ``trees``, ``graph``
    What methods are made of: distances, axes over k, trees of merges, neighbours.
``kmeans``, ``dbscan``, ...
    One method a module, or a package where it has several files.
``series``, ``supervised``
    Methods on series, and what predictions are held against.
``deep``
    Networks, what they learn, and clusters in it. It alone imports Keras, when it trains.
``judging``
    What judges a method from outside, given as an argument.
``engine``
    Runs a function of the library on a worker process.
``lessons``
    A method's recorded steps, told in sentences.
``figures``
    Results as Plotly figures.
``script``, ``export``
    Programs and labels to carry away.

Importing ``clustering`` itself loads nothing heavy, and nothing here knows of the
dashboard.
"""
