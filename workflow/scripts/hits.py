"""Write every match of a term of the lexicon, and every named actor that carries a theme."""

from framescope.actor_table import load_actors
from framescope.annotate.docs import stored_documents
from framescope.logs import logged
from framescope.tables import by_document, read_table, write_stream
from framescope.themes.formats import load_lexicon
from framescope.themes.hits import hit_rows
from framescope.themes.matching import Matcher

with logged(snakemake.log[0]):
    matcher, actors = Matcher(load_lexicon(snakemake.input.lexicon)), load_actors(*snakemake.input.actors)
    entities = by_document(read_table(snakemake.input.entities))
    titles = read_table(snakemake.input.facts).set_index("document")["title"].to_dict()
    rows = (
        hit_rows(
            docs, matcher, entities[docs[0].user_data["document"]], actors.theme_of, titles, **snakemake.params.settings
        )
        for docs in stored_documents(snakemake.input.docs)
    )
    write_stream(rows, "hits", snakemake.output.hits)
