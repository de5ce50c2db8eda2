"""Saving: a Model as a ``.keras`` file, and back, without running anything that is in it.

What is written is Keras' own archive, so that ``keras.saving.load_model`` opens it anywhere; two
further members hold what Keras does not know: how the network was trained, and what its
optimizer remembers, so that a loaded Model can be gone on with exactly.

A file that comes from elsewhere may hold code (a ``Lambda`` layer), name classes of any module,
point to other files of this machine, or unpack to more than there is room for. So it is read
by `untrusted` first, and what Keras is given is a new archive of the three members that were
looked at, in Keras' safe mode.
"""

import io
import json
import math
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering.checks import is_whole
from clustering.data.formats.arrays import header_of
from clustering.data.formats.packing import member_of, members_of
from clustering.data.formats.signatures import refusal_of
from clustering.dataset import Floats
from clustering.deep import training, untrusted
from clustering.deep.backend import keras
from clustering.deep.model import Model
from clustering.deep.networks import NETWORKS
from clustering.deep.predictor import Predictor
from clustering.errors import ReadError

__all__ = ["archived", "loaded", "saved"]

CONFIG, METADATA, WEIGHTS = "config.json", "metadata.json", "model.weights.h5"
OURS, MEMORY = "clusterloom.json", "optimizer/{}.npy"

KINDS: dict[str, Any] = {
    "network": str, "shape": tuple, "latent": int, "optimizer": str,
    "learning_rate": float | int | None, "loss": str | None, "augment": str, "epochs": int,
    "batch": int, "seed": int, "layers": int, "units": int, "dropout": float | int,
    "bidirectional": bool, "decoder": str,
}  # fmt: skip
"""Of settings that are known."""

MOST_MEMBERS = 200
MOST_EPOCHS = 1_000_000
BYTES_OF_TEXT = 10_000_000


def saved(model: Model) -> bytes:
    """Write a Model as a ``.keras`` file.

    Parameters
    ----------
    model : Model
        What was trained.

    Returns
    -------
    bytes
        Keras' archive, with how it was trained and what its optimizer remembers beside.
    """
    return archived(model, network=model.network, shape=model.shape, latent=model.latent)


