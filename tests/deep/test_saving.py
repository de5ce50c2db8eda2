"""A saved model comes back to the bit and goes on; a file with anything else in it is refused."""

import io
import json
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from sklearn.datasets import load_digits

from clustering.dataset import Dataset
from clustering.deep import autoencoder, saving
from clustering.deep.backend import keras
from clustering.deep.model import Model
from clustering.errors import ReadError

pytestmark = pytest.mark.neural

DIGITS = Dataset.from_points(load_digits().data[:300] / 16)

RAN: list[str] = []
"""What ran that must not."""

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def model() -> Model:
    return autoencoder.fit(DIGITS, network="recipe", latent=8, epochs=2, seed=3)


def opened(content: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def closed(files: Files, **options: Any) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def refused(content: bytes, match: str) -> None:
    RAN.clear()
    with pytest.raises(ReadError, match=match) as caught:
        saving.loaded(content, "theirs.keras")
    assert str(caught.value).startswith("theirs.keras")
    assert not RAN


@pytest.mark.parametrize(("network", "shape"), [("variational", None), ("convolutional", (8, 8))])
def test_a_model_comes_back_to_the_bit_and_goes_on_as_if_it_had_not_been_away(network, shape):
    settings = {"network": network, "shape": shape, "latent": 3, "seed": 2}
    made = autoencoder.fit(DIGITS, epochs=1, **settings)
    back = saving.loaded(saving.saved(made), "mine.keras")
    assert back.key == made.key
    assert np.array_equal(back.reconstruct(DIGITS.points), made.reconstruct(DIGITS.points))
    assert (back.settings, back.epochs, back.device) == (made.settings, 1, made.device)
    assert np.array_equal(back.history["loss"], made.history["loss"])
    gone_on = autoencoder.fit(DIGITS, epochs=2, begin=back, **settings)
    assert gone_on.key == autoencoder.fit(DIGITS, epochs=2, begin=made, **settings).key


def test_keras_alone_opens_the_file(model, tmp_path):
    path = tmp_path / "mine.keras"
    path.write_bytes(saving.saved(model))
    theirs = keras().saving.load_model(path, safe_mode=True)
    assert np.allclose(theirs(DIGITS.points), model.reconstruct(DIGITS.points), atol=1e-6)


def ran() -> None:
    RAN.append("ran")


def lambdas(path: Path) -> bytes:
    """A model with code: its function travels as bytecode."""
    k = keras()
    points = k.Input((4,))
    k.Model(points, k.layers.Lambda(lambda x: (ran(), x)[1], output_shape=(4,))(points)).save(path)
    return path.read_bytes()


def registered(path: Path) -> bytes:
    """A model with a class that this process knows, and that runs something when it is made."""
    k = keras()

    @k.saving.register_keras_serializable(package="theirs")
    class Runs(k.layers.Layer):
        def __init__(self, **settings: Any) -> None:
            ran()
            super().__init__(**settings)

        def call(self, points: Any) -> Any:
            return points

    points = k.Input((4,))
    k.Model(points, Runs()(points)).save(path)
    return path.read_bytes()


@pytest.mark.parametrize(("make", "what"), [(lambdas, "Lambda"), (registered, "Runs")])
def test_code_and_classes_of_others_are_refused_by_name(model, make, what, tmp_path):
    theirs = make(tmp_path / "theirs.keras")
    refused(theirs, f"{what}.*could run any program")
    mine = opened(saving.saved(model))
    mine["config.json"] = opened(theirs)["config.json"]  # beneath what looks like ours
    refused(closed(mine), f"{what}.*could run any program")


def changed(config: Any, change: Callable[[dict[str, Any]], None]) -> None:
    """Change every layer of full connections."""
    if isinstance(config, dict):
        if config.get("class_name") == "Dense":
            change(config)
        for each in config.values():
            changed(each, change)
    elif isinstance(config, list):
        for each in config:
            changed(each, change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda layer: layer.update(module="os", class_name="system"), "os.system"),
        (lambda layer: layer.update(module="keras.src.utils", class_name="get_file"), "get_file"),
        (lambda layer: layer.update(module="keras.layers", class_name="TFSMLayer"), "TFSMLayer"),
        (lambda layer: layer.update(registered_name="theirs>Dense"), "Dense"),
        (lambda layer: layer.update(class_name=["Dense"]), "none of the layers"),
        (lambda layer: layer["config"].update(activation="os>system"), "activation"),
        (
            lambda layer: layer["config"].update(
                activation={"class_name": "function", "config": "system", "module": "os"}
            ),
            "activation|function",
        ),
        (lambda layer: layer["config"].update(name="x" * 10_000), "text that is no name"),
    ],
)
def test_what_is_not_a_plain_layer_of_keras_is_refused(model, change, said):
    files = opened(saving.saved(model))
    config = json.loads(files["config.json"])
    changed(config, change)
    refused(closed({**files, "config.json": json.dumps(config).encode()}), said)


