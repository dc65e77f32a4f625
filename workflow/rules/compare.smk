"""
In: the measures and the study's metadata.
Out: results/tables/*.csv, what a researcher opens; one job for each question.
"""

TABLES = ["documents", "sections", "text_accounting", "skipped"]
TABLES += ["sentences", "entities", "dates", "hits", "concordance"]
TABLES += ["framing_by_section", "theme_rates", "contrasts", "contrast_differences"]
TABLES += ["section_differences", "document_differences", "group_models", "robustness", "lexicon_terms"]
TABLES += ["actors", "actor_themes", "actor_roles", "actor_pairs", "actor_timeline", "alias_audit"]
TABLES += ["timeline", "keywords", "trajectory", "dispersion", "mode_shares", "theme_cooccurrence"]
TABLES += ["profile_distances", "profile_map", "sentence_themes"]
TABLES += ["validation", "confusion", "corrected_shares", "coded_theme_rates", "coded_contrasts"]
CODES = [file_of_study(CONFIG["codes"])] if CONFIG["codes"] else []

COMPARED = {
    "sentences": "results/measures/sentences.parquet",
    "hits": "results/measures/matches.parquet",
    "sections": "results/tables/sections.csv",
    "documents": "results/tables/documents.csv",
}


rule documents:
    input:
        facts="results/measures/document_facts.parquet",
        sections="results/measures/section_facts.parquet",
        accounting="results/measures/text_accounting.parquet",
        failures="results/measures/failures.parquet",
        sentences="results/measures/sentences.parquet",
        readability="results/measures/readability.parquet",
        measures=expand("results/measures/{measure}.parquet", measure=MEASURES),
    output:
        documents="results/tables/documents.csv",
        sections="results/tables/sections.csv",
        text_accounting="results/tables/text_accounting.csv",
        skipped="results/tables/skipped.csv",
    log:
        "results/logs/documents.log",
    params:
        settings={
            "metadata": {d: entry.metadata for d, entry in STUDY.documents.items() if entry.metadata},
            "language": CONFIG["language"],
            "skipped": STUDY.skipped,
            "files": {d: entry.file for d, entry in STUDY.documents.items()},
        },
        depends=depends_on("documents"),
    message:
        "describing documents"
    script:
        "../scripts/documents.py"


rule mentions:
    input:
        sentences="results/measures/sentences.parquet",
        entities="results/measures/entities.parquet",
        dates="results/measures/dates.parquet",
        hits="results/measures/matches.parquet",
        documents="results/tables/documents.csv",
    output:
        sentences="results/tables/sentences.csv",
        entities="results/tables/entities.csv",
        dates="results/tables/dates.csv",
        hits="results/tables/hits.csv",
        concordance="results/tables/concordance.csv",
    log:
        "results/logs/mentions.log",
    params:
        counting=CONFIG["counting"],
        depends=depends_on("mentions"),
    message:
        "listing mentions"
    script:
        "../scripts/mentions.py"


rule rates:
    input:
        **COMPARED,
        lexicon=LEXICON,
    output:
        theme_rates="results/tables/theme_rates.csv",
        framing_by_section=report(
            "results/tables/framing_by_section.csv", caption="../report/framing.rst", category="Tables"
        ),
    log:
        "results/logs/rates.log",
    params:
        counting=CONFIG["counting"],
        contrasts=CONFIG["contrasts"],
        testing=chosen("min_blocks", "confidence"),
        lexicon_format=LEXICON_FORMAT,
        depends=depends_on("rates", LEXICON),
    message:
        "computing rates"
    script:
        "../scripts/rates.py"


rule contrasts:
    input:
        **COMPARED,
    output:
        contrasts=report("results/tables/contrasts.csv", caption="../report/contrasts.rst", category="Tables"),
        contrast_differences="results/tables/contrast_differences.csv",
    log:
        "results/logs/contrasts.log",
    params:
        counting=CONFIG["counting"],
        contrasts=CONFIG["contrasts"],
        reference=lambda w: CONFIG["reference"],
        testing=chosen("min_blocks", "confidence", "permutations", "seed"),
        depends=depends_on("contrasts"),
    message:
        "weighing contrasts"
    script:
        "../scripts/contrasts.py"


rule differences:
    input:
        **COMPARED,
        lexicon=LEXICON,
    output:
        section_differences="results/tables/section_differences.csv",
        document_differences="results/tables/document_differences.csv",
        group_models="results/tables/group_models.csv",
    log:
        "results/logs/differences.log",
    params:
        counting=CONFIG["counting"],
        focus_themes=CONFIG["focus_themes"],
        testing=chosen("min_blocks", "confidence", "permutations", "seed"),
        reference=lambda w: CONFIG["reference"],
        lexicon_format=LEXICON_FORMAT,
        depends=depends_on("differences", LEXICON),
    message:
        "testing differences"
    script:
        "../scripts/differences.py"


