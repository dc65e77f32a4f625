"""Write the themes, every match of a term and every named actor with a theme, counted or not, and those of notes."""

from functools import partial

from framescope.actor_table import load_actors
from framescope.annotate.stored import write_measures
from framescope.cache import Cache
from framescope.corpora.register import published
from framescope.logs import logged
from framescope.tables import read_table, write_table
from framescope.themes.formats import load_lexicon
from framescope.themes.matches import match_works, matches_depend_on
from framescope.themes.matching import Matcher

with logged(snakemake.log[0]):
    asked, given = snakemake.input, snakemake.params
    matcher = Matcher(load_lexicon(asked.lexicon, given.lexicon_format).at_level(given.annotate))
    titles = read_table(asked.facts).set_index("document")["title"].to_dict()
    facts = {"titles": titles, "published": published(given.register), "subject_above_share": given.subject_share}
    used = (matcher, load_actors(*asked.actors), facts)
    source = (asked.docs, asked.facts, snakemake.output, snakemake.log[0])
    cache, code = partial(Cache, given.cache, "matches", given.fresh), given.depends["code"]
    write_measures(match_works(*used), *source, cache, matches_depend_on(code, *used), snakemake.threads)
    write_table([{"theme": theme} for theme in matcher.lexicon.themes], "themes", snakemake.output.themes)
