"""Bytes to text, and the checks that keep out what is not English news text."""

from __future__ import annotations

import codecs
import re

import charset_normalizer
import py3langid

from kg.errors import ReadError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd-\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL_SHARE = 0.02  # control characters beyond this share make a file binary
_LETTERS_FOR_LANGUAGE = 120  # shorter texts cannot be told apart and pass
_CLOSE = 1.05  # names from elsewhere bring English news within 1 % of other languages; those lie beyond 30 %
_LANGUAGE_SAMPLE = 2_000  # characters looked at


def decode(data: bytes, where: str) -> str:
    """The text of `data` by byte-order mark, as UTF-8, or by its most likely charset; ReadError for binary data."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), None)
    if mark is None and b"\0" in data:
        raise ReadError("binary", f"{where}: not a text file: it holds NUL bytes")
    try:
        return data.decode(_MARKS[mark] if mark else "utf-8")
    except UnicodeDecodeError as error:
        if mark:
            raise ReadError("encoding", f"{where}: not valid {_MARKS[mark]}; save it as UTF-8") from error
    return _guess(data, where)


def _guess(data: bytes, where: str) -> str:
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise ReadError("encoding", f"{where}: cannot tell its character encoding; save it as UTF-8")
    # Among charsets that read the bytes the same, the commonest in English text.
    return data.decode("cp1252" if "cp1252" in best.could_be_from_charset else best.encoding)


def check_text(text: str, where: str) -> None:
    """Raise ReadError where `text` is empty, binary or not valid Unicode."""
    if not any(map(str.isalnum, text)):
        raise ReadError("empty", f"{where}: no text in it")
    control = len(_CONTROL.findall(text))
    if "\0" in text or control > _CONTROL_SHARE * len(text):
        raise ReadError("binary", f"{where}: not a text: {control} of {len(text)} characters are control characters")
    if _SURROGATE.search(text):
        raise ReadError("encoding", f"{where}: holds surrogate code points, which no Unicode text has")


def check_language(text: str, given: str, languages: tuple[str, ...], where: str) -> str:
    """The language of `text`: as `given`, else as its letters tell; ReadError where it is none of `languages`."""
    language = given or _language(text[:_LANGUAGE_SAMPLE], languages)
    if language not in languages:
        raise ReadError("language", f"{where}: written in {language!r}, and only {', '.join(languages)} is read")
    return language


def _language(sample: str, languages: tuple[str, ...]) -> str:
    """The code of the likeliest language, one of `languages` where that is about as likely or nothing can be told."""
    if sum(map(str.isalpha, sample)) < _LETTERS_FOR_LANGUAGE:
        return languages[0]
    ranked = py3langid.rank(sample)  # (code, log-likelihood), the likeliest first
    least = _CLOSE * ranked[0][1]
    return next((str(code) for code, score in ranked if code in languages and score >= least), str(ranked[0][0]))
