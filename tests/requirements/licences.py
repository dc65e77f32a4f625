"""The licence of each pinned package, from its own metadata: `python -m tests.requirements.licences`.

Ends with 1 where a licence is neither among the allowed families nor an exception with its reason.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

PINS = Path(__file__).parents[2] / "requirements-test.txt"
PIN = re.compile(r"^([\w.-]+)==(\S+)(?: ; (?P<condition>[^\\]+))?", re.MULTILINE)
LONGEST = 60

# Licences that allow use, change and passing on, also beside the project's own MIT licence.
ALLOWED = re.compile(
    r"MIT( License)?|(The |\d-clause )?BSD\b.*|0BSD|Apache.*|PSF.*|(MPL|Mozilla Public License).*|ISC.*|Zlib|CC0.*|"
    r"CNRI-Python|Public Domain",
    re.IGNORECASE,
)

# What is not in these families by its metadata, and why it may be used.
EXCEPTIONS = {
    "docutils": "Public domain and BSD; the one file under the GPL is an Emacs mode, which is not in the package.",
    "pypdfium2": "Apache or BSD; the list of licences of PDFium's parts is in the package.",
    "pyphen": "Of three licences the MPL is taken.",
}
# What runs as a program of its own under another licence than the package that brings it.
PROGRAMS = {"pypandoc-binary": "pandoc, GPL-2.0-or-later: started as a process, never linked; its source is public."}


def pinned(path: Path = PINS) -> dict[str, str]:
    """Versions of the packages that a file of requirements pins for this system, by name."""
    found = {name: (version, condition or "") for name, version, condition in PIN.findall(path.read_text("utf-8"))}
    return {name: version for name, (version, condition) in found.items() if "win32" not in condition}


def licence(package: Distribution) -> str:
    """What a package says of its licence: the expression, else the classifiers, else the field, else its file."""
    told = package.metadata.get("License-Expression")
    classifiers = package.metadata.get_all("Classifier") or []
    listed = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    if told or listed:
        return told or " AND ".join(listed)
    field = (package.metadata.get("License") or "").strip().partition("\n")[0]
    files = [file for file in package.files or [] if re.match(r"(LICEN[CS]E|COPYING)", file.name)]
    texts = [text.strip() for file in files if (text := file.read_text())]
    return (field or next(iter(texts), "").partition("\n")[0].removesuffix(" License"))[:LONGEST]


def is_allowed(told: str) -> bool:
    """Whether every part of a licence is, of its alternatives, one of the allowed families."""
    parts = [part.strip(" ()") for part in re.split(r"\bAND\b|,", told)]
    return all(any(ALLOWED.fullmatch(one.strip(" ()")) for one in re.split(r"\bOR\b", part)) for part in parts)


def licences() -> dict[str, str]:
    """The licences of the pinned packages, by name; a package that is not installed is told as such."""
    found = {}
    for name in pinned():
        try:
            found[name] = licence(distribution(name))
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def refused(found: dict[str, str]) -> dict[str, str]:
    """Those that are neither allowed nor an exception."""
    return {name: told for name, told in found.items() if name not in EXCEPTIONS and not is_allowed(told)}


if __name__ == "__main__":
    all_of_them = licences()
    for package_name, text in all_of_them.items():
        reason = EXCEPTIONS.get(package_name) or PROGRAMS.get(package_name)
        print(f"{package_name}\t{text}" + (f"\t{reason}" if reason else ""))
    if wrong := refused(all_of_them):
        sys.exit(f"Not allowed: {', '.join(f'{n} ({t})' for n, t in wrong.items())}. Leave it out, or add a reason.")
