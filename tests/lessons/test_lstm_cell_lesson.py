"""The cell in plain NumPy is Keras' cell, and the weights set by hand do what is said."""

import numpy as np
import pytest

from clustering.deep.backend import keras
from clustering.errors import DataError
from clustering.lessons import lstm_cell


def walked(name):
    hand = lstm_cell.HAND[name]
    return lstm_cell.steps(hand.series, hand.cell.kernel, hand.cell.recurrent, hand.cell.bias)


def test_hands():
    assert walked("remember").state[:, 0].round(1).tolist() == [0, 0, 1, 1, 1, 1, 1, 1]
    assert walked("forget").state[:, 0].round(1).tolist() == [0, 1, 1, 1, 0, 0, 1, 1]
    count = walked("count")
    assert count.state[-1, 0] == pytest.approx(3, abs=0.01)
    assert count.output[-1, 0] < 1
    assert lstm_cell.sentence(walked("forget"), step=4).startswith(
        "Step 5: the input gate is shut (0.00), what is new is 0.00; of the old 1.00 nothing is"
    )


def test_what_is_no_cell_is_said():
    hand = lstm_cell.HAND["count"].cell
    with pytest.raises(DataError, match="reads 1 value"):
        lstm_cell.steps(np.ones((3, 2)), hand.kernel, hand.recurrent, hand.bias)
    with pytest.raises(DataError, match="no LSTM"):
        lstm_cell.of_network([np.ones((2, 3)), np.ones(3)])


@pytest.mark.neural
def test_keras_says_the_same_with_the_weights_of_a_network():
    k = keras()
    k.utils.set_random_seed(0)
    layer = k.layers.LSTM(5, return_sequences=True, return_state=True)
    network = k.Sequential([k.Input((7, 3)), k.layers.LSTM(5, return_sequences=True)])
    series = np.random.default_rng(0).normal(size=(7, 3))
    layer.build((None, 7, 3))
    layer.set_weights(network.get_weights())
    cell = lstm_cell.of_network(network.get_weights())
    own = lstm_cell.steps(series, cell.kernel, cell.recurrent, cell.bias)
    outputs, _, state = (np.asarray(each)[0] for each in layer(series[None].astype(np.float32)))
    assert np.allclose(own.output, outputs, atol=1e-6)
    assert np.allclose(own.state[-1], state, atol=1e-6)
