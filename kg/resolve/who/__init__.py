"""The rooms of the registry, each of which keeps its tables up to date with what the rooms before it have changed.

`records` holds the documents, `groups` decides on alike names, `placing` on short ones, `things` joins groups and names
them, `naming` gives every record its key, `entities` describes what is named, and `judging` records why.
"""
