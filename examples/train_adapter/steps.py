# ruff: noqa: E501 - tables are read by the line
"""Requests of several steps, and follow-ups: chains, two wishes at once, another value."""

from __future__ import annotations

from . import chains, searches
from .agent import Call, Maker
from .calc import after
from .cases import AgentCase, Request, Step
from .pools import Value
from .tables import Family
from .templates import expand, fill, slots
from .wordings import dressed, told

BOTH = ("{a} And then: {b}", "{a} After that, {b}", "{a} Also: {b}", "First: {a} Second: {b}",
        "{a} {b}", "1. {a} 2. {b}", "{a} Then {b}")  # fmt: skip
BOTH_HELD_OUT = ("{a} When this is done: {b}", "Two wishes. {a} {b}")
AGAIN = {
    "number": ("make it {x}", "And with {x}?", "Now {x} instead.", "no, {x}", "change that to {x}",
               "The same with {x}."),
    "other": ("And {x}?", "what about {x}?", "And for {x}?", "The same for {x}, please.",
              "now {x}", "Do it for {x} too.", "How about {x}?", "no, I meant {x}"),
}  # fmt: skip
AGAIN_HELD_OUT = {
    "number": ("On second thought {x} is better.", "I would rather have {x}."),
    "other": ("Repeat that using {x}.", "I also need it with {x}."),
}
CHANGED = "The user wants another {what}, so I must call {tool} with {args}."
ADD = ("{x} should be {adj} too", "it should be {adj} too", "make it {adj}", "{x} should be {adj}",
       "(Please |)only a {adj} one", "the {x} must be {adj}")  # fmt: skip
ADD_HELD_OUT = ("could that {x} also look {adj}?", "hm, {adj} would be nicer")


def two_steps(maker: Maker) -> AgentCase:
    """Search and calculate, a chain, or two wishes at once."""
    chance = maker.rng.random()
    if chance < 0.4:
        return search_and_calculate(maker)
    return chained(maker) if chance < 0.72 else both(maker)


def search_and_calculate(maker: Maker) -> AgentCase:
    """A number is looked up, and calculated with."""
    rng, held = maker.rng, maker.pools.held_out
    search = rng.choice(searches.HELD_OUT if held else searches.TRAINING)
    values = {name: maker.pools.draw(kind).text for name, kind in search.kinds.items()}
    values["role"] = rng.choice(searches.ROLES)
    ask = expand(search.ask, rng)
    for role in searches.ROLES:
        values["role"] = role if f" {role} " in ask else values["role"]
    drawn = after(maker.pools, values["n"])
    query = fill(search.query, values)
    then = {**values, "then": drawn.text}
    text = fill(dressed(ask, rng, held), then)
    family = searches.tools(held)[0]
    ours = not held and rng.random() < 0.5
    finder = maker.tool(maker.ours[0]) if ours else maker.tool(family)
    calculator = maker.calculator()
    first = Call(finder, search.ask, text, {family.arguments[0].slot: Value(query, query)},
                 fill(search.result, values), "", ())  # fmt: skip
    key = next(iter(calculator.names.values()))
    steps = (
        maker.step(first),
        _next_step(maker, calculator.name, {key: drawn.expression}, drawn.value, values["n"]),
        maker.last(
            f"{fill(search.answer, values)}; {then['then']} this is {drawn.value}.", (drawn.value,)
        ),
    )
    request = Request(text, steps, (drawn.value,))
    return AgentCase("search_calculate", search.ask, maker.offer(finder, calculator), (request,))


def chained(maker: Maker) -> AgentCase:
    """The first tool's result is an argument of the second."""
    rng, pools = maker.rng, maker.pools
    a, b, argument, value, ask = rng.choice(chains.HELD_OUT if pools.held_out else chains.CHAINS)
    first, second = maker.tool(_by_key(maker, a)), maker.tool(_by_key(maker, b))
    while first.name == second.name:
        second = maker.tool(second.family)
    template = expand(ask, rng)
    values: dict[str, Value] = {}
    for each in (*first.family.arguments, *second.family.arguments):
        if each.slot in slots(template) and each.slot not in values:
            values[each.slot] = maker.draw(each.kind, values)
    shown = {slot: v.text for slot, v in values.items()}
    text = fill(dressed(template, rng, pools.held_out), shown)
    mine = {each.slot: values[each.slot] for each in first.family.arguments if each.slot in values}
    found = pools.draw(dict(first.family.values)[value])
    others = {n: pools.draw(k) for n, k in first.family.values}
    results = {n: v.text for n, v in {**mine, **others, value: found}.items()}
    result = fill(rng.choice([r for r in first.family.results if value in slots(r)]), results)
    one = Call(first, ask, text, mine, result, "", ())
    theirs = {x.slot: values[x.slot] for x in second.family.arguments if x.slot in values}
    theirs[argument] = found
    kind = next(x.kind for x in second.family.arguments if x.slot == argument)
    if not kind.startswith(("int", "num")):
        theirs[argument] = Value(found.text, found.text)
    two = maker.answered(second, ask, text, theirs)
    steps = (
        maker.step(one),
        _next_step(maker, second.name, two.arguments, two.result, found.text),
        maker.last(two.answer, two.facts),
    )
    return AgentCase(
        f"{a}+{b}", ask, maker.offer(first, second), (Request(text, steps, two.facts),)
    )


