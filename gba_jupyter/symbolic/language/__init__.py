"""The math language: its names, the check of a program, and the grammar of programs."""
