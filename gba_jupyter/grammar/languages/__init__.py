"""Languages of texts as automata: character sets, regular expressions, rules made of them."""
