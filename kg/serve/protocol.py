"""SPARQL 1.1 Protocol: what an HTTP request asks for."""

from __future__ import annotations

import asyncio
from typing import TypeAlias
from urllib.parse import parse_qs

import msgspec
import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.serve import formats
from kg.serve.messages import Job

Fields: TypeAlias = dict[str, list[str]]

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_FORMAT_NAMES = ("format", "output", "results")  # what clients in use call the short name of a form
_MOST_FIELDS = 200
_PATIENCE = 30.0  # seconds that a client may take to send its request


class Operation(msgspec.Struct, frozen=True):
    """One query or update that a client asks for."""

    job: Job
    update: bool


async def operation(request: Request, limit: int) -> Operation | None:
    """What the request asks for; None for a request without any question.

    Raises `HTTPException` with one line that says what is wrong with it.
    """
    fields = _fields(request.scope["query_string"], limit)
    if request.method in ("GET", "HEAD"):
        if "update" in fields:
            raise HTTPException(405, "an update is sent by POST", {"Allow": "POST"})
        return _operation(request, fields, fields) if "query" in fields else None
    kind, _, _ = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind not in (_FORM, _QUERY, _UPDATE):
        raise HTTPException(415, f"unknown content type {kind!r}: send {_FORM}, {_QUERY} or {_UPDATE}")
    body = await _body(request, limit)
    if kind == _FORM:
        sent = _fields(body, limit)
        return _operation(request, sent, sent)
    name = "query" if kind == _QUERY else "update"
    return _operation(request, {name: [_text(body)]}, fields)


def _operation(request: Request, asked: Fields, options: Fields) -> Operation:
    """The one query or update in `asked`, and in `options` what is to be told of it."""
    texts = [(name, text) for name in ("query", "update") for text in asked.get(name, ())]
    if len(texts) != 1:
        raise HTTPException(400, f"{len(texts) or 'no'} queries or updates in one request: send exactly one")
    ((name, text),) = texts
    if name == "update" and ("using-graph-uri" in options or "using-named-graph-uri" in options):
        raise HTTPException(400, "using-graph-uri is not known here: write USING into the update")
    default, named = _graphs(options, "default-graph-uri"), _graphs(options, "named-graph-uri")
    return Operation(Job(text, _accept(request, options), default, named), name == "update")


def _accept(request: Request, options: Fields) -> tuple[str, ...]:
    """The media types wanted: by a short name in the address, else by the header."""
    for name in _FORMAT_NAMES:
        for value in options.get(name, ()):
            if value.lower() in formats.SHORT:
                return formats.SHORT[value.lower()]
            if "/" in value:
                return formats.accepted(value)
    return formats.accepted(",".join(request.headers.getlist("accept")))


def _graphs(fields: Fields, name: str) -> tuple[str, ...] | None:
    if name not in fields:
        return None
    for iri in fields[name]:
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise HTTPException(400, f"{name} is no IRI: {iri[:80]!r}") from error
    return tuple(fields[name])


def _fields(encoded: bytes, limit: int) -> Fields:
    if len(encoded) > limit:
        raise HTTPException(413, f"the request is over {limit:,} bytes")
    try:
        return parse_qs(_text(encoded), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400, "the fields of the request cannot be read: send them in UTF-8") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"not UTF-8 at byte {error.start}: send the request in UTF-8") from error


async def _body(request: Request, limit: int) -> bytes:
    """What the client sends, never more than `limit` bytes of it."""
    length = request.headers.get("content-length", "0")
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for piece in request.stream():
                body += piece
                if len(body) > limit:
                    break
    except TimeoutError as error:
        raise HTTPException(408, "the request did not arrive in time") from error
    if len(body) > limit or (length.isdigit() and int(length) > limit):
        raise HTTPException(413, f"the request is over {limit:,} bytes", {"Connection": "close"})
    return bytes(body)
