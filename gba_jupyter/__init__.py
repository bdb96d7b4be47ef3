"""Agents in Jupyter whose tool calls are constrained by a grammar."""
