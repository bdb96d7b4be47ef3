"""Railroad diagrams: well-formed, safe, readable on any page, and nothing left out in silence."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from test_grammar_sample import HAND_WRITTEN, some_node
from test_grammar_tools import CALCULATE, CALENDAR

from gba_jupyter.grammar.drawing.chips import CHAR_WIDTH
from gba_jupyter.grammar.drawing.diagram import COLOURS, MAX_RULES, Svg, diagram
from gba_jupyter.grammar.nodes import (
    EMPTY,
    Alt,
    AnyChar,
    CharClass,
    Literal,
    Node,
    Ref,
    Repeat,
    Seq,
    alt,
    chars,
    optional,
    seq,
)
from gba_jupyter.grammar.parse import parse
from gba_jupyter.grammar.rules import MAX_NESTING, Rules
from gba_jupyter.grammar.schema.converter import schema_to_rules
from gba_jupyter.grammar.tools import tools_to_rules

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "</svg><script>alert(1)</script>",
    "<img src=x onerror='alert(1)'>",
    "]]></style></title></desc>",
    '" onload="alert(1)',
    "&amp;&lt;<!--",
    "\x01\x08\x1b[31m\r\n\t\x7f\x85",
    "\ud800\udfff\ufffe\uffff",
    "\u202eevil\u2066\u200b\ufeff",
    "e" + "\u0301" * 5000,
    "\\x41 \\",
]


def one(node: Node, **others: Node) -> Rules:
    return Rules([("root", node), *others.items()])


def drawn(rules: Rules) -> ET.Element:
    return ET.fromstring(diagram(rules))


def texts(rules: Rules) -> list[str]:
    """All texts on chips, without the names of the rules above their tracks."""
    groups = [
        g for g in drawn(rules).iter(f"{SVG}g") if g.get("class", "") not in ("", "rule name")
    ]
    return [text.text or "" for group in groups for text in group.findall(f"{SVG}text")]


def pictures() -> dict[str, Rules]:
    wide = seq(*[seq(Literal(f"word{n}"), optional(Ref("root"))) for n in range(40)])
    deep: Node = Literal("x")
    for level in range(45):
        deep = [Repeat(deep, 0, None), alt(deep, Literal("y")), seq(deep, Literal("z"))][level % 3]
    return {
        **{gbnf[:20]: parse(gbnf) for gbnf in HAND_WRITTEN},
        "json": schema_to_rules(True, closed=False)[0],
        "tools": tools_to_rules([CALCULATE, CALENDAR])[0],
        "wide": one(wide),
        "wide in a choice in a loop": one(Repeat(alt(wide, Literal("x"), wide), 2, 5)),
        "words": one(alt(*[Literal(f"word {n}") for n in range(45)])),
        "deep": one(deep),
        "hostile": one(alt(*map(Literal, HOSTILE)), **{"a-very-long-name" * 50: EMPTY}),
    }


PICTURES = pictures()


@pytest.mark.parametrize("rules", PICTURES.values(), ids=PICTURES)
def test_all_rules_are_there_in_their_order(rules: Rules) -> None:
    picture = drawn(rules)
    groups = [group for group in picture.iter(f"{SVG}g") if group.get("data-rule")]
    assert [group.get("data-rule") for group in groups] == list(rules)
    assert all(group.get("role") == "img" for group in groups)
    for name, group in zip(rules, groups, strict=True):
        assert [child.tag for child in group[:2]] == [f"{SVG}title", f"{SVG}desc"]
        assert group[0].text == name
        assert (group[1].text or "").startswith(f"{name} ::= "[:500])
    assert picture.get("role") == "group"
    assert picture[0].tag == f"{SVG}title"
    assert f"{len(rules)} rule" in (picture[0].text or "")


@pytest.mark.parametrize("rules", PICTURES.values(), ids=PICTURES)
def test_the_same_grammar_gives_the_same_picture_and_none_disturbs_another(rules: Rules) -> None:
    svg = diagram(rules)
    assert svg == diagram(rules)
    # No ids that a second picture could have too, and no style that reaches out of the picture.
    elements = list(ET.fromstring(svg).iter())
    assert not any(key in element.attrib for element in elements for key in ("id", "href"))
    assert "url(" not in svg
    (style,) = ET.fromstring(svg).iter(f"{SVG}style")
    name = ET.fromstring(svg).get("class")
    assert all(line.startswith(f".{name} ") for line in (style.text or "").splitlines())
    other = drawn(parse('root ::= "another"'))
    assert other.get("class") == name
    assert [each.text for each in other.iter(f"{SVG}style")] == [style.text]


class Tags(HTMLParser):
    """The tags of a text, as a page would have them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_what_comes_from_a_grammar_is_only_text(text: str) -> None:
    class_of = CharClass(tuple((ord(char), ord(char)) for char in text))
    rules = one(
        alt(Literal(text), class_of, Literal(text * 9), Repeat(seq(class_of, class_of), 2, 3))
    )
    svg = diagram(rules)
    ET.fromstring(svg)
    page = Tags(svg)
    assert page.tags <= {
        *("svg", "title", "desc", "style", "g", "path", "rect", "polygon", "text"),
    }
    assert page.attributes <= {
        *("xmlns", "class", "role", "width", "height", "viewbox", "style", "xml:space", "x", "y"),
        *("data-rule", "transform", "d", "rx", "points"),
    }
    assert all(char.isprintable() or char == "\n" for char in svg)


