"""Grammars to look at: random texts, and railroad diagrams."""
