"""Decisions across documents: which records are one thing, which accounts conflict or agree."""
