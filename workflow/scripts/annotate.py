"""Annotate the documents of a batch, with one spaCy Doc for each paragraph, heading and note, in one DocBin."""

from pathlib import Path

from framescope.annotate.batch import annotate_study_batch, annotation_uses
from framescope.corpora.register import published
from framescope.logs import logged
from framescope.running.unchanged import made_once

batch, texts, asked = snakemake.wildcards.batch, dict(snakemake.input.items()), snakemake.params
given = {name: asked[name] for name in ("settings", "names_code", "cache")}
used = annotation_uses(texts["text"], texts["actors"], **given, batch=batch)
with logged(snakemake.log[0]), made_once(snakemake, used) as due:
    if due:
        given |= {"model_code": asked.model_code, "published": published(asked.register, batch)}
        packed = annotate_study_batch(batch, **texts, **given, log=snakemake.log[0])
        Path(snakemake.output.docs).write_bytes(packed)
