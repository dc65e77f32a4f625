"""The description of a package as an RO-Crate: the workflow, its steps, and which step made each table from what.

Specifications: RO-Crate 1.1, Workflow RO-Crate 1.0, and the Process, Workflow and Provenance Run Crate profiles 0.5.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Entity = dict[str, Any]

RUN_PROFILES = "https://w3id.org/ro/wfrun"
PROFILES = {
    f"{RUN_PROFILES}/process/0.5": "Process Run Crate",
    f"{RUN_PROFILES}/workflow/0.5": "Workflow Run Crate",
    f"{RUN_PROFILES}/provenance/0.5": "Provenance Run Crate",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": "Workflow RO-Crate",
}
CONTEXT = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}]
WORKFLOW = "code/Snakefile"
ENGINE, RUN = "#snakemake", "#run"
LICENCE = "https://spdx.org/licenses/MIT"


def crate(title: str, files: Mapping[str, tuple[int, str]], record: Mapping[str, Any], date: str) -> str:
    """The ro-crate-metadata.json of a package.

    `files` has the size in bytes and the SHA-256 of each file by its path in the package, `record` is the content of
    provenance.json, and `date` the day of publication. Files that a step reads or writes and that are not in the
    package, because a run makes them again, are described as such.
    """
    paths = _Paths(files)
    graph = [
        *_root(title, files, date),
        *_workflow(record, paths),
        *_steps(record, paths),
        *_run(record, paths),
        *({"@id": path, "@type": "File", "name": path, **_facts(*facts)} for path, facts in _plain(files)),
    ]
    graph += paths.outside()
    return json.dumps({"@context": CONTEXT, "@graph": graph}, indent=1, ensure_ascii=False) + "\n"


class _Paths:
    """The identifiers of files that steps read or write, by their path relative to the study or to Framescope."""

    def __init__(self, files: Mapping[str, tuple[int, str]]) -> None:
        self.files = files
        self.missing: dict[str, str] = {}

    def of(self, path: str) -> dict[str, str]:
        for place in (f"study/{path}", f"code/{path}"):
            if place in self.files:
                return {"@id": place}
        self.missing[f"#{path.replace('{batch}', 'batch')}"] = path
        return {"@id": f"#{path.replace('{batch}', 'batch')}"}

    def outside(self) -> list[Entity]:
        made = "Not in the package: a run of the study makes it."
        return [
            {"@id": place, "@type": "CreativeWork", "name": path, "description": made}
            for place, path in sorted(self.missing.items())
        ]


def _facts(size: int, digest: str) -> Entity:
    return {"contentSize": str(size), "sha256": digest}


def _plain(files: Mapping[str, tuple[int, str]]) -> Iterator[tuple[str, tuple[int, str]]]:
    """The files that have no further role in the description."""
    return ((path, facts) for path, facts in files.items() if path != WORKFLOW and not _is_script(path))


def _is_script(path: str) -> bool:
    return path.startswith("code/workflow/scripts/")


def _root(title: str, files: Mapping[str, tuple[int, str]], date: str) -> Iterator[Entity]:
    descriptor = "ro-crate-metadata.json"
    yield {
        "@id": descriptor,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": [
            {"@id": "https://w3id.org/ro/crate/1.1"},
            {"@id": "https://w3id.org/workflowhub/workflow-ro-crate/1.0"},
        ],
    }
    yield {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "description": f"A study of thematic emphasis in policy texts, made with Framescope: {title}.",
        "datePublished": date,
        "license": {"@id": LICENCE},
        "conformsTo": [{"@id": profile} for profile in PROFILES],
        "mainEntity": {"@id": WORKFLOW},
        "hasPart": [{"@id": path} for path in files],
        "mentions": [{"@id": RUN}],
    }
    for profile, name in PROFILES.items():
        yield {"@id": profile, "@type": "CreativeWork", "name": name, "version": profile.rsplit("/", 1)[1]}
    yield {
        "@id": LICENCE,
        "@type": "CreativeWork",
        "name": "MIT licence",
        "description": "The licence of the code. The author of the study states the rights in its texts in README.md.",
    }


def _workflow(record: Mapping[str, Any], paths: _Paths) -> Iterator[Entity]:
    scripts = sorted({step["script"] for step in record["steps"].values()})
    yield {
        "@id": WORKFLOW,
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
        "name": "Framescope",
        "version": record["framescope"],
        "license": {"@id": LICENCE},
        "programmingLanguage": {"@id": "#language"},
        "input": [{"@id": "#settings"}],
        "output": [{"@id": "#findings"}],
        "step": [{"@id": f"#step-{name}"} for name in record["steps"]],
        "hasPart": [{"@id": f"code/{script}"} for script in scripts],
        **_facts(*paths.files[WORKFLOW]),
    }
    yield {
        "@id": "#language",
        "@type": "ComputerLanguage",
        "name": "Snakemake",
        "identifier": {"@id": "https://snakemake.github.io"},
        "url": {"@id": "https://snakemake.github.io"},
    }
    yield {
        "@id": ENGINE,
        "@type": "SoftwareApplication",
        "name": "Snakemake",
        "url": "https://snakemake.github.io",
        "softwareVersion": record["libraries"].get("snakemake", ""),
    }
    for place, name, path in (
        ("#settings", "settings of the study", "config.yaml"),
        ("#findings", "findings in sentences", "results/findings.md"),
    ):
        yield {
            "@id": place,
            "@type": "FormalParameter",
            "additionalType": "File",
            "name": name,
            "workExample": paths.of(path),
        }


def _steps(record: Mapping[str, Any], paths: _Paths) -> Iterator[Entity]:
    for position, (name, step) in enumerate(record["steps"].items(), 1):
        yield {
            "@id": f"#step-{name}",
            "@type": "HowToStep",
            "position": str(position),
            "name": name,
            "workExample": {"@id": f"code/{step['script']}"},
        }
    for script in sorted({step["script"] for step in record["steps"].values()}):
        place = f"code/{script}"
        yield {
            "@id": place,
            "@type": ["File", "SoftwareSourceCode", "SoftwareApplication"],
            "name": Path(script).name,
            **_facts(*paths.files[place]),
        }


def _run(record: Mapping[str, Any], paths: _Paths) -> Iterator[Entity]:
    steps = record["steps"]
    results = sorted({path for step in steps.values() for path in step["outputs"]})
    yield {
        "@id": RUN,
        "@type": "CreateAction",
        "name": "The run that made the results",
        "instrument": {"@id": WORKFLOW},
        "object": [paths.of("config.yaml")],
        "result": [found for path in results if not (found := paths.of(path))["@id"].startswith("#")],
    }
    for name, step in steps.items():
        yield {
            "@id": f"#run-{name}",
            "@type": "CreateAction",
            "name": f"The rule {name}, whose code has the digest {step['code']}",
            "instrument": {"@id": f"code/{step['script']}"},
            "object": [paths.of(path) for path in step["inputs"]],
            "result": [paths.of(path) for path in step["outputs"]],
        }
        yield {
            "@id": f"#control-{name}",
            "@type": "ControlAction",
            "name": f"Snakemake runs the rule {name}",
            "instrument": {"@id": f"#step-{name}"},
            "object": {"@id": f"#run-{name}"},
        }
    yield {
        "@id": "#organize",
        "@type": "OrganizeAction",
        "name": "Snakemake runs the workflow",
        "instrument": {"@id": ENGINE},
        "object": [{"@id": f"#control-{name}"} for name in steps],
        "result": {"@id": RUN},
    }
