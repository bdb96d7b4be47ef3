"""What `%%gbnf` finds out, and how it is shown; without a server."""

from __future__ import annotations

import enum
import json
import random
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Annotated, Any, Literal

import jsonschema
import mistune
import pytest
from langchain_core.tools import BaseTool, StructuredTool, tool
from pydantic import BaseModel, Field

from gba_jupyter.display import workbench as shown
from gba_jupyter.errors import GrammarError, OptionError, ToolError
from gba_jupyter.findings import Part, Report, Tried
from gba_jupyter.grammar import Grammar
from gba_jupyter.options import GbnfOptions, parse
from gba_jupyter.session import Session
from gba_jupyter.workbench import attempt, convert, examine, read
from gba_jupyter.workbench.examine import quoted
from gba_jupyter.workbench.excerpt import pointed
from gba_jupyter.workbench.side_by_side import as_json

DATE = """\
root  ::= year "-" month "-" day
year  ::= digit{4}
month ::= digit digit
day   ::= digit digit
digit ::= [0-9]
"""


def fault(text: str) -> GrammarError:
    with pytest.raises(GrammarError) as caught:
        read(text)
    return caught.value


def lines_of(error: GrammarError) -> list[str]:
    return "\n".join(error._render_traceback_()).split("\n")


# -- mistakes --------------------------------------------------------------------------------


def test_a_mistake_is_shown_in_its_line_with_a_caret_below_it():
    error = fault('root ::= "a" b\nb ::= [a-z] ]\n')
    what, line, caret = lines_of(error)
    assert what.startswith("GrammarError: ") and "line 2, column 13" in what
    assert line == "  2 | b ::= [a-z] ]"
    assert line[caret.index("^")] == "]" and caret.count("^") == 1


@pytest.mark.parametrize(
    ("text", "pointed_at"),
    [
        ('root ::= "a', ""),
        ('root ::= "a" b', "b"),
        ("root = x", "="),
        ('root ::= ( "a" | "b"', ""),
        ('root ::= "a"{3,2}', "{"),
        ('\troot\t::= "a"\t]', "]"),
        ('root ::= "日本" ]', "]"),
        ('root ::= "e\u0301" ]', "]"),
        ('# nothing\nroot ::= "a"\r\nx ::= ]', "]"),
        (f'root ::= "{"x" * 300}" ]', "]"),
        (f'root ::= ] "{"x" * 300}"', "]"),
    ],
)
def test_the_caret_stands_below_the_mistake(text: str, pointed_at: str):
    line, caret = lines_of(fault(text))[1:3]
    # An ideographic space is as wide as the wide character above it, a mark has no width.
    line = line.replace("e\u0301", "e")
    assert line[len(caret) - 1 :][:1] == pointed_at
    assert len(line) < 110


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("root ::= word\nword ::= ([a-z]*)+\n", "word"),
        ("root ::= x\n\n\tx ::= [a-z]* [a-z]*\n", "x"),
        ('root ::= "a" | again\nagain ::= "b" again\n', "again"),
        ('root ::= (("a"){900}){900}', "root"),
    ],
)
def test_what_could_hang_a_server_is_shown_with_the_line_of_its_rule(text: str, rule: str):
    error = fault(text)
    _, line, caret, fix = lines_of(error)
    begin, end = caret.index("^"), caret.rindex("^") + 1
    assert line[begin:end] == rule
    assert line.strip().startswith(f"{error.line} | ")
    assert fix == error.fix


def test_a_mistake_without_a_line_has_no_excerpt():
    error = fault("root ::= " + '"x" | ' * 400_000 + '"y"')
    assert len(lines_of(error)) == 2


def test_an_excerpt_holds_nothing_that_acts():
    error = fault('root ::= "\x1b[2J\u202e\x07" ]')
    assert not re.search("[\x00-\x1f\u202e]", "".join(lines_of(error)))


@pytest.mark.parametrize("at", [0, 5, 60, 119, 120])
def test_a_long_line_is_cut_around_the_place(at: int):
    line = "".join(str(i % 10) for i in range(120))
    text, caret = pointed(line, at)
    place = caret.index("^")
    assert len(text) <= 80
    assert text[place : place + 1] == (line[at] if at < 120 else "")


# -- trying texts ----------------------------------------------------------------------------


def test_an_accepted_text_comes_with_the_rules_that_made_it():
    found = attempt(read(DATE), "2026-01-31")
    assert found.accepted and found.more_parts == 0
    assert found.parts[0] == Part("root", '"2026-01-31"', 0)
    assert [p.quoted for p in found.parts if p.depth == 1] == ['"2026"', '"01"', '"31"']
    assert sum(p.rule == "digit" for p in found.parts) == 8


