"""Child processes for work on strangers' files: told little of their surroundings, ended at their limits.

In: a line of JSON, then bytes. Out: a line of JSON, then bytes.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from math import ceil
from typing import Any

# What a child may know: where its programs, modules and fonts are, and how many threads to use.
_KNOWN = frozenset(
    ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "OMP_NUM_THREADS", "TZ")
)
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def command(module: str, *arguments: object) -> list[str]:
    """Return the words that start a module as a child."""
    # -P keeps the working directory, which may be full of strangers' files, off the path of modules.
    return [sys.executable, "-P", "-m", module, *map(str, arguments)]


def surroundings() -> dict[str, str]:
    """Return what of this process's environment a child is told."""
    return {key: value for key, value in os.environ.items() if key in _KNOWN}


def ask(module: str, asked: Any, data: bytes, *, seconds: float, memory_mb: int) -> tuple[Any, bytes]:
    """Return what a child of a module that ends in `serve` answers.

    Raises:
        TimeoutError: no answer in time.
        ChildProcessError: it could not be started, or ended without an answer.
    """
    try:
        done = subprocess.run(
            command(module, memory_mb * 1024 * 1024, seconds),
            input=json.dumps(asked).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings(),
            timeout=seconds,
            check=True,
        )
        told, _, found = done.stdout.partition(b"\n")
        return json.loads(told), found
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    except (subprocess.CalledProcessError, OSError, ValueError) as error:
        raise ChildProcessError from error


def serve(answer: Callable[[Any, bytes], tuple[Any, bytes]]) -> None:
    """Answer what `ask` asks, as the child, within the limits it gave."""
    memory, seconds = int(sys.argv[1]), ceil(float(sys.argv[2]))
    fence(memory)
    processor = seconds * (os.cpu_count() or 1)
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    asked, _, data = sys.stdin.buffer.read().partition(b"\n")
    told, found = answer(json.loads(asked), data)
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + found)


def fence(memory: int) -> None:
    """Bound this process's memory; no core dump, and no network where that can be had."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(AttributeError, OSError):
        # Where the system allows it, a network of its own, with nothing in it.
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)
