"""The lesson of the messages: numbers by hand, and figures that hold what is told."""

import numpy as np
import pytest

from clustering.affinity import messages
from clustering.figures import affinity_lesson
from clustering.lessons import affinity as lesson

FAR = -np.array([[0.0, 1, 81], [1, 0, 64], [81, 64, 0]])
NAMES = ("Ann", "Bob", "Eve")


def test_the_first_message_is_told_with_its_numbers():
    told = lesson.told(messages(FAR, -10.0, 0.5), names=NAMES)
    assert [moment.kind for moment in told[:3]] == ["similarity", "responsibility", "availability"]
    assert "The most alike are Ann and Bob: -1." in told[0].words
    # Of Ann for Bob: -1, against -10 for the next best, itself: 9, and half of that is kept.
    assert "Ann for Bob: similarity -1 less -10 for itself makes 9" in told[1].words
    assert "of the 0 before and 0.5 of this, 4.5" in told[1].words
    assert told[1].values[0, 1] == pytest.approx(4.5)


def test_whoever_comes_above_zero_is_named_and_the_end_says_who_is_with_whom():
    sent = messages(FAR, -10.0, 0.5)
    told = lesson.told(sent, names=NAMES)
    assert "For 15 rounds the exemplars have been the same" in told[-1].words
    assert "Ann is with Bob. Eve stands for itself alone." in told[-1].words
    above = [moment.words for moment in told if "Above zero now" in moment.words]
    assert above and "Eve" in " ".join(above)


def test_what_does_not_converge_is_not_told_as_an_answer():
    sent = messages(FAR, -10.0, 0.5, max_iter=3)
    assert "it did not converge" in lesson.told(sent, names=NAMES)[-1].words


def test_the_figure_has_a_frame_for_each_moment_and_writes_what_is_sent():
    told = lesson.told(messages(FAR, -10.0, 0.5), names=NAMES)
    figure = affinity_lesson.lesson(told, names=["<i>Ann</i>", "Bob", "Eve"])
    assert len(figure.frames) == len(told)
    for frame, moment in zip(figure.frames, told, strict=True):
        assert frame.layout.meta["words"] == moment.words
        assert np.array_equal(frame.data[1].x, moment.favourite)
    first = figure.frames[1].data[0].text[0][1]
    assert first == "4.50"
    assert figure.layout.xaxis.ticktext[0] == "&lt;i&gt;Ann&lt;/i&gt;"


def test_a_cluster_is_told_with_its_nearest_neighbour():
    alike = np.eye(12)
    labels = np.repeat([0, 1, 2], 4)
    alike[:4, 8:] = alike[8:, :4] = 0.4
    few = lesson.chosen(alike, labels, 0)
    assert len(few) == 7
    assert set(labels[few].tolist()) == {0, 2}
