"""Keras, loaded late and quietly, and the device that it computes on.

Keras 3 runs on TensorFlow, JAX or PyTorch: whichever ``KERAS_BACKEND`` names, TensorFlow where
it names none. Nothing in this room names one of them but this module.
"""

import hashlib
import importlib
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from clustering.errors import UnsupportedError

__all__ = ["device", "keras", "seeded"]

PACKAGES = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
"""How the backends of Keras are called."""

_loaded: list[Any] = []


def keras() -> Any:
    """Give the module ``keras``, loaded at the first call, which takes some seconds.

    Returns
    -------
    module
        Keras 3 on the backend that ``KERAS_BACKEND`` names.

    Raises
    ------
    UnsupportedError
        Where that backend is not installed.
    """
    if not _loaded:
        # TensorFlow writes about processors and missing drivers to the console otherwise.
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        name = os.environ.get("KERAS_BACKEND") or "tensorflow"
        try:
            with _silence(), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of the packages below, about one another
                module = importlib.import_module("keras")
                backend = importlib.import_module(module.backend.backend())
        except (ImportError, ValueError) as error:
            raise UnsupportedError(
                f"Networks need Keras with {PACKAGES.get(name, name)}, which is not installed "
                f"here ({error}); install it, or name another backend by KERAS_BACKEND."
            ) from None
        if module.backend.backend() == "tensorflow":
            _share(backend)
        _loaded.append(module)
    return _loaded[0]


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what compiled code says of itself while it is loaded from the console."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _share(tensorflow: Any) -> None:
    """Let TensorFlow take a GPU's memory as it needs it, so that others can train too."""
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    for gpu in tensorflow.config.list_physical_devices("GPU"):
        try:
            tensorflow.config.experimental.set_memory_growth(gpu, True)
        except RuntimeError:  # it is in use already, and its memory dealt out
            return


def device() -> str:
    """Say what networks are trained on: ``"CPU, 2 cores (TensorFlow 2.21.0)"``."""
    name = keras().backend.backend()
    backend = importlib.import_module(name)
    software = f"{PACKAGES.get(name, name)} {backend.__version__}"
    gpu = _gpu(name, backend)
    if gpu:
        return f"GPU, {gpu} ({software})"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"CPU, {cores} core{'s' if cores != 1 else ''} ({software})"


def _gpu(name: str, backend: Any) -> str:
    """Give the name of the GPU that the backend computes on, or nothing."""
    if name == "tensorflow":
        found = backend.config.list_physical_devices("GPU")
        details = backend.config.experimental.get_device_details(found[0]) if found else {}
        return str(details.get("device_name", "")) or ("one" if found else "")
    if name == "jax":
        first = backend.devices()[0]
        return str(first.device_kind) if first.platform == "gpu" else ""
    return str(backend.cuda.get_device_name(0)) if backend.cuda.is_available() else ""


def seeded(*numbers: int) -> None:
    """Set every random number that Keras draws in this process, by one or more numbers.

    One number is the seed itself, as in ``keras.utils.set_random_seed``; several are
    mixed, so that each epoch of each seed has numbers of its own.
    """
    if len(numbers) == 1:
        seed = numbers[0]
    else:
        mixed = hashlib.blake2b(repr(numbers).encode(), digest_size=4).digest()
        seed = int.from_bytes(mixed, "little") % 2**31
    keras().utils.set_random_seed(seed)
