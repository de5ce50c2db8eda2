"""Customer mean-shift: what kinds of customers are there?"""

from dashboard import ui

ui.header("What kinds of customers are there?", "mean\u2011shift", key="cu")
