import ast
import re
from pathlib import Path

from hypothesis import settings

import framescope
from framescope.compare.inputs import DEFAULT_CONTRASTS, Testing
from framescope.configuration import complete_config

PACKAGE = Path(framescope.__file__).parent
ROOMS = ["extract", "annotate", "actors", "themes", "compare", "present", "publish"]
# Rooms inside a room, each of which may use those before it; what lies outside them may use all.
INSIDE = {
    "extract": ["source", "pages", "pages/text", "pages/pdf", "markup", "web", "office"],
    "compare": [
        *("counts", "reuse", "inference", "description", "opinion", "spread"),
        *("emphasis", "editions", "time", "models", "robust", "coders", "suggest"),
    ],
}
# What notebooks, people and the workflow start from reaches every room.
ENTRANCES = ("public.py", "command.py", "checking.py")
LARGEST_ROOM = 25
MOST_LINES = 40
# A socket that is a file of the study is no way to the network.
OF_THE_STUDY = {("running/preloading.py", "socket"), ("running/job.py", "socket")}


def imports() -> list[tuple[Path, str]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found.append((path.relative_to(PACKAGE), node.module))
            elif isinstance(node, ast.Import):
                found += [(path.relative_to(PACKAGE), alias.name) for alias in node.names]
    return found


def room_of(parts: tuple[str, ...]) -> int:
    return ROOMS.index(parts[0]) if parts and parts[0] in ROOMS else -1


def test_a_module_imports_only_from_rooms_before_its_own() -> None:
    backwards = [
        f"{path} imports {name}"
        for path, name in imports()
        if path.name not in ENTRANCES
        and name.startswith("framescope.")
        and room_of(tuple(name.split(".")[1:])) > room_of(path.parts)
    ]
    assert backwards == []


def test_rooms_inside_a_room_have_an_order_and_none_imports_from_a_later_one() -> None:
    backwards = []
    for path, name in imports():
        room = path.parts[0]
        if room in INSIDE and name.startswith(f"framescope.{room}."):
            here = INSIDE[room].index(inner) if (inner := inner_room(path.parts[:-1])) else len(INSIDE[room])
            there = inner_room(tuple(name.split(".")[1:]))
            top_level = there == ""
            if here < len(INSIDE[room]) and not top_level and INSIDE[room].index(there) > here:
                backwards.append(f"{path} imports {name}")
    assert backwards == []


def inner_room(parts: tuple[str, ...]) -> str:
    """The deepest room inside a room that a place lies in, or empty text."""
    known = INSIDE.get(parts[0], [])
    paths = ["/".join(parts[1:end]) for end in range(len(parts), 1, -1)]
    return next((path for path in paths if path in known), "")


def test_no_room_holds_more_files_than_a_newcomer_can_look_through() -> None:
    sizes = {str(folder): len(list(folder.glob("*.py"))) for folder in [PACKAGE, *PACKAGE.rglob("*/")]}
    assert {folder: size for folder, size in sizes.items() if size > LARGEST_ROOM} == {}


def test_the_package_does_not_know_the_workflow_engine() -> None:
    assert [str(path) for path, name in imports() if name.split(".")[0] == "snakemake"] == []


def test_comparison_and_what_lies_at_the_bottom_import_no_language_model() -> None:
    heavy = {"spacy", "textacy"}
    light = [(path, name) for path, name in imports() if path.parts[0] == "compare" or len(path.parts) == 1]
    light = [(path, name) for path, name in light if path.name not in ENTRANCES]
    assert [
        f"{path} imports {name}" for path, name in light if name.split(".")[0] in heavy and path.name != "__init__.py"
    ] == []


def test_scripts_are_thin() -> None:
    for script in sorted((PACKAGE.parent / "scripts").glob("*.py")):
        body = [
            line
            for line in script.read_text(encoding="utf-8").splitlines()
            if line and not line.startswith(("from ", "import ", '"""'))
        ]
        assert len(body) <= 10, script.name


def test_a_default_of_the_configuration_stands_in_its_schema_alone() -> None:
    config = complete_config({})
    typed = {key: value for key, value in config.items() if type(value) in (int, float, str)}
    typed |= {key: value for key, value in config["counting"].items() if type(value) is float}
    again = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            given: list[tuple[str, ast.expr]] = []
            if isinstance(node, ast.FunctionDef):
                positional = node.args.posonlyargs + node.args.args
                given = [*zip((a.arg for a in positional[::-1]), node.args.defaults[::-1], strict=False)]
                given += [(a.arg, d) for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if d]
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                given = [(node.target.id, node.value)]
            again += [
                f"{path.relative_to(PACKAGE)}, line {node.lineno}: {name} = {value.value}"
                for name, value in given
                if name in typed and isinstance(value, ast.Constant) and value.value is not None
            ]
    assert again == []


def test_intervals_and_tests_are_made_as_an_unconfigured_study_has_them() -> None:
    config = complete_config({})
    assert vars(Testing()) == {key: config[key] for key in vars(Testing())}
    assert list(DEFAULT_CONTRASTS) == config["contrasts"]


def test_no_property_test_fails_because_the_machine_is_busy() -> None:
    assert settings().deadline is None


def test_no_text_becomes_code_and_no_module_opens_a_way_to_the_network() -> None:
    evaluating = {"eval", "exec", "__import__", "compile", "system", "popen"}
    outside = {"socket", "urllib.request", "http", "requests", "httpx", "pickle", "marshal", "shelve"}
    found = [
        f"{path} imports {name}"
        for path, name in imports()
        if (name in outside or name.split(".")[0] in outside) and (str(path), name) not in OF_THE_STUDY
    ]
    for path in sorted(PACKAGE.parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            module = getattr(getattr(node.func, "value", None), "id", "")
            shell = any(keyword.arg == "shell" for keyword in node.keywords)
            loaders = [ast.unparse(keyword.value) for keyword in node.keywords if keyword.arg == "Loader"]
            unsafe_yaml = called == "load" and module == "yaml" and loaders != ["yaml.CSafeLoader"]
            if shell or (called in evaluating and module != "re") or unsafe_yaml:
                found.append(f"{path.name}, line {node.lineno}: {module}.{called}")
    assert found == []
    assert all("AF_INET" not in (PACKAGE / file).read_text(encoding="utf-8") for file, _ in OF_THE_STUDY)


# Functions with more lines of logic, and why they are not divided.
LONG_FUNCTIONS = {
    "command.py: parser": "a list of subcommands and their options",
    "present/page/page.py: report_files": "a list of what the template of the page is given",
}


def test_functions_have_at_most_forty_lines_of_logic() -> None:
    long = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                described = ast.get_docstring(node) is not None and len(node.body) > 1
                first = node.body[1 if described else 0].lineno - 1
                logic = [line.strip() for line in lines[first : node.end_lineno]]
                if sum(bool(line) and not line.startswith("#") for line in logic) > MOST_LINES:
                    long.add(f"{path.relative_to(PACKAGE)}: {node.name}")
    assert long == set(LONG_FUNCTIONS)


def test_private_use_characters_have_names_in_one_module() -> None:
    named = PACKAGE / "extract" / "private_marks.py"
    # A range that covers all of them is no mark.
    marks = re.compile("[\ue000-\uf8ff]|\\\\u[eE][0-9a-fA-F]{3}(?!-)")
    others = [
        path for path in PACKAGE.rglob("*.py") if path != named and marks.search(path.read_text(encoding="utf-8"))
    ]
    assert [str(path.relative_to(PACKAGE)) for path in others] == []
