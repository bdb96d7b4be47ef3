"""Refuses grammars that hang or crash a llama.cpp server, although it accepts them."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import GrammarError
from .analysis import (
    endless_name,
    is_nullable,
    nullable_names,
    reachable_names,
    ways_to_begin,
)
from .doubling import doubling_name
from .languages.charsets import complement, union
from .nodes import (
    EMPTY,
    MAX_CODE_POINT,
    Alt,
    AnyChar,
    CharClass,
    Literal,
    Node,
    Ref,
    Repeat,
    Seq,
    walk,
)
from .printer import node_text
from .rules import Rules

MAX_COUNT = 1000
"""Largest repeat count, and largest product of counts of repeats inside repeats."""
MAX_SYMBOLS = 2000
"""Largest count of a repeat, times the symbols that a server makes of what is repeated."""
MAX_WAYS = 5000
"""Most ways in which a rule can begin: a server follows them all at once, each with each."""
MAX_BYTES = 128 * 1024
"""Largest GBNF text, in bytes of UTF-8."""

_MAX_SHOWN = 60


@dataclass(frozen=True, slots=True)
class LintWarning:
    """Something in a grammar that is allowed and hardly meant. ``str()`` is a sentence."""

    rule: str
    what: str
    line: int = 0
    """Line of the rule in the GBNF text, from 1; 0 when there is no text."""

    def __str__(self) -> str:
        return f"The rule {self.rule} {self.what}."


def warnings(rules: Rules) -> list[LintWarning]:
    """What is hardly meant: rules that nothing uses, and what is optional twice over."""
    found: list[LintWarning] = []
    reachable = reachable_names(rules)
    nullable = nullable_names(rules)
    for name, node in rules.items():
        if name not in reachable:
            found.append(LintWarning(name, "is never used: root does not come to it"))
        for inner in walk(node):
            if (
                isinstance(inner, Repeat)
                and (inner.min, inner.max) == (0, 1)
                and is_nullable(inner.item, nullable)
            ):
                what = f"makes optional what can already be empty: `{_short(inner)}`"
                found.append(LintWarning(name, what))
    if doubling := doubling_name(rules):
        what = (
            "can be nested in two ways behind the same text: with each level"
            " the work of a server doubles, and a dozen can hang it"
        )
        found.append(LintWarning(doubling, what))
    return found


def check(rules: Rules) -> None:
    """Refuse a grammar that could hang or crash a server, or that no text could ever finish.

    Raises:
        GrammarError: names the rule and what is wrong with it.
    """
    size = len(str(rules).encode(errors="surrogatepass"))
    if size > MAX_BYTES:
        raise GrammarError(
            f"The grammar has {size:,} bytes; more than {MAX_BYTES:,} can crash a server.",
            "Offer fewer tools or a smaller schema.",
        )
    if name := endless_name(rules):
        raise GrammarError(
            f"The rule {name} can never end: no finite text matches it.",
            "Give it an alternative that ends.",
            rule=name,
        )
    for name, ways in ways_to_begin(rules).items():
        if ways > MAX_WAYS:
            raise GrammarError(
                f"The rule {name} can begin in more than {MAX_WAYS:,} ways,"
                " which can hang a server.",
                "Write what several alternatives begin with once, in front of them.",
                rule=name,
            )
    nullable = nullable_names(rules)
    known: set[str] = set()
    for name, node in rules.items():
        known.add(name)
        _check_counts(name, node)
        for inner in walk(node):
            if isinstance(inner, Ref):
                known.add(inner.name)
            elif isinstance(inner, Repeat):
                _check_body(name, inner, nullable)
                _check_symbols(name, inner, known)
            elif isinstance(inner, Literal) and "\0" in inner.text:
                raise GrammarError(
                    f"The rule {name} needs a NUL character, which a server cannot write.",
                    "Leave it out.",
                    rule=name,
                )
            elif isinstance(inner, Seq):
                _check_neighbours(name, inner, rules, nullable)


def _check_counts(name: str, node: Node) -> None:
    pending = [(node, 1)]
    while pending:
        inner, product = pending.pop()
        match inner:
            case Repeat(item, least, most):
                product *= max(most if most is not None else least, 1)
                if product > MAX_COUNT:
                    raise GrammarError(
                        f"The rule {name} repeats up to {product:,} times;"
                        f" more than {MAX_COUNT:,} can hang a server.",
                        "Use a smaller count or an open end such as {2,}.",
                        rule=name,
                    )
                pending.append((item, product))
            case Seq(nodes) | Alt(nodes):
                pending += [(each, product) for each in nodes]


def _check_body(name: str, node: Repeat, nullable: frozenset[str]) -> None:
    if node.max in (0, 1) or not is_nullable(node.item, nullable):
        return
    raise GrammarError(
        f"The rule {name} repeats something that can be empty, which can hang a server:"
        f" `{_short(node)}`.",
        "Let the repeated part match at least one character.",
        rule=name,
    )


def _check_symbols(name: str, node: Repeat, known: set[str]) -> None:
    """A server refuses to repeat a large group often; a rule counts as one symbol.

    Args:
        name: of the rule.
        node: the repeat.
        known: the names in the text before it.
    """
    if not isinstance(node.item, Seq | Alt | Repeat):
        return
    count = max(node.max or 0, node.min, 1)
    if count * _symbols(node.item, known) >= MAX_SYMBOLS:
        raise GrammarError(
            f"The rule {name} repeats a group of many parts up to {count:,} times,"
            f" which a server refuses: `{_short(node)}`.",
            "Make the group a rule of its own, and repeat that.",
            rule=name,
        )


def _symbols(group: Node, known: set[str]) -> int:
    """The symbols that a server makes of a group: its groups, repeats and new names."""
    names: set[str] = set()
    count = 1
    for node in walk(group):
        match node:
            case Ref(name):
                names.add(name)
            case Repeat(item, least, most):
                count += 1 if most is None else most - least
                count += isinstance(item, Seq | Alt | Repeat)
            case Seq(items):
                count += sum([isinstance(each, Seq | Alt) and each != EMPTY for each in items])
            case Alt(options):
                count += sum([isinstance(each, Alt) for each in options])
    return count + len(names - known)


def _check_neighbours(name: str, node: Seq, rules: Rules, nullable: frozenset[str]) -> None:
    """Where one repeat could end and the next begin, a server follows every possibility."""
    for place, left in enumerate(node.items):
        if not isinstance(left, Repeat) or left.min == left.max:
            continue
        for right in node.items[place + 1 :]:
            if isinstance(right, Repeat) and _blur(left, right, rules):
                raise GrammarError(
                    f"The rule {name} has neighbouring repeats that can take the same characters,"
                    f" which can hang a server: `{_short(left)} {_short(right)}`.",
                    "Join the repeats, or put something between them that neither can take.",
                    rule=name,
                )
            if not is_nullable(right, nullable):
                break


def _blur(left: Repeat, right: Repeat, rules: Rules) -> bool:
    if left.max == 1 and right.max == 1:
        return False
    first, second = _char_ranges(left.item, rules), _char_ranges(right.item, rules)
    return any([a <= d and c <= b for a, b in first for c, d in second])


def _char_ranges(node: Node, rules: Rules) -> list[tuple[int, int]]:
    """The single characters that the node can match as a whole, as ranges of code points."""
    found: list[tuple[int, int]] = []
    seen: set[str] = set()
    pending = [node]
    while pending:
        match pending.pop():
            case Literal(text) if len(text) == 1:
                found.append((ord(text), ord(text)))
            case AnyChar():
                found.append((0, MAX_CODE_POINT))
            case CharClass(ranges, negated):
                found += complement(union(ranges)) if negated else ranges
            case Alt(options):
                pending += options
            case Ref(name) if name not in seen:
                seen.add(name)
                pending.append(rules[name])
            case _:
                pass
    return found


def _short(node: Node) -> str:
    text = node_text(node)
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"
