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
OUTPUTS = expand("results/text/{batch}.jsonl", batch=BATCHES)
OUTPUTS += expand("results/annotated/{batch}.spacy", batch=BATCHES)
OUTPUTS += expand("results/measures/{measure}.parquet", measure=MEASURES)
OUTPUTS += expand("results/tables/{table}.csv", table=TABLES)
OUTPUTS += PRESENTED


rule all:
    default_target: True
    input:
        OUTPUTS,


onstart:
    enter(Path("."))
    remove_obsolete("results", BATCHES)
    jobs = [(str(next(iter(job.output), "")), job.wildcards_dict.get("batch", "")) for job in workflow.dag.needrun_jobs()]
    documents = {batch: len(members) for batch, members in BATCHES.items()}
    send("plan", totals=plan(jobs, documents), documents=documents)


onsuccess:
    MADE.record(OUTPUTS)
    prune_cache("results", BATCHES)
    say(closing_line("results"))


onerror:
    MADE.record(OUTPUTS)


for output in MADE.edited(OUTPUTS):
    say(f"{output}: it is not what the last run made of it and is made anew.")

# A job on another machine reads this file too, and has nothing to remember.
if workflow.is_main_process:
    CONTENTS.remember()
    CODE.remember()
