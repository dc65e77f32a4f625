from compare_frames import study

from framescope.compare.emphasis.contrasts import contrast_differences
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.emphasis.identity import Identity, identities, identity
from framescope.compare.inputs import Testing

BLOCKS = [[{"defence": 1, "economy": 2}, {}]] * 8
FRAMES = study({"a": {"01": BLOCKS, "02": BLOCKS}, "b": {"01": BLOCKS}}, roles={"01": "body"})


def test_the_identities_of_a_table_are_those_of_its_rows_one_by_one():
    testing = Testing(permutations=19)
    for name, table in (
        ("contrast_differences", contrast_differences(FRAMES, testing=testing)),
        ("section_differences", section_differences(FRAMES, testing=testing)),
        ("document_differences", document_differences(FRAMES, testing=testing)),
    ):
        found = [Identity(*row) for row in identities(name, table).itertuples(index=False)]
        assert found == [identity(name, row) for row in table.to_dict("records")]
        assert len(set(found)) == len(table) > 0
