"""What a worker takes from itself before it evaluates anything: the network, and memory without end.

The evaluator has an HTTP client of its own, for SERVICE and LOAD, that cannot be switched off.  On Linux a filter
of system calls leaves the process no way to open a connection; elsewhere `kg.serve.guard` stands alone.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER_MODE = 38, 22, 2  # prctl
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # instructions of the filter
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # the second is "permission denied"
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16  # offsets of what the filter sees
_FOREIGN = 0x40000000  # calls by another convention begin here
_IO_URING, _AF_UNIX = 425, 1
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # the machine's code, the number of `socket`


def limit_memory(size: int) -> None:
    """Let no more than `size` bytes be taken, where the system knows such a limit."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))


def bar_network() -> bool:
    """Let this process open no connection from now on; whether the system could be made to see to that."""
    known = _SOCKET.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    program = _program(*known)
    libc = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not libc.prctl(_SECCOMP, _FILTER_MODE, ctypes.create_string_buffer(header, len(header)), 0, 0)


def _program(machine: int, socket: int) -> bytes:
    """The filter: sockets inside the machine alone, and no other way to one.  A jump counts instructions."""
    steps = (
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 0, 8, machine),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 6, 0, _FOREIGN),
        (_EQUAL, 5, 0, _IO_URING),
        (_EQUAL, 0, 2, socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 2, _AF_UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    )
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def die_after(seconds: float) -> None:
    """End this process so many seconds from now, whatever it does then; 0 takes it back.

    Holds also where the server that would have ended it is gone.
    """
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def environment() -> dict[str, str]:
    """The environment of a worker: no secret of the server's, no proxy."""
    kept = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONHOME", "SYSTEMROOT", "TMPDIR", "VIRTUAL_ENV", "HOME")
    return {name: os.environ[name] for name in kept if name in os.environ}