def test_text_is_shown_as_it_is_but_for_what_cannot_be_seen() -> None:
    several = texts(parse(r'root ::= "{\"tool\":\"" "\n" "\\n" "\u202Ea" "é😀"'))
    assert several == ['{"tool":"', "\\n", "\\\\n", "\\u202Ea", "é😀"]
    assert texts(one(Literal(" a  b "))) == ["␣a  b␣"]
    assert texts(one(Literal("   "))) == ["␣␣␣"]
    assert texts(one(Literal("␣"))) == ["\\u2423"]
    assert texts(one(seq(chars("a-z\n"), AnyChar()))) == ["[a-z\\n]", "any character"]


def test_kinds_differ_in_shape_and_not_only_in_colour() -> None:
    rules = parse('root ::= "a" [b-d] . other | other{2,3}\nother ::= "e"')
    shapes = {}
    for group in drawn(rules).iter(f"{SVG}g"):
        for shape in group:
            if shape.tag in (f"{SVG}rect", f"{SVG}polygon"):
                rounded = shape.get("rx") is not None
                shapes.setdefault(group.get("class"), set()).add((shape.tag, rounded))
    assert shapes.pop("literal") == {(f"{SVG}rect", True)}
    assert shapes.pop("set") == {(f"{SVG}polygon", False)}
    assert shapes.pop("rule") == shapes.pop("rule name") == {(f"{SVG}rect", False)}
    assert shapes == {"note": {(f"{SVG}rect", False)}}
    assert ".note text{font-style:italic}" in diagram(rules)


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_on_white_and_on_black_pages() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    shapes = [kind for kind in COLOURS if kind not in ("track", "text")]
    assert shapes == ["literal", "set", "rule", "note"]
    for kind in shapes:
        assert contrast(COLOURS["text"], COLOURS[kind]) >= 4.5
    # JupyterLab's and VS Code's pages, light and dark.
    for page in ("#ffffff", "#f8f8f8", "#111111", "#1e1e1e"):
        for kind in (*shapes, "track"):
            assert contrast(page, COLOURS[kind]) >= 3
    # These are all the colours that there are.
    used = re.findall(r"#[0-9a-f]{3,6}\b", diagram(PICTURES["json"]))
    assert {*used} == {*COLOURS.values()}


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float
    text: str


