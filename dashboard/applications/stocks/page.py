"""Stock affinity propagation: which companies move together?"""

from dashboard import ui

ui.header("Which companies move together?", "affinity propagation", key="st")
