"""
Framescope: thematic emphasis in policy texts, from raw/ to results/tables and results/report.html.

    make                                the sample study, with everything it needs
    .venv/bin/framescope run mystudy    the study in another folder: config.yaml and raw/

Snakemake alone does the same work:

    .venv/bin/snakemake --workflow-profile workflow/profiles/default --directory mystudy
"""


include: "workflow/Snakefile"


# The default target of an included file is not used as that of this file.
rule study:
    default_target: True
    input:
        rules.all.input,
