"""
Framescope: thematic emphasis in policy texts, from raw/ to results/tables and results/report.html.

    make                                  the sample study, with everything it needs
    snakemake --cores 2                   the study in this folder: config.yaml and raw/
    snakemake --cores 2 --directory DIR   the study in another folder
"""


include: "workflow/Snakefile"


# An included file's default target is none of this one's.
rule study:
    default_target: True
    input:
        rules.all.input,
