"""A measure of growth as a picture: `python -m benchmarks growth --json | python -m benchmarks.plot > growth.svg`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from math import ceil, floor, log, log10

import msgspec

from benchmarks.report import Outcome
from kg.errors import KgError

Point = tuple[float, float]  # documents, and what they cost

_WIDTH, _HEIGHT, _MARGIN = 360, 260, 56
_PANELS = {
    "growth": (("time", "CPU seconds"), ("memory", "MB")),
    "store": (("load", "CPU seconds"), ("questions", "CPU ms, the slowest"), ("memory", "MB")),
}


def picture(outcome: Outcome) -> str:
    """An SVG with what it measures over the number of documents, logarithmic both, beside n log n from the first size.

    Raises `KgError` where the outcome holds no sizes.
    """
    shown = _PANELS.get(outcome.measure, _PANELS["growth"])
    panels = [_panel(what, unit, points(outcome, what), left * _WIDTH) for left, (what, unit) in enumerate(shown)]
    size = f'viewBox="0 0 {len(shown) * _WIDTH} {_HEIGHT}"'
    style = 'font-family="sans-serif" font-size="11" fill="none" stroke="black"'
    ground = '<rect width="100%" height="100%" fill="white" stroke="none"/>'
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>', ground, *panels, "</svg>"]) + "\n"


def points(outcome: Outcome, what: str) -> list[Point]:
    """The sizes and their cost, from the figures' names: "time, 1,000 documents"."""
    found = []
    for figure in outcome.figures:
        head, _, tail = figure.name.partition(", ")
        if head == what and tail.endswith(" documents") and figure.value > 0:
            found.append((float(tail.removesuffix(" documents").replace(",", "")), figure.value))
    if not found:
        raise KgError(
            f"{outcome.measure}: no figure of {what} by documents; the picture is of the measures growth and store"
        )
    return sorted(found)


def _panel(what: str, unit: str, measured: Sequence[Point], left: float) -> str:
    bound = _bound(measured)
    across = _scale([n for n, _ in measured], left + _MARGIN, left + _WIDTH - 20)
    up = _scale([cost for _, cost in (*measured, *bound)], _HEIGHT - _MARGIN, 30)
    parts = [
        f'<rect x="{left + _MARGIN}" y="30" width="{_WIDTH - 20 - _MARGIN}" height="{_HEIGHT - _MARGIN - 30}"/>',
        _text(left + _WIDTH / 2, 18, f"{what}, {unit}"),
        _text(left + _WIDTH / 2, _HEIGHT - 14, "documents"),
        f'<polyline stroke-dasharray="4 3" points="{_path(bound, across, up)}"/>',
        f'<polyline stroke="firebrick" stroke-width="2" points="{_path(measured, across, up)}"/>',
        _text(across(bound[-1][0]) - 8, up(bound[-1][1]) - 6, "n log n", "end"),
    ]
    for n, cost in measured:
        parts.append(f'<circle cx="{across(n):.1f}" cy="{up(cost):.1f}" r="3" fill="firebrick"/>')
        parts.append(_text(across(n), _HEIGHT - _MARGIN + 16, f"{n:,.0f}"))
        parts.append(_text(left + _MARGIN - 4, up(cost) + 4, f"{cost:,.3g}" if cost < 1000 else f"{cost:,.0f}", "end"))
    return "\n".join(parts)


def _bound(measured: Sequence[Point]) -> list[Point]:
    """What the first size would grow to by n log n."""
    first, cost = measured[0]
    return [(n, cost * n * log(n + 1) / (first * log(first + 1))) for n, _ in measured]


def _scale(values: Sequence[float], start: float, end: float) -> Callable[[float], float]:
    """Whole powers of ten around the values, spread over [start, end]."""
    low = floor(log10(min(values)))
    high = max(ceil(log10(max(values))), low + 1)
    return lambda value: start + (log10(value) - low) / (high - low) * (end - start)


def _path(line: Sequence[Point], across: Callable[[float], float], up: Callable[[float], float]) -> str:
    return " ".join(f"{across(n):.1f},{up(cost):.1f}" for n, cost in line)


def _text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="black" stroke="none">{words}</text>'


def main() -> None:
    """Read one outcome as a JSON line and write its picture; an expected failure is one line on standard error."""
    try:
        sys.stdout.write(picture(msgspec.json.decode(sys.stdin.buffer.read(), type=Outcome)))
    except (KgError, msgspec.DecodeError) as error:
        sys.exit(f"benchmarks.plot: {error}")


if __name__ == "__main__":
    main()
