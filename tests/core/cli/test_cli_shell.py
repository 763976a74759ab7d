"""The command as a whole: help, unknown commands, what is loaded when."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module

import pytest
from rich.cells import cell_len

from gongkai import __version__
from gongkai.cli import COMMANDS, main
from gongkai.cli.parser import in_chinese

PARSED = [name for name, command in COMMANDS.items() if command.module != "gongkai.cli.web"]


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, command in COMMANDS.items():
        assert name in shown and command.summary in shown


def test_without_a_command_help_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    shown = capsys.readouterr()
    assert not shown.out and "用法" in shown.err


def test_the_version_is_the_distributions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"gongkai {__version__}\n"


def test_an_unknown_command_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audti"]) == 2
    assert "是不是 audit？" in capsys.readouterr().err
    assert main(["完全不对"]) == 2
    assert "没有“完全不对”这个命令" in capsys.readouterr().err


@pytest.mark.parametrize("name", PARSED)
def test_every_command_explains_itself_in_chinese(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"用法：gongkai {name}")
    for english in ("usage:", "options:", "positional", "show this", "default"):
        assert english not in shown


@pytest.mark.parametrize("name", PARSED)
def test_help_stands_in_straight_columns(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    main([name, "--help"])
    shown = capsys.readouterr().out.split("选项:")[1].split("\n\n")[0].splitlines()
    heads = [line for line in shown if line.startswith("  -")]
    assert len(heads) > 1
    for line in heads:
        head = re.match(r"  (?:\S+ )*\S+(?=  |$)", line)
        assert head and (head[0] == line or cell_len(line) - cell_len(line[head.end() :].lstrip()) == 26)
    assert max(map(cell_len, shown)) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_function(name: str) -> None:
    assert callable(getattr(import_module(COMMANDS[name].module), COMMANDS[name].function))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["read"], "缺少参数：FILE"),
        (["read", "a.txt", "--jsno"], "不认识的参数：--jsno"),
        (["read", "a.txt", "--json", "b.txt"], "未能读取 b.txt"),
        (["read", "a.txt", "--json", "--table"], "不能同时使用"),
        (["audit", "a.txt", "--format", "xml"], "--format 不能是 'xml'"),
        (["read", "a.txt", "--provenance"], "须与 --json 同用"),
        (["read", ""], "找不到这个文件"),
        (["audit", "a.txt", "-o"], "后面要跟一个值"),
        (["due", "--channel", "互联网"], "缺少参数：--received"),
    ],
)
def test_bad_words_give_one_chinese_sentence_and_exit_code_two(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert says in capsys.readouterr().err


def test_a_message_of_the_parser_we_do_not_know_is_kept() -> None:
    assert in_chinese("something new") == "something new"


def test_an_interrupt_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(import_module("gongkai.cli.due"), "main", interrupted)
    assert main(["due"]) == 130
    assert "已中断" in capsys.readouterr().err


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from gongkai.cli import main; main(['--help']); "
        "heavy = {'lxml', 'rich', 'selectolax', 'pdfplumber', 'gongkai.report', 'gongkai.law', 'django'};"
        "sys.exit(', '.join(sorted(heavy & sys.modules.keys())) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_runs_as_a_module_and_prints_chinese_in_the_plainest_terminal() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "due", "--channel", "EMS", "--received", "2025-09-26"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.decode().startswith("2025-10-30（星期四）")
    assert b"Traceback" not in done.stderr
