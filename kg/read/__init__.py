"""Reading: files of news text to Documents, a reader per format."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from kg.config import Settings
from kg.errors import ReadError
from kg.ids import document_id
from kg.model import Document
from kg.read.decode import check_language, check_text, decode
from kg.read.metadata import SIDECARS, Metadata, checked, front_matter, of_layout, sidecar
from kg.read.sections import recognise

__all__ = ["READERS", "discover", "parse", "read"]

_MOST_BYTES = 4  # per character, in any encoding of Unicode

# A reader per suffix: bytes and a name for messages in, text out.
READERS: Mapping[str, Callable[[bytes, str], str]] = {"": decode, ".txt": decode, ".text": decode, ".md": decode}


def discover(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file among `paths` and in folders below them, sorted, once each; hidden files and sidecars left out.

    Links to folders are not followed; a folder that cannot be listed is yielded itself, so that reading it says why.
    Raises ReadError ("missing") for a path that does not exist.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            raise ReadError("missing", f"{path}: no such file or folder")
        for file in _files(path):
            found.setdefault(os.path.realpath(file), file)
    yield from sorted(file for file in found.values() if not file.name.endswith(tuple(SIDECARS)))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    failed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=failed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in names if not name.startswith("."))
    yield from (Path(error.filename) for error in failed)


def read(path: Path, settings: Settings) -> Document:
    """The document in the file `path`, its metadata completed from front matter and sidecar.

    Raises ReadError, whose reason is "missing", "unreadable", "unsupported", "empty", "binary", "encoding",
    "too-long", "language" or "metadata".
    """
    reader = READERS.get(path.suffix.casefold())
    if path.is_dir():
        raise ReadError("unreadable", f"{path}: a folder that cannot be listed, or no file")
    if reader is None:
        known = ", ".join(suffix for suffix in READERS if suffix)
        raise ReadError("unsupported", f"{path}: no reader for {path.suffix!r} files; known: {known}")
    text = reader(_bytes(path, settings.max_characters), str(path))
    return _document(text, path.name, str(path), sidecar(path), settings)


def _bytes(path: Path, max_characters: int) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("unreadable", f"{path}: not a regular file")
        if status.st_size > _MOST_BYTES * (max_characters + 1):
            raise ReadError("too-long", f"{path}: {status.st_size:,} bytes; the limit is {max_characters:,} characters")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("missing", f"{path}: no such file") from error
    except OSError as error:
        raise ReadError("unreadable", f"{path}: cannot read it: {error.strerror}") from error


def parse(
    text: str, name: str = "", metadata: Mapping[str, object] | None = None, settings: Settings | None = None
) -> Document:
    """The document that `text` is; `metadata` (keys as in a sidecar) goes before what the text says of itself."""
    where = name or "text"
    return _document(text, name, where, checked(dict(metadata or {}), f"{where}: metadata"), settings or Settings())


def _document(text: str, name: str, where: str, given: Metadata, settings: Settings) -> Document:
    check_text(text, where)
    if len(text) > settings.max_characters:
        raise ReadError("too-long", f"{where}: {len(text):,} characters; the limit is {settings.max_characters:,}")
    front, start = front_matter(text, where)
    given = given.over(front)
    language = check_language(text[start:], given.language, settings.languages, where)
    layout = recognise(text, start)
    if not layout.sections:
        raise ReadError("empty", f"{where}: no text in it")
    found = given.over(of_layout(layout))
    return Document(
        id=document_id(text, found.publisher, found.date, found.url),
        text=text,
        sections=layout.sections,
        title=found.title,
        publisher=found.publisher,
        author=found.author,
        date=found.date,
        place=found.place,
        url=found.url,
        language=language,
        name=name,
    )
