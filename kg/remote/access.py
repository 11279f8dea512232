"""Name, password and token of a server: from the environment alone, never stored, never shown."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping

import httpx

USER, PASSWORD, TOKEN = "KG_SERVER_USER", "KG_SERVER_PASSWORD", "KG_SERVER_TOKEN"


def access(environment: Mapping[str, str] = os.environ) -> httpx.Auth | None:
    """How requests are signed; None where nothing is set."""
    if environment.get(TOKEN):
        return _Bearer(environment[TOKEN])
    if environment.get(USER):
        return _Named(environment[USER], environment.get(PASSWORD, ""))
    return None


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class _Named(httpx.Auth):
    """Name and password, sent only when asked for, in the way that the server asks for."""

    def __init__(self, user: str, password: str) -> None:
        self._basic, self._digest = httpx.BasicAuth(user, password), httpx.DigestAuth(user, password)
        self._way: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._way is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            asked = response.headers.get("www-authenticate", "").lower()
            self._way = self._digest if "digest" in asked else self._basic
        yield from self._way.auth_flow(request)