def boxes(picture: ET.Element) -> list[Box]:
    """Where the chips are, in the picture."""
    found = []
    for group in picture.findall(f"{SVG}g"):
        shift = re.fullmatch(r"translate\(([\d.]+) ([\d.]+)\)", group.get("transform") or "")
        assert shift
        dx, dy = float(shift[1]), float(shift[2])
        for chip in group.iter(f"{SVG}g"):
            for shape in chip:
                if shape.tag == f"{SVG}rect":
                    x, y, w, h = (float(shape.get(k) or 0) for k in ("x", "y", "width", "height"))
                    ends = [(x, y), (x + w, y + h)]
                elif shape.tag == f"{SVG}polygon":
                    pairs = [p.split(",") for p in (shape.get("points") or "").split()]
                    xs, ys = sorted(float(x) for x, _ in pairs), sorted(float(y) for _, y in pairs)
                    ends = [(xs[0], ys[0]), (xs[-1], ys[-1])]
                else:
                    continue
                (left, top), (right, bottom) = ends
                text = chip.findtext(f"{SVG}text") or ""
                found.append(Box(left + dx, top + dy, right + dx, bottom + dy, text))
    return found


def assert_tidy(rules: Rules) -> None:
    picture = drawn(rules)
    width, height = float(picture.get("width") or 0), float(picture.get("height") or 0)
    assert picture.get("viewBox") == f"0 0 {width:g} {height:g}"
    assert width <= 900
    chips = sorted(boxes(picture), key=lambda box: box.top)
    for place, box in enumerate(chips):
        assert 0 <= box.left < box.right <= width and 0 <= box.top < box.bottom <= height, box
        assert box.right - box.left >= len(box.text) * CHAR_WIDTH
        for other in chips[place + 1 :]:
            if other.top >= box.bottom:
                break
            assert other.left >= box.right or other.right <= box.left, (box, other, str(rules))


@pytest.mark.parametrize("rules", PICTURES.values(), ids=PICTURES)
def test_nothing_overlaps_or_sticks_out(rules: Rules) -> None:
    assert_tidy(rules)


def test_nothing_overlaps_in_random_grammars() -> None:
    rnd = random.Random(21)
    for _ in range(60):
        names = ["root", "a", "another-rule"]
        assert_tidy(Rules([(name, some_node(rnd, names, rnd.randint(1, 7))) for name in names]))


def test_a_list_is_one_loop() -> None:
    assert texts(parse('root ::= "[" root ("," root)* "]"')) == ["[", "root", ",", "]"]
    assert texts(parse('root ::= "[" root (":" "," root){0,4}')) == [
        *("[", "root", ",", ":", "up to 5 times"),  # the way back is read from right to left
    ]
    pairs = 'root ::= key ":" root (";" key ":" root)+\nkey ::= [a-z]'
    assert texts(parse(pairs)) == ["key", ":", "root", ";", "2 or more times", "[a-z]"]
    # What has an order of its own cannot be read backwards.
    assert texts(parse('root ::= "x" (("a" "b")? "x")*')) == ["x", "a", "b", "x"]
    # Not a list: what is repeated is not what came before.
    assert texts(parse('root ::= "a" ("," "b")*')) == ["a", ",", "b"]
    assert texts(parse('root ::= "a" ("," "a")?')) == ["a", ",", "a"]


@pytest.mark.parametrize(
    ("least", "most", "label"),
    [
        (0, None, []), (1, None, []), (0, 1, []), (1, 1, []), (2, None, ["2 or more times"]),
        (3, 3, ["3 times"]), (0, 4, ["up to 4 times"]), (1, 4, ["up to 4 times"]),
        (2, 4, ["2 to 4 times"]),
    ],
)  # fmt: skip
def test_repeats_are_labelled(least: int, most: int | None, label: list[str]) -> None:
    assert texts(one(Repeat(Literal("a"), least, most))) == ["a", *label]
    assert texts(one(Repeat(Literal("a"), 0, 0))) == []


def test_what_is_too_long_is_cut_and_can_still_be_read() -> None:
    text = "lorem ipsum " * 30
    (chip,) = [g for g in drawn(one(Literal(text))).iter(f"{SVG}g") if g.get("class") == "literal"]
    shown = chip.findtext(f"{SVG}text") or ""
    assert shown.endswith("…") and text.startswith(shown[:-1]) and 30 < len(shown) < 60
    assert (chip.findtext(f"{SVG}title") or "").startswith(text.strip())
    assert len(diagram(one(Literal("x" * 100_000)))) < 5000
    assert len(diagram(one(CharClass(tuple((n, n) for n in range(40, 9000, 2)))))) < 5000


