import ast
from pathlib import Path

import pytest

import framescope
from framescope.document import ExtractionError
from framescope.failures import Failure, attempt, attempt_rows

SCRIPTS = Path(framescope.__file__).parents[1] / "scripts"
LOG = "results/logs/dates.log"


def test_an_error_on_a_document_becomes_a_failure_with_cause_log_and_remedy() -> None:
    failure = attempt(lambda: 1 / 0, "a", "measuring its dates", LOG)
    assert isinstance(failure, Failure)
    assert failure.reason == "measuring its dates failed (ZeroDivisionError: division by zero)"
    assert failure.remedy == f"This is an error of Framescope; please report it with the log {LOG}."
    assert "Traceback" in failure.trace


def test_an_error_in_the_middle_of_the_rows_leaves_none_of_them() -> None:
    assert isinstance(attempt_rows(lambda item: (1 / number for number in item), [1, 0], "a", "x", LOG), Failure)


@pytest.mark.parametrize("error", [OSError(28, "full"), MemoryError(), ImportError(), ExtractionError("a", "b", "c")])
def test_errors_of_the_machine_and_refusals_are_no_fault_of_ours_on_a_document(error: Exception) -> None:
    def work() -> None:
        raise error

    with pytest.raises(type(error)):
        attempt(work, "a", "x", LOG)


def test_a_failure_comes_back_from_the_cache_with_its_traceback_and_the_log_of_the_new_job(capsys) -> None:
    failure = Failure("a", "annotating it failed", "old.log", "Traceback ...")
    again = Failure.from_bytes(failure.to_bytes(), "new.log")
    assert again == Failure("a", "annotating it failed", "new.log", "Traceback ...")
    again.tell()
    assert "Traceback ..." in capsys.readouterr().err
    assert Failure.from_bytes(b"x\x9c packed", "new.log") is None


def test_no_script_works_on_documents_but_through_the_functions_that_catch_errors() -> None:
    unguarded = {"stored_texts", "StoredTexts"}
    names = {
        script.name: {node.id for node in ast.walk(ast.parse(script.read_text())) if isinstance(node, ast.Name)}
        for script in SCRIPTS.glob("*.py")
    }
    # The report copies texts as they are.
    assert {name for name, used in names.items() if used & unguarded} == {"page.py"}
    assert {name for name, used in names.items() if used & {"write_measures", "counted_batch"}} == {
        f"{name}.py" for name in ("texts", "measures", "matches")
    }
