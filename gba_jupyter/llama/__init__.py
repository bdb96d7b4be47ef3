"""Everything about llama.cpp servers: talking to one, and running one here."""
