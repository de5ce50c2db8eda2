"""What the page of DBSCAN says: its figures, plateaus, silhouettes, and what is odd."""

import numpy as np

from clustering import dbscan, hdbscan, validity
from clustering.dbscan.over_min_samples import Atlas
from clustering.figures import dbscan as drawing
from clustering.geometry import metrics
from clustering.partition import Partition
from clustering.words import count
from dashboard import ui
from dashboard.structure.dbscan.parts import Here


# ---- the present epsilon ------------------------------------------------------------------------
def with_unit(value: float, unit: str) -> str:
    """Write an epsilon."""
    return f"{value:.4g} {unit}".strip()


def epsilon(here: Here) -> str:
    """Name the scale of epsilons."""
    return f"epsilon ({here.unit})" if here.unit else "epsilon"


def key_figures(here: Here) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    partition, n, score = here.partition, here.dataset.n, here.scored.without_noise[0]
    large = int(here.axis.count(here.eps)["large"])
    dense = 0 if partition.core is None else int(partition.core.sum())
    return [
        ui.KeyFigure(
            "Epsilon",
            with_unit(here.eps, here.unit),
            "Points at most this far apart are neighbours.",
        ),
        ui.KeyFigure(
            "Clusters",
            f"{partition.k:,}" + (f" · {large:,} large" if 0 < large < partition.k else ""),
            "Groups of core points that reach one another; large ones have at least "
            f"{here.axis.large_from:,} core points.",
        ),
        ui.KeyFigure(
            "Noise",
            f"{partition.noise:,} · {ui.percent(partition.noise / n, 1)}",
            "Points that are not core and not within epsilon of a core point.",
        ),
        ui.KeyFigure(
            "Core points",
            f"{dense:,} · {ui.percent(dense / n)}",
            f"Points with at least {here.axis.min_samples} points within epsilon, itself included. "
            "The others of a cluster are its border.",
        ),
        ui.KeyFigure(
            "Silhouette, no noise",
            ui.with_band(score.value, score.low, score.high),
            "Mean over the points that are in a cluster of (b - a) / max(a, b): a is the mean "
            "distance to the own cluster, b to the nearest other one. Noise is left out.",
        ),
    ]


def remarks(here: Here) -> str:
    """Say what is empty or odd about an answer; nothing where all is well."""
    axis = here.axis
    if axis.tree.n > 1 and axis.tree.levels[-1] == 0:
        return "All points are equal: every epsilon gives one cluster."
    if here.partition.k == 0:
        return (
            "No point is core at this epsilon, so that all are noise. The first one becomes core "
            f"at {float(axis.core.min()):.4g}: move the slider to the right."
        )
    return metrics.remark(here.dataset)


def legend(partition: Partition) -> str:
    """Say what the signs on the map mean, and how many there are of each."""
    edge = int(drawing.border(partition).sum())
    dense = len(partition.labels) - partition.noise - edge
    return (
        f"● core ({dense:,}), ○ border ({edge:,}), × noise ({partition.noise:,}). "
        "The colour is the cluster."
    )


def about_point(here: Here) -> str:
    """Say who is near a chosen point, and what that makes of it."""
    if here.point is None or here.beside is None:
        return "Click on a point to see how far epsilon reaches and who lies within."
    partition, i, least = here.partition, here.point, here.axis.min_samples
    weights = here.dataset.weights
    held = len(here.beside) if weights is None else float(weights[here.beside].sum())
    many = f"{held:,.4g}" if held < 10_000 else f"{held:,.0f}"
    said = (
        f"{here.dataset.name_of(i).capitalize()}: {many} {'point' if held == 1 else 'points'} "
        f"within {with_unit(here.eps, here.unit)}, itself included"
    )
    cluster = f"cluster {partition.labels[i] + 1}"
    if partition.core is not None and partition.core[i]:
        return f"{said}: at least {least}, so it is core, of {cluster}."
    if partition.labels[i] >= 0:
        return f"{said}: fewer than {least}, but one of them is core: border of {cluster}."
    return f"{said}: fewer than {least}, and none of them is core: noise."


def about_view(here: Here) -> str:
    """Say how far a map of more than two columns may be trusted."""
    if here.view.kind in ("columns", "pca"):
        return (
            f"The map shows {ui.percent(here.view.explained)} of the variance: points that look "
            "near may be far apart in other columns."
        )
    if here.view.kind == "distances":
        name = here.dataset.metric.name.capitalize()
        return f"A flat layout of {name} distances, as true as two directions allow."
    return ""


def caption(here: Here) -> str:
    """Say the answer in one line, for what is carried away."""
    return (
        f"Epsilon {with_unit(here.eps, here.unit)}, min_samples {here.axis.min_samples}. "
        f"{legend(here.partition)} {both(here.scored)}"
    )


# ---- plateaus -----------------------------------------------------------------------------------
def about_plateaus(here: Here) -> str:
    """Say where the number of large clusters stays the same, and whether epsilon is there."""
    sights = here.sights
    if not sights.plateaus:
        return (
            "No range of epsilon gives two clusters or more: one cluster or noise is all there is."
        )
    first, longer = sights.plateaus[0], sights.longer
    lies = "lies in it" if first.holds(here.eps) else "does not lie in it"
    more = large = ""
    if longer:
        more = (
            " Longer, but with nearly all in one cluster: "
            f"{ends(longer, here.unit)}, {how_many(longer)}."
        )
    if any(each.others[1] for each in sights.marked):
        large = f" Large: at least {here.axis.large_from:,} core points."
    return (
        f"Longest plateau: {ends(first, here.unit)}, {on_plateau(first)}. "
        f"Epsilon {lies}.{more}{large}"
    )


