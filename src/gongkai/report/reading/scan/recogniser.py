"""The recognition network of rapidocr, run on crops of single lines; loaded once per process.

The network is called directly, because the reader needs what the library's own call hides: how probable each
character was at each place. Crops go in batches of like width, so that a cell of two digits costs 3 ms.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Odds = NDArray[np.float32]  # steps x characters, each step's probabilities; character 0 is "nothing"

HEIGHT = 48
_STEP = 8  # the network gives one step for so many columns
_WIDEST = 3200
_BATCH = 32
_BATCH_WIDTH = 6400
_THREADS = 2


class Line(NamedTuple):
    """A line as recognised: its text, the probability of its least certain character, and all the odds."""

    text: str
    confidence: float
    odds: Odds


class _Network(NamedTuple):
    session: Any
    characters: Sequence[str]


@cache
def _network() -> _Network:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(_THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(_model()), options, providers=["CPUExecutionProvider"])
    characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return _Network(session, ["", *characters, " "])


def _model() -> Path:
    """The model file in rapidocr's wheel, whose code need not be loaded for it.

    Raises:
        ModuleNotFoundError: rapidocr is not installed.
    """
    found = find_spec("rapidocr")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("rapidocr")
    return next(Path(found.submodule_search_locations[0], "models").glob("*_rec_*.onnx"))


def alphabet() -> Sequence[str]:
    """Return the characters that the columns of `Line.odds` stand for."""
    return _network().characters


def recognise(crops: Sequence[Gray]) -> list[Line]:
    """Return what stands in each crop, in their order; a crop is one upright line, dark on light."""
    lines: list[Line | None] = [None] * len(crops)
    inputs = [_scaled(crop) for crop in crops]
    for batch in _batches([each.shape[1] for each in inputs]):
        for index, line in zip(batch, _run([inputs[i] for i in batch]), strict=True):
            lines[index] = line
    return [line for line in lines if line is not None]


def _scaled(crop: Gray) -> Gray:
    width = max(round(crop.shape[1] * HEIGHT / crop.shape[0]), _STEP)
    shrinks = crop.shape[0] > HEIGHT
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    scaled = cv2.resize(crop, (min(width, _WIDEST), HEIGHT), interpolation=how)
    return np.asarray(scaled, dtype=np.uint8)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for index in sorted(range(len(widths)), key=lambda i: widths[i]):
        full = len(batch) == _BATCH or (len(batch) + 1) * widths[index] > _BATCH_WIDTH
        if batch and (full or widths[index] > 1.25 * widths[batch[0]] + _STEP):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _run(inputs: Sequence[Gray]) -> Iterator[Line]:
    network = _network()
    width = -(-max(each.shape[1] for each in inputs) // _STEP) * _STEP
    stack = np.zeros((len(inputs), 3, HEIGHT, width), np.float32)
    for i, each in enumerate(inputs):
        stack[i, :, :, : each.shape[1]] = each.astype(np.float32) / 127.5 - 1.0
    (answers,) = network.session.run(None, {network.session.get_inputs()[0].name: stack})
    for odds in answers:
        yield _decoded(odds, network.characters)


def _decoded(odds: Odds, characters: Sequence[str]) -> Line:
    """The likeliest character of each step, repeats joined."""
    best = odds.argmax(axis=1)
    chosen = odds.max(axis=1)
    text: list[str] = []
    certain: list[float] = []
    last = 0
    for step, index in enumerate(best):
        if index != 0:
            if index != last:
                text.append(characters[index])
                certain.append(float(chosen[step]))
            else:
                certain[-1] = max(certain[-1], float(chosen[step]))
        last = index
    return Line("".join(text).strip(), min(certain, default=0.0), odds)
