"""Write every match of a term of the lexicon, and every named actor that carries a theme, counted or set aside."""

from framescope.actor_table import load_actors
from framescope.annotate.docs import document_id, measured
from framescope.logs import logged
from framescope.tables import by_document, read_table, write_stream
from framescope.themes.formats import load_lexicon
from framescope.themes.hits import hit_rows
from framescope.themes.matching import Matcher

with logged(snakemake.log[0]):
    matcher = Matcher(load_lexicon(snakemake.input.lexicon, snakemake.params.lexicon_format))
    actors = load_actors(*snakemake.input.actors)
    entities = by_document(read_table(snakemake.input.entities))
    titles = read_table(snakemake.input.facts).set_index("document")["title"].to_dict()
    settings = {"titles": titles, **snakemake.params.settings}
    source = (snakemake.input.docs, snakemake.input.facts, snakemake.log[0])
    rows = measured(lambda docs: hit_rows(docs, matcher, entities[document_id(docs)], actors, **settings), *source)
    write_stream(rows, "matches", snakemake.output.matches)