def ends(found: dbscan.Plateau, unit: str) -> str:
    """Write where a plateau begins and ends."""
    return f"{found.low:.4g} to {with_unit(found.high, unit)}"


def how_many(found: dbscan.Plateau) -> str:
    """Say how many clusters there are on a plateau, and that there are small ones too."""
    return count(found.clusters, "large cluster" if found.others[1] else "cluster")


def way_to(found: dbscan.Plateau) -> str:
    """Name a plateau on a button."""
    what = f"{found.clusters:,} large" if found.others[1] else count(found.clusters, "cluster")
    return f"{what} at {found.eps:.4g}"


def on_plateau(found: dbscan.Plateau) -> str:
    """Say what an epsilon on a plateau gives: clusters, and how much noise from end to end."""
    few, many = found.others
    small = f", {few} to {many} small ones" if few < many else f", {count(many, 'small one')}"
    least, most = (ui.percent(share, 1) for share in found.noise)
    unit = "\N{NO-BREAK SPACE}%"
    lost = most if least == most else f"{least.removesuffix(unit)} to {most}"
    return f"{how_many(found)}{small if many else ''}, {lost} noise"


def about_atlas(found: Atlas) -> str:
    """Say whether min_samples changes the story."""
    known = np.isfinite(found.plateau)
    if not known.any():
        return "No row has a plateau of two clusters or more."
    often = int(np.bincount(found.plateau[known].astype(int)).argmax())
    agree = found.plateau == often
    same, total = found.min_samples[agree], len(found.min_samples)
    run = len(same) > 1 and bool(agree[agree.argmax() :][: len(same)].all())
    which = f"from {same[0]} to {same[-1]}" if run else ", ".join(map(str, same.tolist()))
    said = (
        f"The longest plateau of {len(same)} of {total} rows has "
        f"{count(often, 'large cluster')}: min_samples {which}"
    )
    if len(same) == total:
        return f"{said}. min_samples does not change the story. Click a cell to go there."
    others = ", ".join(
        f"{row} ({'none' if not np.isfinite(k) else f'{k:.0f}'})"
        for row, k in zip(found.min_samples.tolist(), found.plateau.tolist(), strict=True)
        if k != often
    )
    if run and 2 * len(same) > total:
        said += ", where it does not change the story"
    return f"{said}. The others: {others}. Click a cell to go there."


# ---- silhouettes --------------------------------------------------------------------------------
def both(found: dbscan.Grid) -> str:
    """Say the silhouette of one epsilon under both noise policies, or why there is none."""
    without, whole = found.without_noise[0], found.with_noise[0]
    if not np.isfinite(without.value) and not np.isfinite(whole.value):
        return f"Undefined at the present epsilon: {without.reason}"
    one, two = (
        ui.with_band(score.value, score.low, score.high)
        if np.isfinite(score.value)
        else f"undefined ({score.reason.rstrip('.')})"
        for score in (without, whole)
    )
    sampled = f", from {without.sampled:,} points" if without.sampled else ""
    return f"At the present epsilon {one} without noise, {two} with it{sampled}."


def about_ten(found: dbscan.Grid) -> str:
    """Say which of the ten is best, and whether the two policies agree on it."""
    best = [found.best(policy) for policy in ("exclude", "cluster")]
    if best[0] < 0 and best[1] < 0:
        reason = found.without_noise[0].reason
        return f"No silhouette is defined at any of these. {reason}"
    shown = [
        f"{found.values[place]:,.6g} ({count(int(found.clusters[place]), 'cluster')})"
        for place in best
    ]
    if best[0] < 0:
        return f"Without noise none of these has a silhouette; with it as one, {shown[1]} is best."
    if best[0] == best[1]:
        return f"Best by both: {shown[0]}."
    return f"They disagree: best is {shown[0]} without noise, {shown[1]} with it."


# ---- other methods ------------------------------------------------------------------------------
def about_knee(here: Here) -> str:
    """Say where the knee of the k-distances is, and what DBSCAN finds there."""
    knee = here.sights.knee
    if knee.reason:
        return knee.reason
    there = here.axis.count(knee.eps)
    return (
        f"The knee is at {with_unit(knee.eps, here.unit)}: "
        f"{count(int(there['clusters']), 'cluster')}, "
        f"{ui.percent(there['noise'] / here.dataset.n, 1)} noise. Above the line of epsilon are "
        "the points that are not core. Click to go to a height."
    )


def about_hdbscan(
    tree: hdbscan.Condensed, answer: Partition, agreed: validity.Score, unit: str
) -> str:
    """Say what HDBSCAN would choose, and how far it agrees with the present answer."""
    if answer.k == 0:
        return (
            "HDBSCAN chooses no cluster: nothing splits into two parts of at least "
            f"{tree.min_cluster_size} points. Lower min_cluster_size in the sidebar."
        )
    lows, highs = zip(*tree.lives, strict=True)
    lives = (
        f"All of them live at one epsilon, from {max(lows):.4g} to "
        f"{with_unit(min(highs), unit)}: DBSCAN can find them at once."
        if max(lows) < min(highs)
        else "They live at different epsilons, so that no single one gives them all: "
        "this is what HDBSCAN is for."
    )
    return (
        f"It would choose {count(answer.k, 'cluster')} and leave out "
        f"{ui.percent(answer.noise / len(answer.labels), 1)} as noise. {lives} Agreement with the "
        f"present answer: ARI {ui.number(agreed.value, 3)}, over points that are noise in neither."
    )
