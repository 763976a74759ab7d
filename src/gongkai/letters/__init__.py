"""The letters of a request, from the receipt to the index of its file, made from the facts of its case."""

from gongkai.letters.composing import Letter, check_template, compose, details_of, standard_template
from gongkai.letters.facts import Contact, Detail, Entry, LetterFacts, Withheld
from gongkai.letters.fields import DETAILS, GIVEN, Field, Shape
from gongkai.letters.kinds import KINDS, Kind, Must, kinds_of
from gongkai.letters.template import TemplateError
from gongkai.letters.wording import capitals, history_of, number_of

__all__ = [
    "DETAILS",
    "GIVEN",
    "KINDS",
    "Contact",
    "Detail",
    "Entry",
    "Field",
    "Kind",
    "Letter",
    "LetterFacts",
    "Must",
    "Shape",
    "TemplateError",
    "Withheld",
    "capitals",
    "check_template",
    "compose",
    "details_of",
    "history_of",
    "kinds_of",
    "number_of",
    "standard_template",
]
