"""What the server and its workers say to each other: MessagePack in frames that begin with their length."""

from __future__ import annotations

import struct
from enum import StrEnum
from typing import BinaryIO

import msgspec

HEADER = struct.Struct(">I")


class Outcome(StrEnum):
    """How a job ended."""

    DONE = "done"
    SYNTAX = "syntax"  # not SPARQL
    REFUSED = "refused"  # it would leave this machine
    UNACCEPTABLE = "unacceptable"  # in no form that the client takes
    LARGE = "large"  # the answer is over the limit
    FAILED = "failed"  # it cannot be evaluated
    LOCKED = "locked"  # another process writes
    BROKEN = "broken"  # the store cannot be read


class Setup(msgspec.Struct, frozen=True):
    """The first thing that a worker hears."""

    store: str
    prefixes: dict[str, str]
    seconds: float
    answer: int
    memory: int
    writes: bool = False


class Job(msgspec.Struct, frozen=True):
    """One query or update.  `accept` are media types, the best first; `default` is None where none is named."""

    text: str
    accept: tuple[str, ...] = ()
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    spool: str = ""  # file for an answer too large for a message
    epoch: int = 0  # grows with each update, so that what was written is seen at once


class Reply(msgspec.Struct, frozen=True):
    """The answer: in `body`, or in the job's file where `spooled`; else `message` says what is wrong."""

    outcome: Outcome
    media: str = ""
    body: bytes = b""
    spooled: bool = False
    message: str = ""


def frame(message: msgspec.Struct) -> bytes:
    """A message as it goes over the pipe."""
    payload = msgspec.msgpack.encode(message)
    return HEADER.pack(len(payload)) + payload


def receive(stream: BinaryIO) -> bytes | None:
    """The next message of a pipe; None at its end."""
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    (length,) = HEADER.unpack(head)
    payload = stream.read(length)
    return payload if len(payload) == length else None
