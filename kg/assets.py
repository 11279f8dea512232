"""Third-party files of the pages (JavaScript, style sheets, outlines), put into the package when it is built.

Nothing here is needed for anything but the look of a page: who asks must be able to do without.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import AssetMissing

_FOLDER = Path(__file__).parent / "_third_party"


def path(name: str) -> Path:
    """The file `name`, such as ``sigma/sigma.min.js``: package and file.

    Raises `AssetMissing`, which says how to get it.
    """
    found = _FOLDER / name
    if not found.is_file():
        raise AssetMissing(
            f"{name}: not installed; run 'python third_party/fetch.py' in the project's folder, or install again"
        )
    return found


def read(name: str) -> bytes:
    """What the file `name` holds.  Raises `AssetMissing`."""
    return path(name).read_bytes()


def there(*names: str) -> bool:
    """Whether all these files are installed."""
    return all((_FOLDER / name).is_file() for name in names)
