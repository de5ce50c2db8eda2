"""Deep clustering: does learning the space help?"""

from dashboard import ui

ui.header("Does learning the space help?", "deep clustering", key="dc")
