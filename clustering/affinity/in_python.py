"""In Python: the lines of a script that find the same clusters with scikit-learn."""

from collections.abc import Mapping

from clustering.snippets import block, call

__all__ = ["in_python"]

COVARIANCES = {
    "graphical lasso": ("GraphicalLassoCV", "GraphicalLassoCV(cv=3)"),
    "Ledoit-Wolf": ("LedoitWolf", "LedoitWolf()"),
}
"""Classes of scikit-learn, and how they are made."""


def in_python(parameters: Mapping[str, object], *, weights: str, distances: str) -> str:
    """Write the lines of a script that set `labels` to what `fit` gives."""
    by = str(parameters["similarity"])
    given = {
        "preference": repr(parameters["preference"]),
        "damping": repr(parameters["damping"]),
        "max_iter": repr(parameters["max_iter"]),
        "random_state": repr(parameters["seed"]),
    }
    found = call("affinity_propagation", "similarity", **given)
    return block(
        "Affinity propagation: points send messages until some of them stand for the others. A "
        "warning says where the messages did not settle.",
        "from sklearn.cluster import affinity_propagation",
        *_similarity(by, parameters.get("alpha"), distances),
        f"exemplars, labels = {found}",
        "",
        "# Clusters are numbered by their first members.",
        "first = [np.flatnonzero(labels == k)[0] for k in range(len(exemplars))]",
        "if first:",
        "    labels = np.argsort(np.argsort(first))[labels]",
    )


def _similarity(by: str, alpha: object, distances: str) -> list[str]:
    """Write how much alike points are."""
    if by == "distance":
        if distances:
            return ["similarity = -(distances**2)"]
        return [
            "from scipy.spatial.distance import cdist",
            "similarity = -cdist(points, points, 'sqeuclidean')",
        ]
    if by == "correlation":
        return ["similarity = np.corrcoef(points)"]
    name, made = COVARIANCES[by]
    if alpha is not None:
        name, made = "GraphicalLasso", f"GraphicalLasso(alpha={alpha!r})"
    return [
        f"from sklearn.covariance import {name}",
        f"similarity = {made}.fit(points.T).covariance_",
    ]
