"""The demonstration county's documents, and what explains, decides, gathers and searches them.

All of it is invented. The loader gives every document its index number by `INDEX_NUMBERS`.
"""

from gongkai.web.config.demonstration_documents.benefits import BENEFITS
from gongkai.web.config.demonstration_documents.catalogue import (
    DOCUMENTS,
    INDEX_NUMBERS,
    LATE,
    ON_DAYS_OF_REST,
)
from gongkai.web.config.demonstration_documents.interpretations import INTERPRETATIONS
from gongkai.web.config.demonstration_documents.meetings import GAZETTES, MEETINGS
from gongkai.web.config.demonstration_documents.queries import QUERIES, SYNONYMS, TYPOS

__all__ = [
    "BENEFITS",
    "DOCUMENTS",
    "GAZETTES",
    "INDEX_NUMBERS",
    "INTERPRETATIONS",
    "LATE",
    "MEETINGS",
    "ON_DAYS_OF_REST",
    "QUERIES",
    "SYNONYMS",
    "TYPOS",
]
