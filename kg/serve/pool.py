"""The worker processes: each evaluates one query at a time, and is ended and replaced when one takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import msgspec

from kg.serve.confine import environment
from kg.serve.messages import HEADER, Job, Reply, Setup, frame

_START = 120.0  # seconds that a worker may take to start, which includes opening the store
_PATIENCE = 30.0  # seconds that a query waits for a worker


class Busy(Exception):  # noqa: N818 - what happened, not a fault
    """Too many queries wait already."""


class TimedOut(Exception):  # noqa: N818 - what happened, not a fault
    """A query took longer than it may."""


class Crashed(Exception):  # noqa: N818 - what happened, not a fault
    """A query ended its worker: too deep, or in need of too much memory."""


class Worker:
    """One process; started when first asked, and again after each end."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._process: Process | None = None

    @property
    def running(self) -> bool:
        """Whether there is a process."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start the process, unless it runs, and wait until it is ready."""
        if self.running:
            return
        command = (sys.executable, "-P", "-m", "kg.serve.worker")
        try:
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, env=environment(), start_new_session=True
            )
            await self._tell(self._setup)
            async with asyncio.timeout(_START):
                await self._hear()
        except BaseException:
            self.end()
            raise

    async def ask(self, job: Job) -> Reply:
        """Have a job done.  Raises `TimedOut` and `Crashed`; the process is gone then, as when this is cancelled."""
        try:
            await self.start()
            await self._tell(job)
            async with asyncio.timeout(self._setup.seconds):
                return await self._hear()
        except TimeoutError as error:
            self.end()
            raise TimedOut from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            self.end()
            raise Crashed from error
        except BaseException:
            self.end()
            raise

    def end(self) -> None:
        """End the process at once."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()

    async def _tell(self, message: Setup | Job) -> None:
        pipe = self._process.stdin if self._process else None
        if pipe is None:
            raise ConnectionError
        pipe.write(frame(message))
        await pipe.drain()

    async def _hear(self) -> Reply:
        pipe = self._process.stdout if self._process else None
        if pipe is None:
            raise ConnectionError
        (length,) = HEADER.unpack(await pipe.readexactly(HEADER.size))
        return msgspec.msgpack.decode(await pipe.readexactly(length), type=Reply)


class Pool:
    """Hands jobs to workers that are free, in the order in which they came."""

    def __init__(self, setup: Setup, workers: int, waiting: int) -> None:
        self._workers = [Worker(setup) for _ in range(workers)]
        self._writer = Worker(msgspec.structs.replace(setup, writes=True))
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._places, self._waiting = waiting, 0
        self._writing = asyncio.Lock()
        self._epoch, self._numbers = 0, itertools.count()
        self._folder = tempfile.TemporaryDirectory(prefix="kg-serve-")
        self._restarts: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Start the workers."""
        await asyncio.gather(*(worker.start() for worker in self._workers))
        for worker in self._workers:
            self._idle.put_nowait(worker)

    def close(self) -> None:
        """End all processes and forget all answers."""
        for worker in (*self._workers, self._writer):
            worker.end()
        self._folder.cleanup()

    async def query(self, job: Job) -> tuple[Reply, Path]:
        """The answer and the file that holds it where it is spooled.  Raises `Busy`, `TimedOut` and `Crashed`."""
        spool = Path(self._folder.name, f"{next(self._numbers)}")
        worker = await self._free()
        try:
            reply = await worker.ask(msgspec.structs.replace(job, spool=str(spool), epoch=self._epoch))
        except BaseException:
            spool.unlink(missing_ok=True)
            raise
        finally:
            self._release(worker)
        if not reply.spooled:
            spool.unlink(missing_ok=True)
        return reply, spool

    async def update(self, job: Job) -> Reply:
        """Change the store; one update at a time, in a process that holds the store no longer than that."""
        async with self._writing:
            try:
                reply = await self._writer.ask(job)
            finally:
                self._writer.end()
                self._epoch += 1
            return reply

    async def _free(self) -> Worker:
        """A worker that has nothing to do."""
        if self._waiting >= self._places:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._idle.get()
        except TimeoutError as error:
            raise Busy from error
        finally:
            self._waiting -= 1

    def _release(self, worker: Worker) -> None:
        """Let the worker take the next job, once it runs again."""

        async def ready() -> None:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                await worker.start()  # where this fails, the next job tries again
            self._idle.put_nowait(worker)

        if worker.running:
            self._idle.put_nowait(worker)
            return
        task = asyncio.get_running_loop().create_task(ready())
        self._restarts.add(task)
        task.add_done_callback(self._restarts.discard)
