"""What an endpoint may be told: where it listens, who may ask, and how much of what."""

from __future__ import annotations

import os

import msgspec

_MIB = 1 << 20


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one endpoint; sizes are in bytes, times in seconds."""

    host: str = "127.0.0.1"
    port: int = 7878
    names: tuple[str, ...] = ()  # further names that a Host header may give, such as that of a proxy in front
    origins: tuple[str, ...] = ()  # web pages of other origins that may ask (CORS)
    token: str = ""  # what an update must bring; without one there are no updates
    seconds: float = 30.0  # that one query may take
    waiting: int = 256  # queries that may wait for a worker
    request: int = _MIB  # the most that a request may hold
    answer: int = 64 * _MIB  # the most that an answer may hold
    memory: int = 4096 * _MIB  # of one worker, where the system can limit it
    workers: int = max(2, min(8, os.cpu_count() or 1))
