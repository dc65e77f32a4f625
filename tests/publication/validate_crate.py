"""Print the required checks of the Run Crate profiles that a folder fails, one a line; without a network.

Runs in an environment of its own (requirements.txt beside it), because the validator needs other versions of libraries
than Framescope. The context of RO-Crate 1.1 comes from the package rocrate.
"""

import json
import sys
from importlib.resources import files

import requests
from rocrate_validator import services
from rocrate_validator.models import Severity
from rocrate_validator.utils.http import HttpRequester

CONTEXT_FILE = files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()
CONTEXT = json.loads(CONTEXT_FILE)["@id"]
PROFILES = ("process-run-crate", "workflow-run-crate", "provenance-run-crate", "workflow-ro-crate")


def answer(requester: HttpRequester, url: str, **options: object) -> requests.Response:
    """The answer of the network, which has the context alone."""
    response = requests.Response()
    response.status_code = 200 if url == CONTEXT else 404
    response.headers["Content-Type"] = "application/ld+json"
    response._content = CONTEXT_FILE if url == CONTEXT else b""
    return response


def main(folder: str) -> int:
    HttpRequester.get = answer
    checked, failed = 0, []
    for profile in PROFILES:
        settings = services.ValidationSettings(
            rocrate_uri=folder,
            profile_identifier=profile,
            requirement_severity=Severity.REQUIRED,
            abort_on_first=False,
            offline=True,
        )
        result = services.validate(settings)
        checked += len(result.executed_checks)
        failed += [f"{profile}: {issue.check.identifier}: {issue.message}" for issue in result.get_issues()]
    print(*failed, f"{checked} checks, {len(failed)} failed", sep="\n")
    return int(bool(failed) or not checked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
