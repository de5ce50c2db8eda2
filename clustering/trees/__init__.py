"""Trees of merges, which DBSCAN, HDBSCAN, agglomerative and convex clustering share.

`merge_tree` is the structure: it keeps every way of joining nearest things and is cut
anywhere, and `levels` says what it holds at which height. `spanning` and `merging` grow one,
from mutual reachability and by a linkage; `branches`, `joining` and `cophenetic` read it.
"""
