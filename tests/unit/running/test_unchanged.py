"""Jobs that run again although nothing that they read has changed."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from framescope.logs import logged
from framescope.running.unchanged import made_once


class Items(dict):
    """Named files or parameters, as Snakemake gives them to a script."""

    __getattr__ = dict.__getitem__


@pytest.fixture
def run(tmp_path: Path):
    """A function that runs a job with some parameters in place of others, and returns how often its work was done."""
    done: list[str] = []
    (tmp_path / "in.csv").write_text("army")
    (tmp_path / "more.csv").write_text("navy")

    def once(fresh: bool = False, code: str = "1", anew: int = 0, used: dict | None = None, **settings) -> int:
        output = tmp_path / "out.csv"
        params = Items(
            last_made={"folder": str(tmp_path / "made"), "fresh": fresh},
            depends={"code": code, "made_anew": anew},
            settings=settings,
        )
        inputs = Items(one=str(tmp_path / "in.csv"), several=[str(tmp_path / "more.csv")])
        log = tmp_path / "rates.log"
        named = {"input": inputs, "output": [str(output)], "params": params, "log": [str(log)]}
        job = SimpleNamespace(rule="rates", wildcards=["0"], **named)

        # Snakemake removes the outputs of a job before it runs.
        output.unlink(missing_ok=True)
        with logged(log), made_once(job, used or {}) as due:
            if due:
                done.append("")
                print("the army has no hits", file=sys.stderr)
                output.write_text((tmp_path / "in.csv").read_text() + (tmp_path / "more.csv").read_text())
        return len(done)

    return once


def test_a_job_that_reads_the_same_bytes_takes_what_it_wrote_and_gives_it_a_new_date(run, tmp_path: Path) -> None:
    run()
    before = (tmp_path / "out.csv").stat().st_mtime_ns
    os.utime(tmp_path / "in.csv")
    assert run() == 1
    assert (tmp_path / "out.csv").read_text() == "armynavy"
    assert (tmp_path / "out.csv").stat().st_mtime_ns > before
    assert (tmp_path / "rates.log").read_text() == "when this was made: the army has no hits\n"


@pytest.mark.parametrize("change", [{"code": "2"}, {"fresh": True}, {"confidence": 0.9}])
def test_other_code_other_settings_and_a_fresh_run_make_the_outputs_again(run, change) -> None:
    run()
    assert run(**change) == 2


@pytest.mark.parametrize("name", ["in.csv", "more.csv"])
def test_an_input_with_other_bytes_makes_the_outputs_again(run, tmp_path: Path, name: str) -> None:
    run()
    (tmp_path / name).write_text("bank")
    assert run() == 2
    assert "bank" in (tmp_path / "out.csv").read_text()


def test_an_output_that_was_altered_in_its_place_is_made_again(run, tmp_path: Path) -> None:
    run()
    with (tmp_path / "out.csv").open("a") as stream:
        stream.write("altered")
    assert run(anew=1) == 2
    assert (tmp_path / "out.csv").read_text() == "armynavy"


@pytest.mark.parametrize("damage", ["made.json", "0"])
def test_what_is_missing_is_made_again(run, tmp_path: Path, damage: str) -> None:
    run()
    (tmp_path / "made" / "rates" / "0" / damage).unlink()
    assert run() == 2


def test_a_file_system_without_hard_links_gets_copies(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*names: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    run()
    assert run() == 1
    assert (tmp_path / "out.csv").read_text() == "armynavy"


def test_what_a_job_uses_of_an_input_stands_for_all_of_it(run, tmp_path: Path) -> None:
    rows = ["army"]
    used = {"one": lambda: rows[0]}
    run(used=used)
    (tmp_path / "in.csv").write_text("army, and a bank that no text names")
    assert run(used=used) == 1
    rows[0] = "bank"
    assert run(used=used) == 2


def test_outputs_are_made_again_while_it_is_not_known_what_a_job_uses(run) -> None:
    unknown = {"one": lambda: None}
    run(used=unknown)
    assert run(used=unknown) == 2


def test_what_a_job_uses_may_be_known_only_after_it(run) -> None:
    answers = iter([None, "army", "army", "army"])
    used = {"one": lambda: next(answers)}
    run(used=used)
    assert run(used=used) == 1


def test_outputs_that_a_job_no_longer_has_are_not_kept(run, tmp_path: Path) -> None:
    run()
    (tmp_path / "made" / "rates" / "0" / "1").write_text("an output that the job had before")
    run(code="2")
    assert sorted(path.name for path in (tmp_path / "made" / "rates" / "0").iterdir()) == ["0", "made.json"]
