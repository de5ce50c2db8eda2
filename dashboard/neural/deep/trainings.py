"""What is trained on the page: the autoencoder, and what goes on from it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from clustering import kmeans
from clustering.dataset import Dataset
from clustering.deep import (
    autoencoder,
    clustered,
    dec,
    embedding,
    idec,
    information,
    latent_kmeans,
    n2d,
    raw,
    separation,
    then,
)
from clustering.deep.clustered import Clustered
from clustering.deep.model import Model
from clustering.deep.rows import Row, agreements
from clustering.partition import Labels
from dashboard import ui
from dashboard.neural.deep import parts, repeating
from dashboard.neural.deep.door import Ground
from dashboard.neural.deep.parts import Here
from dashboard.neural.deep.sidebar import DEC, IDEC, INFORMATION, N2D, SEPARATION, THEN, Chosen

__all__ = ["Trainings", "begin", "looked", "plain"]

REFINE: dict[str, Callable[..., Clustered]] = {
    SEPARATION: separation.refine,
    DEC: dec.refine,
    IDEC: idec.refine,
    INFORMATION: information.refine,
}
"""Methods that go on training, by their names in the sidebar."""

Trainings = tuple["ui.Training[Model]", "ui.Training[Clustered] | None"]


def plain(ground: Ground, chosen: Chosen) -> Here:
    """Compute what needs no training."""
    dataset = ground.dataset
    answer, view = ui.computed(parts.plainly, dataset, k=chosen.k)
    rows = ui.computed(raw.compared, dataset, k=chosen.k, truth=ground.truth, seeds=parts.SEEDS)
    return Here(ground, chosen, view, answer, rows)


def begin(ground: Ground, chosen: Chosen) -> Trainings:
    """Show how the trainings stand, with their button."""
    net = ui.training(
        "dc_net", autoencoder.fit, ground.dataset, epochs=chosen.epochs, start=ground.own,
        what="Autoencoder" if chosen.trains else "", network=chosen.network, shape=ground.shape,
        latent=chosen.latent, augment=chosen.augment, batch=chosen.batch, seed=chosen.seed,
    )  # fmt: skip
    if not chosen.trains:
        return net, None
    told = dict(repeating.settings(chosen))
    step = ui.training(
        f"dc_{chosen.method.partition(' ')[0].lower()}", REFINE[chosen.method], ground.dataset,
        epochs=told.pop("epochs"), after=net, what=chosen.method, model=net.result, k=chosen.k,
        seed=chosen.seed, **told,
    )  # fmt: skip
    return net, step


def looked(here: Here, trainings: Trainings) -> Here:
    """Look at what is trained so far: its clusters, their figures, and what is wrong with them.

    While something is being trained nothing is measured that takes long.
    """
    net, step = trainings
    ground, chosen = here.ground, here.chosen
    if net.result is None:
        return replace(here, live=net.running)
    if net.running:
        return _on_the_way(here, net.result)
    found = None if step is None else step.result
    if step is not None and step.running:
        if found is None:
            return _on_the_way(here, net.result)
        return _sharpened(here, net.result, found)
    answer, name = found or _in_latent(here, net.result), chosen.method
    rows: list[Row] = []
    if found is None:
        name = _named(chosen)
    else:
        latent = ui.computed(embedding.embed, here.dataset, model=net.result)
        before = ui.computed(
            parts.beside, here.dataset, labels=found.before, latent=latent, truth=ground.truth
        )
        rows.append(replace(before, seconds=(net.result.seconds,)))
    row = ui.computed(
        clustered.judged, here.dataset, clustered=answer, truth=ground.truth, name=name
    )
    rows.append(replace(row, seconds=(net.result.seconds + answer.seconds,)))
    alarm = ui.computed(clustered.alarm, here.dataset, clustered=answer, truth=ground.truth)
    here = replace(
        here, found=answer, deep=tuple(rows), alarm=alarm, net=net.result, name=name,
        trail=answer.trail, refined=found is not None,
    )  # fmt: skip
    again = repeating.known(here) if found is not None or step is None else None
    return here if again is None else replace(here, deep=(*rows[:-1], again))


def _on_the_way(here: Here, net: Model) -> Here:
    """Look at an autoencoder that is being trained: k-means on the points that it follows."""
    assert net.trail is not None
    places = net.trail.places
    codes = Dataset.from_points(net.trail.codes[-1])
    labels = kmeans.fit(codes, k=min(here.chosen.k, codes.distinct), n_init=2).labels
    truth = None if here.ground.truth is None else here.ground.truth[places]
    deep = _agreed({parts.FIRST: labels}, truth)
    trail = net.trail.clustered(here.raw.labels)
    return replace(here, deep=deep, net=net, name=parts.FIRST, trail=trail, live=True)


def _sharpened(here: Here, net: Model, found: Clustered) -> Here:
    """Look at clusters that are being sharpened."""
    method = here.chosen.method
    labels = {parts.FIRST: found.before, method: found.partition.labels}
    deep = _agreed(labels, here.ground.truth)
    return replace(
        here, found=found, deep=deep, net=net, name=method, trail=found.trail,
        refined=True, live=True,
    )  # fmt: skip


def _agreed(ways: Mapping[str, Labels], truth: Labels | None) -> tuple[Row, ...]:
    """Compare ways with the known classes; none where there are none, as the rest takes long."""
    if truth is None:
        return ()
    return tuple(
        Row(name, {each: (value,) for each, value in agreements(labels, truth).items()})
        for name, labels in ways.items()
    )


def _named(chosen: Chosen) -> str:
    """Name a way without a training of its own."""
    if chosen.method == N2D:
        return N2D
    return parts.FIRST if chosen.trains else f"autoencoder, then {chosen.then}"


def _in_latent(here: Here, net: Model) -> Clustered:
    """Cluster the space of the autoencoder as it is, with its way there as the trail."""
    chosen, dataset = here.chosen, here.dataset
    shared: dict[str, Any] = {"model": net, "k": chosen.k, "seed": chosen.seed}
    if chosen.method == N2D:
        found = ui.computed(n2d.refine, dataset, **shared)
    elif chosen.trains or chosen.then == THEN[0]:
        found = ui.computed(latent_kmeans.refine, dataset, **shared)
    else:
        found = ui.computed(then.refine, dataset, then=chosen.then, **shared)
    assert net.trail is not None
    return replace(found, trail=net.trail.clustered(found.partition.labels))
