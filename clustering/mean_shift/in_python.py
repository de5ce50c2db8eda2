"""Mean-shift as the lines of a script."""

from collections.abc import Mapping

from clustering.snippets import block, call

__all__ = ["in_python"]


def in_python(parameters: Mapping[str, object], *, weights: str, distances: str) -> str:
    """Write the lines of a script that set `labels` to what `fit` gives."""
    quantile, seeded = parameters.get("quantile"), bool(parameters.get("bin_seeding"))
    points = "repeated" if weights else "points"
    if quantile is None:
        width = f"bandwidth = np.float64({parameters['bandwidth']!r})"
    else:
        estimated = call(
            "estimate_bandwidth", points, quantile=repr(quantile), n_samples=f"len({points})"
        )
        width = f"bandwidth = {estimated}"
    used = "MeanShift" if quantile is None else "MeanShift, estimate_bandwidth"
    model = call("MeanShift", bandwidth="bandwidth", bin_seeding=repr(seeded))
    repeat = [
        f"counts = {weights}.round().astype(int)",
        "repeated = np.repeat(points, counts, axis=0)",
    ]
    return block(
        "Mean-shift: every point climbs to the mean of the points within the bandwidth, until it "
        "stands still; points belong to the nearest of the places that were reached.",
        f"from sklearn.cluster import {used}",
        *(["import warnings"] if seeded else []),
        *(["warnings.filterwarnings('ignore', 'Binning data failed')"] if seeded else []),
        *(repeat if weights else []),
        width,
        f"labels = {model}.fit({points}).labels_",
        *(["labels = labels[np.cumsum(counts) - counts]"] if weights else []),
    )
