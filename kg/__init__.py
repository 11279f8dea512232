"""newskg: news text in, an RDF knowledge graph out, where what happened is kept apart from who says so."""

from importlib.metadata import version

__version__ = version("newskg")