def both(maker: Maker) -> AgentCase:
    """Two requests in one text."""
    one, two = maker.any_call(), maker.any_call()
    while two.tool.family.key == one.tool.family.key or two.tool.name == one.tool.name:
        two = maker.any_call()
    form = maker.rng.choice(BOTH_HELD_OUT if maker.pools.held_out else BOTH)
    ends = (".", "?", "!", '"')
    first, second = (t if t.endswith(ends) else f"{t}." for t in (one.text, two.text))
    text = fill(form, {"a": first, "b": second})
    facts = one.facts + two.facts
    steps = (
        maker.step(one),
        _next_step(maker, two.tool.name, two.arguments, two.result, "the first part"),
        maker.last(f"{one.answer} {two.answer}", facts),
    )
    family = f"{one.tool.family.key}&{two.tool.family.key}"
    return AgentCase(family, form, maker.offer(one.tool, two.tool), (Request(text, steps, facts),))


def follow_up(maker: Maker) -> AgentCase:
    """A second request that is understood from the first one only."""
    if maker.rng.random() < 0.2:
        return _more_of_it(maker)
    one = maker.any_call()
    while not (open_ := _changeable(one)):
        one = maker.any_call()
    slot, kind = maker.rng.choice(open_)
    new = maker.draw(kind, one.values)
    held = maker.pools.held_out
    forms = (AGAIN_HELD_OUT if held else AGAIN)[
        "number" if kind.startswith(("int", "num")) else "other"
    ]
    form = maker.rng.choice(forms)
    text = dressed(form, maker.rng, held)
    two = maker.answered(
        one.tool, one.template, fill(text, {"x": new.text}), {**one.values, slot: new}
    )
    return _thread(maker, one, two, form, one.tool.names[slot])


def _more_of_it(maker: Maker) -> AgentCase:
    pools, rng = maker.pools, maker.rng
    family = next(f for f in maker.families if "image" in f.about[0] or f.key == "engrave")
    ours = not pools.held_out and rng.random() < 0.5
    made = maker.tool(maker.ours[1] if ours else family)
    slot = made.family.arguments[0].slot
    noun, adjective = pools.pick("nouns"), pools.pick("adjectives")
    more = pools.pick("doing") if rng.random() < 0.5 else pools.pick("adjectives")
    while more == adjective:
        more = pools.pick("adjectives")
    query = f"{adjective} {noun}"
    one = maker.call(made, {slot: Value(query, query)})
    form = rng.choice(ADD_HELD_OUT if pools.held_out else ADD)
    text = fill(dressed(expand(form, rng), rng, pools.held_out), {"x": noun, "adj": more})
    new = Value(f"{query} {more}", f"{query} {more}")
    two = maker.answered(made, one.template, text, {**one.values, slot: new})
    return _thread(maker, one, two, form, made.names[slot])


def _thread(maker: Maker, one: Call, two: Call, form: str, what: str) -> AgentCase:
    args = told(two.arguments)
    thought = CHANGED.format(what=what, tool=two.tool.name, args=args)
    if len(thought.split()) > 22:
        thought = f"I must call {two.tool.name} with {args}."
    if len(thought.split()) > 22:
        thought = f"I must call {two.tool.name} again with another {what}."
    again = Step(thought, two.tool.name, two.arguments, two.result)
    requests = (
        Request(one.text, (maker.step(one), maker.last(one.answer, one.facts)), one.facts),
        Request(two.text, (again, maker.last(two.answer, two.facts)), two.facts),
    )
    return AgentCase(one.tool.family.key, form, maker.offer(one.tool), requests)


def _changeable(call: Call) -> list[tuple[str, str]]:
    short = ("city", "person", "day", "date", "time", "int", "num", "name", "code", "ticker", "team",
             "room", "word", "product", "food", "topic", "phrase", "file", "song", "company")  # fmt: skip
    arguments = call.tool.family.arguments
    open_ = [
        (a.slot, a.kind) for a in arguments if a.slot in call.values and a.kind.startswith(short)
    ]
    kinds = [kind.split("(")[0] for _, kind in open_]
    return [(s, k) for s, k in open_ if kinds.count(k.split("(")[0]) == 1 and s != "expression"]


def _next_step(
    maker: Maker, name: str, arguments: dict[str, object], result: str, found: str
) -> Step:
    args = told(arguments)
    thought = f"I have {found}, which is not enough: now I must call {name} with {args}."
    if len(thought.split()) > 22:
        thought = f"This is not enough: now I must call {name} with {args}."
    if len(thought.split()) > 22:
        thought = f"This is not enough yet, so now I must call {name}."
    return Step(thought, name, dict(arguments), result)


def _by_key(maker: Maker, key: str) -> Family:
    return next(f for f in maker.families if f.key == key)
