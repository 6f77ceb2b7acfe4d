"""Reliability: how often answers of a probability are right, as figures and as a plot (DeGroot and Fienberg 1983)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Curve = list[tuple[float, float, int]]  # mean probability, share that is right, number of questions

BINS = 10
DRAWS = 400
SIDE, EDGE = 300, 40  # of one plot, in pixels


def reliability(probability: Array, right: NDArray[np.bool_]) -> Curve:
    """Return the points of the curve, over bins of equal width that hold a question."""
    place = np.minimum((probability * BINS).astype(int), BINS - 1)
    inside = [place == each for each in range(BINS) if (place == each).any()]
    return [(float(probability[each].mean()), float(right[each].mean()), int(each.sum())) for each in inside]


def calibration_error(probability: Array, right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error (Naeini et al. 2015)."""
    curve = reliability(probability, right)
    return sum(count * abs(expected - found) for expected, found, count in curve) / len(probability)


def error_by_chance(probability: Array) -> float:
    """Return the mean error of probabilities that are all true, over as many questions: what small numbers alone do."""
    random = np.random.default_rng(2022)
    draws = [calibration_error(probability, random.random(len(probability)) < probability) for _ in range(DRAWS)]
    return sum(draws) / DRAWS


def plot(curves: Mapping[str, Curve]) -> str:
    """Return an SVG with a plot for each curve; the area of a dot is that of its number of questions."""
    width = len(curves) * (SIDE + EDGE) + EDGE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {SIDE + 2 * EDGE}" font-family="sans-serif"'
        ' font-size="12"><rect width="100%" height="100%" fill="white"/>'
    ]
    for number, (title, curve) in enumerate(curves.items()):
        left, top = EDGE + number * (SIDE + EDGE), EDGE
        lines.append(f'<rect x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" fill="none" stroke="gray"/>')
        lines.append(f'<line x1="{left}" y1="{top + SIDE}" x2="{left + SIDE}" y2="{top}" stroke="silver"/>')
        lines.append(f'<text x="{left}" y="{top - 12}">{title}: right, by probability</text>')
        total = sum(count for _, _, count in curve)
        for expected, found, count in curve:
            x, y, radius = left + SIDE * expected, top + SIDE * (1 - found), 3 + 30 * (count / total) ** 0.5
            lines.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="steelblue" opacity=".6"/>')
    return "\n".join([*lines, "</svg>\n"])
