"""The server itself: where it listens, how it starts and ends, and the token it asks of those who write."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from kg.errors import ConfigError, KgError
from kg.remote.standing import settings_of
from kg.serve.app import application
from kg.serve.options import Options
from kg.serve.snapshot import Snapshot

TOKEN_VARIABLE = "KG_SERVE_TOKEN"  # noqa: S105 - the name of a variable

_SHORTEST_TOKEN = 16
_CONNECTIONS = 1024
_HEADERS = 64 * 1024  # bytes of a request line and its headers together
_KEEP_ALIVE, _FAREWELL = 5, 3  # seconds


def serve(folder: Path, options: Options, ready: Callable[[str], object] = lambda address: None) -> None:
    """Serve the graph in `folder` until interrupted; `ready` is told the address once there is one.

    Raises `KgError` when there is no store, when the graph stands on a server, or when the port is taken.
    """
    settings = settings_of(folder)
    if settings is not None and settings.server:
        raise KgError(f"{folder}: its graph stands on {settings.server}, which answers queries itself")
    Snapshot(folder / "store").newest()  # one clear message now rather than one for each query
    with _listening(options) as listener:
        host, port = listener.getsockname()[:2]
        config = uvicorn.Config(
            application(folder, options),
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_CONNECTIONS,
            h11_max_incomplete_event_size=_HEADERS,
            timeout_keep_alive=_KEEP_ALIVE,
            timeout_graceful_shutdown=_FAREWELL,
        )
        ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        logging.getLogger("uvicorn").setLevel(logging.WARNING)
        uvicorn.Server(config).run(sockets=[listener])


def _listening(options: Options) -> socket.socket:
    """The socket to take requests from."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_CONNECTIONS)
    except OSError as error:
        raise KgError(f"{options.host}:{options.port}: cannot listen there: {error.strerror}") from error
    return listener


def read_token(file: Path | None) -> str:
    """The token for updates: from a file, else from the environment, where it is taken away; empty without any."""
    given = os.environ.pop(TOKEN_VARIABLE, "")
    if file is not None:
        try:
            given = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{file}: the token cannot be read: {error}") from error
    token = given.strip()
    if (file is not None or token) and not (len(token) >= _SHORTEST_TOKEN and token.isascii() and token.isprintable()):
        where = file or TOKEN_VARIABLE
        raise ConfigError(f"{where}: a token has at least {_SHORTEST_TOKEN} ASCII characters, on one line")
    return token
