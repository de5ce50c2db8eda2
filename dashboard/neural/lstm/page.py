"""LSTM clustering: which sequences behave alike?"""

from dashboard import ui

ui.header("Which sequences behave alike?", "sequence clustering", key="ls")
