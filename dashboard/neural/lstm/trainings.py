"""What is trained on the page: the autoencoder, the clusters over their number, the sharpening."""

from collections.abc import Callable
from dataclasses import replace

from clustering import validity
from clustering.deep import autoencoder, dec, embedding, idec, over_k
from clustering.deep.clustered import Clustered
from clustering.deep.model import Model
from dashboard import ui
from dashboard.neural.lstm import effort
from dashboard.neural.lstm.parts import Ground, Here
from dashboard.neural.lstm.sidebar import DEC, IDEC, Chosen

__all__ = ["Sharpening", "begin", "sharpen", "stand"]

REFINE: dict[str, Callable[..., Clustered]] = {DEC: dec.refine, IDEC: idec.refine}

Sharpening = ui.Training[Clustered] | None


def begin(ground: Ground, chosen: Chosen) -> ui.Training[Model]:
    """Show how the autoencoder stands, with its button."""
    return ui.training(
        "ls_net", autoencoder.fit, ground.dataset, epochs=chosen.epochs, start=ground.door.own,
        what="LSTM autoencoder" if chosen.refines else "", shape=ground.shape, **chosen.settings,
    )  # fmt: skip


def stand(ground: Ground, chosen: Chosen, net: Model) -> Here:
    """Cluster the latent space over k, and show the slider that moves along it."""
    axis = ui.computed(
        over_k.axis, ground.dataset, model=net, method=chosen.on_axis, k_max=chosen.k_max,
        truth=ground.truth, seed=chosen.seed, limit=effort.sampled(ground.shape),
    )  # fmt: skip
    latent = ui.computed(embedding.embed, ground.dataset, model=net)
    peak = validity.peak(axis.values, axis.curves["silhouette"])
    stood = ui.stand_at(
        axis, "ls_k", ground.dataset, label="Number of clusters k",
        default=peak.value if peak else 2.0,
        anchor=float(axis.values[0]), on=f"{ground.door.data} {ground.dataset.key}",
        said=lambda k: f"{k:.0f}",
        help="How many groups the latent space is parted into; a click on the curve goes there.",
    )  # fmt: skip
    return Here(ground, chosen, net, stood, latent)


def sharpen(here: Here, net: ui.Training[Model]) -> tuple[Here, Sharpening]:
    """Go on training for the present clusters, where that was chosen."""
    chosen = here.chosen
    if not chosen.refines:
        return here, None
    k = max(here.stood.k, 2)
    step = ui.training(
        f"ls_{chosen.method.lower()}", REFINE[chosen.method], here.dataset, epochs=chosen.steps,
        after=net, what=chosen.method, model=here.net, k=k, seed=chosen.seed, batch=chosen.batch,
    )  # fmt: skip
    found = step.result
    if found is None or step.stale or found.partition.k != k:
        return replace(here, live=step.running), step
    latent = ui.computed(embedding.embed, here.dataset, model=found.model)
    return replace(here, found=found, latent=latent, live=step.running), step
