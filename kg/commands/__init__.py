"""The commands by subject: each parses, calls and prints; `kg.cli` puts them together."""
