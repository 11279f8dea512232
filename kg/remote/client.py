"""SPARQL 1.1 Protocol and Graph Store Protocol, with clear errors, time limits and patience."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

import httpx
import pyoxigraph as ox

from kg.errors import KgError
from kg.remote.access import PASSWORD, TOKEN, USER, access
from kg.remote.address import Address

_TIMES = httpx.Timeout(connect=10, read=600, write=120, pool=10)
_WAITS = (0.5, 1, 2, 4, 8)  # seconds before a busy server is asked again
_LONGEST = 30.0  # that a server may ask to wait
_BUSY = (429, 503)
_IN_MEMORY = 8 * 2**20  # bytes of an answer; the rest of it waits on the disk
_SHOWN = 200  # characters of a server's message
_VERDICT = b'{"head":{},"boolean":%s}'
_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"


class Refused(KgError):  # noqa: N818 - reads as what it is where it is raised
    """The server does not answer this query, which may be sound."""


class Client:
    """One server; a connection is kept between requests."""

    def __init__(
        self,
        address: Address,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.address = address
        self._sleep = sleep
        self._http = httpx.Client(
            auth=access(),
            timeout=_TIMES,
            follow_redirects=False,
            trust_env=False,  # no proxies, and no passwords from other files
            transport=transport,
        )

    def close(self) -> None:
        """End the connections."""
        self._http.close()

    def software(self) -> str:
        """What the server calls itself, in lower case."""
        response = self._sent("POST", self.address.query, data={"query": "ASK {}"}, accept=_ROWS)
        self._read(self._spooled(response))
        return str(response.headers.get("server", "")).lower()

    def rows(self, text: str, options: Mapping[str, str] | None = None) -> Any:
        """The answer to a SELECT.  Raises `Refused` where the server says that it cannot answer."""
        return self._read(self._asked(text, _ROWS, options))

    def _read(self, content: IO[bytes]) -> Any:
        try:
            return ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise KgError(
                f"{self.address.query}: does not answer as a SPARQL server does; give its address for queries"
            ) from error

    def verdict(self, text: str, options: Mapping[str, str] | None = None) -> Any:
        """The answer to an ASK."""
        answer = self.rows(text, options)
        if isinstance(answer, ox.QueryBoolean):
            return answer
        found = any(row[0].value not in ("0", "false") for row in answer)  # Virtuoso may answer in a row
        return ox.parse_query_results(_VERDICT % (b"true" if found else b"false"), format=ox.QueryResultsFormat.JSON)

    def triples(self, text: str, options: Mapping[str, str] | None = None) -> Any:
        """The answer to a CONSTRUCT or DESCRIBE, which Virtuoso may cut short."""
        return ox.parse(self._asked(text, _TRIPLES, options), format=ox.RdfFormat.N_TRIPLES)

    def update(self, text: str) -> None:
        """Send one request of SPARQL 1.1 Update."""
        headers = {"content-type": "application/sparql-update"}
        self._settled(self._sent("POST", self.address.update, content=text.encode(), headers=headers))

    def graph(self, name: str) -> Iterator[ox.Triple]:
        """The triples of one graph, by a query: Virtuoso cuts what its graph store gives short and does not say so."""
        for row in self.rows(f"SELECT ?s ?p ?o {{ GRAPH {ox.NamedNode(name)} {{ ?s ?p ?o }} }}"):
            yield ox.Triple(row["s"], row["p"], row["o"])

    def put(self, name: str, triples: bytes) -> None:
        """Make a graph hold exactly these N-Triples."""
        headers = {"content-type": "text/turtle"}  # which N-Triples are, and which every server takes
        address = self.address.graphs
        self._settled(self._sent("PUT", address, params={"graph": name}, content=triples, headers=headers))

    def _asked(self, text: str, accept: str, options: Mapping[str, str] | None) -> IO[bytes]:
        response = self._sent("POST", self.address.query, data={"query": text, **(options or {})}, accept=accept)
        if response.status_code in (400, 500, 501):
            raise Refused(self._fault(response))
        content = self._spooled(response)
        if "x-sparql-maxrows" in response.headers:  # Virtuoso cuts answers short without an error
            most = response.headers["x-sparql-maxrows"]
            raise Refused(
                f"{self.address.query}: answers are cut at {most} rows: raise ResultSetMaxRows in virtuoso.ini"
            )
        return content

    # -- one request -------------------------------------------------------------------------------------------------

    def _sent(self, method: str, url: str, accept: str = "", **parts: Any) -> httpx.Response:
        """The response, its body still unread, of a server that is not busy."""
        headers = parts.pop("headers", {}) | ({"accept": accept} if accept else {})
        request = self._http.build_request(method, url, headers=headers, **parts)
        for wait in (*_WAITS, None):
            try:
                response = self._http.send(request, stream=True)
            except httpx.HTTPError as error:
                if wait is None or not isinstance(error, httpx.RemoteProtocolError):
                    raise KgError(_unreachable(url, error)) from error
                self._sleep(wait)  # it hung up, as after a long rest; all requests may be made twice
                continue
            if response.status_code not in _BUSY or wait is None:
                return response
            response.close()
            self._sleep(min(_LONGEST, max(wait, _asked_to_wait(response))))
        raise AssertionError  # pragma: no cover - the last turn returns

    def _settled(self, response: httpx.Response) -> None:
        self._spooled(response).close()

    def _spooled(self, response: httpx.Response) -> IO[bytes]:
        """The body of a success, kept in a file where it is long."""
        if not response.is_success:
            raise KgError(self._fault(response))
        file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it is handed on
        try:
            for part in response.iter_bytes():
                file.write(part)
        except httpx.HTTPError as error:
            raise KgError(_unreachable(str(response.url), error)) from error
        finally:
            response.close()
        file.seek(0)
        return file

    def _fault(self, response: httpx.Response) -> str:
        try:
            said = response.read()[: 4 * _SHOWN].decode("utf-8", "replace")
        except httpx.HTTPError:
            said = ""
        finally:
            response.close()
        status, url = response.status_code, response.url.copy_with(query=None)
        words = " ".join("".join(c if c.isprintable() else " " for c in said).split())[:_SHOWN]
        mend = _mend(status, response.headers.get("location", ""))
        return f"{url}: the server answered {status} {response.reason_phrase}{f' ({words})' if words else ''}{mend}"


def _mend(status: int, location: str) -> str:
    match status:
        case 401 | 403:
            return f"; set {USER} and {PASSWORD}, or {TOKEN}, to those of an account that may do this"
        case 404 | 405:
            return "; give the right addresses with --server, --update-url and --graph-store-url"
        case 429 | 503:
            return "; it is busy: try again later"
        case _ if 300 <= status < 400:
            return f"; redirects are not followed: give the address itself, {location[:_SHOWN]!r}"
    return ""


def _asked_to_wait(response: httpx.Response) -> float:
    said = response.headers.get("retry-after", "")
    return float(said) if said.isdigit() else 0.0


def _unreachable(url: str, error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return f"{url}: no server answers there ({error}); start it, or name another with --server"
    if isinstance(error, httpx.TimeoutException):
        return f"{url}: the server took too long; ask for less, or give it more room"
    return f"{url}: the connection failed: {type(error).__name__}: {error}"
