"""Agglomerative clustering as the lines of a script."""

from collections.abc import Mapping

from clustering.snippets import block, call

__all__ = ["in_python"]

SCIPY = {"manhattan": "cityblock"}
"""What scipy calls a metric, where not by our name."""


def in_python(parameters: Mapping[str, object], *, weights: str, distances: str) -> str:
    """Write the lines of a script that set `labels` to what `fit` gives."""
    blocks = []
    metric = str(parameters.get("metric", "euclidean"))
    if metric != "euclidean":
        distances = "distances"
        blocks.append(_measured(metric))
    neighbours, radius = parameters.get("neighbours", 0), parameters.get("radius", 0.0)
    if neighbours or radius:
        blocks.append(_graph(neighbours, radius, distances))
    model = call(
        "AgglomerativeClustering",
        n_clusters=repr(parameters["k"]),
        linkage=repr(parameters["linkage"]),
        **({"metric": "'precomputed'"} if distances else {}),
        **({"connectivity": "edges"} if neighbours or radius else {}),
    )
    blocks.append(
        block(
            "Agglomerative clustering: the two nearest clusters are merged until so many are left; "
            "they are numbered in the order of their first points.",
            "from sklearn.cluster import AgglomerativeClustering",
            f"labels = {model}.fit_predict({distances or 'points'})",
            "labels = pd.factorize(labels)[0]",
        )
    )
    return "\n\n".join(blocks)


def _measured(metric: str) -> str:
    """Measure the distances of all pairs."""
    if metric == "mahalanobis":
        return block(
            "Mahalanobis' distance between all points.",
            "from scipy.spatial.distance import cdist",
            "inverse = np.linalg.inv(np.atleast_2d(np.cov(points.T)))",
            "distances = cdist(points, points, 'mahalanobis', VI=inverse)",
        )
    return block(
        "Distances between all points.",
        "from scipy.spatial.distance import cdist",
        f"distances = np.maximum(cdist(points, points, {SCIPY.get(metric, metric)!r}), 0)",
    )


def _graph(neighbours: object, radius: object, distances: str) -> str:
    """Make the graph along which clusters merge."""
    parts = (
        "Where the graph falls into parts, scikit-learn joins every two by their nearest points, "
        "and warns of it."
    )
    quiet = "filterwarnings('ignore', 'the number of connected components')"
    if radius and not neighbours:
        return block(
            f"Clusters merge only where two of their points are within this radius. {parts}",
            "from warnings import filterwarnings",
            "from scipy.sparse import csr_matrix",
            "from scipy.spatial.distance import cdist",
            quiet,
            f"edges = csr_matrix({distances or 'cdist(points, points)'} <= {radius!r})",
            "edges.setdiag(0)",
            "edges.eliminate_zeros()",
        )
    why = (
        "Clusters merge only where a point of one is among the nearest neighbours of a point of "
        f"the other. {parts}"
    )
    if not distances:
        return block(
            why,
            "from warnings import filterwarnings",
            "from sklearn.neighbors import kneighbors_graph",
            quiet,
            f"edges = kneighbors_graph(points, {neighbours!r})",
        )
    return block(
        why,
        "from warnings import filterwarnings",
        quiet,
        f"others = {distances}.copy()",
        "np.fill_diagonal(others, np.inf)",
        f"near = np.argpartition(others, {int(str(neighbours)) - 1}, axis=1)[:, :{neighbours!r}]",
        "edges = np.zeros(others.shape)",
        "np.put_along_axis(edges, near, 1.0, axis=1)",
    )
