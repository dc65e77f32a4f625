"""The device on which the language model runs: the processor, or a graphics processor (GPU)."""

from __future__ import annotations

import sys
from importlib.util import find_spec

AUTO = "auto"
WITHOUT_CUPY = "device: auto: spaCy uses a GPU through CuPy, which is not installed. The model runs on the processor."
WITHOUT_GPU = "device: auto: no GPU that spaCy can use was found. The model runs on the processor."
ON_GPU = "device: auto: the model runs on the GPU."


def device_notice(device: str) -> str:
    """A message for the user if `device` is "auto" and spaCy lacks what it needs for a GPU; spaCy is not loaded."""
    return WITHOUT_CUPY if device == AUTO and find_spec("cupy") is None else ""


def runs_on_gpu(device: str) -> bool:
    """Whether models that are loaded from now on run on a GPU: if `device` is "auto" and spaCy can use one.

    The log of the job states the outcome.
    """
    if device != AUTO:
        return False
    # Imported here, because the workflow reads `device_notice` before any job runs, and spaCy takes long to import.
    import spacy

    gpu = bool(spacy.prefer_gpu())  # type: ignore[attr-defined]
    print(ON_GPU if gpu else device_notice(device) or WITHOUT_GPU, file=sys.stderr)
    return gpu
