"""Fuzz one target in this process: `python -m fuzz.run TARGET FOLDER [options of libFuzzer]`.

FOLDER keeps the corpus; a file that breaks a promise is written to FOLDER/crashes, once for each place it
breaks at, and the run goes on.
"""

from __future__ import annotations

import sys
import traceback
from hashlib import sha256
from pathlib import Path
from random import Random

import atheris

from fuzz.mutating import changed

with atheris.instrument_imports(include=["gongkai.report"]):
    from fuzz.targets import TARGETS


def mutated(data: bytes, most: int, seed: int) -> bytes:
    """Change a file the way reports differ, now and then as libFuzzer would."""
    dice = Random(seed)
    if dice.random() < 0.4 or len(data) < 2:
        return bytes(atheris.Mutate(data, most))
    return changed(data, dice)[:most]


def main() -> None:
    """Fuzz the target named first until libFuzzer's options say stop."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    crashes = folder / "crashes"
    crashes.mkdir(parents=True, exist_ok=True)
    target = TARGETS[name]
    seen: set[str] = set()

    def one(data: bytes) -> None:
        try:
            target.run(data)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # what panics in a library is no Exception
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__}-{Path(place.filename).stem}-{place.lineno}"
            if where not in seen:
                seen.add(where)
                (crashes / f"{where}-{sha256(data).hexdigest()[:8]}").write_bytes(data)
                traceback.print_exc()

    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    atheris.Setup(
        [sys.argv[0], *sys.argv[3:], f"-artifact_prefix={crashes}/", str(corpus)], one, custom_mutator=mutated
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
