"""Stand-ins for real tools: they answer offline, so that the examples run anywhere."""

_FACTS = {
    "dicaprio": "Leonardo DiCaprio's current girlfriend is Vittoria Ceretti, a model, aged 25.",
    "llama": "Llama 2 is a family of language models that Meta published in July 2023.",
    "gbnf": "GBNF is the notation in which llama.cpp takes grammars that constrain its output.",
}


def search_internet(query: str) -> str:
    """Searches the internet for facts and news.

    Args:
        query: what to look for
    """
    found = [fact for word, fact in _FACTS.items() if word in query.lower()]
    return "\n".join(found) or f"No results for {query!r}."


def search_images(query: str) -> str:
    """Finds an image by its description.

    Args:
        query: what the image shows
    """
    return f"Found 1 image: {'-'.join(query.lower().split())}.jpg"


def create_event(title: str, datetime: str) -> str:
    """Puts an event into the calendar.

    Args:
        title: what it is called
        datetime: when it begins, such as 2026-05-03 10:00
    """
    return f"Event created: {title}, {datetime}."
