"""Reviews that nobody wrote: short sentences from templates, praise and complaint, in two tongues.

They are made up and say so. Words of praise stand in complaints, too, behind a "not" or before a
"but", so that single words do not tell everything.
"""

import numpy as np
import pandas as pd

__all__ = ["reviews", "reviews_zh"]

EACH = 300  # of praise, and as many of complaint

THINGS = ("coffee", "soup", "room", "phone", "film", "book", "service", "hotel", "battery", "pizza",
          "camera", "concert", "headphones", "breakfast", "delivery")  # fmt: skip
GOOD = ("great", "excellent", "lovely", "wonderful", "perfect", "delicious", "superb", "charming")
BAD = ("awful", "terrible", "disappointing", "dreadful", "boring", "useless", "stale", "broken")
PRAISE = (
    "The {thing} was {good}.",
    "What a {good} {thing}, I would come back at once.",
    "I expected little, but the {thing} was {good}.",
    "The {thing} is {good} and the {other} even better.",
    "Not {bad} at all, the {thing} was {good}.",
    "Thank you for a {good} {thing}.",
    "Everything about the {thing} was {good}, nothing was {bad}.",
    "Some said it was {bad}, but I found the {thing} {good}.",
    "My family loved the {thing}.",
    "I would recommend the {thing} to all my friends.",
)
COMPLAINT = (
    "The {thing} was {bad}.",
    "What a {bad} {thing}, I will never come back.",
    "I expected a {good} {thing}, but it was {bad}.",
    "The {thing} is {bad} and the {other} even worse.",
    "Not {good} at all, the {thing} was {bad}.",
    "I want my money back for this {thing}.",
    "Nothing about the {thing} was {good}, everything was {bad}.",
    "Some said it was {good}, but I found the {thing} {bad}.",
    "We waited an hour and left without the {thing}.",
    "I would not recommend the {thing} to anybody.",
)

THINGS_ZH = ("咖啡", "面条", "房间", "手机", "电影", "服务", "酒店", "电池", "披萨", "早餐", "外卖",
             "耳机")  # fmt: skip
GOOD_ZH = ("很好", "非常棒", "特别满意", "很好吃", "太完美了", "很舒服", "很不错")
BAD_ZH = ("很差", "太糟糕了", "让人失望", "很难吃", "太慢了", "很脏", "坏了")
PRAISE_ZH = (
    "{thing}{good}。",
    "{thing}{good}，下次还来。",
    "本来没有期待，但是{thing}{good}。",
    "{thing}一点也不差，{good}。",
    "谢谢，{thing}{good}，{other}也{good}。",
    "有人说{bad}，我觉得{thing}{good}。",
    "全家人都喜欢这里的{thing}。",
    "推荐大家试试{thing}。",
)
COMPLAINT_ZH = (
    "{thing}{bad}。",
    "{thing}{bad}，再也不来了。",
    "本来以为{thing}{good}，结果{bad}。",
    "{thing}一点也不好，{bad}。",
    "{thing}{bad}，{other}也{bad}。",
    "有人说{good}，我觉得{thing}{bad}。",
    "等了一个小时，{thing}还没有来，要求退款。",
    "不推荐这里的{thing}。",
)


def reviews() -> pd.DataFrame:
    """Six hundred English reviews from templates, half of them praise.

    Returns
    -------
    pandas.DataFrame
        ``text``; and ``label``, "positive" or "negative".

    Examples
    --------
    >>> reviews()["label"].value_counts().tolist()
    [300, 300]
    """
    return drawn(
        {"positive": PRAISE, "negative": COMPLAINT}, (THINGS, GOOD, BAD), joint=" ", seed=3
    )


def reviews_zh() -> pd.DataFrame:
    """Six hundred Chinese reviews from templates, half of them praise.

    Returns
    -------
    pandas.DataFrame
        ``text``; and ``label``, "positive" or "negative".
    """
    words = (THINGS_ZH, GOOD_ZH, BAD_ZH)
    return drawn({"positive": PRAISE_ZH, "negative": COMPLAINT_ZH}, words, joint="", seed=4)


def drawn(
    kinds: dict[str, tuple[str, ...]],
    words: tuple[tuple[str, ...], ...],
    *,
    joint: str,
    seed: int,
) -> pd.DataFrame:
    """Draw reviews of one to three sentences each, in shuffled order."""
    rng = np.random.default_rng(seed)
    things, good, bad = words
    rows = []
    for label, templates in kinds.items():
        for _ in range(EACH):
            said = []
            for place in rng.choice(len(templates), rng.integers(1, 4), replace=False):
                first, second = rng.choice(len(things), 2, replace=False)
                said.append(
                    templates[place].format(
                        thing=things[first],
                        other=things[second],
                        good=good[rng.integers(len(good))],
                        bad=bad[rng.integers(len(bad))],
                    )
                )
            rows.append((joint.join(said), label))
    frame = pd.DataFrame(rows, columns=["text", "label"])
    return frame.iloc[rng.permutation(len(frame))].reset_index(drop=True)
