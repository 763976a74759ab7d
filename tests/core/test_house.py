"""The house rules that a tool does not already hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import gongkai

HOME = Path(__file__).resolve().parents[2]
PACKAGE = HOME / "src" / "gongkai"
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SOURCES = sorted(PACKAGE.rglob("*.py"))
CORE = [
    path
    for part in ("charts", "law", "letters", "papers", "proofing", "report", "samples", "severing", "cli")
    for path in sorted((PACKAGE / part).rglob("*.py"))
]
LOCKS = ("requirements.lock", "requirements-dev.lock")
READMES = ("README.md", "README.zh-CN.md")


def named(path: Path) -> str:
    return path.relative_to(HOME).as_posix()


def calls(path: Path) -> list[str]:
    """The dotted names that a file calls, such as `date.today`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def hidden_imports(path: Path) -> list[str]:
    """The imports of our own package that stand inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = [node for function in functions for node in ast.walk(function)]
    imports = [ast.unparse(node) for node in inside if isinstance(node, ast.Import | ast.ImportFrom)]
    return [line for line in imports if "gongkai" in line]


def pinned(lock: str) -> dict[str, str]:
    """The packages of a lock file, each with its version."""
    text = (HOME / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", text, flags=re.M))


def test_the_version_is_one_everywhere() -> None:
    assert gongkai.__version__ == PROJECT["version"] == metadata.version("gongkai")
    changelog = (HOME / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, flags=re.M)
    assert newest and newest[1] == PROJECT["version"]


def test_the_package_says_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


@pytest.mark.parametrize("path", CORE, ids=named)
def test_a_module_of_the_core_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_source_file_is_longer_than_400_lines() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_the_core_never_asks_what_day_it_is_but_at_the_shell() -> None:
    clocks = re.compile(r"(^|\.)(today|now|utcnow|localtime|time)$")
    asked = {named(path): [name for name in calls(path) if clocks.search(name)] for path in CORE}
    del asked["src/gongkai/cli/clock.py"]
    allowed = {"time.perf_counter", "time.monotonic", "time.time", "time"}
    assert {name: sorted(set(found) - allowed) for name, found in asked.items() if set(found) - allowed} == {}


def test_our_own_package_is_never_imported_inside_a_function() -> None:
    assert {named(path): found for path in SOURCES if (found := hidden_imports(path))} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_versions_and_hashes_and_no_address(lock: str) -> None:
    text = (HOME / lock).read_text(encoding="utf-8")
    assert "://" not in text and "@ " not in text
    packages = re.split(r"\n(?=\S)", text.strip())
    assert [package for package in packages if "--hash=sha256:" not in package or "==" not in package] == []


def test_the_lock_files_agree_and_hold_what_the_project_asks_for() -> None:
    run, dev = (pinned(lock) for lock in LOCKS)
    assert run.items() <= dev.items()
    wanted = PROJECT["dependencies"] + [
        one for extra in ("web", "pg") for one in PROJECT["optional-dependencies"][extra]
    ]
    names = {re.split(r"[\[<>=~!; ]", requirement)[0].lower().replace("_", "-") for requirement in wanted}
    assert names - set(run) == set()
    assert run["wagtail"].startswith("7.4.")


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_commands_that_run_py_has(readme: str) -> None:
    text = (HOME / readme).read_text(encoding="utf-8")
    commands = set(re.findall(r"python3 run\.py (\w+)", text))
    assert {"demo", "test"} <= commands
    usage = subprocess.run(
        [sys.executable, HOME / "run.py", "--help"], capture_output=True, check=True, text=True
    )
    assert commands <= set(re.findall(r"run\.py (\w+)", usage.stdout))


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_links_only_to_what_is_there(readme: str) -> None:
    text = (HOME / readme).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)", text)
    assert targets
    assert [target for target in targets if not (HOME / target).exists()] == []


def test_every_setting_from_the_environment_is_documented() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    settings = set(re.findall(r"\bGONGKAI_[A-Z_]+\b", code)) | {"DATABASE_URL"}
    documented = (HOME / "docs" / "deploy.md").read_text(encoding="utf-8")
    assert sorted(name for name in settings if f"| `{name}` |" not in documented) == []


def test_the_generated_pages_are_those_committed() -> None:
    command = [sys.executable, HOME / "docs" / "generate.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_core_starts_without_django() -> None:
    code = "import sys, gongkai.cli; sys.exit(any(name in sys.modules for name in ('django', 'wagtail')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_run_py_names_the_words_it_does_not_know() -> None:
    command = [sys.executable, HOME / "run.py", "install", "--bad"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "install --bad" in done.stderr.splitlines()[0]


def test_run_py_needs_the_standard_library_alone() -> None:
    tree = ast.parse((HOME / "run.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names
