"""LSTM applications: what else does the sequence model learn?"""

from dashboard import ui

ui.header("What else does the sequence model learn?", "LSTM", key="la")
