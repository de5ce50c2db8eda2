"""Script, forecasts: a series, and what a trained network says of every step of it."""

from clustering.deep.forecasting import FEWEST, PLACES
from clustering.deep.forecasts import Forecasts
from clustering.script.asking import asked, opening, packed, program, written
from clustering.snippets import block

__all__ = ["forecast_npz", "forecast_script"]

SERIES = "series.npz"


def forecast_npz(ground: Forecasts) -> bytes:
    """Write a series as the file that `forecast_script` reads.

    Parameters
    ----------
    ground : Forecasts
        The series.

    Returns
    -------
    bytes
        NPZ with ``values`` (m, D) and ``times`` (m,).

    Examples
    --------
    >>> from clustering.deep.forecasts import of_values
    >>> forecast_npz(of_values(range(20)))[:2]
    b'PK'
    """
    return packed(values=ground.values, times=ground.times)


def forecast_script(ground: Forecasts, *, steps: int = 0, level: float = 0.9) -> str:
    """Write a Python program that gives the same forecasts from the saved network.

    Parameters
    ----------
    ground : Forecasts
        The series.
    steps : int
        How many steps beyond its end are forecast too, with their band.
    level : float
        Of the band, as `deep.forecasting.ahead` takes it.

    Returns
    -------
    str
        A program whose arguments are the file of `forecast_npz`, the CSV to write and the
        network. The CSV has columns ``step`` (from 0), ``part``, ``value`` and ``prediction``, and
        ``low`` and ``high`` where steps ahead are asked for.

    Examples
    --------
    >>> from clustering.deep.forecasts import of_values
    >>> compile(forecast_script(of_values(range(20)), steps=3), "script.py", "exec") is not None
    True
    """
    parts = [
        *opening(SERIES),
        block(
            "The series as the page stored it; scaled by what the training part alone says.",
            "with np.load(data_path, allow_pickle=False) as file:",
            "    values = file['values']",
            f"seam, window, target = {ground.seam}, {ground.window}, {ground.target}",
            "middle, scale = values[:seam].mean(axis=0), values[:seam].std(axis=0)",
            "same = scale <= 1e-12 * np.maximum(1.0, np.abs(middle))",
            "scale = np.where(same, 1.0, scale)",
            "scaled, actual = (values - middle) / scale, values[:, target]",
        ),
        asked(),
        block(
            "Each value from the window before it; a window of the test part may reach back into "
            "the training part, which is its past.",
            "places = np.arange(window, len(values))",
            "windows = scaled[places[:, None] + np.arange(-window, 0)]",
            "told = asked(windows.reshape(len(windows), -1))[:, target]",
            "told = told * scale[target] + middle[target]",
            "wrong = told - actual[window:]",
            "for part, mine in (('training', places < seam), ('test', places >= seam)):",
            "    print(f'RMSE, {part} part: {np.sqrt(np.mean(wrong[mine] ** 2)):.6g}')",
            "table = pd.DataFrame({",
            "    'step': places, 'part': np.where(places < seam, 'training', 'test'),",
            "    'value': actual[window:], 'prediction': told,",
            "})",
            "import pandas as pd",
        ),
    ]
    if steps:
        parts += _ahead(steps, level)
    return program("Forecasts", SERIES, [*parts, written()])


def _ahead(steps: int, level: float) -> list[str]:
    """Write several steps ahead and their band."""
    return [
        block(
            "Several steps ahead, each from those before it, from the end and from places of the "
            "training part, whose errors give the band its width.",
            f"begins = np.unique(np.linspace(window, seam - 1, {PLACES}).astype(np.int64))",
            "starts = np.append(begins, len(values))",
            "windows = np.concatenate([scaled, np.zeros((1, scaled.shape[1]))])[",
            "    starts[:, None] + np.arange(-window, 0)",
            "]",
            "ahead, wide = [], []",
            f"for step in range({steps}):",
            "    following = asked(windows.reshape(len(windows), -1))",
            "    windows = np.concatenate([windows[:, 1:], following[:, None]], axis=1)",
            "    found = following[:, target] * scale[target] + middle[target]",
            "    inside = np.flatnonzero(begins + step < seam)",
            "    errors = np.abs(found[inside] - actual[begins[inside] + step])",
            "    ahead.append(found[-1])",
            f"    wide.append(np.quantile(errors, {level!r}) if len(errors) >= {FEWEST} else "
            "np.nan)",
            "ahead, wide = np.array(ahead), np.array(wide)",
            "further = pd.DataFrame({",
            "    'step': len(values) + np.arange(len(ahead)), 'part': 'ahead',",
            "    'prediction': ahead, 'low': ahead - wide, 'high': ahead + wide,",
            "})",
            "table = pd.concat([table, further], ignore_index=True)",
        )
    ]
