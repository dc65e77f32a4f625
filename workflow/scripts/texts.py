"""Write facts about documents and sections, words by kind of text, and the sources that gave no document."""

from functools import partial

from framescope.cache import Cache
from framescope.extract.accounting import counted_batch, text_rows, texts_of
from framescope.extract.repeats import find_repeats
from framescope.logs import logged
from framescope.tables import write_streams

with logged(snakemake.log[0]):
    given, log, paths = snakemake.params, snakemake.log[0], snakemake.input.texts
    cache = partial(Cache, given.cache, "counts", given.fresh)
    counted = partial(counted_batch, cache=cache, code=given.depends["code"], log=log)
    # All texts must be read before repetitions are known. They are not kept until then, because there may be many.
    repeats = find_repeats(texts_of(map(counted, paths)))
    write_streams(text_rows(map(counted, paths), repeats), snakemake.output)
