"""SPARQL servers on free ports of this machine, for as long as a test needs them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.conftest import need

_PATIENCE = 60  # seconds for a server to start
_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 4000
MaxDirtyBuffers = 2000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
"""
VIRTUOSO_USER = VIRTUOSO_PASSWORD = "dba"  # of a database just made


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """The address of an Oxigraph server that keeps its data in `folder`."""
    beside = str(Path(sys.executable).parent)  # in the environment that runs the tests, active or not
    program = shutil.which("oxigraph", path=f"{beside}{os.pathsep}{os.environ['PATH']}")
    need(bool(program), "the command of the oxigraph package")
    port = _free_port()
    with _running([str(program), "serve", "-l", str(folder), "-b", f"127.0.0.1:{port}"], f"http://127.0.0.1:{port}"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address for queries of a Virtuoso server that keeps its data in `folder`."""
    program = shutil.which("virtuoso-t")
    need(bool(program), "virtuoso-t, of Debian's virtuoso-opensource-7-bin")
    sql, port = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(folder=folder, sql=sql, http=port))
    command = [str(program), "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with _running(command, f"http://127.0.0.1:{port}/sparql"):
        yield f"http://127.0.0.1:{port}/sparql"


@contextmanager
def _running(command: list[str], address: str) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment()) as process:
        try:
            _wait(process, address)
            yield
        finally:
            process.kill()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("KG_")}


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended at once"
        try:
            httpx.get(address, trust_env=False, timeout=5)
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not start")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
