"""Write the sentences of notes and the hits in them."""

from framescope.annotate.stored import measured
from framescope.logs import logged
from framescope.tables import labelled, write_streams
from framescope.themes.formats import load_lexicon
from framescope.themes.matching import Matcher
from framescope.themes.notes import note_rows

with logged(snakemake.log[0]):
    lexicon = load_lexicon(snakemake.input.lexicon, snakemake.params.lexicon_format)
    matcher = Matcher(lexicon.at_level(snakemake.params.annotate))
    source = (snakemake.input.docs, snakemake.input.facts, snakemake.log[0])
    rows = measured(lambda docs: labelled(("note_sentences", "note_hits"), note_rows(docs, matcher)), *source)
    write_streams(rows, snakemake.output)
