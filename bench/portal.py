"""Time the portal's pages on a site of many documents, beside a bare Wagtail page of the same site.

    python -m bench.portal                                the pages of a site with 100,000 documents
    python -m bench.portal --documents 10000 100000       and how much more they take than with 10,000
    DATABASE_URL=postgres://user@host/name python -m bench.portal

Without DATABASE_URL on SQLite; with it on that PostgreSQL server, in a database made for the purpose and
dropped at the end. Every page is asked for through the whole site, its middleware included, in turns with
the bare one: a page of no type of our own, whose template is its title. A page is made *first* after
something was published, so that nothing counted before holds; made again for another reader; given out as
*kept*; then answered with 304. Own is the time this process itself worked on a page made again, which other
programs do not lengthen. The growth is that of the page and of the first one, from the smallest site.
At last a document is published, repealed and withdrawn, and each page that names it is asked for once more.
"""

from __future__ import annotations

import argparse
import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from urllib.parse import quote

from bench import portal_site
from bench.search import SEED, database, milliseconds, queries, settle, words
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import (
    Article20Item,
    ColumnKind,
    Effectiveness,
    NormativeKind,
    ValidityAct,
)
from gongkai.web.publishing.models import ColumnPage, DocumentPage
from gongkai.web.publishing.models.lists import note_change
from gongkai.web.publishing.services.validity import change_validity

BARE = "a bare page"
ROUNDS = 40


@dataclass
class Times:
    """What a kind of page took, in milliseconds, turn by turn; `own` is this process's part of `made`."""

    queries: int = 0
    etags: list[str] = field(default_factory=list)
    made: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)
    unchanged: list[float] = field(default_factory=list)


