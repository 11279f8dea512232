"""Readers of the gold corpora under ../shared/corpora: one module each, nothing but reading."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


class CorpusMissing(KgError):  # noqa: N818 - a state of the machine rather than a fault of the code
    """A corpus is not where it is read from."""


class CorpusMalformed(KgError):  # noqa: N818 - reads as what it is where it is raised
    """A corpus file does not hold what its format promises."""


def locate(*parts: str) -> Path:
    """A file or folder of the shared corpora; raises `CorpusMissing` where it is not there."""
    return _existing(SHARED.joinpath("corpora", *parts))


def seed() -> Path:
    """The real article that speed is measured on; raises `CorpusMissing` where it is not there."""
    found = sorted(_existing(SHARED / "seeds").glob("*.txt"))
    if not found:
        raise CorpusMissing(f"no article (*.txt) in {_shown(SHARED / 'seeds')}")
    return found[0]


def _existing(path: Path) -> Path:
    if not path.exists():
        raise CorpusMissing(f"{_shown(path)} is missing: this measure reads it from beside the project")
    return path


def _shown(path: Path) -> str:
    return f"../{path.relative_to(ROOT.parent)}"


def read_exact(path: Path) -> str:
    """A file's text with its line ends untouched, as offsets were counted; UTF-8, else Windows-1252."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
