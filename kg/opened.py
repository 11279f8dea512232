"""A built graph from Python and in a notebook: questions as pandas frames, the page inline, rdflib and networkx.

>>> import kg
>>> graph = kg.open("output/")                      # doctest: +SKIP
>>> graph.frame("who-said", about="Izyum")          # doctest: +SKIP
"""

from __future__ import annotations

import html
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg import query
from kg.config import Settings
from kg.errors import KgError
from kg.graph.terms import PREFIXES
from kg.network import Network, network
from kg.query.result import Result
from kg.remote.standing import settings_of, standing
from kg.search import FILE, Hit, Index
from kg.store import Store
from kg.tally import tally
from kg.view.page import page_html

if TYPE_CHECKING:
    import pandas
    from rdflib import Dataset


class Graph:
    """A graph to ask, search, draw and hand on; a context manager that lets go of its files."""

    def __init__(self, store: Store, index: Index | None, settings: Settings, name: str) -> None:
        """The graph of `store`, called `name`; without an `index` it cannot be searched."""
        self.store, self.settings, self.name = store, settings, name
        self._index = index

    @classmethod
    def open(cls, folder: Path | str) -> Graph:
        """What `kg build` left in `folder`, read-only, as it is now.  Raises `KgError` where there is nothing."""
        folder = Path(folder)
        store = standing(folder)
        index = Index(folder / FILE, read_only=True) if (folder / FILE).is_file() else None
        return cls(store, index, settings_of(folder) or Settings(), str(folder))

    def counts(self) -> dict[str, int]:
        """How many documents, actors, places, events and so on there are."""
        return tally(self.store)

    def ask(self, question: str, limit: int | None = None, **parameters: str) -> Result:
        """The answer to a named question, a query file or SPARQL; see ``kg.query.ask``."""
        return query.ask(self.store, question, parameters, limit, index=self._index)

    def frame(self, question: str, limit: int | None = None, **parameters: str) -> pandas.DataFrame:
        """The answer as a pandas frame, a column for each variable.  Raises `KgError` where pandas is missing."""
        try:
            import pandas as pd
        except ImportError as error:
            raise KgError("frames need pandas: pip install newskg[notebook]") from error
        result = self.ask(question, limit, **parameters)
        return pd.DataFrame.from_records(result.records(), columns=list(result.columns))

    def search(self, words: str, kind: str | None = None, limit: int = 20) -> list[Hit]:
        """Names, titles, statements and events that hold all these words, the best first."""
        if self._index is None:
            raise KgError(f"{Path(self.name) / FILE}: not there; run 'kg build' again to make it")
        return self._index.find(words, kind, limit)

    def network(self) -> Network:
        """The graph as a networkx network; see ``kg.network``."""
        return network(self.store)

    def dataset(self) -> Dataset:
        """The graph as an rdflib Dataset, whose default graph is the union of all.

        It is over the very store; of one on a server, over a copy.
        """
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        dataset = Dataset(store=OxigraphStore(store=self.store.inner), default_union=True)
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace, replace=True)
        return dataset

    def show(self, height: int = 700) -> Page:
        """The page, drawn inline by a notebook; it fetches nothing."""
        return Page(page_html(self.store, self.settings), height)

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()
        if self._index is not None:
            self._index.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><th>{name}</th><td>{count:,}</td></tr>" for name, count in self.counts().items())
        return f"<table><caption>{html.escape(self.name)}</caption>{rows}</table>"


class Page:
    """The page in a frame of its own, which cannot reach the notebook around it."""

    def __init__(self, text: str, height: int) -> None:
        self.html, self.height = text, height

    def _repr_html_(self) -> str:
        inner = html.escape(self.html, quote=True)
        style = f"width:100%;height:{self.height:d}px;border:1px solid #8888"
        return f'<iframe title="graph" sandbox="allow-scripts" srcdoc="{inner}" style="{style}"></iframe>'
