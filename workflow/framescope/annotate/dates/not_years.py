"""Numbers that look like years but are not: quantities, labels, parts of longer numbers; and days inside names."""

from __future__ import annotations

import re


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=lambda word: (-len(word), word)))


def _either_case(words: str) -> str:
    return _any(" ".join(sorted({form for word in words.split() for form in (word, word[0].upper() + word[1:])})))


UNITS = _any(r"""
    percent kW kWh W MW MWe MWh GW GWe GWh TW TWh kV V m km mm cm nm kg g mg lb lbs ft hp kt Mt mb bn mn tn ppm rpm
    mph kph miles? met(?:re|er)s? kilomet(?:re|er)s? feet inches yards acres hectares tons? tonnes? litres? barrels?
    bushels? grams? kilograms? kilos? degrees megawatts? kilowatts? gigawatts? calories bytes pixels million billion
    trillion thousand hundred dozen dollars? euros? pounds? rupees? roubles? rubles? yen yuan francs? marks?
""")
COUNTABLE = _any(r"""
    \w*men \w*women \w*people \w*children persons? boys girls soldiers troops tanks aircraft planes jets helicopters
    drones vehicles guns rifles ships vessels missiles rockets warheads bombs mines horses cattle sheep words pages
    items votes seats members workers employees refugees migrants prisoners detainees hostages villages towns schools
    hospitals houses homes households students teachers casualties deaths fatalities dead injured wounded participants
    respondents subjects delegates personnel officers police civilians fighters militants rebels volunteers hours
    minutes days weeks months years times copies cases patients families books documents companies firms projects points
    units samples species products stores shares jobs farmers residents inhabitants citizens voters visitors passengers
    others lives bodies
""")
DESCRIBED = (
    r"(?:(?:square|cubic|nautical|US|more|new|other|[Ss]oviet|[a-z]+(?:ed|ing|ian|ese|ish|ic|al|ary|ign|ung)) )?"
)
COUNTED = re.compile(rf"\s*(?:[%°]|per cent\b|[-‐‑]?{DESCRIBED}(?:{UNITS}|{COUNTABLE})\b)")
COMPOUND = _any(
    "strong odd plus page mile man member foot ton tonne seat word pound acre bed room km kilomet met square"
)

LABELS = _either_case("""
    no nos p pp vol vols art ch sec fig tel fax resolution resolutions number numbers article articles page pages
    section sections chapter line lines room box flight route highway docket model type class mark version table figure
    footnote note code phone call pin postcode unit battalion regiment brigade division paragraph paragraphs decree rule
    order regulation directive standard bill law building house suite extension serial item volume hull channel
    frequency vision agenda horizon boeing airbus mirage sukhoi tupolev ilyushin antonov soyuz windows
""")
LABELLED = re.compile(
    rf"(?:[$€£¥₹#+×=<>^*_@§\\]\s?"
    rf"|\b(?:{LABELS}|ISO|EN|DIN|Rs|USD|EUR|GBP|PKR|INR|U\.?S\.?C\.?|CFR|C\.F\.R\.)\.?\s?"
    rf"|(?<![\w.])(?:S|H\.\s?R|Pub\. L)\.\s?|\b(?:ACT|NSW|VIC|QLD|TAS)\s)$"
)

BROKEN_BEFORE = re.compile(
    r"""(?:
        [\w,.] | [\w)]\s?[-‐‑/+] | \d\s?[–—:]     # part of a word, a number or a code
        | \d\)[,:]?\s | \(\d+\)\s[\d\s-]*         # volume and issue before a page, area code
        | \+\d[\d\s()-]* | (?<![\d.,])\d\d\d?\s   # telephone numbers
        | \b(?:one|1)\ in\s | \bat\s
    )$""",
    re.VERBOSE,
)
VOLUME_BEFORE = re.compile(r"(?<!\d)\d{1,3},\s$")
BROKEN_AFTER = re.compile(
    rf"""\w | [-‐‑–—/]\d | [-‐‑]?[A-Z]\b | [.,]\d(?!\d{{0,2}}(?:\s+[A-Z“‘]|\s*\Z)) | \s?[-‐‑–—]\s?\d{{5}} | \s?[=×<>+]
    | \s(?:GMT|UTC|hrs|hours|local\ time|[ECMP][SD]T)\b | [-‐‑](?:{COMPOUND})""",
    re.VERBOSE,
)

ADDRESS = re.compile(
    r"\s(?:[NSEW]\.?\s)?(?:[A-Z][\w.]+\s){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Plaza)\b"
)
AFTER_A_NUMBER = re.compile(r"\d[A-Za-z]?,\s$")
POST_TOWN = re.compile(r"\s[A-Z]\w+(?:[,.;)\n]|\Z)")
OF_A_YEAR = re.compile(r"\b(?:constant|in)\s$")
MONEY = re.compile(r"\s(?:constant\s|US\s|U\.S\.\s)?(?:dollars|euros|pounds|rupees|roubles|yen|USD|GBP)\b")

