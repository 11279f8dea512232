"""A process that evaluates queries one after the other, for the server to end when one takes too long.

A running query cannot be called off within a process, hence the processes.  Started as
``python -m kg.serve.worker``; it hears a `Setup` and then `Job`s on standard input and answers each with a `Reply`
on standard output.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO, TypeAlias, cast

import msgspec
import pyoxigraph as ox

from kg.errors import KgError
from kg.guard import names_graphs, refusal
from kg.serve import formats
from kg.serve.confine import bar_network, die_after, limit_memory
from kg.serve.messages import Job, Outcome, Reply, Setup, frame, receive
from kg.serve.snapshot import Snapshot
from kg.store import Store

Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_IN_MESSAGE = 1 << 20  # bytes of an answer that still go over the pipe
_GRACE = 5.0  # seconds beyond the limit after which a worker ends itself: the server should have ended it


class TooLarge(Exception):  # noqa: N818 - what happened, not a fault
    """An answer is over the limit."""


class Sheet(io.RawIOBase):
    """Where an answer is written: in memory at first, in the file `spool` when it grows, never over `limit` bytes."""

    def __init__(self, spool: str, limit: int) -> None:
        super().__init__()
        self._spool, self._limit, self._size = spool, limit, 0
        self._memory: io.BytesIO = io.BytesIO()
        self._file: BinaryIO | None = None

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: object) -> int:
        """Take the next bytes.  Raises `TooLarge`."""
        piece = bytes(data)  # type: ignore[call-overload]
        self._size += len(piece)
        if self._size > self._limit:
            raise TooLarge
        if self._file is None and self._spool and self._size > _IN_MESSAGE:
            self._file = Path(self._spool).open("wb")  # noqa: SIM115 - closed with the sheet
            self._file.write(self._memory.getvalue())
        (self._file or self._memory).write(piece)
        return len(piece)

    def close(self) -> None:
        """Finish the file, if there is one."""
        if self._file is not None:
            self._file.close()
        super().close()

    def reply(self, media: str) -> Reply:
        """What was written, as an answer."""
        if self._file is not None:
            return Reply(Outcome.DONE, media, spooled=True)
        return Reply(Outcome.DONE, media, self._memory.getvalue())


class Evaluator:
    """Answers jobs from the newest state of the store."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._snapshot = Snapshot(Path(setup.store))
        if not setup.writes:
            with suppress(KgError):  # told when somebody asks
                self._snapshot.newest()

    def __call__(self, job: Job) -> Reply:
        """Evaluate one job; what is wrong with it is told in the reply."""
        reason = refusal(job.text, self._setup.writes)
        if reason:
            return Reply(Outcome.REFUSED, message=reason)
        try:
            return self._update(job) if self._setup.writes else self._query(job)
        except SyntaxError as error:
            return Reply(Outcome.SYNTAX, message=str(error))
        except TooLarge:
            return Reply(Outcome.LARGE)
        except (RuntimeError, ValueError) as error:
            return Reply(Outcome.FAILED, message=_line(error))
        except OSError as error:
            return Reply(Outcome.BROKEN, message=_line(error))
        except KgError as error:
            return Reply(Outcome.LOCKED if self._setup.writes else Outcome.BROKEN, message=_line(error))

    def _query(self, job: Job) -> Reply:
        store = self._snapshot.newest(job.epoch)
        try:
            return self._answer(store, job)
        except (OSError, RuntimeError):  # a writer may have cleared away files of this state: the next one is whole
            return self._answer(self._snapshot.again(), job)

    def _answer(self, store: Store, job: Job) -> Reply:
        answer = self._evaluated(store, job)
        if isinstance(answer, ox.QueryTriples):
            graph = formats.graph(job.accept)
            if graph is None:
                return Reply(Outcome.UNACCEPTABLE)
            with Sheet(job.spool, self._setup.answer) as sheet:
                answer.serialize(cast(IO[bytes], sheet), graph)
            return sheet.reply(graph.media_type)
        form = formats.results(job.accept)
        if form is None:
            return Reply(Outcome.UNACCEPTABLE)
        with Sheet(job.spool, self._setup.answer) as sheet:
            answer.serialize(cast(IO[bytes], sheet), form)
        return sheet.reply(form.media_type)

    def _evaluated(self, store: Store, job: Job) -> Answer:
        """All graphs are one to a query, unless it or the request names those that it means."""
        if job.default is None and job.named is None:
            whole = not names_graphs(job.text)
            return store.inner.query(job.text, prefixes=self._setup.prefixes, use_default_graph_as_union=whole)
        return store.inner.query(
            job.text,
            prefixes=self._setup.prefixes,
            default_graph=[ox.NamedNode(iri) for iri in job.default or ()],
            named_graphs=[ox.NamedNode(iri) for iri in job.named or ()],
        )

    def _update(self, job: Job) -> Reply:
        with Store.open(self._setup.store) as store:
            store.inner.update(job.text, prefixes=self._setup.prefixes)
            store.inner.flush()
        return Reply(Outcome.DONE)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


def main() -> None:
    """Answer until the server closes the pipe."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints does not print into an answer
    first = receive(source)
    if first is None:
        return
    setup = msgspec.msgpack.decode(first, type=Setup)
    limit_memory(setup.memory)
    bar_network()
    evaluate, jobs = Evaluator(setup), msgspec.msgpack.Decoder(Job)
    _send(sink, Reply(Outcome.DONE))
    while (payload := receive(source)) is not None:
        die_after(setup.seconds + _GRACE)
        reply = evaluate(jobs.decode(payload))
        die_after(0)
        _send(sink, reply)


def _send(sink: BinaryIO, reply: Reply) -> None:
    sink.write(frame(reply))
    sink.flush()


if __name__ == "__main__":
    main()
