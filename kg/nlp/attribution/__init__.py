"""How statements are found: cue words, quotes, sources and contents, each in a module of its own."""
