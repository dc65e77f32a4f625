"""
Framescope: thematic emphasis in policy texts, from raw/ to results/tables and results/report.html.

    make                                  the sample study, with everything it needs
    snakemake --cores 2                   the study in this folder: config.yaml and raw/
    snakemake --cores 2 --directory DIR   the study in another folder

Paths say their stage: results/text, results/annotated, results/measures, results/tables; what people open is at the top.
"""

from pathlib import Path


# Every key may be left out, and so may the file.
if Path("config.yaml").exists():

    configfile: "config.yaml"


include: "workflow/study.smk"
include: "workflow/rules/extract.smk"
include: "workflow/rules/annotate.smk"
include: "workflow/rules/measure.smk"
include: "workflow/rules/compare.smk"
include: "workflow/rules/present.smk"


# Every output is named: with only the last ones named, a failed job can end in "Nothing to be done".
rule all:
    default_target: True
    input:
        expand("results/text/{batch}.jsonl", batch=BATCHES),
        expand("results/annotated/{batch}.spacy", batch=BATCHES),
        expand("results/measures/{measure}.parquet", measure=MEASURES),
        expand("results/tables/{table}.csv", table=TABLES),
        PRESENTED,


onstart:
    remove_obsolete("results", BATCHES)


onsuccess:
    prune_cache("results", BATCHES)
    print(closing_line("results"))
