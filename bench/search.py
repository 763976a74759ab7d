"""Time the portal's search on synthetic documents.

    python -m bench.search 10000 100000
    DATABASE_URL=postgres://user@host/name python -m bench.search 10000

Without DATABASE_URL on SQLite; with it on that PostgreSQL server, in a database made for the purpose and
dropped at the end. A document is a text of some 400 characters of words, common ones often and rare ones
seldom, so that queries meet few and many. A query is timed from its words to the lines of the first page;
the last two columns are the time this process itself worked, which other programs do not lengthen.
"""

# ruff: noqa: E402  the settings must be named before anything of Django is imported
from __future__ import annotations

import atexit
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import quantiles

import django

DATA_DIR = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
os.environ |= {
    "GONGKAI_DATA_DIR": str(DATA_DIR),
    "GONGKAI_SECRET_KEY": "only for timing",
    "DJANGO_SETTINGS_MODULE": "gongkai.web.config.settings",
}
django.setup()

from django.conf import settings
from django.db import connection, connections, transaction

from gongkai.web.agencies.models import Agency
from gongkai.web.config import template_database, upkeep
from gongkai.web.publishing.choices import Topic
from gongkai.web.publishing.models import SearchEntry
from gongkai.web.publishing.searching.backends import backend
from gongkai.web.publishing.searching.entries import fields_of
from gongkai.web.publishing.searching.lexicon import synonyms
from gongkai.web.publishing.services.searching import hits_of, search

CACHE_DIR = Path(__file__).resolve().parents[1] / "var" / "cache"
SEED, EACH, BATCH, BODIES = 7, 40, 1000, 60
CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]


def words(dice: random.Random) -> list[str]:
    """Return the vocabulary, commonest first: terms of the field among words of no meaning."""
    made = ["".join(dice.choices(CHARACTERS, k=dice.choice((2, 2, 2, 3, 4)))) for _ in range(8000)]
    found = [*(term for term in synonyms() if len(term) < 7), *made]
    dice.shuffle(found)
    return found


def entries(count: int, vocabulary: list[str], bodies: list[Agency]) -> Iterator[SearchEntry]:
    """Yield documents."""
    dice = random.Random(SEED)
    sums = list(accumulate(1 / (rank + 8) for rank in range(len(vocabulary))))
    for number in range(count):
        said = dice.choices(vocabulary, cum_weights=sums, k=dice.randint(60, 260))
        sentences = ("".join(said[at : at + 9]) for at in range(0, len(said), 9))
        day = date(2015, 1, 1) + timedelta(days=dice.randrange(4000))
        yield SearchEntry(
            url=f"/{number}/",
            kind="document",
            agency=dice.choice(bodies),
            column="content",
            year=day.year,
            topic=dice.choice(Topic.values),
            published_on=day,
            effectiveness=dice.choice(("in_force", "in_force", "repealed", "not_applicable")),
            title="关于" + "".join(dice.choices(vocabulary, cum_weights=sums, k=4)) + "的通知",
            number=f"测政规〔{day.year}〕{number % 400}号",
            keywords=" ".join(dice.choices(vocabulary, cum_weights=sums, k=3)),
            text="。".join(sentences),
        )


def queries(vocabulary: list[str]) -> dict[str, list[str]]:
    """Return as many queries of each kind."""
    dice = random.Random(SEED + 1)
    common = vocabulary[:3000]
    return {
        "one word": dice.choices(common, k=EACH),
        "two words": [" ".join(dice.choices(vocabulary[:300], k=2)) for _ in range(EACH)],
        "one character": [dice.choice(dice.choice(common)) for _ in range(EACH)],
        "number": [f"测政规[{dice.randint(2015, 2025)}]{dice.randrange(400)}号" for _ in range(EACH)],
        "misspelt": [f"{word[:-1]}々" for word in dice.choices([w for w in common if len(w) > 2], k=EACH)],
    }


def fill(count: int, vocabulary: list[str]) -> float:
    """Fill the search; return documents a second."""
    Agency.objects.all().delete()
    names = (f"第{number}局" for number in range(BODIES))
    bodies = [
        Agency.objects.create(name=name, short_name=name, slug=f"ju-{at}", region_code="990101")
        for at, name in enumerate(names)
    ]
    made = list(entries(count, vocabulary, bodies))
    begun = time.perf_counter()
    for at in range(0, count, BATCH):
        with transaction.atomic():
            saved = SearchEntry.objects.bulk_create(made[at : at + BATCH])
            backend().write([(entry.pk, fields_of(entry)) for entry in saved])
    return count / (time.perf_counter() - begun)


def milliseconds(action: Callable[[], object]) -> tuple[float, float]:
    """Return how long an action takes, and how much of it this process works."""
    begun = time.perf_counter(), time.process_time()
    action()
    return (time.perf_counter() - begun[0]) * 1000, (time.process_time() - begun[1]) * 1000


def settle() -> None:
    """Do what PostgreSQL does by itself within minutes, and `gongkai serve` with SQLite at its start."""
    upkeep.refresh_statistics()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def ask(query: str) -> None:
    """Do what the search page does."""
    answer = search(query)
    hits_of(answer.numbers[:20], answer.words)


def measure(count: int) -> None:
    """Print the rows of one size."""
    vocabulary = words(random.Random(SEED))
    rate = fill(count, vocabulary)
    settle()
    found = queries(vocabulary)
    for kind, asked in {**found, "all": [query for each in found.values() for query in each]}.items():
        ask(asked[0])
        times = [milliseconds(lambda query=query: ask(query)) for query in asked]
        hits = sum(len(search(query).numbers) for query in asked) / len(asked)
        (p50, p95), own = ([quantiles(each, n=20)[at] for at in (9, 18)] for each in zip(*times, strict=True))
        print(
            f"| {connection.vendor} | {count} | {rate:.0f} | {kind} | {hits:.0f} | {p50:.1f} | {p95:.1f} "
            f"| {own[0]:.1f} | {own[1]:.1f} |",
            flush=True,
        )


@contextmanager
def database() -> Iterator[None]:
    """Have an empty, migrated database."""
    if connection.vendor == "sqlite":
        shutil.copyfile(template_database.ensure(CACHE_DIR), settings.DATABASES["default"]["NAME"])
        try:
            yield
        finally:
            connections.close_all()
        return
    name = f"gongkai_bench_{os.getpid()}"
    own_name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        template_database.migrate(f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}", DATA_DIR)
        connections.close_all()
        connection.settings_dict["NAME"] = name
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = own_name
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")


def main(sizes: list[int]) -> None:
    """Print a table."""
    print("| database | documents | docs/s | queries | hits each | p50 ms | p95 ms | own p50 | own p95 |")
    print("|---|---|---|---|---|---|---|---|---|")
    for size in sizes:
        with database():
            measure(size)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000])
