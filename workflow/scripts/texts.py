"""Write facts about documents and sections, words by kind of text, and the sources that gave no document."""

from framescope.extract.accounting import text_rows
from framescope.extract.repeats import find_repeats
from framescope.logs import logged
from framescope.records import stored_texts
from framescope.tables import write_streams

with logged(snakemake.log[0]):
    # All texts must be read before repetitions are known; only then are words counted.
    repeats = find_repeats(document for path in snakemake.input.texts for document in stored_texts(path))
    write_streams(text_rows(snakemake.input.texts, repeats, snakemake.log[0]), snakemake.output)
