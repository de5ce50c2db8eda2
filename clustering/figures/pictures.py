"""What each number of colours gives, and each method: nearness and cost."""

from collections.abc import Mapping, Sequence

import numpy as np
from plotly import graph_objects as go

from clustering.axis import FittedAxis
from clustering.figures import Figure, colors
from clustering.figures.axis import RIGHT
from clustering.figures.style import AXIS, MUTED, plain, styled
from clustering.words import count

__all__ = ["ladder", "methods"]

PANEL, BELOW = (0.46, 1.0), (0.0, 0.34)
"""Where the two panels of the ladder stand, of its height."""


def ladder(
    axis: FittedAxis,
    levels: int,
    *,
    psnr: float,
    ssim: float,
    size: float,
    stored: int | None = None,
    goal: tuple[str, float] | None = None,
    keep: str = "",
) -> Figure:
    """Draw what every number of colours gives: how near it comes, and what it costs.

    Parameters
    ----------
    axis : FittedAxis
        With the curves ``psnr``, ``ssim`` and ``bytes`` over numbers of colours.
    levels : int
        The present number.
    psnr, ssim, size : float
        What is measured there: dB, similarity, bytes.
    stored : int, optional
        Bytes of the file as it came, drawn as a line where it is on the scale.
    goal : ("psnr" or "bytes", value), optional
        What is to be reached, drawn as a line.
    keep : str
        The zoom is kept while this stays the same.

    Returns
    -------
    Figure
        Its x are bits: the logarithm of the number of colours to the base 2. Where an
        answer equals the picture the PSNR is infinite, and not drawn.
    """
    bits, here = np.log2(axis.values), float(np.log2(levels))
    what = plain(axis.parameter)
    figure = go.Figure()
    for name, scale, shade, dash, unit in (
        ("psnr", "y", "ink", "solid", "dB"),
        ("ssim", "y3", RIGHT, "dot", ""),
        ("bytes", "y2", "ink", "solid", "kB"),
    ):
        curve = axis.curves[name] / (1000 if name == "bytes" else 1)
        known = np.isfinite(curve)
        value = {"psnr": psnr, "ssim": ssim, "bytes": size / 1000}[name]
        hover = f"%{{customdata:,}} {what}: {'' if unit else 'SSIM '}%{{y:.4g}} {unit}"
        dotted = np.isin(axis.values, [*2.0 ** np.arange(9), axis.values[-1]])[known]
        figure.add_scatter(
            x=bits[known], y=curve[known], customdata=axis.values[known].astype(int),
            yaxis=scale, mode="lines+markers",
            line={"width": 2, "dash": dash} | ({} if shade == "ink" else {"color": shade}),
            marker={"size": np.where(dotted, 7, 0), **({} if shade == "ink" else {"color": shade})},
            meta={"line": "ink", "fill": "ink"} if shade == "ink" else None,
            hovertemplate=f"{hover}<extra></extra>",
        )  # fmt: skip
        figure.add_scatter(
            x=[here] if np.isfinite(value) else [None], y=[value], yaxis=scale, mode="markers",
            marker={"size": 12, "color": colors.CHOSEN[0] if shade == "ink" else shade,
                    "line": {"width": 2}},
            meta={"outline": "paper"}, hoverinfo="skip",
        )  # fmt: skip
    said = f"{levels:,} {what}, {here:.3g} bits"
    styled(figure, x=f"bits a pixel ({what})", alt=_about(axis, levels, psnr, ssim, size),
           keep=(keep, axis.parameter))  # fmt: skip
    _scales(figure, axis, size, stored)
    _lines(figure, axis, here, said, stored, goal)
    return figure


def _scales(figure: Figure, axis: FittedAxis, size: float, stored: int | None) -> None:
    """Give both panels their scales; bytes and similarity begin at zero."""
    last = float(np.log2(axis.values[-1]))
    first = float(np.log2(axis.values[0]))
    whole = np.arange(int(first), int(last) + 1)
    ticks = [float(each) for each in whole]
    texts = [f"{each}<br>({2**each})" for each in whole]
    if last - int(last) > 0.15:
        ticks, texts = [*ticks, last], [*texts, f"<br>({int(axis.values[-1])})"]
    psnr = axis.curves["psnr"][np.isfinite(axis.curves["psnr"])]
    low = float(psnr.min(initial=20.0)) - 3.0
    top = float(np.nanmax(np.append(axis.curves["bytes"], size))) / 1000
    right = {"color": RIGHT, "size": 12}
    figure.update_layout(
        xaxis={"anchor": "y2", "range": [first - 0.2, max(last, first + 1.0) + 0.2],
               "tickvals": ticks, "ticktext": texts},
        yaxis={"domain": PANEL, "range": [low, float(psnr.max(initial=40.0)) + 4.0],
               "title": {"text": "PSNR (dB)", **AXIS["title"]}, "nticks": 6},
        yaxis2={**AXIS, "domain": BELOW, "range": [0.0, 1.22 * top], "nticks": 5,
                "title": {"text": "file (kB)", **AXIS["title"]}},
        yaxis3={**AXIS, "overlaying": "y", "side": "right", "showgrid": False,
                "tickmode": "linear", "dtick": 0.25,
                "range": [0.0, 1.08], "tickfont": right,
                "title": {**AXIS["title"], "text": "SSIM", "font": right}},
        hovermode="x",
    )  # fmt: skip


