"""MNIST autoencoder: what survives 32 numbers?"""

from dashboard import ui

ui.header("What survives 32 numbers?", "autoencoder", key="mn")
