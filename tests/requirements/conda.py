"""environment.yml, for those who have conda: `python -m tests.requirements.conda` writes it anew from pyproject.toml.

The packages are the pinned ones of requirements.txt, so that they are the same whoever installs them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = ROOT / "environment.yml"
ENVIRONMENT = """\
# Generated from pyproject.toml by `make pins`. After `conda env create` and `conda activate {name}`, in this folder:
#     pip install --no-deps --no-build-isolation --editable .
name: {name}
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python {python}
  - pip >=24
  - cxx-compiler
  - pip:
      - -r requirements.txt
"""


def environment() -> str:
    """The environment file that pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return ENVIRONMENT.format(name=project["name"], python=project["requires-python"])


if __name__ == "__main__":
    FILE.write_text(environment(), encoding="utf-8")
