"""The door for what is no table of rows: a picture, a workbook of prices.

Tables come in through `dashboard.ui.room`, the same ones on every page. A picture makes
sense on one page only, so it is chosen there: among the project's own, the files of the
user's folder, and what this session brought. Its id stands in the URL under the page's
own name, and an upload stays in its session::

    brought = ui.brought("iq", "Picture", own={"flower": "Flower"}, make=samples.picture,
                         read=pictures.read, endings=pictures.ENDINGS, default="flower")
    brought.content                                what `read` or `make` gave

"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import streamlit as st

from clustering.data import samples
from clustering.dataset import digest
from clustering.errors import ClusterloomError, DataError
from dashboard.ui.shelf import Upload
from dashboard.ui.words import literal

__all__ = ["Brought", "brought", "choose_brought"]

Content = TypeVar("Content")

KEPT = 3
"""Uploads that a session keeps for each page."""

FILE, UPLOAD = "file/", "upload/"


@dataclass(frozen=True, eq=False, slots=True)
class Brought(Generic[Content]):
    """What a page works on, and where it came from.

    Attributes
    ----------
    data : str
        Its id, as the URL has it.
    name : str
        Name of the file or of the sample.
    content : object
        What was read.
    own : bool
        Whether it is one of the project's samples.
    """

    data: str
    name: str
    content: Content
    own: bool


def brought(
    key: str,
    label: str,
    *,
    own: Mapping[str, str],
    make: Callable[[str], Content],
    read: Callable[[bytes, str], Content],
    endings: Collection[str],
    default: str,
    upload: str,
    help: str = "",
) -> Brought[Content]:
    """Show in the sidebar what the page works on, let the user bring a file, and give it.

    Parameters
    ----------
    key : str
        Beginning of the names in the URL: the id is ``<key>_data``.
    label : str
        What is chosen: ``"Picture"``.
    own : mapping of str to str
        The project's samples: title by id.
    make : callable
        Gives the sample of an id.
    read : callable
        ``read(content, name)`` gives what a file holds, or raises a `ClusterloomError`.
    endings : collection of str
        Of the files that are offered in the folder named by `samples.VARIABLE`.
    default : str
        Id on which the page opens.
    upload : str
        What stands above the field for one's own file.
    help : str
        What may be brought.

    Returns
    -------
    Brought
        Where it cannot be had the page ends with a sentence, and the way to a sample.
        A file that is refused leaves what was open as it is.
    """
    with st.sidebar:
        st.caption("DATA")
        place = st.container()
        st.file_uploader(
            upload, key=f"{key}_upload", on_change=lambda: _take(key, read), help=help or None
        )
        if st.session_state.get(f"{key}_refused"):
            st.error(literal(st.session_state[f"{key}_refused"], most=400))
    data = _wanted(key, default)
    files, uploads = samples.shelf(endings), _uploads(key)
    with place:
        titles = dict(own) | {name: path.name for name, path in files.items()}
        titles |= {name: each.name for name, each in reversed(uploads.items())}
        titles.setdefault(data, data.split("/", 2)[-1])
        picked = f"{key}_pick"
        st.session_state[picked] = data
        st.selectbox(
            label, list(titles), key=picked, format_func=titles.__getitem__,
            label_visibility="collapsed",
            on_change=lambda: choose_brought(key, st.session_state[picked]),
        )  # fmt: skip
    try:
        if data in uploads:
            content = _kept(key, data, lambda: read(uploads[data].content, uploads[data].name))
        elif data in files:
            stamp = samples.stamp(data, endings)
            content = _kept(
                key, f"{data} {stamp}", lambda: read(_bytes(files[data]), files[data].name)
            )
        elif data in own:
            content = _kept(key, data, lambda: make(data))
        else:
            raise DataError(_gone(data))
    except ClusterloomError as error:
        st.warning(literal(error, most=400))
        st.button("Open a sample instead", on_click=choose_brought, args=(key, default))
        st.stop()
    return Brought(data, titles[data], content, data in own)


def choose_brought(key: str, data: str) -> None:
    """Choose what a page works on; to be called from a widget's callback.

    Parameters
    ----------
    key : str
        As `brought` had it.
    data : str
        Id of a sample, a file of the folder or an upload.
    """
    st.session_state[f"{key}_data"] = data
    st.session_state.pop(f"{key}_refused", None)


def _wanted(key: str, default: str) -> str:
    """Give the id that is wanted; one in a URL that this session did not write is newer."""
    name, written = f"{key}_data", f"{key}_data_written"
    url = st.query_params.get(name)
    if url is not None and url != st.session_state.get(written):
        st.session_state[name] = url
    data = str(st.session_state.get(name) or default)
    st.session_state[name] = st.session_state[written] = data
    if data == default:
        st.query_params.pop(name, None)
        st.session_state[written] = None
    elif st.query_params.get(name) != data:
        st.query_params[name] = data
    return data


def _uploads(key: str) -> dict[str, Upload]:
    """Give the files that this session brought to a page, by id, the newest last."""
    kept: dict[str, Upload] = st.session_state.setdefault(f"{key}_uploads", {})
    return kept


def _take(key: str, read: Callable[[bytes, str], Any]) -> None:
    """Open an uploaded file, or keep the reason why not and what is open already."""
    given = st.session_state[f"{key}_upload"]
    if given is None:
        return
    content = given.getvalue()
    data = f"{UPLOAD}{digest(content)}/{given.name}"
    try:
        _kept(key, data, lambda: read(content, given.name))
    except ClusterloomError as error:
        st.session_state[f"{key}_refused"] = str(error)
        return
    kept = _uploads(key)
    kept.pop(data, None)
    kept[data] = Upload(content, given.name)
    for old in list(kept)[:-KEPT]:
        del kept[old]
    choose_brought(key, data)


def _kept(key: str, name: str, made: Callable[[], Content]) -> Content:
    """Read once, and keep the newest few in the session."""
    read: dict[str, Content] = st.session_state.setdefault(f"{key}_read", {})
    if name not in read:
        read[name] = made()
        for old in list(read)[: -KEPT - 1]:
            del read[old]
    return read[name]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise DataError(f"'{path.name}' cannot be opened; check who may read it.") from None


def _gone(data: str) -> str:
    """Say that what a link names is not here."""
    name = " ".join(data.split("/", 2)[-1].split())[:80]
    if data.startswith(UPLOAD):
        return (
            f"This view belongs to the file '{name}', which stays in the session that uploaded "
            "it. Bring that file in the sidebar and the same view opens."
        )
    return f"There is nothing called '{name}' here; choose from the list in the sidebar."
