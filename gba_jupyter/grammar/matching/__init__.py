"""Following texts through a grammar: accept, explain, what may come next, which rule made what."""
