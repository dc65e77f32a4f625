"""The recipes for containers agree with each other and with what the program needs."""

from __future__ import annotations

import re
from pathlib import Path

from framescope.publish.contents import PROJECT_FILES

ROOT = Path(__file__).parents[2]
CONTAINERFILE, DEFINITION, IGNORED = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("Containerfile", "framescope.def", ".dockerignore")
)


def test_both_recipes_take_what_a_package_of_a_study_needs_and_nothing_else():
    needed = {*PROJECT_FILES, "workflow"}
    assert set(re.findall(r"^!(.+)$", IGNORED, re.MULTILINE)) == needed
    assert set(re.findall(r"^    (\S+) /opt/framescope/\1$", DEFINITION, re.MULTILINE)) == needed


def test_both_recipes_begin_with_one_system_and_install_the_same_requirements():
    begun = {*re.findall(r"^FROM docker\.io/library/(\S+)", CONTAINERFILE, re.MULTILINE)}
    assert begun == {*re.findall(r"^From: (\S+)$", DEFINITION, re.MULTILINE)}
    assert len(begun) == 1
    for recipe in (CONTAINERFILE, DEFINITION):
        assert "./install.sh requirements.txt" in recipe
        assert re.search(
            r"install --yes --no-install-recommends build-essential python3\.13-dev python3\.13-venv$", recipe, re.M
        )


def test_a_container_runs_as_a_user_without_rights_who_has_a_name():
    after = CONTAINERFILE.rpartition("FROM ")[2]
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", after, re.MULTILINE)
    assert re.search(r"^ENV .*\bHOME=/tmp USER=\w+", after, re.MULTILINE)
