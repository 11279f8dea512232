"""A real server over a small graph, in a process of its own, on a free port of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.serve.server import TOKEN_VARIABLE
from kg.store import from_rdflib, write_store
from tests.serve.client import Site
from tests.small_graph import rdflib_quads

TOKEN = "a-token-for-tests-0123456789"
COMMAND = "from kg.cli import main; main()"


@contextmanager
def serving(folder: Path, *options: str, token: str = "") -> Iterator[Site]:
    """`kg serve` on `folder`; its log is `serve.log` there."""
    environment = os.environ | ({TOKEN_VARIABLE: token} if token else {})
    command = [sys.executable, "-c", COMMAND, "serve", "-o", str(folder), "--port", "0", "--verbose", *options]
    with (
        (folder / "serve.log").open("w") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment, text=True) as process,
    ):
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line.startswith("page: "), (folder / "serve.log").read_text()
            yield Site(line.removeprefix("page: ").strip())
        finally:
            process.terminate()


def built(folder: Path) -> Path:
    """A folder as `kg build` leaves it."""
    write_store(folder / "store", from_rdflib(rdflib_quads()))
    (folder / "graph.html").write_text("<!doctype html><title>The graph</title>")
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small graph that nothing writes to."""
    return built(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[Site]:
    """A server that only reads, with tight limits."""
    with serving(folder, "--timeout", "2", "--max-answer", "2", "--max-request", "64", "--workers", "2") as found:
        yield found


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A small graph to write to."""
    return built(tmp_path)
