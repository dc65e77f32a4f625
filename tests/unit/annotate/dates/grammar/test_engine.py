from framescope.annotate.dates.grammar.engine import Grammar, Kinds, Node, Rule


def kinds():
    known = Kinds()
    for name in ("number", "month", "of", "date"):
        known.add(name)
    known.unite("any", "number", "month")
    return known


def nodes(known, *pairs):
    return [Node(known[kind], at, at + 1, value) for at, (kind, value) in enumerate(pairs)]


def test_a_phrase_becomes_one_node_from_its_first_to_its_last_place():
    known = kinds()
    grammar = Grammar(known, [Rule("day:number of? month:month", "date", lambda day, month: (day, month))])
    line = nodes(known, ("of", None), ("number", 9), ("of", None), ("month", 5), ("number", 1954))
    out = grammar.rewrite(line)
    assert [(node.kind, node.start, node.end, node.value) for node in out[1:2]] == [(known["date"], 1, 4, (9, 5))]
    assert [node.value for node in out] == [None, (9, 5), 1954]


def test_the_first_rule_that_does_not_refuse_is_taken():
    known = kinds()
    rules = [
        Rule("day:number month:month", "date", lambda day, month: None),
        Rule("day:number", "date", lambda day: f"only {day}"),
    ]
    out = Grammar(known, rules).rewrite(nodes(known, ("number", 9), ("month", 5)))
    assert [node.value for node in out] == ["only 9", 5]


def test_where_every_rule_refuses_the_nodes_stay_and_reading_goes_on():
    known = kinds()
    rules = [Rule("value:any", "date", lambda value: value if value > 5 else None)]
    out = Grammar(known, rules).rewrite(nodes(known, ("number", 1), ("month", 9)))
    assert [node.kind for node in out] == [known["number"], known["date"]]


def test_a_look_behind_asks_for_what_stands_before():
    known = kinds()
    grammar = Grammar(known, [Rule("(?<=of) value:number", "date", lambda value: value)])
    out = grammar.rewrite(nodes(known, ("number", 1), ("of", None), ("number", 2)))
    assert [node.kind for node in out] == [known["number"], known["of"], known["date"]]
