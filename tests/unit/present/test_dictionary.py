from framescope.present.dictionary import data_dictionary, results_readme
from framescope.table_schemas import table_schemas


def test_every_table_and_column_is_explained():
    text = data_dictionary()
    for table in table_schemas().values():
        assert f"## {table.name}\n" in text
        for column, facts in table.columns.items():
            assert f"| {column} | {facts.type} | {facts.about}" in text


def test_the_results_readme_lists_tables_for_readers_only():
    text = results_readme()
    for table in table_schemas().values():
        assert (f"`tables/{table.name}.csv`" in text) is bool(table.made_by)
