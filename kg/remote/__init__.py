"""The graph on a SPARQL 1.1 server that the user names, in place of the store in the folder."""
