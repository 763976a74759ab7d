"""Whether the tests notice when the law is changed: one small change at a time to `gongkai.law`.

    just mutants                        every module, the procedure among them
    just mutants calendar procedure     some modules or packages
    just mutants --quick remedies       without the property tests, which only survivors get to

A mutant has one comparison, boolean word, number, sign, truth value, row of a table, code, member of an enum,
`min`/`max`, `any`/`all`, condition or `raise` changed. It is killed when the generated pages of docs/ come
out otherwise, when a test fails, or after a minute of processor time. Decorators, annotations, assertions
and what is said in an error are left as they are.

Survivors that change nothing anyone can see are listed in `bench/mutants.toml` with the reason, and are not
run. Exit code 1 when another mutant survives, or when one listed is no longer made.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import os
import resource
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

from bench.mutating import Key, Mutant, enums_of, mutants

ROOT = Path(__file__).resolve().parents[1]
LAW, TESTS, LISTED = ROOT / "src/gongkai/law", ROOT / "tests/core", ROOT / "bench/mutants.toml"
AT_ONCE, SECONDS, BYTES = 2, 60, 2 << 30
# Imported once by the parent, so that no child pays for it; nothing of ours among it.
PRELOADED = ("chinese_calendar", "holidays", "hypothesis.strategies", "pytest", "rich.console")
LATE = (
    "law/test_calendar_against_libraries.py",
    "cli/test_due_command.py",
    "cli/test_clock_command.py",
    "law/test_explaining.py",
    "law/test_year_end_traps.py",
    "law/test_procedure_properties.py",
)
# Where the tests of a module or a package stand that no test file is named after.
NEAREST = {
    "account": ("test_histories.py",),
    "explaining": ("test_account.py",),
    "history": ("test_histories.py", "test_histories_odd.py", "test_histories_mended.py"),
    "procedure": (
        "test_case_clock.py",
        "test_histories.py",
        "test_next_actions.py",
        "test_procedure_odd_orders.py",
        "test_procedure_refusals.py",
        "test_procedure_traps.py",
    ),
}


class _Changed(SourceFileLoader):
    """Finds and loads one module, from its changed tree."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(f"gongkai.law.{mutant.module}".removesuffix(".__init__"), str(mutant.path))
        self.tree = mutant.tree

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        return spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        return compile(self.tree, self.path, "exec")


def survives(mutant: Mutant | None, quick: bool) -> bool:
    """Whether no page and no test notices; to be asked in a child, whose modules it changes for good."""
    import hypothesis
    import pytest

    hypothesis.settings.register_profile("mutants", database=None, derandomize=True, deadline=None)
    hypothesis.settings.load_profile("mutants")
    if mutant:
        mutant.apply()
        sys.meta_path.insert(0, _Changed(mutant))
    handbook = importlib.import_module("gongkai.law.handbook")
    law, states = ((ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("law.md", "states.md"))
    if handbook.filled(law) != law or handbook.states() != states:
        return False
    options = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml")]
    return all(
        pytest.main([*options, *files]) == 0 for files in tests(mutant.module if mutant else "", quick)
    )


def tests(module: str, quick: bool) -> list[list[str]]:
    """Return the test files as groups to run one after another: those nearest to the module first."""
    found = sorted(map(str, (TESTS / "law").glob("test_*.py")))
    package, _, own = module.rpartition(".")
    nearest = NEAREST.get(package or own, ())
    first = [path for path in found if (own and f"_{own}" in path) or path.endswith(nearest)]
    late = [str(TESTS / name) for name in LATE[: len(LATE) - quick] if (TESTS / name).exists()]
    rest = [path for path in found if path not in first and not path.endswith(LATE)]
    return [group for group in (first, rest, *([path] for path in late if path not in first)) if group]


def started(mutant: Mutant | None, quick: bool) -> int:
    """Start a child that tries a mutant and ends with 0 if it survives; return its process number."""
    if pid := os.fork():
        return pid
    code = 1
    with contextlib.suppress(BaseException):
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2) if mutant else ():
            os.dup2(nothing, stream)
        code = 0 if survives(mutant, quick) else 1
    os._exit(code)


def tried(waiting: Sequence[Mutant], quick: bool) -> Iterator[tuple[Mutant, bool]]:
    """Yield each mutant with whether it survived, some at once."""
    left = list(reversed(waiting))
    running: dict[int, Mutant] = {}
    while left or running:
        while left and len(running) < AT_ONCE:
            mutant = left.pop()
            running[started(mutant, quick)] = mutant
        pid, status = os.wait()
        yield running.pop(pid), status == 0


def made(wanted: Sequence[str]) -> list[Mutant]:
    """Return the mutants of the modules named, or of those in the packages named."""
    paths = {
        ".".join(path.relative_to(LAW).with_suffix("").parts): path for path in sorted(LAW.rglob("*.py"))
    }
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in paths.items()}
    chosen = {w: [name for name in paths if f"{name}.".startswith(f"{w}.")] for w in wanted}
    if unknown := [w for w, names in chosen.items() if not names]:
        raise SystemExit(f"no such module of gongkai.law: {', '.join(unknown)}")
    enums = enums_of(trees.values())
    names = sorted({name for names in chosen.values() for name in names}) or list(paths)
    return [each for name in names for each in mutants(name, paths[name], trees[name], enums)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants, print the survivors and a count by module; return 1 if the list does not fit them."""
    parser = argparse.ArgumentParser(prog="just mutants", description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", help="modules or packages of gongkai.law; all by default")
    parser.add_argument("--quick", action="store_true", help="leave the property tests out")
    given = parser.parse_args(arguments)
    found = made(given.modules)
    counts = {mutant.module: Counter[str]() for mutant in found}
    entries = tomllib.loads(LISTED.read_text(encoding="utf-8")).get("equivalent", ())
    listed: set[Key] = {(each["module"], each["line"], each["change"]) for each in entries}
    stale = {key for key in listed if key[0] in counts} - {mutant.key for mutant in found}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path.insert(0, str(ROOT / "src"))
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(ROOT / "var" / "mutants")
    for name in PRELOADED:
        importlib.import_module(name)
    if os.waitpid(started(None, given.quick), 0)[1]:
        raise SystemExit("the tests fail, or the pages are out of date, with nothing changed")
    for mutant, survived in tried([each for each in found if each.key not in listed], given.quick):
        counts[mutant.module]["survived" if survived else "killed"] += 1
        if survived:
            print(
                f"{mutant.module}:{mutant.line}:{mutant.column}  {mutant.change}  | {mutant.text}", flush=True
            )
    for key in sorted(stale):
        print("listed, but no longer made:", *key, sep="  ")
    for module, count in counts.items():
        count["listed"] = sum(each.module == module and each.key in listed for each in found)
        print(f"{module}: {count.total()} mutants,", ", ".join(f"{n} {what}" for what, n in count.items()))
    return 1 if stale or any(count["survived"] for count in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
