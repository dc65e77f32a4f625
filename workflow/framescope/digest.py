"""Digests of code. Results depend on them as on their inputs, so that they are computed again when code changes."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import Any, NamedTuple

from framescope.cache import remembered, write_whole

PACKAGE = Path(__file__).parent
COMPILED = "__pycache__"
FILE_NAME = re.compile(r"[\w-]+(?:\.[\w-]+)+")
# Stored results depend not only on the bytes of a file but also on this module and on the version of Python.
READER = [hashlib.sha256(Path(__file__).read_bytes()).hexdigest(), sys.version]


class Module(NamedTuple):
    """A module of the package: its contributions to a digest, and the files that it imports.

    `parts` holds the digest of the module's logic, of the data files that it names and the versions of the libraries
    that it imports, each by name.
    """

    parts: dict[str, Any]
    imported: list[Path]


class Code:
    """Digests of the workflow's scripts and of modules of the package, derived from what they import.

    A digest covers the syntax trees, without comments, docstrings and layout, of all modules that can be reached by
    imports inside the package, also by imports inside functions; the data files of the package that these modules name;
    and the versions of the installed distributions that they import. `memory` is a file in which intermediate results
    are stored for the next run; it may be deleted at any time.
    """

    def __init__(self, memory: str | Path | None = None, package: Path = PACKAGE) -> None:
        self.package = package
        self._memory = Path(memory) if memory else None
        stored = remembered(self._memory) if self._memory else {}
        self._kept: dict[str, Any] = stored if stored.get("reader") == READER else {}
        self._used: dict[str, Any] = {"reader": READER}
        self._modules: dict[Path, Module] = {}
        self._digests: dict[tuple[Path, ...], str] = {}
        files = [path for path in package.rglob("*") if path.is_file() and path.parent.name != COMPILED]
        self._sources = {_dotted(path, package.parent): path for path in files if path.suffix == ".py"}
        self._data = {path.name: path for path in files if path.suffix != ".py"}
        self._installed = self._recalled(_sha256("\n".join(_installed_names()).encode()), _distributions)

    def of_script(self, name: str) -> str:
        """The digest of a script of the workflow, such as "rates", and of everything that it imports."""
        return self._digest(self.package.parent / "scripts" / f"{name}.py")

    def of_modules(self, *modules: str) -> str:
        """The digest of modules of the package, such as "compare.emphasis.rates", and of everything that they import.

        Raises: KeyError for a module that does not exist.
        """
        return self._digest(*(self._sources[f"{self.package.name}.{module}"] for module in modules))

    def remember(self) -> None:
        """Store the intermediate results for the next run."""
        if self._memory and self._used != self._kept:
            write_whole(self._memory, json.dumps(self._used).encode())
            self._kept = self._used

    def _digest(self, *files: Path) -> str:
        if files not in self._digests:
            self._digests[files] = self._computed(files)
        return self._digests[files]

    def _computed(self, files: tuple[Path, ...]) -> str:
        parts: dict[str, Any] = {}
        reached: set[Path] = set()
        waiting = list(files)
        while waiting:
            path = waiting.pop()
            if path not in reached:
                reached.add(path)
                parts |= self._module(path).parts
                waiting += self._module(path).imported
        return _sha256(json.dumps(parts, sort_keys=True).encode())[:16]

    def _module(self, path: Path) -> Module:
        if path not in self._modules:
            data = path.read_bytes()
            facts = self._recalled(_sha256(data), lambda: _facts(data, path))
            named = [name for name in facts["strings"] if name in self._data]
            parts = {str(path.relative_to(self.package.parent)): facts["logic"]}
            parts |= {name: _sha256(self._data[name].read_bytes()) for name in named}
            parts |= {library: self._installed.get(library, []) for library in self._libraries(facts)}
            self._modules[path] = Module(parts, self._imported(facts["imports"]))
        return self._modules[path]

    def _imported(self, names: list[str]) -> list[Path]:
        """The files of the package that an import of these names executes: modules and the packages around them."""
        inside = [name.split(".") for name in names if name.split(".")[0] == self.package.name]
        around = {".".join(parts[:depth]) for parts in inside for depth in range(1, len(parts) + 1)}
        return [self._sources[name] for name in sorted(around) if name in self._sources]

    def _libraries(self, facts: dict[str, Any]) -> set[str]:
        libraries = {name.partition(".")[0] for name in facts["imports"]}
        if "importlib" in facts["imports"]:
            # A module that uses importlib may load any package whose name is a string in it.
            libraries |= set(facts["strings"]) & set(self._installed)
        return libraries - {self.package.name, *sys.stdlib_module_names}

    def _recalled(self, key: str, work: Callable[[], Any]) -> Any:
        if key not in self._used:
            self._used[key] = self._kept[key] if key in self._kept else work()
        return self._used[key]


def _dotted(path: Path, folder: Path) -> str:
    """The name by which a module or package is imported, from its file and the folder that contains its package."""
    module = path.parent if path.name == "__init__.py" else path.with_suffix("")
    return ".".join(module.relative_to(folder).parts)


def memory_of_code(study: str | Path, package: Path = PACKAGE) -> Path:
    """The file in which digests are stored: beside the compiled modules, for all studies, or else in the study's cache.

    Where compiled modules must not or cannot be written, digests cannot either.
    """
    folder = package / COMPILED
    shared = not sys.dont_write_bytecode and os.access(folder, os.W_OK)
    return (folder if shared else Path(study)) / "digests.json"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _installed_names() -> list[str]:
    """The installed distributions as the names of their metadata folders, which contain name and version."""
    return sorted(entry.name for folder in sys.path if folder for entry in Path(folder).glob("*.*-info"))


def _distributions() -> dict[str, list[str]]:
    """Name and version of the distributions that provide each importable name."""
    provided = packages_distributions()
    return {
        name: sorted({f"{provider} {version(provider)}" for provider in providers})
        for name, providers in provided.items()
    }


def _facts(data: bytes, path: Path) -> dict[str, Any]:
    """The digest of a module's logic, the dotted names it imports, and its strings that may name files or packages."""
    tree = ast.parse(data)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            node.body = body[1:] or [ast.Pass()]  # type: ignore[attr-defined]
    nodes = list(ast.walk(tree))
    imports = {name for node in nodes for name in _names_imported(node, path)}
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    names = {text for text in texts if FILE_NAME.fullmatch(text) or ("importlib" in imports and text.isidentifier())}
    return {"logic": _sha256(ast.dump(tree).encode()), "imports": sorted(imports), "strings": sorted(names)}


def _names_imported(node: ast.AST, path: Path) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        if node.level or node.module is None:
            raise ValueError(f"{path}, line {node.lineno}: a relative import; expected the module's full name")
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []
