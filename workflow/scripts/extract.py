"""Read the sources of a batch and write one line of JSON for each: a Document or a failure."""

from pathlib import Path

from framescope.corpora.register import entries
from framescope.extract.batch import extract_study_batch
from framescope.logs import logged

with logged(snakemake.log[0]):
    batch = snakemake.wildcards.batch
    given = {name: snakemake.params[name] for name in ("settings", "reader", "cache", "tables")}
    given |= {"roles": snakemake.input.roles, "log": snakemake.log[0]}
    text = extract_study_batch(batch, entries(snakemake.params.register, batch), **given)
    Path(snakemake.output.text).write_text(text, encoding="utf-8")
