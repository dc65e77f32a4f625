import html
import json
import re

from framescope.present.page.policy import content_policy, hash_source


def test_a_policy_names_scripts_and_styles_by_hash_and_forbids_the_rest():
    policy = content_policy(["a()"], ["b {}"])
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert hash_source("a()") in policy
    assert hash_source("b {}") in policy
    assert content_policy([], []).count("'none'") == 5
    assert "img-src blob:;" in policy
    assert re.fullmatch(r"[\w\-'+/=;: ]+", html.unescape(policy))
    assert json.dumps(policy)


def test_only_a_page_with_scripts_beside_it_may_load_scripts_and_only_from_its_place():
    assert "file:" not in content_policy(["a()"], [])
    assert f"script-src {hash_source('a()')} 'self' file:;" in content_policy(["a()"], [], beside=True)
