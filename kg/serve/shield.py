"""Who may ask at all: requests that name another host, or that another site's page sends, go no further."""

from __future__ import annotations

import hmac
import logging
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.options import Options

log = logging.getLogger("kg.serve")

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_OWN_SITES = ("same-origin", "none")
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}


class Shield:
    """Middleware: checks the host and the origin, adds security headers, logs a line without what was asked."""

    def __init__(self, app: ASGIApp, options: Options) -> None:
        self._app = app
        self._names = {name.lower() for name in (*_LOOPBACK, options.host, *options.names)}
        self._origins = frozenset(options.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = time.perf_counter(), 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refusal(scope)
        app = self._app if refused is None else refused
        try:
            await app(scope, receive, sent)
        finally:  # never the query string, which may hold what nobody else is to read
            log.info("%s %s %s %.0f ms", scope["method"], scope["path"], status, 1000 * (time.perf_counter() - start))

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name(host) not in self._names:
            return PlainTextResponse("this server does not go by that host name: see --allow-host\n", 421)
        origin = headers.get("origin")
        if origin is not None:
            if origin not in self._origins and urlsplit(origin).netloc != host:
                return PlainTextResponse("pages of this origin may not ask: see --allow-origin\n", 403)
        elif headers.get("sec-fetch-site", "none") not in _OWN_SITES and not _visits(scope, headers):
            return PlainTextResponse("pages of other sites may not ask\n", 403)
        return None


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _visits(scope: Scope, headers: Headers) -> bool:
    """Whether somebody follows a link."""
    return scope["method"] == "GET" and headers.get("sec-fetch-mode") == "navigate"


def bears(request: Request, token: str) -> bool:
    """Whether the request brings the token; the time taken tells nothing of it."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
