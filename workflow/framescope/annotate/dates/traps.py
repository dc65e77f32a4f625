"""Numbers that look like years and are none, years that only date a publication, and sentences that look ahead."""

from __future__ import annotations

import re

QUANTITIES = (
    "% ° percent per\\ cent k kW kWh W MW MWe MWh GW GWe GWh TW TWh kV V m km mm cm nm kg g mg lb lbs ft hp kt Mt mb"
    " bn mn tn ppm rpm mph kph"
    " miles? met(?:re|er)s? kilomet(?:re|er)s? feet inches yards acres hectares tons? tonnes? litres? barrels? bushels?"
    " grams? kilograms? kilos? degrees megawatts? kilowatts? gigawatts? calories bytes pixels"
    " million billion trillion thousand hundred dozen dollars? euros? pounds? rupees? roubles? rubles? yen yuan francs? marks?"
    " men women people persons? children boys girls soldiers troops tanks aircraft planes jets helicopters drones vehicles"
    " guns rifles ships vessels missiles rockets warheads bombs mines horses cattle sheep words pages items votes seats"
    " members workers employees refugees migrants prisoners detainees hostages villages towns schools hospitals houses homes"
    " households students teachers casualties deaths fatalities dead injured wounded participants respondents subjects"
    " delegates personnel officers policemen police civilians fighters militants rebels volunteers hours minutes days weeks"
    " months years times copies cases patients families books documents companies firms projects points units samples"
    " species products stores shares jobs farmers residents inhabitants citizens voters visitors passengers others lives bodies"
).split(" ")
QUANTITY = "|".join(re.sub(r"(?<=\w)$", r"\\b", word) for word in sorted(set(QUANTITIES) - {""}, key=lambda w: (-len(w), w)))
COUNTED = re.compile(rf"\s*[-‐‑]?(?:(?:square|cubic|nautical|US|more|new|other|armed|young|foreign|local|Soviet|[a-z]+(?:ed|ing|ian|ese|ish|ic|al|ary)) )?(?:{QUANTITY})")
LABELS = (
    "No Nos no nos p pp vol vols art ch sec fig Rs USD EUR GBP PKR INR tel Tel fax Fax"
    " resolution resolutions number numbers article articles page pages section sections chapter line lines room box flight"
    " route highway docket model type class mark version table figure footnote note code phone call pin postcode unit"
    " battalion regiment brigade division paragraph paragraphs decree order regulation directive standard ISO bill law"
    " building house suite extension serial item volume hull locomotive channel frequency"
    " Boeing Airbus Mirage Sukhoi Tupolev Ilyushin Antonov Soyuz Windows Ford Peugeot Renault"
)
LABEL = "|".join(sorted({form for word in LABELS.split() for form in (word, word.capitalize())}, key=lambda w: (-len(w), w)))
LABELLED = re.compile(rf"(?:[$€£¥₹#+×=<>~^*_@\\]\s?|\b(?:{LABEL})\.?\s?)$")
GLUED_BEFORE = re.compile(r"(?:[\w,.]|[\w)]\s?[-‐‑/+]|\d\s?[–—]|\d\)[,:]?\s|\(\d+\)\s)$")
GLUED_AFTER = re.compile(r"\w|[-‐‑–—/]\d|[-‐‑]?[A-Z]\b|[.,]\d|\s?[-‐‑–—]\s?\d{5}")
DATED = (
    "in by since until till before after from to circa during between of year and early late mid the around about born died"
    " this for than or as"
).split()
EVIDENCE = re.compile(rf"(?:\b(?:{'|'.join(sorted({form for word in DATED for form in (word, word.capitalize())}))})[\s-]+|\bc(?:a)?\.\s?|[(\[–—-]\s?|,\s)$")
THINGS = re.compile(r"\s+(?:[a-z]+(?:ed|al|ic|ive|ary|an) |new |other |more |small |large |different )?(?!(?:was|is|has|does|this|as|his|its|thus|plus|perhaps|always|versus|towards|besides|across|whereas|unless)\b)[a-z]{2,}(?<!ss)(?<!us)(?<!is)s\b")
DATED_THINGS = re.compile(
    r"\s+(?:[a-z]+ )?(?:elections|levels|polls|protests|riots|talks|negotiations|agreements|reforms|accords|hostilities|amendments"
    r"|attacks|guidelines|bombings|prices|figures|estimates|sanctions|sales|exports|imports|events|borders|revolutions|treaties"
    r"|conditions|results|rules|terms|standards|celebrations|demonstrations|hearings|goals|targets|rates|primaries|games)\b"
)
YEAR_RANGE = re.compile(r"(\d{3,4})\W{1,3}(?:(?:to|and|until|through)\W)?(?:about |around |c\. )?\d{2,4}")


