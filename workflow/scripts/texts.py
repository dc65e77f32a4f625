"""Write facts about documents and sections, words by kind of text, and the sources that gave no document."""

from functools import partial
from pathlib import Path

from framescope.cache import Cache
from framescope.extract.accounting import counted_batch, text_rows, texts_of
from framescope.extract.repeats import find_repeats
from framescope.logs import logged
from framescope.tables import write_streams

with logged(snakemake.log[0]):
    given, log = snakemake.params, snakemake.log[0]
    cache, code = partial(Cache, given.cache, "counts", given.fresh), given.depends["code"]
    paths = map(Path, snakemake.input.texts)
    # All texts must be read before repetitions are known.
    batches = [counted_batch(path, cache(batch=path.stem), code, log) for path in paths]
    write_streams(text_rows(batches, find_repeats(texts_of(batches))), snakemake.output)
