"""`kg serve`: a SPARQL endpoint and the pages to a built graph.

The server takes requests and never touches the store; worker processes evaluate queries on it, read-only, with no way
to the network, and are ended when one takes too long.  Updates need a token.
"""

from kg.serve.options import Options

__all__ = ["Options"]
