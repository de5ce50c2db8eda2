"""The model as a file, there and back, and what else can be carried away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from clustering import engine
from clustering.data.image_sets import ImageSet
from clustering.dataset import digest
from clustering.deep import saving
from clustering.deep.model import Model
from clustering.errors import ClusterloomError
from clustering.figures import Figure
from clustering.progress import Report
from clustering.script.neural import FromImages, images_npz, neural_script
from dashboard import ui
from dashboard.neural.mnist import above, sidebar, words
from dashboard.neural.mnist.parts import SMALL, Here

__all__ = ["export", "opened", "uploader"]


@dataclass(frozen=True, eq=False, slots=True)
class File:
    """A file that was brought.

    Attributes
    ----------
    content : bytes
        All of it.
    name : str
        How it is called.
    key : str
        Digest of both.
    """

    content: bytes
    name: str
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Compute the key."""
        object.__setattr__(self, "key", digest(self.content, self.name))

    @property
    def n(self) -> int:
        """Number of bytes."""
        return len(self.content)


# ---- a model that is brought --------------------------------------------------------------------
def uploader() -> None:
    """Show the field for a model that was saved; what is wrong with one stands below."""
    st.caption("MODEL")
    st.file_uploader(
        "A saved model (.keras)", key="mn_model", on_change=_take,
        help="One that was saved on this page. It is read in safe mode: nothing in it is run.",
    )  # fmt: skip
    if st.session_state.get("mn_refused_model"):
        st.error(ui.literal(st.session_state["mn_refused_model"], most=600))
    elif st.session_state.get("mn_opened_model"):
        ui.note(st.session_state["mn_opened_model"])


def _take() -> None:
    given = st.session_state["mn_model"]
    for name in ("mn_refused_model", "mn_opened_model"):
        st.session_state.pop(name, None)
    st.session_state["mn_pending"] = given and File(given.getvalue(), given.name)


def opened(images: ImageSet) -> Model | None:
    """Give a model that was just brought, and let the sidebar show how it was trained.

    To be called before the sidebar's parameters are drawn.
    """
    file: File | None = st.session_state.get("mn_pending")
    if file is None:
        return None
    try:
        model = ui.computed(read, file)
        if model.shape != images.shape:
            its, theirs = (" by ".join(map(str, each)) for each in (model.shape, images.shape))
            raise ClusterloomError(
                f"{file.name} is for images of {its} pixels, and these are {theirs}: open its own "
                "images first."
            )
    except ClusterloomError as error:
        st.session_state["mn_refused_model"] = str(error)
        return None
    finally:
        st.session_state["mn_pending"] = None
    sidebar.take(shown(model))
    st.session_state["mn_opened_model"] = (
        f"{file.name} is open: {model.network}, {model.latent} numbers, {model.epochs} epochs. The "
        "file does not hold the images that it was trained on."
    )
    return model


def read(file: File, *, report: Report) -> Model:
    """Have a model read on a worker: Keras never comes into this process."""
    return engine.run(saving.loaded, file.content, file.name, report=report)


def shown(model: Model) -> Mapping[str, object]:
    """Give what the sidebar's widgets show for the settings of a model, as far as they can."""
    told = model.settings
    rate = told.get("learning_rate")
    values = {
        "mn_network": model.network, "mn_latent": model.latent, "mn_loss": told.get("loss"),
        "mn_optimizer": told.get("optimizer"), "mn_batch": told.get("batch"),
        "mn_seed": told.get("seed"), "mn_rate": "usual" if rate is None else f"{rate:g}",
        "mn_epochs": max(int(str(told.get("epochs", 1))), model.epochs),
    }  # fmt: skip
    return {name: value for name, value in values.items() if sidebar.offers(name, value)}


# ---- export -------------------------------------------------------------------------------------
def export(here: Here, *, way: str, colour: str) -> None:
    """Offer the labels, the model, a script and the map."""
    ground, model = here.ground, here.model
    stem = f"{ui.stem_of(ground.images.name)}_{model.network}_{model.latent}"
    most = {"training": ground.chosen.most, "test": SMALL, "all": None}[ground.what]
    part = {"training": "train"}.get(ground.what, ground.what)
    with ui.explained():
        text = neural_script(
            FromImages(ground.images, part, most),  # type: ignore[arg-type]
            here.partition,
        )
    more = [
        ui.Carried(
            "Model (.keras)", partial(engine.run, saving.saved, model), "model.keras",
            "application/octet-stream",
            "The script looks for it by this name. Keras opens it anywhere, and this page goes on "
            "training with it.",
        ),
        ui.Carried(
            "The images it reads", partial(images_npz, ground.images), f"{stem}_images.npz",
            "application/octet-stream", "Pixels, and which images are for testing.",
        ),
    ]  # fmt: skip

    def draw() -> Figure:
        return above.draw_map(here.latent, here=here, way=way, colour=colour)[1]

    frame = ui.computed(labelled, here.latent, here=here)
    ui.carry_away(
        frame, lambda: frame, text, draw, key="mn", stem=stem, heading=words.heading(here),
        joined=f"for {ground.named}", more=more,
    )  # fmt: skip


def labelled(dataset: object, *, here: Here) -> pd.DataFrame:
    """Give a row an image: its place in the set, its part, class, error and cluster."""
    ground = here.ground
    rows = ground.looked.rows
    frame = pd.DataFrame(
        {"image": rows + 1, "part": np.where(ground.images.test[rows], "test", "training")}
    )
    if ground.images.names:
        frame["name"] = [ground.images.names[row] for row in rows.tolist()]
    if ground.truth is not None:
        classes = np.array([*ground.images.classes, ""])
        frame["class"] = classes[ground.truth]
    frame["error"] = here.errors
    frame["cluster"] = here.partition.labels + 1
    return frame