def archived(trained: Model | Predictor, **own: Any) -> bytes:
    """Write Keras' archive, and in it `own`, how it was trained, and the optimizer's memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        trained.rebuilt().save(path)
        held = io.BytesIO(path.read_bytes())
    told = {
        **own,
        "settings": dict(trained.settings),
        "history": {name: row.tolist() for name, row in trained.history.items()},
        "epochs": trained.epochs,
        "seconds": trained.seconds,
        "device": trained.device,
    }
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr(OURS, json.dumps(told))
        for place, array in enumerate(trained.optimizer):
            memory = io.BytesIO()
            np.save(memory, np.asarray(array, order="C"), allow_pickle=False)
            archive.writestr(MEMORY.format(place), memory.getvalue())
    return held.getvalue()


def loaded(content: bytes, name: str) -> Model:
    """Read a Model from a ``.keras`` file that `saved` wrote.

    Parameters
    ----------
    content : bytes
        The whole file, from anywhere.
    name : str
        Its name, for sentences.

    Returns
    -------
    Model
        With the very weights, history and optimizer of the one that was saved.

    Raises
    ------
    ReadError
        Where it is no such file, is damaged, or holds anything but layers of Keras' own and
        their numbers. Nothing that is in it is run to find that out.
    """
    members = _members(content, name)
    told = _told(members[OURS], name)
    layers = untrusted.checked_config(members[CONFIG], name)
    numbers = untrusted.checked_weights(members[WEIGHTS], name)
    _check_size(layers, numbers, name)
    network = _built(members, name)
    _check_shapes(network, told, name)
    settings = told["settings"]
    return Model(
        network=told["network"],
        shape=told["shape"],
        latent=told["latent"],
        config=network.to_json(),
        weights=tuple(network.get_weights()),
        settings=settings,
        history=told["history"],
        epochs=told["epochs"],
        optimizer=_memory(members, network, settings, name),
        seconds=told["seconds"],
        device=told["device"],
    )


def _members(content: bytes, name: str) -> dict[str, bytes]:
    """Unpack the members that are known by name; nothing else is looked at."""
    if not content.startswith(b"PK"):
        kind, _ = refusal_of(content)
        if content.startswith(b"\x89HDF"):
            kind = "a model in the older HDF5 format, which can hold code"
        what = f"it is {kind}" if kind else "it is no archive, as such a file is"
        raise ReadError(f"{name} is not opened: {what}. Save the model on this page.")
    infos = members_of(content, name, most=MOST_MEMBERS)
    found = {}
    for info in infos:
        text = info.filename.endswith(".json")
        known = info.filename in (CONFIG, METADATA, WEIGHTS, OURS)
        if not known and not info.filename.startswith(MEMORY.partition("/")[0] + "/"):
            continue
        if info.filename in found or (text and info.file_size > BYTES_OF_TEXT):
            raise untrusted.damaged(name)
        found[info.filename] = member_of(content, info, name)
    if not {CONFIG, METADATA, WEIGHTS} <= found.keys():
        raise ReadError(f"{name} holds no Keras model; choose a .keras file saved on this page.")
    untrusted.checked_config(found[CONFIG], name)
    if OURS not in found:
        raise ReadError(
            f"{name} is a Keras model, but none that was saved here: it does not say what was "
            "trained and how. Choose a .keras file saved on this page."
        )
    return found


def _told(content: bytes, name: str) -> dict[str, Any]:
    """Read how it was trained; every value must be of the kind that is written."""
    try:
        own = json.loads(content)
        shape, latent, epochs = tuple(own["shape"]), own["latent"], own["epochs"]
        history = {str(key): _row(values, epochs) for key, values in own["history"].items()}
        settings = {str(key): _plain(key, value) for key, value in own["settings"].items()}
        right = (
            own["network"] in NETWORKS
            and 1 <= len(shape) <= 3
            and all(is_whole(each) and each > 0 for each in (*shape, latent))
            and is_whole(epochs)
            and 0 <= epochs <= MOST_EPOCHS
        )
        seconds, device = float(own["seconds"]), str(own["device"])[:200]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        right = False
    if not right:
        raise untrusted.damaged(name)
    return {
        "network": own["network"], "shape": shape, "latent": latent, "epochs": epochs,
        "history": history, "settings": settings, "seconds": seconds, "device": device,
    }  # fmt: skip


def _row(values: list[float], epochs: int) -> Floats:
    row = np.array(values, dtype=np.float64)
    if row.shape != (epochs,):
        raise ValueError
    return row


def _plain(key: str, value: Any) -> Any:
    """Give a setting that is a text, a number, a truth or a tuple of numbers, and no other."""
    if isinstance(value, list):
        value = tuple(float(each) if isinstance(each, float) else int(each) for each in value)
    elif value is not None and not isinstance(value, bool | int | float | str):
        raise ValueError
    kind = KINDS.get(key)
    if kind is not None and not (
        isinstance(value, kind) and isinstance(value, bool) == (kind is bool)
    ):
        raise ValueError
    return value


def _check_size(layers: str, numbers: int, name: str) -> None:
    """Refuse a model that is not as large as its weights, before there is room made for it."""
    k = keras()
    try:
        # In this scope variables have shapes and no values.
        with k.StatelessScope(initialize_variables=False):
            sketch = k.models.model_from_json(layers)
            size = sum(math.prod(each.shape) for each in sketch.weights)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError):
        raise untrusted.damaged(name) from None
    if size != numbers:
        raise ReadError(
            f"{name} does not fit together: its layers need {size:,} numbers, and it holds "
            f"{numbers:,}."
        )


def _built(members: dict[str, bytes], name: str) -> Any:
    """Let Keras open a new archive of what was looked at."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        with zipfile.ZipFile(path, "w") as archive:
            for member in (METADATA, CONFIG, WEIGHTS):
                archive.writestr(member, members[member])
        try:
            return keras().saving.load_model(path, compile=False, safe_mode=True)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, OSError):
            raise untrusted.damaged(name) from None


def _check_shapes(network: Any, told: dict[str, Any], name: str) -> None:
    """Refuse what does not lead points into a latent space and back."""
    d, latent = math.prod(told["shape"]), told["latent"]
    outputs = 2 if told["network"] == "variational" else 1
    try:
        encoder, decoder = network.get_layer("encoder"), network.get_layer("decoder")
        ways = [
            [tuple(each.shape) for each in side]
            for half in (encoder, decoder)
            for side in (half.inputs, half.outputs)
        ]
    except (ValueError, AttributeError):
        ways = []
    if ways != [[(None, d)], [(None, latent)] * outputs, [(None, latent)], [(None, d)]]:
        raise ReadError(
            f"{name} is a network, but no autoencoder: there must be an encoder that leads points "
            f"of {d:,} into {latent:,} numbers, and a decoder that leads them back."
        )


def _memory(
    members: dict[str, bytes], network: Any, settings: dict[str, Any], name: str
) -> tuple[NDArray[Any], ...]:
    """Read what the optimizer remembers, which must be what that optimizer needs."""
    count = sum(member.startswith("optimizer/") for member in members)
    if not count:
        return ()
    try:
        found = tuple(_array(members[MEMORY.format(place)], name) for place in range(count))
        own = training.optimizer(settings["optimizer"], settings.get("learning_rate"))
        own.build(network.trainable_variables)
        needed = [tuple(each.shape) for each in own.variables]
    except (KeyError, ValueError, TypeError):
        raise untrusted.damaged(name) from None
    if [each.shape for each in found] != needed:
        raise untrusted.damaged(name)
    return found


def _array(content: bytes, name: str) -> NDArray[Any]:
    """Lay an array of numbers over its bytes."""
    shape, fortran, dtype, start = header_of(content, name)
    size = math.prod(shape)
    if fortran or dtype.kind not in "fiu" or size * dtype.itemsize != len(content) - start:
        raise ValueError
    return np.frombuffer(content, dtype, size, start).reshape(shape)