def test_a_long_text_keeps_its_first_parts():
    found = attempt(read('root ::= (x ",")*\nx ::= [a-z]'), "a," * 500)
    assert found.accepted
    assert len(found.parts) + found.more_parts == 501
    assert f"{found.more_parts} parts more" in shown.plain_attempt(found)


def test_a_refused_text_comes_with_the_place_the_rules_and_what_is_legal():
    found = attempt(read(DATE), "2026-1-31")
    assert not found.accepted and not found.ends_early
    text, caret = found.pointer
    assert text == '"2026-1-31"'
    assert len(caret) - 1 == text.index("-31")
    assert found.path[0] == "root" and "month" in found.path
    assert found.expected == "[0-9]"


@pytest.mark.parametrize("text", ["", "2026-", "2026-01-3"])
def test_a_text_that_only_ends_too_early_says_so(text: str):
    found = attempt(read(DATE), text)
    assert found.ends_early
    line, caret = found.pointer
    assert line[len(caret) - 1 :] == '"'
    assert "ends too early" in shown.attempt(found)
    assert "[ends too early]" in shown.plain_attempt(found)


@pytest.mark.parametrize(
    "prefix", ["a\tb", "\n", 'say "', "\u202e", '{"a": "', "it's", "\\", "日本"]
)
def test_the_caret_stands_below_the_character_however_it_is_written(prefix: str):
    found = attempt(Grammar.from_gbnf("root ::= [^!]+ [?]"), f"{prefix}!?")
    line, caret = found.pointer
    wide = caret.count("\N{IDEOGRAPHIC SPACE}")
    assert line[len(caret) - 1] == "!", (line, caret)
    assert wide == prefix.count("日") + prefix.count("本")


def test_an_escape_is_pointed_at_as_a_whole():
    line, caret = attempt(Grammar.from_gbnf('root ::= "a"'), "a\n").pointer
    assert (line, caret) == ('"a\\n"', "  ^^")


def random_text(rnd: random.Random) -> str:
    letters = "ab \t\n\r\\\"'`xuUn09[]{}é日\u202e\u200b\x00\x07😀\ud800"
    return "".join(rnd.choices(letters, k=rnd.randrange(12)))


@pytest.mark.parametrize("seed", range(300))
def test_what_is_shown_can_be_given_back_to_the_magic(seed: int):
    text = random_text(random.Random(seed))
    options, rest = parse(GbnfOptions, f"--test {quoted(text)} --samples 3 rest")
    assert options.test == (text,)
    assert (options.samples, rest) == (3, "rest")


def test_json_is_shown_without_escapes():
    assert quoted('{"a": "b\\n"}') == '\'{"a": "b\\n"}\''
    assert quoted("plain") == '"plain"'
    assert quoted('it\'s "x"') == '"it\'s \\"x\\""'
    assert quoted("") == '""'


# -- samples, warnings, picture --------------------------------------------------------------


def test_samples_are_different_texts_of_the_grammar():
    few = examine(read('root ::= "yes" | "no"'))
    assert sorted(few.samples) == ['"no"', '"yes"']
    many = examine(read(DATE), samples=20)
    assert len(set(many.samples)) == 20
    assert all(read(DATE).accepts(each.strip('"')) for each in many.samples)
    assert examine(read(DATE), samples=0).samples == ()


def test_samples_are_the_same_for_the_same_seed():
    grammar = read(DATE)
    assert examine(grammar, seed=3).samples == examine(grammar, seed=3).samples
    assert examine(grammar, seed=3).samples != examine(grammar, seed=4).samples
    assert examine(grammar, samples=3).samples == examine(grammar, samples=9).samples[:3]


def test_a_warning_names_its_line():
    report = examine(read(f'{DATE}spare ::= "x"\n'))
    (warning,) = report.warnings
    assert warning.startswith("line 6: ") and "spare" in warning
    assert "⚠" in shown.bundles(report)[0]["text/markdown"]
    assert "[warning] line 6" in shown.plain(report)


def test_the_outputs_are_a_head_a_picture_and_the_texts():
    head, picture, texts = shown.bundles(examine(read(DATE), tests=["2026-01-31", "x"]))
    assert picture["image/svg+xml"].startswith("<svg ")
    assert "root ::=" in picture["text/plain"]
    assert "5 rules · no warnings" in head["text/markdown"]
    assert "1 of 2 accepted" in texts["text/markdown"]
    assert all("text/html" not in bundle for bundle in (head, picture, texts))


