"""The endpoint as an ASGI application: SPARQL at ``/sparql``, a page to ask from at ``/``, the explorer beside it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from typing import TypeVar

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.graph.terms import PREFIXES
from kg.query.sparql import explain
from kg.serve import formats, pages
from kg.serve.messages import Outcome, Reply, Setup
from kg.serve.options import Options
from kg.serve.pool import Busy, Crashed, Pool, TimedOut
from kg.serve.protocol import Operation, operation
from kg.serve.shield import Shield, bears

T = TypeVar("T")

_SOON = {"Retry-After": "2"}
_GONE = 499  # no one is there to read it


def application(folder: Path, options: Options) -> Starlette:
    """The endpoint to the graph that `kg build` left in `folder`."""
    setup = Setup(
        store=str((folder / "store").resolve()),
        prefixes=PREFIXES,
        seconds=options.seconds,
        answer=options.answer,
        memory=options.memory,
    )
    endpoint = Endpoint(Pool(setup, options.workers, options.waiting), options)
    routes = [
        Route("/sparql", endpoint.answer, methods=["GET", "POST"]),
        *pages.routes(folder, options),
    ]
    middleware = [Middleware(Shield, options=options)]
    if options.origins:
        names = list(options.origins)
        middleware.insert(0, Middleware(CORSMiddleware, allow_origins=names, allow_methods=["GET", "POST"]))
    handlers = {HTTPException: _line, Exception: _unforeseen}
    return Starlette(routes=routes, middleware=middleware, exception_handlers=handlers, lifespan=endpoint.lifespan)  # type: ignore[arg-type]


class Endpoint:
    """What answers at ``/sparql``."""

    def __init__(self, pool: Pool, options: Options) -> None:
        self._pool, self._options = pool, options

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Keep workers as long as the server runs."""
        try:
            await self._pool.open()
            yield
        finally:
            self._pool.close()

    async def answer(self, request: Request) -> Response:
        """One request by SPARQL 1.1 Protocol."""
        asked = await operation(request, self._options.request)
        if asked is None:
            return _nothing_asked(request)
        if asked.update:
            self._authorise(request)
        try:
            return await _unless_gone(request, self._carried_out(asked))
        except Busy as error:
            raise HTTPException(503, "too many queries at once: try again soon", _SOON) from error
        except TimedOut as error:
            took = f"over {self._options.seconds:g} seconds"
            raise HTTPException(504, f"stopped: it took {took}; narrow it, or add a LIMIT") from error
        except Crashed as error:
            raise HTTPException(500, "stopped: it needs too much memory, or is nested too deep") from error

    def _authorise(self, request: Request) -> None:
        if not self._options.token:
            raise HTTPException(403, "updates are refused: this endpoint only reads; start it with a token to write")
        if not bears(request, self._options.token):
            raise HTTPException(401, "updates need the token of this endpoint", {"WWW-Authenticate": "Bearer"})

    async def _carried_out(self, asked: Operation) -> Response:
        if asked.update:
            reply = await self._pool.update(asked.job)
            return self._failure(reply, asked) or Response(status_code=204)
        reply, spool = await self._pool.query(asked.job)
        failure = self._failure(reply, asked)
        if failure is not None:
            return failure
        headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
        if not reply.spooled:
            return Response(reply.body, media_type=reply.media, headers=headers)
        done = BackgroundTask(spool.unlink, missing_ok=True)
        return FileResponse(spool, media_type=reply.media, headers=headers, background=done)

    def _failure(self, reply: Reply, asked: Operation) -> Response | None:
        """What went wrong, as a response; None where nothing did."""
        if reply.outcome is Outcome.DONE:
            return None
        what = "update" if asked.update else "query"
        status, text = {
            Outcome.SYNTAX: (400, f"not a valid {what}: {explain(SyntaxError(reply.message), asked.job.text)}"),
            Outcome.REFUSED: (403, reply.message),
            Outcome.UNACCEPTABLE: (406, f"no such form of answer: {formats.OFFERED}"),
            Outcome.LARGE: (
                422,
                f"the answer is over {self._options.answer:,} bytes: narrow the query, or add a LIMIT",
            ),
            Outcome.FAILED: (400, f"the {what} cannot be evaluated: {reply.message}"),
            Outcome.LOCKED: (503, "another process is writing to the store: try again when it has ended"),
            Outcome.BROKEN: (500, "the store cannot be read: see the log of the server"),
        }[reply.outcome]
        if reply.outcome is Outcome.BROKEN:
            pages.log.error("the store cannot be read: %s", reply.message)
        return PlainTextResponse(f"{text}\n", status, headers=_SOON if status == 503 else None)


async def _unless_gone(request: Request, work: Awaitable[Response]) -> Response:
    """The outcome of `work`, which is called off when the client goes away."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else Response(status_code=_GONE)
    finally:
        gone.cancel()
        task.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _nothing_asked(request: Request) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse("/", 303)
    raise HTTPException(400, "no query: give one as ?query=... or by POST; the query page is at /")


async def _line(_: Request, error: HTTPException) -> Response:
    return PlainTextResponse(f"{error.detail}\n", error.status_code, headers=error.headers)


async def _unforeseen(_: Request, __: Exception) -> Response:
    return PlainTextResponse("a fault of the server: see its log\n", 500)
