"""Methods on series: they know that a point is a series of steps, and that steps may shift.

`dtw_kmeans` averages series along warping paths, `kshape` after shifting them,
`resampled` brings them to one length, so that any other method takes them. `barycentres` are
what a cluster looks like, whoever made it; `beside` sets these ways side by side.

All take a Dataset as `clustering.data.sequences` makes it, padded or not, and its shape (T, D).
"""
