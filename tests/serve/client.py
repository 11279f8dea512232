"""A client as plain as can be."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def rows(self) -> list[dict[str, str]]:
        bindings = json.loads(self.body)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]


@dataclass(frozen=True)
class Site:
    """A server by its address."""

    address: str

    @property
    def sparql(self) -> str:
        return f"{self.address}sparql"

    def send(
        self, method: str, path: str, body: bytes | str | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """One request, with exactly these headers."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def get(self, query: str, accept: str = "", fields: Mapping[str, object] | None = None) -> Answer:
        """A query in the address."""
        headers = {"Accept": accept} if accept else {}
        asked = urlencode({"query": query, **(fields or {})}, doseq=True)
        return self.send("GET", f"/sparql?{asked}", headers=headers)

    def post(self, fields: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Answer:
        """A form."""
        return self.send("POST", "/sparql", urlencode(fields, doseq=True), {"Content-Type": FORM, **(headers or {})})
