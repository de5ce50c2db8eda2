"""Messages to a shop: invented texts of five kinds, for what reads words."""

import numpy as np
import pandas as pd

__all__ = ["messages"]

KINDS = {
    # kind: how many, sentences it is made of
    "delivery": (
        150,
        (
            "the parcel has not arrived although the courier says it was delivered",
            "my order was to be delivered on {day} and the courier never came",
            "the tracking number has shown the same place since {day}",
            "the {thing} was shipped to my old address",
            "when will the {thing} be shipped",
            "the parcel was left at the wrong door",
            "tracking says the parcel is still at the depot",
        ),
    ),
    "refund": (
        110,
        (
            "I sent the {thing} back on {day} and still wait for my money",
            "please refund the full amount to my card",
            "how long does a refund take",
            "the return label for the {thing} does not print",
            "I was charged twice and want the second amount returned to my card",
            "the refund for the {thing} is less than I paid",
        ),
    ),
    "account": (
        70,
        (
            "I cannot sign in since {day} and the password link has expired",
            "resetting my password sends no email",
            "please change the email address of my account",
            "my account is locked after three attempts to sign in",
            "the code for signing in arrives too late",
            "please delete my account and all my data",
        ),
    ),
    "fault": (
        50,
        (
            "the {thing} stopped working after two weeks",
            "one leg of the {thing} is broken",
            "the {thing} arrived with a scratch and a missing screw",
            "the {thing} makes a loud noise and then switches off",
            "is a broken {thing} covered by the warranty",
            "the {thing} is cracked and needs a spare part",
        ),
    ),
    "praise": (
        20,
        (
            "the {thing} is wonderful and everybody here loves it",
            "thank you for the kind and quick help",
            "what a lovely {thing}, I will gladly recommend you",
            "the best {thing} I have ever bought",
        ),
    ),
}
THINGS = ("lamp", "chair", "kettle", "shelf", "radio", "blanket", "clock", "desk")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
OPENINGS = ("", "", "Hello, ", "Good morning, ", "Dear team, ", "Hi, ")
CLOSINGS = ("", "", "Thank you.", "Kind regards.", "Please answer soon.", "Best wishes.")
MINUTES = {"delivery": 90, "refund": 240, "account": 30, "fault": 180, "praise": 400}
STARS = {"delivery": 2.2, "refund": 2.0, "account": 3.0, "fault": 1.8, "praise": 4.8}


def messages() -> pd.DataFrame:
    """Four hundred messages of five kinds of unequal size; nine cells hold no text."""
    random = np.random.default_rng(12)
    rows = []
    for kind, (size, sentences) in KINDS.items():
        for _ in range(size):
            minutes = random.lognormal(np.log(MINUTES[kind]), 0.5)
            stars = random.normal(STARS[kind], 0.8)
            rated = int(np.clip(round(stars), 1, 5))
            rows.append((written(sentences, random), int(minutes) + 1, rated, kind))
    frame = pd.DataFrame(rows, columns=["message", "minutes", "stars", "group"])
    frame = frame.iloc[random.permutation(len(frame))].reset_index(drop=True)
    frame.loc[random.choice(len(frame), 9, replace=False), "message"] = ""
    frame.insert(0, "day", pd.date_range("2024-03-01", periods=100, freq="D").repeat(4))
    return frame


def written(sentences: tuple[str, ...], random: np.random.Generator) -> str:
    """Write one message of one to three sentences."""
    chosen = random.choice(len(sentences), random.integers(1, 4), replace=False)
    opening = OPENINGS[random.integers(len(OPENINGS))]
    closing = CLOSINGS[random.integers(len(CLOSINGS))]
    said = []
    for place in chosen:
        text = sentences[place].format(
            thing=THINGS[random.integers(len(THINGS))], day=DAYS[random.integers(len(DAYS))]
        )
        said.append(text[:1].upper() + text[1:] + ".")
    whole = " ".join([*said, closing]).strip()
    return opening + (whole[:1].lower() + whole[1:] if opening else whole)