def pages(vocabulary: list[str]) -> dict[str, list[str]]:
    """Return addresses by kind of page, several where a kind has several pages."""
    dice = random.Random(SEED + 3)
    largest = ColumnPage.objects.filter(kind=ColumnKind.CONTENT).order_by("path").first()
    last = -(-largest.numchild // 20)
    numbers = dice.sample(list(DocumentPage.objects.order_by("pk").values_list("pk", flat=True)), ROUNDS)
    documents = DocumentPage.objects.in_bulk(numbers)
    on = timezone.localdate()
    found = {
        BARE: ["/yiye/"],
        "home": ["/"],
        "body": [f"/ju-{number}/" for number in range(ROUNDS)],
        "column, the largest": [largest.url],
        "column, an item": [f"{largest.url}?shixiang={item}" for item in Article20Item.values],
        "column, last page": [f"{largest.url}?ye={last}"],
        "document": [documents[number].url for number in numbers],
        "library": ["/zhengce/"],
        "library, filtered": [
            f"/zhengce/?jiguan=ju-{at % 60}&niandu={2016 + at % 9}" for at in range(ROUNDS)
        ],
        "library, last page": ["/zhengce/?ye=100000"],
        "statistics": [f"/zhengce/tongji/?niandu={on.year - at}" for at in range(8)],
        "catalogue": ["/mulu/"],
        "catalogue, an item": ["/mulu/20-11-02/", "/mulu/20-03-01/"],
        "api list": ["/api/v1/documents"],
        "api list, filtered": ["/api/v1/documents?column=policies&year=2019&validity=in_force"],
        "api document": [f"/api/v1/documents/{documents[number].index_number}" for number in numbers],
        "feed": ["/atom.xml"],
        "feed of a body": [f"/atom.xml?jigou=ju-{number}" for number in range(ROUNDS)],
        "sitemap": ["/sitemap.xml"],
    }
    for kind, asked in queries(vocabulary).items():
        found[f"search, {kind}"] = [f"/sousuo/?q={quote(query)}" for query in asked]
    word = quote(vocabulary[0])
    found["search, narrowed"] = [f"/sousuo/?q={word}&jigou=ju-{number}" for number in range(ROUNDS)]
    return found | {
        "api list, words": [f"/api/v1/documents?q={word}"],
        "feed, words": [f"/atom.xml?q={word}"],
    }


class Reader:
    """Asks for pages as an anonymous reader does."""

    def __init__(self) -> None:
        self.client = Client(HTTP_HOST="localhost")
        self.asked = 0

    def anew(self) -> None:
        """Become a reader for whom no page is kept: a cookie that no page knows makes each another page."""
        self.asked += 1
        self.client.cookies["lunci"] = str(self.asked)

    def get(self, address: str, etag: str = "") -> HttpResponse:
        """Return a page.

        Raises:
            RuntimeError: it is not there.
        """
        response = self.client.get(address, headers={"If-None-Match": etag} if etag else None)
        if response.status_code != (304 if etag else 200):
            raise RuntimeError(f"{address} answered {response.status_code}")
        return response

    def time(self, address: str, times: Times) -> None:
        """Time a page made first after a change, made again for another reader, kept and unchanged."""
        note_change()
        self.anew()
        times.first.append(milliseconds(lambda: self.get(address))[0])
        self.anew()
        made, own = milliseconds(lambda: times.etags.append(self.get(address)["ETag"]))
        times.made.append(made)
        times.own.append(own)
        times.kept.append(milliseconds(lambda: self.get(address))[0])
        times.unchanged.append(milliseconds(lambda: self.get(address, times.etags[-1]))[0])

    def count(self, address: str) -> int:
        """Return how many queries making a page takes."""
        self.anew()
        with CaptureQueriesContext(connection) as queries:
            self.get(address)
        return len(queries)


def measure(found: Mapping[str, Sequence[str]]) -> dict[str, Times]:
    """Ask for every kind of page in turns, so that what else the machine does meets all of them."""
    reader = Reader()
    measured = {name: Times() for name in found}
    for name, addresses in found.items():
        measured[name].queries = max(reader.count(address) for address in addresses[:5])
    for turn in range(ROUNDS):
        for name, addresses in found.items():
            reader.time(addresses[turn % len(addresses)], measured[name])
    return measured


def print_pages(measured: Mapping[str, Times], before: Mapping[str, Times]) -> None:
    """Print a line a page, with how it grew since `before` if that was measured."""
    print("| page | queries | p50 ms | p95 ms | × bare | own | first p50 | first p95 | kept | 304 | growth |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    bare = median(measured[BARE].made)
    for name, times in measured.items():
        (p50, p95), first = (
            [quantiles(each, n=20)[at] for at in (9, 18)] for each in (times.made, times.first)
        )
        growth = ""
        if before:
            growth = f"{p50 / median(before[name].made):.1f}, {first[0] / median(before[name].first):.1f}"
        rest = " | ".join(
            f"{each:.1f}" for each in (median(times.own), *first, *map(median, (times.kept, times.unchanged)))
        )
        print(f"| {name} | {times.queries} | {p50:.1f} | {p95:.1f} | {p50 / bare:.1f} | {rest} | {growth} |")


def check_changes() -> None:
    """Print whether every page that names a document shows at once what became of it.

    Raises:
        RuntimeError: a page did not.
    """
    reader = Reader()
    column = ColumnPage.objects.filter(kind=ColumnKind.POLICIES).order_by("path").first()
    title, today = "关于测验即时更新的规定", timezone.localdate()
    address = f"{column.url}ceyan/"
    lists = ["/", column.section.url, column.url, "/zhengce/", f"/sousuo/?q={title}", "/api/v1/documents"]
    lists += ["/atom.xml", f"/atom.xml?jigou={column.agency.slug}"]
    before = {address: reader.get(address)["ETag"] for address in lists}
    page = DocumentPage(
        title=title,
        slug="ceyan",
        document_number="测政规〔2026〕1000号",
        made_on=today,
        published_on=today,
        article20_item=Article20Item.RULES,
        normative_kind=NormativeKind.NORMATIVE,
        effectiveness=Effectiveness.IN_FORCE,
        body=body_of("<p>测验。</p>"),
        live=False,
    )
    _timed("save a draft", lambda: column.add_child(instance=page))
    _check(reader, before, address, is_there=False)
    _timed("publish", lambda: page.save_revision().publish())
    shown = _check(reader, before, address, is_there=True)
    shown[page.url] = reader.get(page.url)["ETag"]
    page = DocumentPage.objects.get(pk=page.pk)
    _timed("repeal", lambda: change_validity(document=page, act=ValidityAct.REPEALED, on=today, by=None))
    repealed = _check(reader, shown, Effectiveness.REPEALED.label, is_there=True)
    _timed("unpublish", page.unpublish)
    del repealed[page.url]
    _check(reader, repealed, address, is_there=False)
    print(f"checked: {len(lists)} lists and the page changed with publishing, repealing and unpublishing")


def _timed(act: str, action: Callable[[], object]) -> None:
    print(f"{act}: {milliseconds(action)[0]:.0f} ms")


def _check(reader: Reader, before: Mapping[str, str], words: str, *, is_there: bool) -> dict[str, str]:
    """Return the pages' new tags."""
    after = {}
    for address, etag in before.items():
        response = reader.client.get(address, headers={"If-None-Match": etag})
        if is_there and (response.status_code != 200 or words not in response.content.decode()):
            raise RuntimeError(f"{address} does not show {words}")
        if not is_there and words in response.content.decode():
            raise RuntimeError(f"{address} still shows {words}")
        after[address] = response["ETag"]
    return after


def measure_site(count: int, before: Mapping[str, Times]) -> dict[str, Times]:
    """Build a site, print its tables."""
    vocabulary = words(random.Random(SEED))
    took, _ = milliseconds(lambda: portal_site.build(count, vocabulary))
    print(f"\n{connection.vendor}, {count} documents: built in {took / 1000:.0f} s", flush=True)
    took, _ = milliseconds(lambda: call_command("reindex", stdout=io.StringIO()))
    print(f"reindex: {count / took * 1000:.0f} documents a second\n", flush=True)
    settle()
    measured = measure(pages(vocabulary))
    print_pages(measured, before)
    check_changes()
    return measured


def main() -> None:
    """Print the tables of each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, nargs="+", default=[100_000])
    before: dict[str, Times] = {}
    for count in parser.parse_args().documents:
        with database():
            measured = measure_site(count, before)
        before = before or measured


if __name__ == "__main__":
    main()
