"""What is trained on the page: the autoencoder, and what goes on from it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from clustering.deep import (
    clustered,
    dec,
    embedding,
    idec,
    information,
    latent_kmeans,
    n2d,
    raw,
    # separation,
    then,
    watched,
)
from clustering.deep.clustered import Clustered, Trail
from clustering.deep.rows import Row
from clustering.deep.watched import Watched
from dashboard import ui
from dashboard.neural.deep import parts
from dashboard.neural.deep.door import Ground
from dashboard.neural.deep.parts import Here
from dashboard.neural.deep.sidebar import DEC, IDEC, INFORMATION, N2D, SEPARATION, THEN, Chosen

__all__ = ["Trainings", "begin", "looked", "plain"]

REFINE: dict[str, Callable[..., Clustered]] = {
    # SEPARATION: separation.refine,
    DEC: dec.refine,
    IDEC: idec.refine,
    INFORMATION: information.refine,
}
"""Methods that go on training, by their names in the sidebar."""

LIVE = 3_000
"""Points up to which clusters are measured while a network is being trained."""

Trainings = tuple["ui.Training[Watched]", "ui.Training[Clustered] | None"]


def plain(ground: Ground, chosen: Chosen) -> Here:
    """Compute what needs no training."""
    dataset = ground.dataset
    answer, view = ui.computed(parts.plainly, dataset, k=chosen.k)
    rows = ui.computed(raw.compared, dataset, k=chosen.k, truth=ground.truth, seeds=parts.SEEDS)
    return Here(ground, chosen, view, answer, rows)


def begin(ground: Ground, chosen: Chosen) -> Trainings:
    """Show how the trainings stand, with their button."""
    net = ui.training(
        "dc_net", watched.fit, ground.dataset, epochs=chosen.epochs, start=ground.own,
        what="Autoencoder" if chosen.trains else "", network=chosen.network, shape=ground.shape,
        latent=chosen.latent, augment=chosen.augment, batch=chosen.batch, seed=chosen.seed,
    )  # fmt: skip
    if not chosen.trains:
        return net, None
    known = None if net.result is None else net.result.model
    more: dict[str, Any] = {}
    if chosen.method == SEPARATION:
        more = {"weight": chosen.weight}
    if chosen.method == IDEC:
        more = {"gamma": chosen.weight}
    # Information maximisation has nothing to hold on to without variants of the points.
    variants = chosen.method == INFORMATION and chosen.augment == "none"
    step = ui.training(
        f"dc_{chosen.method.partition(' ')[0].lower()}", REFINE[chosen.method], ground.dataset,
        epochs=chosen.steps, after=net, what=chosen.method, model=known, k=chosen.k,
        batch=chosen.batch, seed=chosen.seed, augment="noise" if variants else chosen.augment,
        **more,
    )  # fmt: skip
    return net, step


def looked(here: Here, trainings: Trainings) -> Here:
    """Look at what is trained so far: its clusters, their figures, and what is wrong with them."""
    net, step = trainings
    ground, chosen = here.ground, here.chosen
    if net.result is None or (net.running and here.dataset.n > LIVE):
        return here
    found = None if step is None else step.result
    first = _in_latent(here, net.result)
    rows: list[Row] = []
    if found is not None:
        latent = ui.computed(embedding.embed, here.dataset, model=net.result.model)
        rows.append(
            ui.computed(
                parts.beside, here.dataset, labels=found.before, latent=latent, truth=ground.truth
            )
        )
    answer = found or first
    name = chosen.method if found is not None else _named(chosen)
    rows.append(
        ui.computed(clustered.judged, here.dataset, clustered=answer, truth=ground.truth, name=name)
    )
    alarm = ui.computed(
        clustered.alarm, here.dataset, clustered=answer, truth=ground.truth, plain=here.plain[0]
    )
    return replace(
        here, found=answer, deep=tuple(rows), alarm=alarm, net=net.result, name=name,
        live=net.running or (step is not None and step.running),
    )  # fmt: skip


def _named(chosen: Chosen) -> str:
    """Name a way without a training of its own."""
    if chosen.method == N2D:
        return N2D
    return "autoencoder, then " + (chosen.then if not chosen.trains else THEN[0])


def _in_latent(here: Here, net: Watched) -> Clustered:
    """Cluster the space of the autoencoder as it is, with its way there as the trail."""
    chosen, dataset = here.chosen, here.dataset
    shared: dict[str, Any] = {"model": net.model, "k": chosen.k, "seed": chosen.seed}
    if chosen.method == N2D:
        found = ui.computed(n2d.refine, dataset, **shared)
    elif chosen.trains or chosen.then == THEN[0]:
        found = ui.computed(latent_kmeans.refine, dataset, **shared)
    else:
        found = ui.computed(then.refine, dataset, then=chosen.then, **shared)
    return ui.computed(with_trail, found, net=net)


def with_trail(found: Clustered, *, net: Watched) -> Clustered:
    """Give an answer the way of its network, every time in the colours of the answer."""
    labels = found.partition.labels[net.places]
    trail = Trail(net.times, net.places, net.codes, tuple(labels for _ in net.times))
    return replace(found, trail=trail)
