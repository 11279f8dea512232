"""The second lock: even a query that got past `guard` finds no network."""

from __future__ import annotations

import platform
import socket
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="needs the system call filter of Linux",
)
TRY = """
import socket, sys
import pyoxigraph as ox
from kg.serve.confine import bar_network, die_after
assert bar_network()
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        socket.socket(family)
        sys.exit("a socket could be had")
    except PermissionError:
        pass
address = sys.argv[1]
store = ox.Store()
for ask in (lambda: list(store.query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")),
            lambda: store.update(f"LOAD <{address}> INTO GRAPH <http://a/>")):
    try:
        ask()
        sys.exit("something was fetched")
    except OSError:
        pass
print("confined", flush=True)
die_after(0.2)
while True:
    pass
"""


def test_a_confined_process_reaches_nothing_and_ends_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        done = subprocess.run([sys.executable, "-c", TRY, address], capture_output=True, text=True, timeout=60)
        assert done.stdout == "confined\n", done.stderr
        assert done.returncode < 0  # ended by a signal
        with pytest.raises(TimeoutError):
            listener.accept()