def weighted(change: Callable[[h5py.File], None], content: bytes) -> bytes:
    held = io.BytesIO(content)
    with h5py.File(held, "r+") as file:
        change(file)
    return held.getvalue()


def first_weights(file: h5py.File) -> str:
    found: list[str] = []
    file.visititems(
        lambda name, item: found.append(name) if isinstance(item, h5py.Dataset) else None
    )
    return found[0]


def linked(file: h5py.File) -> None:
    name = first_weights(file)
    del file[name]
    file[name] = h5py.ExternalLink("/etc/passwd", "/")


def soft(file: h5py.File) -> None:
    name = first_weights(file)
    del file[name]
    file[name] = h5py.SoftLink("/layers")


def outside(file: h5py.File) -> None:
    name = first_weights(file)
    shape = file[name].shape
    del file[name]
    size = int(np.prod(shape)) * 4
    file.create_dataset(name, shape, "float32", external=[("/etc/passwd", 0, size)])


def virtual(file: h5py.File) -> None:
    name = first_weights(file)
    shape = file[name].shape
    del file[name]
    layout = h5py.VirtualLayout(shape, "float32")
    layout[:] = h5py.VirtualSource("/etc/passwd", "data", shape)
    file.create_virtual_dataset(name, layout)


def packed(file: h5py.File) -> None:
    name = first_weights(file)
    del file[name]
    file.create_dataset(name, (100_000, 1_000), "float32", compression="gzip", fillvalue=0)


def more(file: h5py.File) -> None:
    file["layers/more"] = np.zeros((5, 5), np.float32)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (linked, "point to other files"), (soft, "point to other files"),
        (outside, "point to other files"), (virtual, "point to other files"),
        (packed, "damaged"), (more, "does not fit together"),
    ],
)  # fmt: skip
def test_weights_lie_in_the_file_itself_and_are_what_the_layers_need(model, change, said):
    files = opened(saving.saved(model))
    inside = weighted(change, files["model.weights.h5"])
    refused(closed({**files, "model.weights.h5": inside}), said)


def test_layers_of_any_size_are_refused_before_there_is_room_made_for_them(model):
    files = opened(saving.saved(model))
    config = files["config.json"].replace(b'"units": 8', b'"units": 8000000000')
    refused(closed({**files, "config.json": config}), "damaged|does not fit")


def test_bombs_cut_files_and_files_of_other_kinds_are_refused(model):
    content = saving.saved(model)
    files = opened(content)
    bomb = closed(
        {**files, "model.weights.h5": bytes(120_000_000)}, compression=zipfile.ZIP_DEFLATED
    )
    assert len(bomb) < 1_000_000
    refused(bomb, "unpacks to more than")
    for size in (0, 10, 1000, len(content) // 2, len(content) - 30):
        refused(content[:size], "not opened|damaged")
    refused(pickle.dumps({"a": [1, 2]}), "a pickle, which may run any program")
    refused(files["model.weights.h5"], "HDF5 format, which can hold code")
    refused(closed({"a.txt": b"1"}), "no Keras model")


def test_a_model_that_is_no_autoencoder_of_ours_is_refused(model, tmp_path):
    k = keras()
    points = k.Input((64,))
    path = tmp_path / "other.keras"
    k.Model(points, k.layers.Dense(10)(points)).save(path)
    theirs = path.read_bytes()
    refused(theirs, "none that was saved here")
    both = opened(theirs) | {"clusterloom.json": opened(saving.saved(model))["clusterloom.json"]}
    refused(closed(both), "no autoencoder: .* points of 64 into 8 numbers")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("network", "theirs"), ("shape", [64, 0]), ("latent", 8.5), ("epochs", 10**9),
        ("history", {"loss": [1.0]}), ("history", {"loss": "1, 2"}), ("settings", {"a": {"b": 1}}),
        ("settings", {"epochs": "many"}), ("settings", {"seed": True}), ("latent", 9),
    ],
)  # fmt: skip
def test_what_is_told_of_the_training_must_be_plain_and_fit(model, name, value):
    files = opened(saving.saved(model))
    told = json.loads(files["clusterloom.json"]) | {name: value}
    refused(closed({**files, "clusterloom.json": json.dumps(told).encode()}), "damaged|no autoenc")


def test_an_optimizer_remembers_numbers_of_its_own_shapes(model):
    files = opened(saving.saved(model))
    names = [name for name in files if name.startswith("optimizer/")]
    assert len(names) > 4
    objects = io.BytesIO()
    np.save(objects, np.array([{}]), allow_pickle=True)
    fewer = {name: content for name, content in files.items() if name != names[-1]}
    swapped = files | {names[2]: files[names[-1]]}
    for broken in (fewer, swapped, files | {names[2]: objects.getvalue()}):
        refused(closed(broken), "damaged")
