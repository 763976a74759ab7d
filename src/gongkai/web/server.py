"""`gongkai serve` and `gongkai demo`: the entry points that start the site.

Both name the settings in the environment before Django wakes; what needs models is therefore imported by
name after that.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import django
from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from gongkai.web.config import template_database
from gongkai.web.config.job_worker import worker_beside

SETTINGS = "gongkai.web.config.settings"
APPLICATION = "gongkai.web.config.wsgi:application"
DEMO_FILLING = "import django; django.setup(); from gongkai.web.config.demonstration import fill; fill()"
DEMO_USERS = "gongkai.web.config.demonstration.users_table"
PENDING = "gongkai.web.config.upkeep.pending_migrations"
MIGRATE = "gongkai.web.config.upkeep.migrate"
STATISTICS = "gongkai.web.config.upkeep.refresh_statistics"


def serve(argv: Sequence[str]) -> int:
    """Serve the site that the environment describes; 2 when its database is not up to date, or a demo's."""
    options = _serve_options(argv)
    if _is_taken(options.host, options.port):
        return _refuse_port(options.port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    if _is_ours(settings.DATA_DIR) and not settings.DEMO:
        print(
            "数据目录里是演示数据，其用户的密码人人可知，不能用于正式网站。请另设 GONGKAI_DATA_DIR。",
            file=sys.stderr,
        )
        return 2
    if options.migrate:
        import_string(MIGRATE)()
    pending = import_string(PENDING)()
    connections.close_all()
    if pending:
        print(
            f"数据库还有 {pending} 项升级未执行。请先备份，再运行：gongkai serve --migrate", file=sys.stderr
        )
        return 2
    import_string(STATISTICS)()
    connections.close_all()
    return _run(options)


def demo(argv: Sequence[str]) -> int:
    """Serve an invented county; made on the first start, kept on the next, made anew with --fresh."""
    options = _demo_options(argv)
    if _is_taken(options.host, options.port):
        return _refuse_port(options.port)
    directory = options.data_dir.resolve()
    if options.fresh:
        _forget(directory)
    directory.mkdir(parents=True, exist_ok=True)
    database = directory / "gongkai.sqlite3"
    if database.exists() and not _is_ours(directory):
        print(
            f"{directory} 中已有不属于演示的数据库，没有改动。请用 --data-dir 另选一个目录。", file=sys.stderr
        )
        return 2
    os.environ.update(
        DJANGO_SETTINGS_MODULE=SETTINGS,
        GONGKAI_DATA_DIR=str(directory),
        GONGKAI_DEMO="1",
        GONGKAI_HTTPS="0",
        DATABASE_URL=f"sqlite:///{database}",
        GONGKAI_ALLOWED_HOSTS=",".join(
            ["localhost", "127.0.0.1", "[::1]", options.host, os.environ.get("GONGKAI_ALLOWED_HOSTS", "")]
        ),
    )
    django.setup()
    try:
        _prepare(database, options.cache_dir.resolve())
    except subprocess.CalledProcessError:
        print("建立演示数据库失败，原因见上。", file=sys.stderr)
        return 2
    print(_welcome(options.host, options.port), flush=True)
    return _run(options)


class _Parser(argparse.ArgumentParser):
    """A parser whose help and refusals are Chinese."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(prog=f"gongkai {command}", description=description, add_help=False)
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本帮助")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        own = message.rpartition(": ")[2]
        why = f"参数有误，用法见 {self.prog} --help。" if own.isascii() else own
        self.exit(2, f"{self.format_usage()}{self.prog}：{why}\n")


def _serve_options(argv: Sequence[str]) -> argparse.Namespace:
    parser = _Parser("serve", "启动网站。配置用环境变量，见 docs/deploy.md。")
    _add_address(parser, workers=2)
    parser.add_argument("--migrate", action="store_true", help="先执行数据库升级")
    return parser.parse_args(argv)


def _demo_options(argv: Sequence[str]) -> argparse.Namespace:
    parser = _Parser("demo", "启动演示网站（虚构的县，虚构的数据）。")
    _add_address(parser, workers=1)
    parser.add_argument("--data-dir", type=Path, default=Path("var/demo"), help="演示数据目录，默认 var/demo")
    parser.add_argument("--cache-dir", type=Path, default=Path("var/cache"), help="空白数据库的缓存目录")
    parser.add_argument("--fresh", action="store_true", help="清除原有演示数据，重新建立")
    return parser.parse_args(argv)


def _add_address(parser: argparse.ArgumentParser, *, workers: int) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认 127.0.0.1")
    parser.add_argument("--port", type=_port, default=8000, help="端口，默认 8000")
    parser.add_argument("--workers", type=_count, default=workers, help=f"工作进程数，默认 {workers}")
    parser.add_argument(
        "--no-worker", action="store_true", help="不启动后台任务进程（另行运行 manage.py run_jobs 时用）"
    )


def _port(text: str) -> int:
    if text.isdecimal() and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"端口应为 0 至 65535 的整数，而不是 {text}")


def _count(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 256:
        return int(text)
    raise argparse.ArgumentTypeError(f"应为 1 至 256 的整数，而不是 {text}")


def _is_taken(host: str, port: int) -> bool:
    """Whether somebody answers there; granian would share the port with them instead of failing."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def _refuse_port(port: int) -> int:
    print(f"端口 {port} 已被占用，请用 --port 另选一个。", file=sys.stderr)
    return 2


def _answer_interrupts_alone() -> None:
    """Keep Ctrl+C from the workers: one that gets it along with this process's SIGTERM may never end."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    threading.Thread(target=_end_on_interrupt, daemon=True).start()


def _end_on_interrupt() -> None:
    signal.sigwait({signal.SIGINT})
    os.kill(os.getpid(), signal.SIGTERM)


def _run(options: argparse.Namespace) -> int:
    _answer_interrupts_alone()
    site = Granian(
        APPLICATION,
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=4,
        backpressure=64,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    )
    with worker_beside(wanted=not options.no_worker):
        site.serve()
    return 0


def _ready(directory: Path) -> Path:
    """The file that marks a directory as holding a finished demonstration, with its migrations' hash."""
    return directory / "demo.ready"


def _begun(directory: Path) -> Path:
    """The file that marks a directory as holding a demonstration whose making was cut short."""
    return directory / "demo.begun"


def _is_ours(directory: Path) -> bool:
    """Whether the database there is a demonstration's; any other is somebody's work."""
    return _ready(directory).exists() or _begun(directory).exists()


def _forget(directory: Path) -> None:
    """Remove an earlier demonstration; a directory that is none is left alone."""
    if _ready(directory).exists():
        shutil.rmtree(directory)


def _prepare(database: Path, cache_dir: Path) -> None:
    """Make the demonstration, or bring an earlier one's database up to date."""
    mark = _ready(database.parent)
    current = template_database.fingerprint()
    if mark.exists():
        if mark.read_text() != current:
            print("正在升级演示数据库……", flush=True)
            template_database.migrate(f"sqlite:///{database}", database.parent)
            mark.write_text(current)
        return
    started = time.monotonic()
    print("首次启动，正在建立演示数据（约需一分钟）……", flush=True)
    _begun(database.parent).touch()
    for leftover in database.parent.glob(f"{database.name}*"):
        leftover.unlink()
    shutil.copyfile(template_database.ensure(cache_dir), database)
    _fill()
    mark.write_text(current)
    _begun(database.parent).unlink()
    print(f"演示数据已建立，用时 {time.monotonic() - started:.0f} 秒。", flush=True)


def _fill() -> None:
    """Make the demonstration's data in a process of its own.

    It sets letters as PDF; the threads that do so would be missing in the workers forked from here.

    Raises:
        subprocess.CalledProcessError: it could not be made.
    """
    subprocess.run([sys.executable, "-c", DEMO_FILLING], check=True)


def _welcome(host: str, port: int) -> str:
    address = f"http://{host}:{port}"
    return "\n".join(
        [
            "",
            f"门户：{address}/",
            f"年报库：{address}/nianbao/",
            f"工作人员后台：{address}/admin/",
            "",
            import_string(DEMO_USERS)(),
            "",
            "以上机关、人员和数据均为虚构，仅供演示，请勿对外开放。按 Ctrl+C 停止。",
        ]
    )