DATING = _either_case("""
    in by since until till before after from to circa during between of year and early late mid the around about born
    died this for than or as
""")
EVIDENCE = re.compile(rf"(?:\b(?:{DATING})[\s-]+|\b(?:c|ca|b|d|r|fl)\.\s?|[(\[–—-]\s?|,\s)$")
PREPOSITION = re.compile(
    r"\b(?:in|of|since|from|by|to|until|till|during|the|before|after|between|early|late|mid|circa|year)\s$"
    r"|\d{4},?\s(?:(?:and|or)\s)?$",
    re.IGNORECASE,
)
PLURAL_VERB = re.compile(r"\s(?:were|are|have)\b|\sof (?:them|whom|these|those|which)\b")
SINGULAR = _any("was is has does this as his its thus plus perhaps always versus towards besides across whereas unless")
THINGS = re.compile(
    rf"\s+(?:[a-z]+(?:ed|al|ic|ive|ary|an) |new |other |more |small |large |different )?(?!(?:{SINGULAR})\b)"
    r"[a-z]{2,}(?<!ss)(?<!us)(?<!is)s\b"
)
DATED = _any("""
    elections levels polls protests riots talks negotiations agreements reforms accords hostilities amendments attacks
    guidelines bombings prices figures estimates sanctions sales exports imports events borders revolutions treaties
    conditions results rules terms standards celebrations demonstrations hearings goals targets rates primaries games
""")
DATED_THINGS = re.compile(rf"\s+(?:[a-z]+ )?(?:{DATED})\b")

YEAR_RANGE = re.compile(r"\d{3,4}\W{1,3}(?:(?:to|and|until|through)\W)?(?:about |around |c\. )?\d{1,4}")
AGE = re.compile(r"(?:(?:early|mid|late)[\s-])?(?:twen|thir|for|fif|six|seven|eigh|nine)ties", re.IGNORECASE)
OWNER = re.compile(r"\b(?:his|her|their|my|our|your|whose)\s$", re.IGNORECASE)
NAME_BEFORE = re.compile(r"\b(?:Good|Black|Bloody|Ash|Easter|Super|Palm|Cyber|Holy|Whit|Red|Theresa|Prime Minister)\s$")
NAME_AFTER = re.compile(
    r"\s(?:Times|Telegraph|Express|Mirror|Mail|Post|Herald|Star|Club|Agreement|Accords?|Day|Madness|Fourth|Islands?|Rising|Offensive|Truce|government)\b"
)
NEWSPAPER = re.compile(r"\s[A-Z]")
FIRST_USUAL, LAST_USUAL = 1700, 2100


def is_newspaper(text: str, start: int, end: int) -> bool:
    """Whether "daily" or "weekly" means a newspaper, whose name follows it, and not a repetition."""
    return text[start:end] in ("daily", "weekly", "monthly") and bool(NEWSPAPER.match(text, end))


def is_trap(text: str, start: int, end: int) -> bool:
    """Whether what looks like a date is not one: a number that is not a year, or a day or month inside a name."""
    written, before = text[start:end], text[max(0, start - 24) : start]
    if written.isdigit() and len(written) in (3, 4):
        return _is_number(text, before, end, int(written))
    if written.isalpha() and (NAME_BEFORE.search(before) or NAME_AFTER.match(text, end)):
        return written[0].isupper()
    if AGE.fullmatch(written):
        return bool(OWNER.search(before))
    if YEAR_RANGE.fullmatch(written):
        broken = any(sign.search(before) for sign in (BROKEN_BEFORE, LABELLED, VOLUME_BEFORE))
        return broken or bool(BROKEN_AFTER.match(text, end) or COUNTED.match(text, end))
    return False


def _is_number(text: str, before: str, end: int, number: int) -> bool:
    """Whether a number of three or four digits is not a year.

    A number from 1700 to 2100 that is not a round hundred is a year unless the words around it speak against it; any
    other number is a year only if they speak for it.
    """
    if number >= FIRST_USUAL and (
        DATED_THINGS.match(text, end) or (OF_A_YEAR.search(before) and MONEY.match(text, end))
    ):
        return False
    if any(sign.search(before) for sign in (BROKEN_BEFORE, LABELLED)):
        return True
    if any(sign.match(text, end) for sign in (BROKEN_AFTER, COUNTED, ADDRESS)):
        return True
    if AFTER_A_NUMBER.search(before) and POST_TOWN.match(text, end):
        return True
    if PLURAL_VERB.match(text, end) and not PREPOSITION.search(before):
        return True
    if FIRST_USUAL <= number <= LAST_USUAL and number % 100:
        return False
    if THINGS.match(text, end) and not DATED_THINGS.match(text, end):
        return True
    return bool(before.strip()) and not EVIDENCE.search(before)
