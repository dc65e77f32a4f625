"""Read the sources of a batch and write one line of JSON for each: a Document or a failure."""

from pathlib import Path

from framescope.extract.batch import extract_study_batch
from framescope.logs import logged

with logged(snakemake.log[0]):
    given = {name: snakemake.params[name] for name in ("entries", "settings", "reader", "cache", "tables")}
    given |= {"roles": snakemake.input.roles, "log": snakemake.log[0]}
    text = extract_study_batch(snakemake.wildcards.batch, **given)
    Path(snakemake.output.text).write_text(text, encoding="utf-8")
