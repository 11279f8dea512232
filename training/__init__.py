"""Making the trained statement component again from the corpora; nothing here is needed at run time."""
