"""Annotate the documents of a batch, with one spaCy Doc for each paragraph, heading and note, in one DocBin."""

from pathlib import Path

from framescope.annotate.batch import annotate_study_batch
from framescope.corpora.register import published
from framescope.logs import logged

with logged(snakemake.log[0]):
    batch = snakemake.wildcards.batch
    given = {name: snakemake.params[name] for name in ("settings", "model_code", "names_code", "cache")}
    given |= {"published": published(snakemake.params.register, batch), "log": snakemake.log[0]}
    packed = annotate_study_batch(batch, **snakemake.input, **given)
    Path(snakemake.output.docs).write_bytes(packed)
