"""What is installed is what was meant, from nowhere in particular, and may be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.requirements.licences import EXCEPTIONS, PROGRAMS, is_allowed, licences, pinned, refused

ROOT = Path(__file__).parents[2]
FILES = [*sorted(ROOT.glob("requirements*.txt")), *sorted(ROOT.glob("[dt]*s/*/requirements.txt"))]


def unhashed(text: str) -> list[str]:
    """The pins of a file of requirements that no hash follows."""
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    return [e.split()[0] for e in entries if e.strip() and not re.search(r"--hash=sha256:[0-9a-f]{64}\b", e)]


def placeholders(text: str) -> list[str]:
    """Pins of versions that reserve a name on the registry and are not the package of that name."""
    return re.findall(r"^([\w.-]+==9{2,}\.\S*)", text, re.MULTILINE)


def addresses(text: str) -> list[str]:
    """Whatever says where a package comes from, or takes it by another way than its name and version."""
    return re.findall(r"^.*(?:://| @ |--(?:extra-)?index-url|--find-links|^-[eirf]\b).*$", text, re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_requirement_is_a_pin_with_its_hashes(path):
    text = path.read_text(encoding="utf-8")
    assert len(pinned(path)) > 30
    assert unhashed(text) == []
    starts = [line for line in text.splitlines() if not line.startswith(" ")]
    assert [line for line in starts if not re.match(r"[\w.-]+==\S+( ; [^\\]+)? \\$", line)] == []


@pytest.mark.parametrize("path", [*FILES, ROOT / "pyproject.toml"], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_requirement_is_a_placeholder_of_its_name(path):
    text = path.read_text(encoding="utf-8")
    assert placeholders(text) == []
    assert not re.search(r"9{3,}\.", re.sub(r"sha256:\w+", "", text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_requirement_names_an_address(path):
    assert addresses(path.read_text(encoding="utf-8")) == []


def test_a_placeholder_a_pin_without_hash_and_an_address_would_be_found():
    text = (
        "de-core-news-md==999.9.9 \\\n    --hash=sha256:" + "0" * 64 + "\nnumpy==2.0\nx @ https://example.org/x.whl\n"
    )
    assert placeholders(text) == ["de-core-news-md==999.9.9"]
    assert unhashed(text) == ["numpy==2.0", "x"]
    assert addresses(text) == ["x @ https://example.org/x.whl"]


def test_every_installed_requirement_has_a_licence_that_allows_its_use():
    found = licences()
    assert len(found) > 100
    assert refused(found) == {}


def test_every_exception_is_needed_and_has_its_reason():
    found = licences()
    assert [name for name in EXCEPTIONS if is_allowed(found[name])] == []
    assert set(PROGRAMS) <= set(found)
    assert all(reason.endswith(".") for reason in [*EXCEPTIONS.values(), *PROGRAMS.values()])


@pytest.mark.parametrize("told", ["GPL-3.0-only", "AGPL-3.0", "", "MIT AND GPL-2.0-only", "not installed"])
def test_a_licence_outside_the_families_is_refused(told):
    assert not is_allowed(told)


@pytest.mark.parametrize("told", ["MIT", "BSD-3-Clause AND 0BSD AND Zlib AND CC0-1.0", "MPL-1.1 OR GPL-2.0-only"])
def test_a_licence_of_the_families_is_allowed(told):
    assert is_allowed(told)
