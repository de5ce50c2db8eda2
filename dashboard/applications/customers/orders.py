"""From a log of orders to a row a customer, and back."""

import json
from typing import Any

import streamlit as st

from clustering.data.order_columns import columns_of, look_like_orders
from clustering.data.reading import given_from
from clustering.errors import ClusterloomError
from dashboard import ui
from dashboard.ui import shelf
from dashboard.ui.room import select


def offer(room: ui.Room) -> None:
    """Offer a row a customer where the table looks like a log, and the way back from it."""
    with st.container():
        if room.table.log is not None:
            _back(room)
        elif look_like_orders(room.table.frame, room.table.forms):
            _forth(room)


def _forth(room: ui.Room) -> None:
    """Show the three columns that were found, to be told otherwise, and the button."""
    frame = room.table.frame
    found = columns_of(frame, room.table.forms)
    assert found is not None
    forms = dict(zip(map(str, frame.columns), room.table.forms, strict=True))
    dates = [name for name, form in forms.items() if form.kind == "date"]
    numbers = [name for name, form in forms.items() if frame[name].dtype.kind in "iuf"]
    options = {"customer": list(forms), "date": dates, "amount": numbers}
    with st.container(border=True):
        st.markdown(
            "**This table looks like a log of orders.** Kinds of customers show in a row a "
            "customer: days since the last order, orders, what was spent."
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for (role, names), usual in zip(options.items(), found, strict=True):
                key = f"cu_orders_{role}"
                if st.session_state.get(key) not in names:
                    st.session_state[key] = usual
                st.selectbox(role.capitalize(), names, key=key, width=200)
            st.button("One row a customer", type="primary", on_click=_take, args=(room,))
        if st.session_state.get("cu_refused"):
            st.error(ui.literal(st.session_state.pop("cu_refused"), most=400))


def _take(room: ui.Room) -> None:
    """Read the file as a row a customer; what cannot be read so stays as it was."""
    told = [st.session_state[f"cu_orders_{role}"] for role in ("customer", "date", "amount")]
    how = _how({**given_from(room.how), "orders": told})
    try:
        shelf.source(room.data, how)
    except ClusterloomError as error:
        st.session_state["cu_refused"] = str(error)
        return
    select(room.data, how=how)


def _back(room: ui.Room) -> None:
    """Offer the orders as they are."""
    told: dict[str, Any] = dict(given_from(room.how))
    told.pop("orders", None)
    how = _how(told) if told else ""
    text, button = st.columns([6, 1], vertical_alignment="center")
    with text:
        st.caption(ui.literal(" ".join(room.table.notes), most=700))
    with button:
        st.button("Back to the orders", on_click=lambda: select(room.data, how=how))


def _how(told: dict[str, Any]) -> str:
    """Write what is told about reading as a link carries it."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