rule robustness:
    input:
        **COMPARED,
        contrast_differences="results/tables/contrast_differences.csv",
        section_differences="results/tables/section_differences.csv",
        document_differences="results/tables/document_differences.csv",
        note_sentences="results/measures/note_sentences.parquet",
        note_hits="results/measures/note_hits.parquet",
    output:
        robustness="results/tables/robustness.csv",
    log:
        "results/logs/robustness.log",
    params:
        counting=CONFIG["counting"],
        contrasts=CONFIG["contrasts"],
        testing=chosen("min_blocks", "confidence"),
        depends=depends_on("robustness"),
    message:
        "varying what counts"
    script:
        "../scripts/robustness.py"


rule spread:
    input:
        **COMPARED,
        rates="results/tables/theme_rates.csv",
    output:
        trajectory="results/tables/trajectory.csv",
        dispersion="results/tables/dispersion.csv",
        mode_shares="results/tables/mode_shares.csv",
        theme_cooccurrence="results/tables/theme_cooccurrence.csv",
        profile_distances="results/tables/profile_distances.csv",
        profile_map="results/tables/profile_map.csv",
        sentence_themes="results/tables/sentence_themes.csv",
    log:
        "results/logs/spread.log",
    params:
        counting=CONFIG["counting"],
        depends=depends_on("spread"),
    message:
        "tracing where themes stand"
    script:
        "../scripts/spread.py"


rule actors:
    input:
        **COMPARED,
        entities="results/measures/entities.parquet",
        dates="results/measures/dates.parquet",
        relations="results/measures/relations.parquet",
        table=ACTORS,
    output:
        actors="results/tables/actors.csv",
        actor_themes="results/tables/actor_themes.csv",
        actor_roles="results/tables/actor_roles.csv",
        actor_pairs="results/tables/actor_pairs.csv",
        actor_timeline="results/tables/actor_timeline.csv",
        alias_audit="results/tables/alias_audit.csv",
    log:
        "results/logs/actors.log",
    params:
        counting=CONFIG["counting"],
        testing=chosen("min_blocks", "confidence"),
        depends=depends_on("actors", *ACTORS),
    message:
        "counting actors"
    script:
        "../scripts/actors.py"


rule timeline:
    input:
        **COMPARED,
        dates="results/measures/dates.parquet",
    output:
        timeline="results/tables/timeline.csv",
    log:
        "results/logs/timeline.log",
    params:
        counting=CONFIG["counting"],
        depends=depends_on("timeline"),
    message:
        "laying out the timeline"
    script:
        "../scripts/timeline.py"


rule keywords:
    input:
        terms="results/measures/terms.parquet",
        sections="results/tables/sections.csv",
        documents="results/tables/documents.csv",
    output:
        keywords="results/tables/keywords.csv",
    log:
        "results/logs/keywords.log",
    params:
        settings=chosen("confidence"),
        depends=depends_on("keywords"),
    message:
        "finding keywords"
    script:
        "../scripts/keywords.py"


rule lexicon_terms:
    input:
        **COMPARED,
        lexicon=LEXICON,
        codes=CODES,
    output:
        lexicon_terms="results/tables/lexicon_terms.csv",
    log:
        "results/logs/lexicon_terms.log",
    params:
        counting=CONFIG["counting"],
        contrasts=CONFIG["contrasts"],
        lexicon_format=LEXICON_FORMAT,
        depends=depends_on("lexicon_terms", LEXICON, *CODES),
    message:
        "auditing the lexicon"
    script:
        "../scripts/lexicon_terms.py"


rule validation:
    input:
        **COMPARED,
        rates="results/tables/theme_rates.csv",
        codes=CODES,
    output:
        validation="results/tables/validation.csv",
        confusion="results/tables/confusion.csv",
        corrected_shares="results/tables/corrected_shares.csv",
        coded_theme_rates="results/tables/coded_theme_rates.csv",
        coded_contrasts="results/tables/coded_contrasts.csv",
    log:
        "results/logs/validation.log",
    params:
        counting=CONFIG["counting"],
        contrasts=CONFIG["contrasts"],
        testing=chosen("min_blocks", "confidence", "seed"),
        depends=depends_on("validation", *CODES),
    message:
        "holding the lexicon against hand codes"
    script:
        "../scripts/validation.py"


# Not part of a run: asked for by name, make sample.
rule sample:
    input:
        **COMPARED,
    output:
        sample="results/sample.csv",
    log:
        "results/logs/sample.log",
    params:
        counting=CONFIG["counting"],
        settings={"size": CONFIG["sample_size"], "seed": CONFIG["seed"]},
        depends=depends_on("sample"),
    message:
        "drawing sentences to code"
    script:
        "../scripts/sample.py"