def test_without_a_picture_there_is_one_output():
    (only,) = shown.bundles(examine(read(DATE), tests=["x"], draw=False))
    assert set(only) == {"text/markdown", "text/plain"}
    assert "5 rules" in only["text/markdown"] and "0 of 1 accepted" in only["text/markdown"]
    (bare,) = shown.bundles(examine(read(DATE), samples=0, draw=False))
    assert "5 rules" in bare["text/markdown"]


def test_a_terminal_gets_it_all_as_text():
    told = shown.plain(examine(read(DATE), tests=["2026-01-31", "2026-1-"], samples=2))
    for word in ("[grammar] 5 rules", "[GBNF]", "digit{4}", "[samples]", "[accepted]", "[refused]"):
        assert word in told
    rows = told.split("\n")
    caret = next(i for i, row in enumerate(rows) if row.strip() == "^")
    assert rows[caret - 1][rows[caret].index("^") :] == '-"'
    assert "├─ year" in told and "└─ day" in told


TREE = """\
root             "2026-01-31"
├─ year          "2026"
│  ├─ digit      "2"
│  └─ digit      "6"
└─ day           "31"
   └─ digit      "1\""""


def test_the_tree_of_rules_is_drawn():
    parts = [
        Part("root", '"2026-01-31"', 0), Part("year", '"2026"', 1), Part("digit", '"2"', 2),
        Part("digit", '"6"', 2), Part("day", '"31"', 1), Part("digit", '"1"', 2),
    ]  # fmt: skip
    drawn = shown.plain_attempt(Tried('"2026-01-31"', True, tuple(parts)))
    words = [re.sub(" +", " ", line.strip()) for line in drawn.split("\n")[1:]]
    assert words == [re.sub(" +", " ", line.strip()) for line in TREE.split("\n")]


# -- schemas ---------------------------------------------------------------------------------


class Address(BaseModel):
    street: str
    city: str = "Rome"


class Person(BaseModel):
    name: str
    age: Annotated[int, Field(ge=0, le=120, description="in years")] = 3
    home: Address | None = None
    kind: Literal["a", "b"] = "a"


@dataclass
class Point:
    x: int
    label: str = "p"


class Colour(enum.Enum):
    RED = "red"


def search(query: Annotated[str, Field(description="words")], limit: int = 5) -> str:
    """Searches."""
    return query * limit


def rows_of(thing: Any) -> dict[str, tuple[str, str]]:
    _, origin = convert(thing, "x")
    return {row.python.partition(":")[0]: (row.schema, row.gbnf) for row in origin.rows}


def test_a_pydantic_model_is_shown_three_times():
    grammar, origin = convert(Person, "Person")
    assert grammar.accepts('{"name":"A","age":7}') and not grammar.accepts('{"name":"A","age":121}')
    assert origin.signature == (
        "class Person(BaseModel):\n"
        "    name: str\n"
        "    age: Annotated[int, Ge(ge=0), Le(le=120)] = 3\n"
        "    home: Address | None = None\n"
        "    kind: Literal['a', 'b'] = 'a'"
    ).replace("Address", f"{__name__}.Address")
    assert json.loads(origin.schema) == Person.model_json_schema()
    rows = rows_of(Person)
    assert list(rows) == ["name", "age", "home", "kind"]
    assert rows["name"] == ('{"type": "string"}', "string")
    assert json.loads(rows["age"][0]) == {
        "default": 3, "description": "in years", "maximum": 120, "minimum": 0, "type": "integer",
    }  # fmt: skip
    assert rows["age"][1].startswith("age ::= ") and rows["age"][1] in str(grammar)


def test_a_function_is_shown_as_the_call_that_an_agent_makes():
    grammar, origin = convert(search, "search")
    assert grammar == Grammar.from_tools([search])
    assert grammar.accepts('{"tool":"search","arguments":{"query":"x","limit":2}}')
    assert origin.signature == "def search(query: str, limit: int = 5) -> str"
    assert {*rows_of(search)} == {"query", "limit"}
    assert "words" in rows_of(search)["query"][0]


def test_langchain_tools_of_all_kinds_are_shown():
    decorated = tool(search)
    assert "def search(query: str" in convert(decorated, "t")[1].signature

    async def asearch(query: str) -> str:
        """Searches."""
        return query

    assert convert(asearch, "t")[1].signature == "async def asearch(query: str) -> str"

    class Own(BaseTool):
        name: str = "own"
        description: str = "Does it."
        args_schema: type = Address

        def _run(self, **values: Any) -> str:
            return ""

    grammar, origin = convert(Own(), "t")
    assert origin.signature == "" and [row.python for row in origin.rows] == ["street", "city"]
    assert grammar.accepts('{"tool":"own","arguments":{"street":"x"}}')
    schema = {"type": "object", "properties": {"q": {"type": "integer"}}, "required": ["q"]}
    remote = StructuredTool.from_function(search, name="far", description="x", args_schema=schema)
    assert convert(remote, "t")[0].accepts('{"tool":"far","arguments":{"q":1}}')


