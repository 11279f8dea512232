"""Where a server answers queries, takes updates and keeps graphs."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from kg.errors import ConfigError

# What an address for queries ends in -> what stands there for updates and for the graph store.
_LAYOUTS = (
    (re.compile(r"/query$"), "/update", "/store"),  # Oxigraph, by its address for queries
    (re.compile(r"/sparql$"), "/sparql-auth", "/sparql-graph-crud-auth"),  # Virtuoso
    (re.compile(r"(?<=/repositories/)[^/]+$"), r"\g<0>/statements", r"\g<0>/rdf-graphs/service"),  # RDF4J, GraphDB
)
_OXIGRAPH = "/query"  # what a bare address is completed by


class Address(NamedTuple):
    """The three addresses of one server."""

    query: str
    update: str
    graphs: str

    @classmethod
    def of(cls, server: str, update: str = "", graphs: str = "") -> Address:
        """The addresses that go with `server`, the address for queries or that of a whole Oxigraph server.

        Those given stay as they are.  Raises `ConfigError` unless they are http or https, without name and password.
        """
        server = _checked(server).rstrip("/")
        if not urlsplit(server).path:
            server += _OXIGRAPH
        for ending, updates, store in _LAYOUTS:
            if ending.search(server):
                found = ending.sub(updates, server), ending.sub(store, server)
                return cls(server, _checked(update or found[0]), _checked(graphs or found[1]))
        if not (update and graphs):
            raise ConfigError(f"{server}: give --update-url and --graph-store-url too: they do not follow from it")
        return cls(server, _checked(update), _checked(graphs))


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ConfigError(f"{url!r} is not the address of a server: {error}") from error
    if "@" in parts.netloc:  # never shown: it holds a password
        raise ConfigError("an address must hold no name and password: set KG_SERVER_USER and KG_SERVER_PASSWORD")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment or re.search(r"[\x00-\x20]", url):
        raise ConfigError(f"{url!r} is not the address of a server: give http://... or https://...")
    return url
