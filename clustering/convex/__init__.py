r"""Convex clustering: every point has a centroid, and centroids of neighbours pull together.

.. math:: \min_U \tfrac12 \sum_i \|x_i - u_i\|^2
          + \lambda \sum_{(i, j)} w_{ij} \|u_i - u_j\| , \qquad
          w_{ij} = e^{-\varphi d_{ij}^2 / m^2}

At lambda = 0 each point is its own centroid; as lambda grows, centroids move together and
*fuse*, until all are one in the mean of all points. Points whose centroids are equal are a cluster.
There is one answer for each lambda, which hangs on no start, and the fusions are a tree that is
cut like any other. Pairs are those of a graph of nearest neighbours, d is their distance and m
the median of these.

A pair that has fused counts as one from there on. With some weights the exact solution parts
such a pair again; where that happens, `ConvexPath.notes` say so.

References
----------
T. D. Hocking et al., Clusterpath: an algorithm for clustering using convex fusion penalties,
ICML 2011. F. Lindsten, H. Ohlsson, L. Ljung, Just relax and come clustering!, 2011.
E. C. Chi, K. Lange, Splitting methods for convex clustering, JCGS 24, 2015.
"""

from clustering.convex.over_lambda import ConvexPath, fit, path

__all__ = ["ConvexPath", "fit", "path"]
