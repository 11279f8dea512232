"""Every error the project raises on purpose; one root, so that callers can catch them all.

A message is one line that names the file or value, the place in it, and the mend.
"""


class KgError(Exception):
    """Root of all expected failures; the command line prints its message and exits non-zero."""


class ConfigError(KgError):
    """A setting is missing, unknown or out of range."""


class ModelMissing(ConfigError):  # noqa: N818 - a state of the installation rather than a fault of the code
    """The spaCy pipeline named in the settings is not installed."""


class VocabularyError(KgError):
    """An ontology, word list or gazetteer file is malformed or disagrees with the vocabulary."""


class RulingError(KgError):
    """The file of a user's rulings is faulty, or a judgement is not there to be ruled on."""


class KnowledgeError(KgError):
    """A user's knowledge base cannot be read."""


class InvalidIri(KgError):  # noqa: N818 - reads as what it is where it is raised
    """A minted or given IRI holds characters that no IRI may hold."""


class GraphError(KgError):
    """A graph cannot be read, or would violate the shapes."""


class AssetMissing(KgError):  # noqa: N818 - a state of the installation, as above
    """A third-party file that a page is made with is not installed."""


class QueryError(KgError):
    """A question is unknown, lacks a parameter, or is not valid SPARQL."""


class ReadError(KgError):
    """An input cannot become a Document; ``reason`` is the short key under which it is counted."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
