"""What the MNIST page says of a trained model."""

from clustering import validity
from clustering.deep.model import Model
from clustering.words import count
from dashboard import ui
from dashboard.neural.mnist.parts import Here

__all__ = ["about_test", "accuracy", "agreement", "heading", "key_figures", "waiting"]


def agreement(here: Here) -> str:
    """Say how far the clusters agree with the classes."""
    truth = here.ground.truth
    if truth is None:
        return "These images have no classes, so that nothing can be held against the clusters."
    labels = here.partition.labels
    found = validity.against(truth, labels)
    shared = validity.normalized_mutual_information(truth, labels)
    return (
        f"Against the classes of {here.ground.named}: accuracy "
        f"{ui.percent(found.accuracy.value, 1)}, ARI {ui.number(found.rand.value, 3)}, NMI "
        f"{ui.number(shared.value, 3)}."
    )


def accuracy(here: Here) -> float:
    """Give the share of images whose cluster stands for their class; NaN without classes."""
    return float("nan") if here.confusion is None else here.confusion.accuracy


def key_figures(here: Here) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    model, (mean, plain) = here.model, here.plain
    return [
        ui.KeyFigure(
            "Epochs",
            f"{model.epochs}",
            f"How often the network saw its {here.ground.train.n:,} images, in "
            f"{model.seconds:.0f} seconds on {model.device or 'an unknown device'}. It has "
            f"{model.n:,} weights.",
        ),
        ui.KeyFigure(
            "Error",
            ui.number(here.error, 4),
            "Mean squared error of the reconstructions, a pixel being from 0 to 1, on the "
            f"{here.ground.test.n:,} test images, which the network has never seen.",
        ),
        ui.KeyFigure(
            f"PCA, {model.latent}",
            ui.number(plain, 4),
            f"The same error with {model.latent} principal components of the training images: "
            "the best that can be done with as many numbers and straight lines alone.",
        ),
        ui.KeyFigure(
            "Mean image",
            ui.number(mean, 4),
            "The same error where every image is taken for the mean of all: a network that does "
            "no better has learned nothing.",
        ),
        ui.KeyFigure(
            "Accuracy",
            ui.percent(accuracy(here), 1),
            f"Share of {here.ground.named} whose cluster in the latent space stands for their "
            "class, under the best naming of the clusters. The network never saw a class.",
        ),
    ]


def waiting(model: Model | None) -> list[ui.KeyFigure]:
    """Give the key figures while there is little to say, so that nothing moves when they come."""
    epochs = "–" if model is None else f"{model.epochs}"
    names = ("Error", "PCA", "Mean image", "Accuracy")
    return [
        ui.KeyFigure("Epochs", epochs, "How often the network saw its images."),
        *(ui.KeyFigure(name, "–", "Measured once the training rests.") for name in names),
    ]


def about_test(here: Here) -> str:
    """Say how the error stands to what costs no training."""
    mean, plain = here.plain
    if not here.error < mean:
        return (
            "The network does no better than the mean image: it has learned nothing yet. Train "
            "longer, or choose another optimizer (see Learn)."
        )
    if here.error > plain:
        return (
            f"{here.model.latent} principal components still lose less than the network "
            f"({plain:.4f} against {here.error:.4f}): more epochs or a deeper network may help."
        )
    less = ui.percent(1 - here.error / plain)
    return f"The network loses {less} less than as many principal components."


def heading(here: Here) -> str:
    """Say in a line what is shown, for what is downloaded."""
    model, ground = here.model, here.ground
    return (
        f"{ground.images.name}: autoencoder ({model.network}), {model.latent} numbers, "
        f"{count(model.epochs, 'epoch')}, test error {here.error:.4f}; {here.method}, "
        f"k = {here.partition.k}"
    )
