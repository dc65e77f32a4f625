from framescope.command_guide import FILE, command_guide


def test_the_reference_of_the_command_is_that_of_its_parser():
    assert FILE.read_text(encoding="utf-8") == command_guide(), "make docs writes it anew"


def test_each_subcommand_has_its_arguments_and_each_argument_a_meaning():
    text = command_guide()
    assert "| `--cores N` | how many jobs run at a time (default: 2) |" in text
    assert "None" not in text
    assert text.count("\n## framescope ") == text.count("\n| argument |") >= 8
