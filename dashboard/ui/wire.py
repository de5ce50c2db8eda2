"""Figures as bytes: typed arrays as such, and nothing that the browser has already.

A message is two lengths (uint32, little-endian), a head and a figure (both JSON),
and the blocks that are new to the browser, one after the other::

    head length | figure length | head | figure | block | block | ...

A block is an array, a long list, or a picture, named by a digest of its content; in
the figure stands ``{"$": digest}`` in its place. `Sent` remembers for a session what
its browser was given, so that an array that two charts share travels once, and one
that has not changed never again. The browser, which forgets too, asks for what it
misses.

Traces cut from common arrays are joined (`dashboard.ui.cuts`), so that points travel
once and another k costs one byte a point.
"""

import base64
import json
import math
import struct
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import digest
from clustering.figures import Figure
from dashboard.ui import cuts

__all__ = ["Sent", "pack", "unpack"]

LIMIT = 64_000_000
SMALL = 64
LONG_TEXT = 1_000
TYPED = ("i1", "u1", "i2", "u2", "i4", "u4", "f4", "f8")
PICTURE = "data:image/png;base64,"

Fields = dict[str, Any]


class Sent:
    """What the browser of one session was given, and will still have.

    Parameters
    ----------
    limit : int
        Bytes to remember, those last used; far fewer than the browser keeps. With 0
        nothing is remembered, and every message is whole.

    Examples
    --------
    >>> sent = Sent(limit=100)
    >>> sent.note("a", 60), sent.knows("a")
    (None, True)
    >>> sent.note("b", 60), sent.knows("a")
    (None, False)
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self.last: dict[str, set[str]] = {}
        self._sizes: OrderedDict[str, int] = OrderedDict()
        self._total = 0

    def knows(self, name: str) -> bool:
        """Tell whether the browser has a block, which is thereby used."""
        if name in self._sizes:
            self._sizes.move_to_end(name)
        return name in self._sizes

    def note(self, name: str, size: int) -> None:
        """Remember that a block of `size` bytes was sent."""
        self.forget((name,))
        self._sizes[name] = size
        self._total += size
        while self._total > self.limit:
            self._total -= self._sizes.popitem(last=False)[1]

    def forget(self, names: Iterable[str]) -> None:
        """Send these blocks again when they are next needed."""
        for name in names:
            self._total -= self._sizes.pop(name, 0)
            for held in self.last.values():
                held.discard(name)


@dataclass(slots=True)
class _Blocks:
    """The blocks of one message: by name their type, shape and bytes."""

    all: dict[str, tuple[str, list[int], bytes]] = field(default_factory=dict)
    passing: set[str] = field(default_factory=set)

    def add(self, kind: str, shape: list[int], content: bytes) -> Fields:
        """Take a block up and give what stands for it."""
        name = digest(kind, shape, content)
        self.all[name] = (kind, shape, content)
        return {"$": name}


def pack(figure: Figure, facts: Mapping[str, Any], *, sent: Sent, chart: str) -> bytes:
    """Write the message that shows a figure.

    Parameters
    ----------
    figure : Figure
        Left as it is.
    facts : mapping
        What else the chart is told; JSON.
    sent : Sent
        What the browser has; learns what it is sent now.
    chart : str
        The chart's name. Labels are remembered for as long as they are its newest,
        since a slider seldom comes back to them before they are lost on the way.

    Returns
    -------
    bytes
    """
    blocks = _Blocks()
    # The figure's own fields: `to_dict` would copy every array and write it as base64.
    traces, groups = cuts.joined(figure._data)
    body: Fields = {
        "data": [_written(trace, blocks) for trace in traces],
        "layout": _written(figure._layout, blocks),
    }
    if groups:
        body["cuts"] = [_group(group, blocks) for group in groups]
    if figure.frames:
        body["frames"] = [_written(frame._props, blocks) for frame in figure.frames]
    had = sent.last.get(chart, set()) if sent.limit else set()
    new = {name: block for name, block in blocks.all.items() if name not in had}
    new = {name: block for name, block in new.items() if not sent.knows(name)}
    for name, (_, _, content) in new.items():
        if name not in blocks.passing:
            sent.note(name, len(content))
    sent.last[chart] = blocks.passing
    table = [[name, kind, shape, len(content)] for name, (kind, shape, content) in new.items()]
    head = json.dumps({**facts, "blocks": table}, separators=(",", ":")).encode()
    text = json.dumps(body, separators=(",", ":"), allow_nan=False).encode()
    start = struct.pack("<II", len(head), len(text))
    return b"".join((start, head, text, *(content for _, _, content in new.values())))


def _group(group: cuts.Group, blocks: _Blocks) -> Fields:
    """Give traces of common arrays as JSON."""
    labels = _block(group.labels, blocks)
    blocks.passing.add(labels["$"])
    parts = {path: _block(whole, blocks) for path, whole in group.parts.items()}
    return {"traces": group.traces, "labels": labels, "parts": parts}


# ---- one value ---------------------------------------------------------------------------------
def _written(value: Any, blocks: _Blocks) -> Any:
    """Give a value as JSON, with blocks in the place of what is long."""
    if isinstance(value, dict):
        return {name: _written(each, blocks) for name, each in value.items()}
    if isinstance(value, np.ndarray):
        return _array(value, blocks)
    if isinstance(value, list | tuple):
        if len(value) <= SMALL or any(isinstance(each, dict) for each in value):
            return [_written(each, blocks) for each in value]
        return blocks.add("json", [], _json(value))
    if isinstance(value, str) and len(value) > LONG_TEXT:
        return _long(value, blocks)
    return _plain(value)


def _array(value: NDArray[Any], blocks: _Blocks) -> Any:
    """Give an array as a block, where it is not tiny."""
    if value.size <= SMALL or value.ndim > 2:
        return _plain(value)
    return _block(value, blocks)


def _block(value: NDArray[Any], blocks: _Blocks) -> Fields:
    """Give an array as a block, typed where it can be."""
    typed = _typed(value) if value.size else None
    if typed is None:
        return blocks.add("json", [], _json(_listed(value)))
    return blocks.add(typed.dtype.str[1:], list(typed.shape), typed.tobytes())


def _typed(value: NDArray[Any]) -> NDArray[Any] | None:
    """Give an array in a type that browsers have too, none where that would lose something."""
    name = value.dtype.newbyteorder("<").str[1:]
    if name in ("i8", "u8"):
        low, high = int(value.min()), int(value.max())
        fits = [kind for kind in ("i4", "u4") if _within(low, high, kind)]
        wide = ["f8"] if max(-low, high) <= 2**53 else []
        name = next(iter(fits + wide), "")
    elif name == "f2":
        name = "f4"
    if name not in TYPED:
        return None
    return np.ascontiguousarray(value, dtype=f"<{name}")


def _within(low: int, high: int, kind: str) -> bool:
    bounds = np.iinfo(kind)
    return int(bounds.min) <= low and high <= int(bounds.max)


def _listed(value: NDArray[Any]) -> Any:
    """Give an array as lists."""
    if value.dtype.kind in "mM":
        return np.datetime_as_string(value).tolist() if value.dtype.kind == "M" else None
    return value.tolist()


def _json(value: Any) -> bytes:
    """Write a list of anything; what is no number is null."""
    try:
        return json.dumps(value, allow_nan=False, separators=(",", ":"), default=_plain).encode()
    except ValueError:
        return json.dumps(_plain(value), separators=(",", ":")).encode()


def _long(value: str, blocks: _Blocks) -> Any:
    """Give a picture as its bytes, and other long text as a block."""
    if value.startswith(PICTURE):
        content = base64.b64decode(value[len(PICTURE) :])
        if PICTURE + base64.b64encode(content).decode() == value:
            return blocks.add("png", [], content)
    return blocks.add("json", [], _json(value))


def _plain(value: Any) -> Any:
    """Give a value as JSON has it: numbers of NumPy as numbers, dates as text, NaN as null."""
    if isinstance(value, np.ndarray):
        value = _listed(value)
    elif isinstance(value, np.generic):
        value = value.item()
    elif hasattr(value, "isoformat"):
        value = value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


# ---- reading -----------------------------------------------------------------------------------
def unpack(message: bytes, store: dict[str, Any]) -> tuple[Fields, Fields]:
    """Read a message as the browser does.

    Parameters
    ----------
    message : bytes
        Made by `pack`.
    store : dict
        Blocks by name; learns those of the message.

    Returns
    -------
    facts, figure : dict
        ``figure`` has ``data``, ``layout`` and, where there are any, ``frames``.

    Raises
    ------
    KeyError
        Where the store lacks a block.
    """
    head_length, text_length = struct.unpack_from("<II", message)
    at = 8 + head_length
    facts: Fields = json.loads(message[8:at])
    figure: Fields = json.loads(message[at : at + text_length])
    at += text_length
    for name, kind, shape, length in facts.pop("blocks"):
        content = message[at : at + length]
        at += length
        if kind == "json":
            store[name] = json.loads(content)
        elif kind == "png":
            store[name] = PICTURE + base64.b64encode(content).decode()
        else:
            store[name] = np.frombuffer(content, dtype=f"<{kind}").reshape(shape)
    figure = _read(figure, store)
    for group in figure.pop("cuts", ()):
        parts = {path: _as_array(whole) for path, whole in group["parts"].items()}
        cuts.cut(figure["data"], cuts.Group(tuple(group["traces"]), group["labels"], parts))
    return facts, figure


def _read(value: Any, store: dict[str, Any]) -> Any:
    """Put blocks back into the places that name them."""
    if isinstance(value, dict):
        if set(value) == {"$"}:
            return store[value["$"]]
        return {name: _read(each, store) for name, each in value.items()}
    return [_read(each, store) for each in value] if isinstance(value, list) else value


def _as_array(whole: Any) -> NDArray[Any]:
    """Give a common array; texts as objects."""
    return whole if isinstance(whole, np.ndarray) else np.array(whole, dtype=object)