def test_wide_characters_have_room() -> None:
    (narrow,), (wide,) = (
        boxes(drawn(one(Literal("abcd"))))[1:],
        boxes(drawn(one(Literal("日本😀한"))))[1:],
    )
    assert wide.right - wide.left == narrow.right - narrow.left + 4 * CHAR_WIDTH
    assert len(texts(one(Literal("日" * 100)))[0]) < 30


def test_long_lists_say_how_much_is_left_out() -> None:
    words = [Literal(f"w{n}") for n in range(120)]
    assert texts(one(alt(*words)))[48:] == ["w48", "… 71 more alternatives"]
    parts = [node for word in words for node in (word, Ref("root"))]
    assert texts(one(seq(*parts)))[48:] == ["w24", "… 191 more parts"]


def test_many_rules_say_how_many_are_left_out() -> None:
    count = MAX_RULES + 37
    rules = Rules([("root", Ref("r1")), *[(f"r{n}", Literal("x")) for n in range(1, count)]])
    picture = drawn(rules)
    groups = picture.findall(f"{SVG}g")
    assert [group.get("data-rule") for group in groups[:-1]] == list(rules)[:MAX_RULES]
    assert groups[-1].get("data-rule") is None
    assert (groups[-1].findtext(f"{SVG}desc") or "").startswith("r200, r201, r202, ")
    assert texts(rules)[-1].startswith("… 37 more rules: r200, ")


def test_a_huge_grammar_is_drawn_in_part() -> None:
    def bushy(depth: int) -> Node:
        inner = bushy(depth - 1) if depth else Literal("x")
        return Alt(tuple(seq(Literal(f"{n}"), inner, Ref("root")) for n in range(20)))

    rules = Rules([(name, bushy(2)) for name in ("root", "a", "b", "c")])
    svg = diagram(rules)
    assert len(svg) < 2_500_000
    names = {group.get("data-rule") for group in ET.fromstring(svg).iter(f"{SVG}g")} - {None}
    assert "root" in names and len(names) < 4
    assert texts(rules)[-1].startswith(f"… {4 - len(names)} more rules: ")


def nested(kind: str) -> Node:
    node: Node = seq(Literal("the"), Ref("root"))
    for _ in range(MAX_NESTING - 2):
        match kind:
            case "star":
                node = Repeat(node, 0, None)
            case "once":
                node = Repeat(node, 1, 1)
            case "choice":
                node = Alt((Literal("a"), node))
            case _:
                node = Seq((node, Literal("a")))
    return node


@pytest.mark.parametrize("kind", ["star", "choice", "sequence"])
def test_deep_nesting_is_drawn_as_far_as_there_is_room(kind: str) -> None:
    rules = one(nested(kind))
    assert_tidy(rules)
    # What has no room is there as GBNF, and can be read as far as a title goes.
    (note,) = [g for g in drawn(rules).iter(f"{SVG}g") if g.get("class") == "note"]
    assert (note.findtext(f"{SVG}text") or "").endswith("…")
    assert len(note.findtext(f"{SVG}title") or "") > 150


def test_nesting_that_takes_no_room_is_no_nesting() -> None:
    assert texts(one(nested("once"))) == ["the", "root"]


def test_jupyter_draws_it_and_it_is_still_a_text() -> None:
    from IPython.core.formatters import DisplayFormatter

    svg = diagram(parse('root ::= "a"'))
    assert isinstance(svg, Svg) and isinstance(svg, str) and svg.startswith("<svg xmlns=")
    data, _ = DisplayFormatter().format(svg)
    assert data["image/svg+xml"] == str(svg)
    assert type(data["image/svg+xml"]) is str
    assert len(data["text/plain"]) < 60


def test_the_library_is_loaded_when_something_is_drawn() -> None:
    program = (
        "import sys, gba_jupyter.grammar; assert 'railroad' not in sys.modules\n"
        "import gba_jupyter.grammar.drawing.diagram; assert 'railroad' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
