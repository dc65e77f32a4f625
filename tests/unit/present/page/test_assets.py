import re
from pathlib import Path

from framescope.present.page import assets

FOLDER = Path(assets.__file__).parent / "assets"


def test_every_module_is_in_the_page_and_uses_only_modules_before_it():
    assert sorted(assets.MODULES) == sorted(path.name for path in FOLDER.glob("*.js"))
    for place, module in enumerate(assets.MODULES):
        used = re.findall(r'from "\./(\w+\.js)"', assets.asset(module))
        assert set(used) <= set(assets.MODULES[:place]), module


def test_no_two_modules_declare_the_same_name():
    declared = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", assets.script(), flags=re.M)
    assert len(declared) > 50
    assert sorted(set(declared)) == sorted(declared)


def test_what_modules_import_is_exported_by_the_module_they_name():
    for module in assets.MODULES:
        for names, source in re.findall(r'^import \{ (.*?) \} from "\./(\w+\.js)"', assets.asset(module), flags=re.M):
            exported = re.findall(r"^export (?:async )?(?:function|const|let) (\w+)", assets.asset(source), flags=re.M)
            assert set(names.split(", ")) <= set(exported), (module, source)


def test_no_text_of_a_study_is_set_as_markup_or_run():
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert word not in assets.script(), word
