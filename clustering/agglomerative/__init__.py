"""Agglomerative clustering: merge the two nearest clusters, again and again.

Every point begins alone, and n - 1 merges later all are one. The merges are a tree, and
every number of clusters is a cut of it: nothing is computed anew, and a cluster of one
cut lies whole within a cluster of the next. What "nearest" means is the `linkage`:

==========  ==================================================================
"ward"      the merge that adds least to the sum of squared distances to means
"complete"  the least largest distance between two of their points
"average"   the least mean distance
"single"    the least smallest distance, which follows chains
==========  ==================================================================

Ward's needs means and so coordinates; the others take any distances. Of merges that are
equally near, the tree takes one by the order of the points, and only one: a cut gives k
clusters even where k - 1 or k + 1 would be as good.

A graph of neighbours (`clustering.graph`) restricts the merges to clusters that an edge
joins: the tree then follows what hangs together.

References: J. H. Ward, Hierarchical grouping to optimize an objective function, JASA 58,
1963. D. Muellner, Modern hierarchical, agglomerative clustering algorithms, 2011.
"""

from clustering.agglomerative.heights import HeightAxis, axis, cophenetic
from clustering.agglomerative.in_python import in_python
from clustering.agglomerative.over_k import cuts, fit, over_k
from clustering.trees.merging import LINKAGES, Linkage

__all__ = [
    "LINKAGES",
    "HeightAxis",
    "Linkage",
    "axis",
    "cophenetic",
    "cuts",
    "fit",
    "in_python",
    "over_k",
]
