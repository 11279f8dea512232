"""`kg serve` on the command line."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from kg.errors import ConfigError
from kg.serve.options import Options

_DEFAULT = Options()
_MIB = 1 << 20


def serve(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder that `kg build` wrote.")] = Path("output"),
    host: Annotated[str, typer.Option(help="Address to listen on.")] = _DEFAULT.host,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = _DEFAULT.port,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a query may take.")] = _DEFAULT.seconds,
    max_answer: Annotated[int, typer.Option(min=1, help="MiB that an answer may hold.")] = _DEFAULT.answer // _MIB,
    max_request: Annotated[int, typer.Option(min=1, help="KiB that a request may hold.")] = _DEFAULT.request // 1024,
    memory: Annotated[int, typer.Option(min=256, help="MiB that a worker may take.")] = _DEFAULT.memory // _MIB,
    workers: Annotated[int, typer.Option(min=1, help="Queries evaluated at once.")] = _DEFAULT.workers,
    queue: Annotated[int, typer.Option(min=1, help="Queries that may wait for a worker.")] = _DEFAULT.waiting,
    allow_host: Annotated[list[str] | None, typer.Option(help="Further host name that clients may use.")] = None,
    allow_origin: Annotated[list[str] | None, typer.Option(help="Web origin whose pages may ask (CORS).")] = None,
    token_file: Annotated[
        Path | None, typer.Option(help="File of the token that updates need; KG_SERVE_TOKEN serves as well.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print a line for each request.")] = False,
) -> None:
    """Serve the built graph: a SPARQL endpoint, a page to ask from, and the explorer.

    Reads only, unless a token for updates is given.  Ctrl-C ends it.
    """
    from kg.serve.server import read_token
    from kg.serve.server import serve as run

    options = Options(
        host=host,
        port=port,
        names=tuple(allow_host or ()),
        origins=tuple(_origin(one) for one in allow_origin or ()),
        token=read_token(token_file),
        seconds=timeout,
        answer=max_answer * _MIB,
        request=max_request * 1024,
        memory=memory * _MIB,
        waiting=queue,
        workers=workers,
    )
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(message)s", level=logging.WARNING)
    logging.getLogger("kg.serve").setLevel(logging.INFO if verbose else logging.WARNING)
    run(output, options, _tell)


def _origin(given: str) -> str:
    """A web origin as browsers write it."""
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise ConfigError(f"--allow-origin {given!r}: give a scheme and a host, such as https://example.org")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _tell(address: str) -> None:
    print(f"page: {address}\nSPARQL: {address}sparql\nCtrl-C ends", flush=True)