def test_a_json_schema_is_shown_with_its_properties():
    schema = {"type": "object", "properties": {"tool": {"const": 1}, "b": {"type": "null"}}}
    grammar, origin = convert(schema, "schema")
    assert origin.signature == ""
    assert [row.python for row in origin.rows] == ["tool", "b"]
    assert (
        "| Property | JSON Schema | GBNF |"
        in shown.bundles(examine(grammar, origin))[0]["text/markdown"]
    )
    assert grammar == Grammar.from_json_schema(schema)
    assert convert(True, "x")[1].rows == ()


@pytest.mark.parametrize("wrapped", [True, False])
def test_the_description_of_a_tool_is_no_schema_of_a_value(wrapped: bool):
    parameters = {"type": "object", "properties": {"q": {"type": "integer"}}, "required": ["q"]}
    function = {"name": "f", "description": "x", "parameters": parameters}
    grammar, origin = convert(
        {"type": "function", "function": function} if wrapped else function, "t"
    )
    assert grammar.accepts('{"tool":"f","arguments":{"q":1}}')
    assert [(row.python, row.gbnf) for row in origin.rows] == [("q", "integer")]


@pytest.mark.parametrize(
    ("thing", "signature", "text"),
    [
        (Point, "class Point:", '{"x":1,"label":"q"}'),
        (Colour, "class Colour(Enum)", '"red"'),
        (list[int], "list[int]", "[1,2]"),
        (Literal["a", "b"], "Literal['a', 'b']", '"b"'),
        (int | None, "int | None", "null"),
        (Annotated[int, Field(ge=3, le=4)], "Annotated[int, Ge(ge=3), Le(le=4)]", "4"),
        (bool, "class bool", "true"),
    ],
)
def test_whatever_pydantic_knows_is_a_schema(thing: Any, signature: str, text: str):
    grammar, origin = convert(thing, "thing")
    assert grammar.accepts(text)
    assert origin.signature.startswith(signature)


def test_the_rule_of_a_property_is_not_that_of_a_nested_one():
    schema = {
        "type": "object",
        "properties": {
            "inner": {"type": "object", "properties": {"a": {"type": "boolean"}, "b": {}}},
            "a": {"type": "integer"},
            "b": {"type": "null"},
            'q"\n': {"type": "integer"},
        },
    }
    rows = rows_of(schema)
    assert rows["a"][1] == "integer"
    assert rows["b"][1] == "null"
    assert rows['q"\n'][1] == "integer"


ANY = {"type": "object", "additionalProperties": False}
OBJECTS = [
    Person.model_json_schema(),
    {**ANY, "properties": {"k": {"const": "a"}, "n": {"type": "integer"}, "m": {"enum": ["a"]}}},
    {**ANY, "properties": {"k": {"const": {"n": 1}}, "n": {"type": "null"}}, "required": ["k"]},
    {"properties": {"a": {"type": "array", "items": {"type": "boolean"}}, "b": True}},
    {**ANY, "properties": {"tool": {"const": 1}, "arguments": {"type": "boolean"}}},
    {**ANY, "properties": {"a": {"type": "object", "properties": {"b": {"const": 3}}}, "b": {}}},
]


@pytest.mark.parametrize("call", [False, True])
@pytest.mark.parametrize("schema", OBJECTS)
def test_the_rule_in_a_row_writes_what_its_schema_allows(schema: dict[str, Any], call: bool):
    tool_ = {"name": "f", "parameters": schema}
    grammar, origin = convert(tool_ if call else schema, "x")
    assert [row.python for row in origin.rows] == list(schema["properties"])
    others = str(grammar).partition("\n")[2]
    for row in origin.rows:
        assert row.gbnf
        name, is_rule, _ = row.gbnf.partition(" ::= ")
        alone = Grammar.from_gbnf(f"root ::= {name if is_rule else row.gbnf}\n{others}")
        part = {**schema["properties"][row.python]} if row.python != "b" else {}
        validator = jsonschema.Draft202012Validator({**part, "$defs": schema.get("$defs", {})})
        for text in alone.sample(10, seed=1):
            validator.validate(json.loads(text))


