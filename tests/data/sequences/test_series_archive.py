"""Files of the UCR and UEA archives are read as they say, or refused with the line's number."""

import numpy as np
import pytest

from clustering.data.sequences import other_part, read, together
from clustering.errors import ReadError
from tests.data.sequences import made

HEAD = "# a remark\n@problemName mine\n@classLabel true up down\n"


def ts(*lines, head=HEAD):
    return read("\n".join([*head.splitlines(), "@data", *lines]).encode(), "mine.ts")


def test_equal_and_unequal_lengths_and_missing_values():
    found = ts("1,2,3:up", "", "4,?,NaN:down", "# nothing", "7:up")
    assert [each.ravel().tolist()[0] for each in found.series] == [1, 4, 7]
    assert np.isnan(found.series[1][1:]).all() and found.lengths.tolist() == [3, 3, 1]
    assert found.classes == ("down", "up") and found.labels.tolist() == [1, 0, 1]
    assert found.notes == ("3 series of 1 to 3 steps and 1 channel, their classes known.",)


def test_channels_of_unequal_length_are_told():
    found = ts("1,2,3:4,5:up", "6:7:down")
    assert found.d == 2 and found.series[0].tolist()[:2] == [[1, 4], [2, 5]]
    assert (
        np.isnan(found.series[0][2, 1]) and "channels of 1 series are of unequal" in found.notes[1]
    )


def test_time_stamps_are_times():
    head = "@timestamps true\n@classLabel true a b\n"
    found = ts("(0,1.5),(2,2.5):(2,3.5):a", "(0,1):(0,?):b", head=head)
    assert found.times[0].tolist() == [0, 2] and found.series[0][1].tolist() == [2.5, 3.5]
    dated = ts("(2024-01-01 10:00:00,1),(2024-01-02 10:00:00,2):a", head=head)
    assert dated.times[0][1] == np.datetime64("2024-01-02T10:00:00")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("(yesterday,1):a", "a time that is none: 'yesterday'"),
        ("(nan,1):a", "a time that is none: 'nan'"),
        ("(0,1):a\n(2024-01-01,1):a", "times of another kind"),
    ],
)
def test_times_that_are_none_are_named(line, sentence):
    with pytest.raises(ReadError, match=sentence):
        ts(line, head="@timestamps true\n@classLabel true a b\n@problemName x\n")


def test_files_without_classes_and_with_a_number_to_predict():
    assert ts("1,2", "3,4", head="@problemName x\n@classLabel false\n").labels is None
    found = ts("1,2:0.5", "3,4:0.75", head="@problemName x\n@targetLabel true\n")
    assert found.labels is None and found.d == 1 and "passed over" in found.notes[-1]


def test_a_file_that_would_run_code_is_only_text():
    with pytest.raises(ReadError, match="no number: '__import__"):
        ts("1,__import__('os').system('false'):up")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["1,2:up", "1,2:3,4:down"], "Line 6 of 'mine.ts' has 2 channels, and the lines before"),
        (["1,x:up"], "Line 5 of 'mine.ts' has a value that is no number: 'x'"),
        ([":up"], "Line 5 of 'mine.ts' holds no values"),
        ([], "holds no series"),
    ],
)
def test_a_damaged_line_is_named(lines, sentence):
    with pytest.raises(ReadError, match=sentence):
        ts(*lines)


def test_a_file_without_data_says_so():
    with pytest.raises(ReadError, match="no line '@data'"):
        read(b"@problemName mine\n1,2,3:a\n", "mine.ts")


def test_two_parts_make_one_set_and_classes_go_by_name():
    train = ts("1,2:up", "3,4:down")
    test = read(b"@classLabel true down\n@data\n5,6,7:down\n", "mine_TEST.ts")
    both = together(train, test)
    assert both.lengths.tolist() == [2, 2, 3] and both.test.tolist() == [False, False, True]
    assert both.classes == ("down", "up") and both.labels.tolist() == [1, 0, 0]
    with pytest.raises(ReadError, match="has 1 channels and the test part 2"):
        together(train, made.ragged(2))


def test_the_other_part_is_called_as_the_first():
    assert other_part("a_TRAIN.ts") == "a_TEST.ts" and other_part("b-test.tsv") == "b-train.tsv"
    assert other_part("TRAINING.ts") == ""


def test_a_class_that_is_asked_for_is_unknown():
    found = ts("1,2:up", "3,4:?", "5,6:down")
    assert found.classes == ("down", "up") and found.labels.tolist() == [1, -1, 0]


def test_a_header_may_be_parted_by_tabs():
    assert ts("1,2:up", head="@problemName\tx\n@classLabel\ttrue up\n").classes == ("up",)


def test_times_of_a_zone_are_times():
    head = "@timestamps true\n@classLabel true a b\n@problemName x\n"
    found = ts("(2024-01-01T00:00:00Z,1),(2024-01-01T02:00:00+01:00,2):a", head=head)
    assert found.times[0][1] == np.datetime64("2024-01-01T01:00:00")


@pytest.mark.parametrize(
    ("lines", "stamped", "sentence"),
    [
        (["1,2:up", "1,2"], False, "Line 6 of 'mine.ts' has no class behind a colon"),
        (["(0,1),(1,2:a"], True, "more than pairs of a time and a value"),
        (["(0,1),7,(1,2):a"], True, "more than pairs of a time and a value"),
        (["(0,1),(0,2):a"], True, "two values of one channel at the same time"),
        (["(inf,1):a"], True, "a time that is none: 'inf'"),
    ],
)
def test_a_line_that_was_cut_off_is_named(lines, stamped, sentence):
    head = "@timestamps true\n@classLabel true a b\n@problemName x\n"
    with pytest.raises(ReadError, match=sentence):
        ts(*lines, **({"head": head} if stamped else {}))
