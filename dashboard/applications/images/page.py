"""Image vector quantization: how few colours are enough?"""

from dashboard import ui

ui.header("How few colours are enough?", "vector quantization", key="iq")
