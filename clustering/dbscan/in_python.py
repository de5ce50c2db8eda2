"""DBSCAN at one epsilon as the lines of a script."""

from collections.abc import Mapping

from clustering.snippets import block, call

__all__ = ["in_python"]


def in_python(parameters: Mapping[str, object], *, weights: str, distances: str) -> str:
    """Write the lines of a script that set `labels` to what `fit` gives."""
    metric = "precomputed" if distances else str(parameters.get("metric", "euclidean"))
    trees = metric in ("euclidean", "manhattan", "chebyshev")
    model = call(
        "DBSCAN",
        eps="eps",
        min_samples=repr(parameters["min_samples"]),
        metric=repr(metric),
        **({"metric_params": "{'VI': inverse}"} if metric == "mahalanobis" else {}),
        algorithm="'kd_tree'" if trees else "'brute'",
    )
    given = f"{distances or 'points'}{f', sample_weight={weights}' if weights else ''}"
    covariance = f"np.cov(points.T{f', aweights={weights}' if weights else ''})"
    return block(
        "DBSCAN: a point with enough others within eps is core, core points within eps are of one "
        "cluster. The hair that is added makes sure of those whose distance is eps itself.",
        "from sklearn.cluster import DBSCAN",
        f"eps = {parameters['eps']!r} * (1 + 1e-12)",
        *([f"inverse = np.linalg.inv(np.atleast_2d({covariance}))"] * (metric == "mahalanobis")),
        f"labels = {model}.fit_predict({given})",
    )