def _lines(
    figure: Figure, axis: FittedAxis, here: float, said: str, stored: int | None,
    goal: tuple[str, float] | None,
) -> None:  # fmt: skip
    """Draw the present value through both panels, the file as it came, and the goal."""
    blue = colors.CHOSEN[0]
    figure.add_shape(
        type="line", x0=here, x1=here, y0=0, y1=1, yref="paper", line={"color": blue, "width": 2}
    )
    middle = float(np.log2(axis.values[-1])) / 2 + 0.5
    figure.add_annotation(
        x=here, y=1, yref="paper", yanchor="top", text=f" {said} ", showarrow=False,
        xanchor="left" if here <= middle else "right",
    )  # fmt: skip
    top = figure.layout.yaxis2.range[1]
    levels = [("y2", stored / 1000, "as it came")] if stored and stored / 1000 < top else []
    if goal is not None:
        name, value = goal
        levels.append(("y", value, "wanted") if name == "psnr" else ("y2", value / 1000, "wanted"))
    for scale, value, words in levels:
        figure.add_shape(
            type="line", xref="x domain", x0=0, x1=1, yref=scale, y0=value, y1=value,
            line={"color": MUTED, "width": 1.2, "dash": "dash"},
        )  # fmt: skip
        figure.add_annotation(
            xref="x domain", x=0, yref=scale, y=value, text=words, showarrow=False,
            xanchor="left", yanchor="bottom", font={"color": MUTED, "size": 11},
        )  # fmt: skip


def _about(axis: FittedAxis, levels: int, psnr: float, ssim: float, size: float) -> str:
    """Say in words what the ladder shows."""
    first, last = axis.values[0], axis.values[-1]
    near = f"{psnr:.2f} dB" if np.isfinite(psnr) else "equal to the picture"
    curve = axis.curves["psnr"]
    rises = f"from {curve[0]:.1f} dB " + (
        f"to {curve[-1]:.1f} dB" if np.isfinite(curve[-1]) else "until nothing is lost"
    )
    return (
        f"PSNR, SSIM and bytes of the file from {first:.0f} to {last:.0f} "
        f"{plain(axis.parameter)}: PSNR goes {rises}. At {levels:,}: {near}, "
        f"SSIM {ssim:.3f}, {size / 1000:,.1f} kB."
    )


# ---- side by side -------------------------------------------------------------------------------
def methods(found: Mapping[str, tuple[float, float]], present: str, *, k: int) -> Figure:
    """Draw what each method gives at one number of colours: PSNR over the bytes of its file.

    Parameters
    ----------
    found : mapping of str to (psnr, bytes)
        By the name of the method.
    present : str
        The one that the page shows.
    k : int
        The number of colours.
    """
    names = [name for name, (psnr, _) in found.items() if np.isfinite(psnr)]
    figure = go.Figure()
    sides = _sides([found[name] for name in names])
    for name, side in zip(names, sides, strict=True):
        psnr, size = found[name]
        figure.add_scatter(
            x=[size / 1000], y=[psnr], mode="markers+text", text=[plain(name)],
            textposition=side, cliponaxis=False,
            marker={"size": 14 if name == present else 10, "line": {"width": 1},
                    "color": colors.CHOSEN[0] if name == present else MUTED},
            hovertemplate=f"{plain(name)}: %{{y:.2f}} dB, %{{x:.1f}} kB<extra></extra>",
        )  # fmt: skip
    told = "; ".join(f"{name} {found[name][0]:.2f} dB, {found[name][1] / 1e3:.1f} kB"
                     for name in names)  # fmt: skip
    alt = f"{count(len(names), 'method')} at {k:,} colours: {told}."
    styled(figure, x="file (kB)", y="PSNR (dB)", alt=alt, keep=(k, *names))
    if names:
        sizes, heights = np.array([found[name] for name in names])[:, ::-1].T
        for update, values in ((figure.update_xaxes, sizes / 1000), (figure.update_yaxes, heights)):
            room = 0.25 * (float(np.ptp(values)) or 0.1 * float(values.max()) or 1.0)
            update(range=[float(values.min()) - room, float(values.max()) + 1.5 * room])
    return figure


def _sides(places: Sequence[tuple[float, float]]) -> list[str]:
    """Say on which side of its mark each name stands: outwards, where others are close by.

    Examples
    --------
    >>> _sides([(30.0, 20.0), (29.9, 21.0), (30.1, 20.5), (20.0, 40.0)])
    ['middle left', 'middle right', 'top center', 'top center']
    """
    at = np.array(places).reshape(-1, 2)
    apart = np.abs(at[:, None] - at) / np.maximum(np.ptp(at, axis=0), 1e-9) if len(at) else at
    sides = ["top center"] * len(at)
    for each in range(len(at)):
        near = np.flatnonzero((apart[each, :, 0] < 0.25) & (apart[each, :, 1] < 0.3))
        place = int(np.flatnonzero(near[np.argsort(at[near, 1], kind="stable")] == each)[0])
        if len(near) > 1 and place in (0, len(near) - 1):
            sides[each] = "middle right" if place else "middle left"
        elif place % 2 == 0 and len(near) > 1:
            sides[each] = "bottom center"
    return sides