def test_what_cannot_be_a_schema_says_so():
    for thing in (3, "text", [1], None, Person(name="x")):
        with pytest.raises(OptionError, match="x is of type"):
            convert(thing, "x")
    with pytest.raises(ToolError, match="docstring"):
        convert(lambda q: q, "x")
    with pytest.raises(GrammarError, match="#/properties/a"):
        convert({"type": "object", "properties": {"a": {"type": "odd"}}}, "x")


def test_a_schema_with_parts_that_are_no_json_is_shown_all_the_same():
    deep: Any = "x"
    for _ in range(3000):
        deep = [deep]
    loop: dict[str, Any] = {"type": "string"}
    loop["examples"] = [loop]
    for schema in ({"type": "string", "examples": deep}, loop, {"type": "null", "x": {(1, 2): 3}}):
        assert len(as_json(schema, indent=2)) > 20


def test_a_huge_schema_is_cut():
    schema = {"enum": [f"value {i}" for i in range(3000)]}
    grammar, origin = convert(schema, "x")
    report = examine(grammar, origin, spelled_out=True, draw=False)
    (only,) = shown.bundles(report)
    assert all(len(text) < 40_000 for text in only.values())
    assert "characters more" in only["text/plain"]


def test_what_is_not_enforced_is_listed():
    schema = {"type": "object", "properties": {"a": {"type": "array", "uniqueItems": True}}}
    grammar, origin = convert(schema, "x")
    assert grammar.not_enforced  # else this shows nothing
    report = examine(grammar, origin, spelled_out=True)
    head = shown.bundles(report)[0]
    assert "#/properties/a" in head["text/markdown"].replace("&#35;", "#")
    assert "[not enforced]" in head["text/plain"]


# -- names of the notebook -------------------------------------------------------------------


def test_a_schema_is_found_by_its_name_and_nothing_else_is():
    session = Session({"Person": Person, "here": json, "_x": 1, "exit": 2}, hidden={"exit"})
    options, _ = parse(GbnfOptions, "--schema Person --no-diagram")
    grammar, report = session.examine("", options)
    assert grammar == Grammar.from_pydantic(Person)
    assert report.spelled_out and report.origin is not None
    for name, fix in [
        ("Persn", "Did you mean Person?"),
        ("here.JSONEncode", "Did you mean JSONEncoder?"),
        ("exi", "Define it first"),
        ("", "Define it first"),
    ]:
        with pytest.raises(OptionError) as caught:
            session.examine("", GbnfOptions(schema=name))
        assert fix in caught.value.fix
    with pytest.raises(ToolError):
        session.examine("", GbnfOptions(schema="here.dumps"))


# -- hostile text ----------------------------------------------------------------------------

ATTACKS = [
    "<img src=x onerror=alert(1)>",
    "</details></td></table><script>alert(1)</script>",
    "| a | b |\n|---|---|\n```\n<b>x</b>",
    "[x](javascript:alert(1)) $x$ \\(y\\) `c` *d*",
    "\x1b[2J\u202e\x00",
]


OURS = {
    "p", "strong", "em", "code", "pre", "span", "br", "ul", "li", "details", "summary",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


class Page(HTMLParser):
    """The tags of a page, their attributes, and its text."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(str(mistune.create_markdown(escape=False, plugins=["table", "url"])(markdown)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_is_only_text(attack: str):
    grammar = Grammar.from_json_schema({"enum": [attack]})
    schema = {"type": "object", "properties": {attack: {"const": attack, "description": attack}}}
    _, origin = convert(schema, "x")
    report = Report(
        gbnf=str(grammar),
        rules=1,
        origin=origin,
        not_enforced=(attack,),
        warnings=(attack,),
        spelled_out=True,
        samples=(quoted(attack), attack),
        tried=(
            attempt(grammar, json.dumps(attack, ensure_ascii=False)),
            attempt(grammar, attack),
            Tried(attack, True, (Part(attack, attack, 0),)),
            Tried(attack, False, pointer=(attack, "^"), path=(attack,), expected=attack),
        ),
    )
    (bundle,) = shown.bundles(report)
    page = Page(bundle["text/markdown"])
    assert {*page.tags} <= OURS
    assert page.attributes <= {"open", "class"}
    assert (page.tags.count("tr"), page.tags.count("th"), page.tags.count("td")) == (2, 3, 3)
    assert page.text.count("alert(1)") > 10 or "alert(1)" not in attack  # it is there, as text
    for told in (bundle["text/plain"], shown.plain(report), bundle["text/markdown"]):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", told)
