"""A saved network that passes padding over holds two steps of masking; no other are let in."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from clustering.deep import autoencoder, saving
from clustering.errors import ReadError
from tests.deep.series import dataset, drawn

pytestmark = pytest.mark.neural

OPERATIONS = "keras.src.ops.numpy"


FOREIGN = {"module": "subprocess", "class_name": "Popen", "config": {"args": ["true"]}}
CODE = {
    "module": "keras.layers",
    "class_name": "Lambda",
    "config": {"function": {"class_name": "__lambda__", "config": {"code": "4wEA"}}},
}


@pytest.fixture(scope="module")
def content() -> bytes:
    return saving.saved(
        autoencoder.fit(
            dataset(drawn(12, seed=1)[0], steps=12),
            network="lstm",
            shape=(12, 2),
            latent=2,
            units=3,
            bidirectional=True,
            epochs=1,
        )  # fmt: skip
    )


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_config(content: bytes, change: Callable[[dict[str, Any]], None], of: str) -> bytes:
    """Change every layer or step of one class in the description of the network."""
    files = opened(content)
    config = json.loads(files["config.json"])

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("class_name") == of:
                change(value)
            value = list(value.values())
        for each in value if isinstance(value, list) else []:
            walk(each)

    walk(config)
    files["config.json"] = json.dumps(config).encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, member in files.items():
            archive.writestr(name, member)
    return held.getvalue()


def test_two_steps_of_masking_are_all_that_it_names_beside_layers(content):
    described = opened(content)["config.json"].decode()
    assert described.count(OPERATIONS) == 2
    assert saving.loaded(content, "mine.keras").shape == (12, 2)


@pytest.mark.parametrize(
    ("of", "change", "said"),
    [
        ("Any", lambda step: step.update(class_name="Tile"), "keras.src.ops.numpy.Tile"),
        ("Any", lambda step: step.update(module="numpy"), "numpy.Any"),
        ("NotEqual", lambda step: step.update(module="keras.src.ops.core"), "core.NotEqual"),
        ("NotEqual", lambda step: step.update(registered_name="theirs>NotEqual"), "NotEqual"),
        ("Any", lambda step: step["config"].update(out="/tmp/theirs"), "damaged"),
        ("Any", lambda step: step["config"].update(axis={"a": 1}), "damaged"),
        ("Any", lambda step: step["config"].update(axis=7), "damaged"),
        ("Any", lambda step: step.update(config=None), "damaged"),
        ("LSTM", lambda layer: layer["config"].update(recurrent_activation="os>a"), "activation"),
        ("LSTM", lambda layer: layer["config"].update(units=10**12), "damaged|does not fit"),
        ("Masking", lambda layer: layer.update(class_name="Lambda"), "Lambda"),
        ("Bidirectional", lambda layer: layer["config"].update(layer=CODE), "Lambda"),
        ("Bidirectional", lambda layer: layer["config"].update(backward_layer=FOREIGN), "Popen"),
        ("Bidirectional", lambda layer: layer["config"].update(merge_mode="eval"), "damaged"),
        ("TimeDistributed", lambda layer: layer["config"].update(layer=FOREIGN), "Popen"),
        ("Functional", lambda half: half.update(compile_config={"optimizer": FOREIGN}), "Popen"),
        ("LSTM", lambda layer: layer["config"].update(kernel_regularizer=FOREIGN), "Popen"),
    ],
)
def test_what_else_is_named_is_refused(content, of, change, said):
    with pytest.raises(ReadError, match=said):
        saving.loaded(with_config(content, change, of), "theirs.keras")


@pytest.mark.parametrize(
    ("name", "value"),
    [("bidirectional", 1), ("units", True), ("dropout", "0"), ("decoder", 3), ("layers", 1.5)],
)
def test_cells_are_told_in_their_own_kinds(content, name, value):
    files = opened(content)
    told = json.loads(files["clusterloom.json"])
    told["settings"][name] = value
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for member, inside in {**files, "clusterloom.json": json.dumps(told)}.items():
            archive.writestr(member, inside)
    with pytest.raises(ReadError, match="damaged"):
        saving.loaded(held.getvalue(), "theirs.keras")
