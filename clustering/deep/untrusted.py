"""Untrusted: what a model file from elsewhere holds, looked at without Keras.

Keras makes of a file whatever it names: classes of any package that is installed, functions
packed as bytecode, weights that stand in other files. Here the layers are read as plain JSON
and every class in them must be on one short list, and the weights are walked through as what
they are, numbers that lie in the file itself.
"""

import io
import json
import math
from collections.abc import Iterator
from typing import Any

from clustering.errors import ReadError

__all__ = ["checked_config", "checked_weights", "damaged"]

LAYERS = frozenset(
    "InputLayer Dense Reshape Flatten Conv2D Conv2DTranspose Cropping2D Activation ReLU "
    "LeakyReLU LSTM Bidirectional Masking RepeatVector TimeDistributed Dropout Embedding "
    "SpatialDropout1D".split()
)
INITIALIZERS = frozenset(
    "Zeros Ones GlorotUniform GlorotNormal HeUniform HeNormal RandomNormal RandomUniform "
    "VarianceScaling TruncatedNormal Orthogonal OrthogonalInitializer".split()
)
OPERATIONS = "keras.src.ops.numpy"
MASKING = {"NotEqual": frozenset(("name",)), "Any": frozenset(("name", "axis", "keepdims"))}
"""What a Masking layer leaves among the layers: how it finds the steps that it passes over."""

KNOWN = {
    ("keras.layers", layer): None for layer in LAYERS
} | {
    (OPERATIONS, step): step for step in MASKING
} | {
    ("keras.initializers", initializer): None for initializer in INITIALIZERS
} | {
    ("keras", "DTypePolicy"): None,
    (None, "__keras_tensor__"): None,
    ("keras.src.models.functional", "Functional"): "Functional",
    ("keras.models", "Functional"): "Functional",
    ("keras", "Functional"): "Functional",
}  # fmt: skip
"""Module and name of every class that a file may name, with what it may be registered as."""

ACTIVATIONS = frozenset(
    "linear relu sigmoid tanh softmax elu selu gelu silu softplus softsign leaky_relu".split()
)

DEEPEST = 40
"""Lists in lists that a description may have."""

LARGEST_TEXT = 500


def damaged(name: str) -> ReadError:
    """Say that a file is not as it was written."""
    return ReadError(f"{name} is damaged, or was changed since it was saved; save it once more.")


def checked_config(content: bytes, name: str) -> str:
    """Give the layers of a model as JSON, every class of which is one of Keras' own.

    Parameters
    ----------
    content : bytes
        ``config.json`` of the archive.
    name : str
        Name of the file, for sentences.

    Returns
    -------
    str
        The same text.

    Raises
    ------
    ReadError
        Where it names code, or a class that is not on the list, or is no such description.
    """
    try:
        text = content.decode("utf-8")
        described = json.loads(text)
    except (ValueError, RecursionError):
        raise damaged(name) from None
    if not isinstance(described, dict) or "class_name" not in described:
        raise damaged(name)
    for key, value in _entries(described, name):
        if key == "class_name" or (key is None and isinstance(value, dict)):
            continue
        if isinstance(value, str) and len(value) > LARGEST_TEXT:
            raise _code(name, "a text that is no name")
        if key in ("activation", "recurrent_activation") and not (
            isinstance(value, str) and value in ACTIVATIONS
        ):
            raise _code(name, "an activation that is not Keras' own")
    return text


def _entries(described: dict[str, Any], name: str) -> Iterator[tuple[str | None, Any]]:
    """Give every entry at every depth; a class that is not known ends it."""
    waiting: list[tuple[Any, int]] = [(described, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise damaged(name)
        if isinstance(value, dict):
            if "class_name" in value:
                _check_class(value, name)
            yield from value.items()
            waiting += [(each, depth + 1) for each in value.values()]
        elif isinstance(value, list):
            yield from ((None, each) for each in value)
            waiting += [(each, depth + 1) for each in value]


def _check_class(value: dict[str, Any], name: str) -> None:
    """Refuse a class that is not on the list; say which it is."""
    module, called = value.get("module"), value["class_name"]
    registered = value.get("registered_name")
    if called in ("Lambda", "__lambda__", "function", "TorchModuleWrapper"):
        raise _code(name, f"code ({called})")
    place = (module, called)
    right = all(isinstance(each, str | None) for each in (module, called, registered))
    if not right or place not in KNOWN or registered not in (None, KNOWN[place]):
        whole = ".".join(str(each)[:60] for each in (module, called) if each)
        raise _code(name, f"'{whole}', which is none of the layers that are opened here")
    if module == OPERATIONS and not _is_plain(value.get("config"), MASKING[str(called)]):
        raise damaged(name)


def _is_plain(config: Any, known: frozenset[str]) -> bool:
    """Say whether a step of masking is told nothing but what it is written with."""
    return (
        isinstance(config, dict)
        and config.keys() <= known
        and not any(isinstance(each, dict | list) for each in config.values())
    )


def _code(name: str, what: str) -> ReadError:
    return ReadError(
        f"{name} is not opened: it holds {what}, and a model from elsewhere could run any "
        "program by that. Only models made of Keras' own layers are opened."
    )


def checked_weights(content: bytes, name: str) -> int:
    """Count the numbers that are in a file of weights, all of which must lie in it.

    Parameters
    ----------
    content : bytes
        ``model.weights.h5`` of the archive, in HDF5.
    name : str
        Name of the file, for sentences.

    Returns
    -------
    int
        Numbers in all arrays together.

    Raises
    ------
    ReadError
        Where it points to other files, is packed, or holds anything but numbers.
    """
    import h5py

    total = 0
    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            waiting = [file]
            seen = 0
            while waiting:
                group = waiting.pop()
                for key in group:
                    seen += 1
                    link = group.get(key, getlink=True)
                    if not isinstance(link, h5py.HardLink) or seen > 10_000:
                        raise _elsewhere(name)
                    item = group[key]
                    if isinstance(item, h5py.Group):
                        waiting.append(item)
                    else:
                        total += _numbers(item, name)
    except (OSError, RuntimeError, KeyError, ValueError, TypeError):
        raise damaged(name) from None
    return total


def _numbers(array: Any, name: str) -> int:
    """Count the numbers of an array of HDF5 that lies, as it is, in the file."""
    if array.is_virtual or array.external:
        raise _elsewhere(name)
    size = math.prod(array.shape or ())
    stored = array.id.get_storage_size()
    if array.dtype.kind != "f" or array.chunks or stored != size * array.dtype.itemsize:
        raise damaged(name)
    return size


def _elsewhere(name: str) -> ReadError:
    return ReadError(
        f"{name} is not opened: its weights point to other files, which a model from elsewhere "
        "could read by that. Only models that hold their weights themselves are opened."
    )
