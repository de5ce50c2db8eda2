"""k-means as the lines of a script."""

from collections.abc import Mapping

import numpy as np

from clustering.snippets import block, call

__all__ = ["in_python"]


def in_python(parameters: Mapping[str, object], *, weights: str, distances: str) -> str:
    """Write the lines of a script that set `labels` to what `fit` gives."""
    init, n_init = parameters["init"], parameters["n_init"]
    start = repr(init) if isinstance(init, str) else f"np.array({np.asarray(init).tolist()!r})"
    model = call(
        "KMeans",
        n_clusters=repr(parameters["k"]),
        init=start,
        n_init=repr(n_init),
        max_iter=repr(parameters["max_iter"]),
        tol=repr(parameters["tol"]),
        random_state=repr(parameters["seed"]),
    )
    given = f"points, sample_weight={weights}" if weights else "points"
    best = "" if n_init == 1 else f" Of {n_init} starts the best is kept."
    return block(
        "k-means: each point belongs to the nearest of the centres, and each centre is the "
        f"mean of its points.{best}",
        "from sklearn.cluster import KMeans",
        f"labels = {model}.fit_predict({given})",
    )
