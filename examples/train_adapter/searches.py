# ruff: noqa: E501 - tables are read by the line
"""Questions that need a search first, and then a calculation: as the project's first example."""

from __future__ import annotations

from dataclasses import dataclass

from .tables import Family, families


@dataclass(frozen=True)
class Search:
    """A question with a number in its answer, and what is searched for."""

    ask: str
    """``{then}``: the calculation that follows."""
    query: str
    result: str
    kinds: dict[str, str]
    answer: str


def _search(ask: str, query: str, result: str, kinds: str, answer: str) -> Search:
    named = dict(part.split("=") for part in kinds.split(";"))
    return Search(ask, query, result, named, answer)


TRAINING = (
    _search("Who is {person}'s (current |)(girlfriend|boyfriend|partner) and what is (her|his|their)"
            " age {then}?", "{person} {role}", "{person}'s {role} is {other}, aged {n}.",
            "person=person;other=person;n=int(18,90)", "It is {other}, aged {n}"),
    _search("How old is {person}, {then}?", "{person} age", "{person} is {n} years old.",
            "person=person;n=int(18,99)", "{person} is {n} years old"),
    _search("What is the height of {name} (tower|mountain|hill) {then}?", "{name} height",
            "{name} is {n} meters high.", "name=name;n=int(20,8000)", "{name} is {n} meters high"),
    _search("What is the population of {city} {then}?", "{city} population",
            "{city} has {n} inhabitants.", "city=city;n=int(100,900000)",
            "{city} has {n} inhabitants"),
    _search("Take the price of the {product} {then}: what is it?", "{product} price",
            "The {product} costs {n} euros.", "product=product;n=num(5,900,2)",
            "The {product} costs {n} euros"),
    _search("How many employees has {company}, {then}?", "{company} employees",
            "{company} employs {n} people.", "company=company;n=int(20,90000)",
            "{company} employs {n} people"),
    _search("When was {person} born, and what is the year {then}?", "{person} born",
            "{person} was born in {n}.", "person=person;n=int(1800,2010)",
            "{person} was born in {n}"),
    _search("How long is the river {name}, {then}?", "river {name} length",
            "The {name} is {n} km long.", "name=name;n=int(10,6000)", "The {name} is {n} km long"),
    _search("What is the number of pages of \"{song}\" {then}?", "{song} number of pages",
            "{song} has {n} pages.", "song=song;n=int(40,1200)", "{song} has {n} pages"),
    _search("(Find|Look up) the weight of a {product} and tell me it {then}.", "{product} weight",
            "It weighs {n} kg.", "product=product;n=num(1,800,1)", "It weighs {n} kg"),
)  # fmt: skip

HELD_OUT = (
    _search("I wonder how many goals {person} has scored {then}.", "{person} goals scored",
            "{person} has scored {n} goals.", "person=person;n=int(20,900)",
            "{person} scored {n} goals"),
    _search("The depth of lake {name} {then} would be what?", "lake {name} depth",
            "Lake {name} is {n} m deep.", "name=name;n=int(20,900)", "Lake {name} is {n} m deep"),
    _search("Of how many islands does {name} consist, {then}?", "{name} islands number",
            "{name} has {n} islands.", "name=name;n=int(20,900)", "{name} has {n} islands"),
    _search("Tell me the speed of the {product} {then}.", "{product} speed",
            "It reaches {n} km/h.", "product=product;n=int(20,900)", "It reaches {n} km/h"),
)  # fmt: skip

ROLES = ("girlfriend", "boyfriend", "partner")


def tools(held_out: bool) -> list[Family]:
    """The families that can search for all this."""
    return families(_HELD_OUT_TOOL if held_out else _TOOL)


_TOOL = """
web search
n search find lookup query ; internet web online google wikipedia
d Searches the internet for facts and news. / Web search. / Finds facts online.
a query:query,q,search_term,text=query
q {query}
w a fact from the internet
r {query}
f {query}
"""
_HELD_OUT_TOOL = """
encyclopedia ho_facts
n consult browse ; encyclopedia almanac
d Consults an encyclopedia. / Knows numbers about the world.
a entry:entry,keyword=query
q {entry}
w a number of the encyclopedia
r {entry}
f {entry}
"""
