"""The growth of the time of a query with the collection, as an SVG drawn by hand: both axes logarithmic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 30, 50
LINE = 14  # between two labels at least
COLOURS = ("#b3261e", "#8a6d00", "#00639b", "#386a20", "#6750a4", "#7d5260")


def growth(curves: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """Return the picture of the milliseconds of a query by the number of passages, a curve a peer."""
    points = [point for curve in curves.values() for point in curve]
    across = _Axis([log10(size) for size, _ in points], LEFT, WIDTH - RIGHT)
    up = _Axis([log10(time) for _, time in points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        "<style>text { font-size: 12px }</style>",
        "<title>Milliseconds of a query by the number of passages</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in across.powers:
        x = across.at(power)
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')
    for power in up.powers:
        y = up.at(power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} ms</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">passages</text>')
    labels: list[tuple[float, float, str, str]] = []
    for colour, (peer, curve) in zip(COLOURS, curves.items(), strict=False):
        if not curve:
            continue
        places = [(across.at(log10(size)), up.at(log10(time))) for size, time in curve]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        labels.append((places[-1][1] + 4, places[-1][0] + 8, colour, peer))
    lowest = 0.0
    for y, x, colour, peer in sorted(labels):
        lowest = max(y, lowest + LINE)
        parts.append(f'<text x="{x:.1f}" y="{lowest:.1f}" fill="{colour}">{peer}</text>')
    return "\n".join([*parts, "</svg>", ""])


class _Axis:
    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self._low, self._high = floor(min(values)), ceil(max(values))
        self._start, self._end = start, end
        self.powers = range(self._low, self._high + 1)

    def at(self, value: float) -> float:
        return self._start + (value - self._low) / max(1, self._high - self._low) * (self._end - self._start)
