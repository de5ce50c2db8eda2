"""LSTM applications: what else does the sequence model learn?"""

import streamlit as st

from dashboard import ui
from dashboard.neural.sequences.classification import view as classification
from dashboard.neural.sequences.forecasting import view as forecasting
from dashboard.neural.sequences.sentiment import view as sentiment

KINDS = {
    "Forecasting": forecasting.show,
    "Classification": classification.show,
    "Sentiment": sentiment.show,
}

ui.header("What else does the sequence model learn?", "LSTM", key="la")
kind = st.segmented_control(
    "Application", list(KINDS), default="Forecasting", required=True, key="la_kind",
    bind="query-params", label_visibility="collapsed",
)  # fmt: skip
for each, show in KINDS.items():
    # A slot each: what another view left goes at once, not only when a training has ended.
    if each == kind:
        with st.container():
            show()
    else:
        st.empty()
