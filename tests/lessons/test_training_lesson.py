"""Why an optimizer no longer learns: every sentence says the numbers that were measured."""

import numpy as np

from clustering.deep.race import Race, Run
from clustering.lessons.training import told


def race(*runs, mean=0.1, pca=0.04, latent=16, n=1200):
    epochs = len(runs[0].errors) - 1
    return Race(runs, mean, pca, latent, epochs, n, "CPU")


def run(name, rate, *errors, moved=0.5, steps=300):
    return Run(name, rate, np.array(errors), np.zeros(len(errors) - 1), moved, steps)


SLOW = run("adadelta", 0.001, 0.3, 0.29, 0.28, moved=0.001)
MEANT = run("adadelta", 1.0, 0.3, 0.09, 0.05, moved=0.5)
ADAM = run("adam", 0.001, 0.3, 0.11, 0.03, moved=0.8)


def test_each_run_is_held_against_the_mean_and_the_components():
    assert told(race(SLOW, MEANT, ADAM), member="digit") == (
        "The same network, from the same weights, sees 1,200 digits 2 times and must bring each "
        "through 16 numbers. Answering with the mean image every time would lose 0.1, and 16 "
        "principal components lose 0.04.",
        "Adadelta at 0.001: 300 steps moved the weights by 0.10 % of their length, and the error "
        "falls from 0.3 to 0.28. That is 2.8 times what the mean image loses: it has yet to learn "
        "what all of them have in common. At the pace of its last epoch it would be as good after "
        "19 more epochs.",
        "Adadelta at 1: 300 steps moved the weights by 50 % of their length, and the error falls "
        "from 0.3 to 0.05. It passed the mean image in epoch 1, and 0.05 is 50 % less than the "
        "mean image's 0.1; still more than 16 principal components (0.04).",
        "Adam at 0.001: 300 steps moved the weights by 80 % of their length, and the error falls "
        "from 0.3 to 0.03. It passed the mean image in epoch 2, and 0.03 is 70 % less than the "
        "mean image's 0.1; less than 16 principal components (0.04).",
        "After 2 epochs adam at 0.001 is ahead, with an error of 0.03. The two runs of adadelta "
        "differ in one number: at a learning rate 1,000 times as large the weights went 500 times "
        "as far. At 0.001 they moved by 0.10 % and stood as good as still.",
    )


def test_a_run_that_gets_worse_has_no_pace():
    words = told(race(run("sgd", 9.0, 0.2, 0.2, 0.5), latent=1, n=1))
    assert words[0].startswith("The same network, from the same weights, sees 1 image 2 times")
    assert "1 principal component loses" in words[0]
    assert words[1].endswith("And its last epoch made nothing better.")
    assert words[-1] == "After 2 epochs sgd at 9 is ahead, with an error of 0.5."


def test_an_error_equal_to_the_mean_has_learned_nothing_yet():
    assert "That is 1 times what" in told(race(run("adam", 0.1, 0.3, 0.1)))[1]
    assert "1 time and" in told(race(run("adam", 0.1, 0.3, 0.1)))[0]
    start = told(race(run("adam", 0.1, 0.05, 0.02), mean=0.1))[1]
    assert "It passed the mean image before its first epoch" in start


def test_weights_that_moved_are_not_said_to_stand_still():
    moved = run("adadelta", 0.1, 0.3, 0.2, 0.1, moved=0.01)
    assert told(race(moved, MEANT))[-1].endswith("At 0.1 they moved by 1.00 %.")
