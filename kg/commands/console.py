"""What the commands share: how they fail, show progress and print what documents say."""

from __future__ import annotations

import sys
from typing import NoReturn

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


def fail(message: str, code: int = 1) -> NoReturn:
    """One line on standard error, and the end."""
    print(f"kg: {message}", file=sys.stderr)
    raise SystemExit(code)


def plain(text: str) -> str:
    """Text of a document as a terminal may have it: no control characters."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


class Bars:
    """A progress bar per stage on standard error; nothing when hidden."""

    def __init__(self, hidden: bool) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=hidden,
            transient=True,
        )
        self._tasks: dict[str, int] = {}

    def __enter__(self) -> Bars:
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def update(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` are finished in `stage`."""
        self._progress.start()  # only now: what fails before there is progress leaves no empty line
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

    def note(self, stage: str) -> None:
        """Show a stage whose length is not known."""
        self._progress.start()
        self._progress.add_task(stage, total=None)
