#!/usr/bin/env python3
"""Install Gongkai beside this file and run it; needs only Python 3.11 and pip.

    python3 run.py demo [options]          the sample county's site, on this machine
    python3 run.py test [pytest options]   the tests
    python3 run.py install [--dev]         the environment alone

Everything goes into two folders here: `.tools` (the installer uv, unless one is on PATH) and `.venv`
(Python packages, each checked against its hash in the lock file). Deleting both undoes the installation.
The demo keeps its data in `var`.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = HERE / ".tools"
VENV = HERE / ".venv"
STAMP = VENV / ".installed"
LOCKS = {"run": HERE / "requirements.lock", "dev": HERE / "requirements-dev.lock"}
OLDEST = (3, 11)
UV_NAMES = {"index": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}


class Stop(Exception):
    """The installation cannot go on; the message says why, in Chinese and in English."""


def call(*words, **kwargs):
    return subprocess.run([str(word) for word in words], cwd=str(HERE), **kwargs)


def works(*words):
    """Whether the command exists, starts and ends well; a shim without its program does not."""
    try:
        return call(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def must(doing, *words, **more):
    """Run one step of the installation; its output is shown only when it fails."""
    done = call(*words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(**more))
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace").strip()
        raise Stop(f"{doing} 失败 / failed:\n{said}")


def environment(**more):
    """This process's variables and more; another environment is left aside, no interpreter downloaded."""
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "CONDA_PREFIX")}
    return {**kept, "UV_PYTHON_DOWNLOADS": "never", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **more}


def pip():
    """The words that start a pip for this interpreter, or None."""
    candidates = [(sys.executable, "-m", "pip"), ("pip3",), ("pip",)]
    return next((words for words in candidates if works(*words, "--version")), None)


def uv():
    """A working uv: the one on PATH, else the one in `.tools`, brought there by pip."""
    own = TOOLS / "bin" / "uv"
    found = next((path for path in (shutil.which("uv"), own) if path and works(path, "--version")), None)
    if found:
        return found
    installer = pip()
    if installer is None:
        raise Stop(
            "没有可用的 pip，请先安装 python3-pip（Debian、Ubuntu、统信：apt；openEuler、麒麟：dnf）。\n"
            "No working pip: install the package python3-pip first (apt or dnf)."
        )
    must("安装 uv / installing uv", *installer, "install", "--quiet", "--upgrade", "--target", TOOLS, "uv")
    return own


def handed_on():
    """The package index and the certificates that pip is set to use here, as variables of uv.

    uv reads none of pip's settings by itself. pip lists its variables first and its files after them; the
    variables decide.
    """
    words = pip()
    if words is None:
        return {}
    listed = call(*words, "config", "list", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    settings = dict(reversed(re.findall(r"\.(index|cert)(?:.url)?='(.*)'", listed)))
    found = {UV_NAMES[name]: value for name, value in settings.items()}
    return {name: value for name, value in found.items() if name not in os.environ}


def fingerprint(kind):
    """What the environment was made from: when it differs, the environment is made again."""
    made_from = [LOCKS[kind].read_bytes(), (HERE / "pyproject.toml").read_bytes()]
    made_from.append(f"{sys.version} {sys.executable} {HERE}".encode())
    return kind + " " + hashlib.sha256(b"\0".join(made_from)).hexdigest()


def installed():
    return STAMP.read_text() if STAMP.is_file() and (VENV / "bin" / "gongkai").is_file() else ""


def install(kind):
    """Make `.venv` equal to the lock file, with this project in it; nothing to do when it already is.

    The development environment holds all of the other one, so it also serves to run.
    """
    if installed() in (fingerprint(kind), fingerprint("dev")):
        return
    print("正在安装，约需半分钟 / installing, about half a minute …", file=sys.stderr, flush=True)
    tool = uv()
    shutil.rmtree(str(VENV), ignore_errors=True)
    python = VENV / "bin" / "python"
    must("创建环境 / making .venv", tool, "venv", "--quiet", "--python", sys.executable, VENV)
    step = ("安装依赖 / installing packages", tool, "pip", "install", "--quiet", "--python", python)
    must(*step, "--require-hashes", "-r", LOCKS[kind], **handed_on())
    must(*step, "--no-deps", "--no-build-isolation", "--editable", HERE)
    STAMP.write_text(fingerprint(kind))


def become(*words):
    """Run the command in this process's place, so that signals and the exit code are its own."""
    os.chdir(str(HERE))
    sys.stdout.flush()
    os.execv(str(words[0]), [str(word) for word in words])


def main(arguments):
    if os.name == "nt":
        raise Stop("请在 Linux、macOS 或 WSL 中运行。\nRun this under Linux, macOS or WSL.")
    if sys.version_info < OLDEST:
        raise Stop(
            f"需要 Python 3.11 或更高版本，当前是 {platform.python_version()}。\n"
            f"Python 3.11 or newer is needed; this is {platform.python_version()}."
        )
    action, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if action == "demo":
        install("run")
        become(VENV / "bin" / "gongkai", "demo", *rest)
    elif action == "test":
        install("dev")
        become(VENV / "bin" / "python", "-m", "pytest", *rest)
    elif action == "install" and rest in ([], ["--dev"]):
        install("dev" if rest else "run")
    else:
        asked_for_help = action in ("-h", "--help", "help")
        if not asked_for_help and arguments:
            words = " ".join(arguments)
            print(f"run.py: 不认识的参数 / unknown arguments: {words}\n", file=sys.stderr)
        print(__doc__.strip(), file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        sys.exit(f"run.py: {stop}")
    except KeyboardInterrupt:
        sys.exit(130)