def is_trap(text: str, start: int, end: int) -> bool:
    """Whether a bare number, or a range of two, is no year but a quantity, a label or a piece of a longer number."""
    said, before = text[start:end], text[max(0, start - 24) : start]
    if said.isdigit() and len(said) in (3, 4):
        return _is_number(text, before, end, int(said))
    if YEAR_RANGE.fullmatch(said):
        broken = GLUED_AFTER.match(text, end) or GLUED_BEFORE.search(before) or LABELLED.search(before)
        return bool(broken or COUNTED.match(text, end))
    return False


def _is_number(text: str, before: str, end: int, number: int) -> bool:
    if GLUED_AFTER.match(text, end) or GLUED_BEFORE.search(before) or LABELLED.search(before) or COUNTED.match(text, end):
        return True
    if 1700 <= number <= 2100 and number % 100:
        return False
    if THINGS.match(text, end) and not DATED_THINGS.match(text, end):
        return True
    return not EVIDENCE.search(before) and bool(before.strip())


AUTHOR = r"[A-Z][\w'’-]+"
CITED = re.compile(
    rf"(?:\bet al\.?,?\s\(?|{AUTHOR},?\s(?:and|&)\s{AUTHOR},?\s\(?|\((?:[^()]*;\s|(?:see|e\.g\.|cf\.),?\s)?(?:[^();]*,\s)?(?:{AUTHOR}\s(?:and|&)\s)?{AUTHOR},\s"
    rf"|{AUTHOR},?\s\d{{4}}[a-z]?[,;]\s)$"
)
PAGED = re.compile(
    r"[a-z]?(?:\)?:\s?\d|,\s?pp?\.\s?\d|\)\s(?:argue|show|find|found|note|suggest|claim|report|describe|observe|write|state"
    r"|demonstrate|propose|conclude|define)\w*)"
)
PUBLISHER = re.compile(
    r"\([^()]*\b(?:Press|Books?|Publish\w*|Verlag|University|Inc|Routledge|Springer|Palgrave|Wiley|Sage|edn?|Edition|Penguin)\b"
    r"[^()]*,\s$"
)


def is_citation(text: str, start: int, end: int) -> bool:
    """Whether a year is that of a publication cited here: (Name, 2014), Name et al. (2014), (Press, 1998), (2015): 15."""
    before = text[max(0, start - 120) : start]
    if CITED.search(before):
        return True
    if PAGED.match(text, end) and re.search(r"[A-Z(][\w'’,. ()]*$", before):
        return True
    return bool(PUBLISHER.search(before))


CLAUSE = re.compile(r"[.!?;]\s")
CUE = re.compile(
    r"\b(?:(will|shall|won['’]t|would|scheduled|upcoming|planned|expected|due|going to|plans? to|aims? to|set to)"
    r"|(was|were|had|did|said|went|came|took|began|met|held|made|told|left|became|got|saw|\w{2,}ed))\b|['’](ll)\b"
)


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the nearest verb of the sentence, the last before a date or else the first after it, speaks of the future."""
    before = CLAUSE.split(text[max(0, start - 120) : start])[-1]
    after = CLAUSE.split(text[end : end + 120])[0]
    cues = CUE.findall(before)[-1:] or CUE.findall(after)[:1]
    return bool(cues and (cues[0][0] or cues[0][2]))
