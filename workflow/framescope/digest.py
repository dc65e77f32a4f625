"""Digests of code: what a result depends on besides its inputs, so that an edit of logic re-runs what it touches."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parent


def digest(*modules: str, libraries: Iterable[str] = ()) -> str:
    """A digest of modules of the package ("compare.rates"), all they import inside it, and versions of libraries.

    It covers what the code does: comments, docstrings and layout do not change it. Raises FileNotFoundError for a
    module that is not there.
    """
    reached: dict[str, str] = {}
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached[module], imported = _logic(_source(module))
            waiting += imported
    parts = [f"{module} {logic}" for module, logic in sorted(reached.items())]
    parts += [f"{library} {version(library)}" for library in sorted(libraries)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _source(module: str) -> Path:
    place = PACKAGE.joinpath(*module.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


@cache
def _logic(path: Path) -> tuple[str, tuple[str, ...]]:
    """The digest of a file's syntax tree without docstrings, and the package's modules it imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            node.body = body[1:] or [ast.Pass()]  # type: ignore[attr-defined]
    imported = {name for node in ast.walk(tree) for name in _imported(node)}
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest(), tuple(sorted(imported))


def _imported(node: ast.AST) -> list[str]:
    """Modules of the package that a statement imports, each with the packages it lies in."""
    names: list[str] = []
    if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == PACKAGE.name:
        base = node.module.removeprefix(PACKAGE.name).lstrip(".")
        names = [".".join(filter(None, (base, alias.name))) for alias in node.names] + ([base] if base else [])
    elif isinstance(node, ast.Import):
        names = [
            alias.name.removeprefix(f"{PACKAGE.name}.")
            for alias in node.names
            if alias.name.startswith(f"{PACKAGE.name}.")
        ]
    parents = {".".join(name.split(".")[:depth]) for name in names for depth in range(1, name.count(".") + 2)}
    return [name for name in parents if _source(name).is_file()]
