# ruff: noqa: E501 - tables are read by the line
"""What everybody knows: questions that need no tool, by relation; a third of the pairs is held out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Relation:
    """Wordings, and the pairs between which the relation holds."""

    asks: tuple[str, ...]
    asks_held_out: tuple[str, ...]
    answer: str
    pairs: tuple[tuple[str, str], ...]

    def known(self, held_out: bool) -> tuple[tuple[str, str], ...]:
        """The pairs of the training, or those of the evaluation."""
        return tuple(p for i, p in enumerate(self.pairs) if (i % 3 == 2) == held_out)


def _relation(asks: str, held_out: str, answer: str, pairs: str) -> Relation:
    split = [tuple(pair.strip().split("=")) for pair in pairs.split(",")]
    known = tuple((a, b) for a, b in split)
    return Relation(tuple(asks.split(" / ")), tuple(held_out.split(" / ")), answer, known)


RELATIONS: tuple[Relation, ...] = (
    _relation("(What is|What's|Name|Tell me) the capital of {a}? / Which city is the capital of {a}? / capital of {a}",
              "Which town governs {a}? / {a} is ruled from which city?", "The capital of {a} is {b}.",
              "France=Paris,Italy=Rome,Spain=Madrid,Japan=Tokyo,Egypt=Cairo,Canada=Ottawa,Austria=Vienna,Greece=Athens,Norway=Oslo,"
              "Portugal=Lisbon,Poland=Warsaw,Finland=Helsinki,Ireland=Dublin,Russia=Moscow,Cuba=Havana,Hungary=Budapest,China=Beijing,Belgium=Brussels"),
    _relation("(What is|What's|Tell me) the opposite of {a}? / opposite of {a} / Which word is the opposite of {a}? / What is the antonym of {a}?",
              "{a} turned around is what? / I need a word that says the contrary of {a}.", "The opposite of {a} is {b}.",
              "hot=cold,big=small,fast=slow,high=low,old=young,wet=dry,light=dark,hard=soft,loud=quiet,early=late,rich=poor,full=empty,"
              "strong=weak,happy=sad,open=closed,thick=thin,clean=dirty,near=far,up=down,day=night,first=last"),
    _relation("(What|Which) color (is|has) {a}? / What is the color of {a}? / color of {a}",
              "Paint {a} for me in words: which color? / A child asks how {a} is colored.", "The color of {a} is {b}.",
              "grass=green,snow=white,the sky=blue,blood=red,coal=black,a lemon=yellow,an orange=orange,milk=white,a banana=yellow,"
              "a strawberry=red,a leaf=green,a raven=black"),
    _relation("(What|Which) sound does a {a} make? / What does a {a} say? / How does a {a} sound?",
              "I heard a {a}: what noise was it? / imitate a {a}", "A {a} says {b}.",
              "cow=moo,cat=meow,dog=woof,sheep=baa,duck=quack,pig=oink,owl=hoot,lion=roar,bee=buzz"),
    _relation("(Which|What) day comes after {a}? / What comes after {a}? / Name the day after {a}.",
              "Yesterday was {a}, so what is it called today? / {a} is followed by which day?", "{b} comes after {a}.",
              "Monday=Tuesday,Wednesday=Thursday,Tuesday=Wednesday,Thursday=Friday,Friday=Saturday,Saturday=Sunday"),
    _relation("(Which|What) month comes after {a}? / Name the month after {a}. / the month after {a}",
              "Once {a} is over, which month begins?", "{b} comes after {a}.",
              "January=February,March=April,February=March,April=May,June=July,May=June,July=August,September=October,October=November"),
    _relation("(What|Which) language do people speak in {a}? / language of {a} / Which language is spoken in {a}?",
              "What would I have to learn to talk to the people of {a}?", "People in {a} speak {b}.",
              "France=French,Germany=German,Spain=Spanish,Italy=Italian,China=Chinese,Japan=Japanese,Brazil=Portuguese,Russia=Russian,Greece=Greek"),
    _relation("(What is|What's) the plural of {a}? / plural of {a} / Give me the plural form of {a}.",
              "One {a}, two what?", "The plural of {a} is {b}.",
              "child=children,mouse=mice,foot=feet,tooth=teeth,man=men,woman=women,leaf=leaves,city=cities,goose=geese"),
    _relation("(What is|What's) the past tense of {a}? / past tense of {a} / How do I put {a} into the past?",
              "Today I {a}, and yesterday I did what?", "The past tense of {a} is {b}.",
              "go=went,run=ran,eat=ate,see=saw,write=wrote,sing=sang,buy=bought,drink=drank,fly=flew,take=took,know=knew,swim=swam"),
    _relation("(On which|Which) continent is {a}(?| in?) / Where in the world is {a}? / continent of {a}",
              "Looking at a globe, on which continent do I find {a}?", "{a} is in {b}.",
              "France=Europe,Egypt=Africa,Japan=Asia,Brazil=South America,India=Asia,Kenya=Africa,Peru=South America,Italy=Europe,China=Asia"),
    _relation("(What is|What's) a baby {a} called? / What do you call a young {a}? / the young of a {a}",
              "My {a} has a little one: what is that named?", "A young {a} is called a {b}.",
              "dog=puppy,cat=kitten,cow=calf,sheep=lamb,horse=foal,bear=cub,duck=duckling,goat=kid,pig=piglet"),
    _relation("(What is|What's) {a} made of? / What do people make {a} from? / What is in {a}?",
              "If I wanted to make {a}, what would I need most?", "{b} is what {a} is made of.",
              "bread=Flour,cheese=Milk,wine=Grapes,paper=Wood,glass=Sand,butter=Milk,a tire=Rubber,chocolate=Cocoa,a window=Glass"),
    _relation("How many legs does a {a} have? / (number of|count the) legs of a {a} / On how many legs does a {a} walk?",
              "Shoes for a {a}: how many would it need?", "A {a} has {b} legs.",
              "dog=four,bird=two,cat=four,spider=eight,horse=four,ant=six,bee=six,cow=four,chicken=two"),
    _relation("(What is|What's) a {a}? / Explain what a {a} is. / What does the word {a} mean? / define a {a} in your own words",
              "I never heard of a {a}, what is it? / Tell a child what a {a} is.", "A {a} is {b}.",
              "bakery=a shop that sells bread,hammer=a tool for nails,library=a place with many books,doctor=someone who cures sick people,"
              "desert=a dry and sandy land,island=land with water all around,violin=an instrument with four strings,bridge=a way over a river,"
              "teacher=someone who teaches,kettle=a pot to boil water,museum=a house that shows old things,volcano=a mountain of fire,"
              "pilot=someone who flies a plane,grammar=a set of rules for a language,robot=a machine that works by itself"),
    _relation("How many {a}? / tell me how many {a} / Do you know how many {a}?",
              "I forgot it again: how many {a}?", "There are {b}.",
              "days are in a week=seven,months are in a year=twelve,hours are in a day=24,minutes are in an hour=60,seconds are in a minute=60,"
              "wheels are on a car=four,fingers are on a hand=five,letters are in the alphabet=26,sides are in a triangle=three"),
    _relation("(Is|Are) {a}? / is it true that {a} / Tell me: is {a}?",
              "Somebody claims: {a}. Right?", "{b}.",
              "the sun a star=Yes\\, the sun is a star,fire cold=No\\, fire is hot,ice warm=No\\, ice is cold,the moon made of cheese=No\\, it is made of rock,"
              "water wet=Yes\\, water is wet,the earth round=Yes\\, it is round".replace("\\,", " -")),
    _relation("Translate {a} (to|into) Spanish(.|) / How do you say {a} in Spanish? / {a} in Spanish?",
              "A Spaniard would say what for {a}?", "In Spanish {a} is {b}.",
              "hello=hola,thank you=gracias,water=agua,house=casa,friend=amigo,good night=buenas noches,dog=perro,bread=pan,please=por favor"),
)  # fmt: skip
