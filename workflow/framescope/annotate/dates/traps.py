"""Numbers that look like years and are none, and years that only say where a statement was published."""

from __future__ import annotations

import re

COUNTED = re.compile(
    r"\s*(?:%|°|percent\b|per cent\b|[kKMG]?[Ww]h?\b|MWe?\b|GWe?\b|kV\b|km\b|m\b|mm\b|cm\b|kg\b|ft\b|lbs?\b|hp\b|"
    r"(?:square |cubic |nautical )?(?:miles?|met(?:re|er)s?|kilomet(?:re|er)s?|feet|yards|acres|hectares|tons?|tonnes?)\b|"
    r"(?:million|billion|trillion|thousand|hundred|dozen)\b|(?:US |U\.S\. )?(?:dollars?|euros?|pounds?|rupees?|roubles?|rubles?|yen|yuan)\b|"
    r"(?:\w+ )?(?:men|women|people|persons|children|soldiers|troops|tanks|aircraft|vehicles|guns|ships|missiles|warheads|"
    r"words|pages|items|votes|seats|members|workers|refugees|prisoners|villages|schools|houses|homes|households|students|"
    r"casualties|deaths|dead|participants|respondents|subjects|employees|megawatts?|kilowatts?|barrels|calories|hours|days|"
    r"weeks|months|years|times|copies|cases|patients|families|delegates|personnel|officers|policemen|civilians|fighters)\b)"
)
BEFORE_NUMBER = re.compile(
    r"(?:[$€£¥₹#+×=<>~^*_@\\]\s?|\b(?:No|Nos|no|nos|p|pp|vol|art|Art|ch|sec|Sec|fig|Fig|Rs|USD|EUR|GBP|tel|Tel|fax|Fax)\.?\s?|"
    r"\b(?:[Rr]esolutions?|[Nn]umbers?|[Aa]rticles?|[Pp]ages?|[Ss]ections?|[Cc]hapters?|[Ll]ines?|[Rr]oom|[Bb]ox|[Ff]light|"
    r"[Rr]oute|[Hh]ighway|[Dd]ocket|[Bb]oeing|[Mm]odel|[Tt]ype|[Cc]lass|[Mm]ark|[Vv]ersion|[Tt]able|[Ff]igure|[Ff]ootnote|"
    r"[Ii]nvoice|[Cc]ode|[Pp]hone|[Cc]all|[Pp]in|[Pp]ostcode|[Zz]ip|[Uu]nit|[Bb]attalion|[Rr]egiment|[Pp]aragraphs?|[Dd]ecree|"
    r"[Oo]rder|[Rr]egulation|[Dd]irective|[Ss]tandard|ISO|EN|DIN)\s)$"
)
GLUED_BEFORE = re.compile(r"(?:[\w.,]|\d\s?[-‐‑–—/+)]|[^\W\d_][-‐‑/.]|\(\d+\)\s?)$")
GLUED_AFTER = re.compile(r"(?:\w|[-‐‑–—]\d|[-‐‑]?[A-Z]\b|[.,]\d|/\d)")
EVIDENCE = re.compile(
    r"(?:\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]efore|[Aa]fter|[Ff]rom|[Tt]o|[Cc]irca|ca\.?|c\.|[Aa]round|[Aa]bout|"
    r"[Dd]uring|[Bb]etween|[Oo]f|[Yy]ear|[Aa]nd|[Ee]arly|[Ll]ate|[Mm]id|[Tt]he|[Oo]ver)[\s-]+|[(\[–—-]\s?)$"
)
PLURAL_NEXT = re.compile(
    r"\s+(?:\w+ed |\w+al |\w+ic |\w+ive |new |other |more |small |large )?[a-z]{2,}(?<!ss)(?<!us)(?<!is)s\b"
)
ELECTIONS = re.compile(
    r"\s+(?:\w+ )?(?:elections?|levels?|polls|protests|riots|talks|negotiations|agreements|reforms|accords|hostilities|was|is|has|does"
    r"|Olympics|Games|amendments|attacks|guidelines|bombings|prices|figures|estimates|sanctions|sales|exports|imports|this|as|his|its)\b"
)


YEAR_RANGE = re.compile(r"(\d{4})\W{1,3}(?:(?:to|and|until|through)\W)?(?:\d{4}|\d\d)")


def is_trap(text: str, start: int, end: int) -> bool:
    """Whether a bare number, or a range of two, is no year."""
    said = text[start:end]
    if len(said) == 4 and said.isdigit():
        return is_count(text, start, end, int(said))
    if YEAR_RANGE.fullmatch(said):
        return bool(
            GLUED_BEFORE.search(text[:start][-24:])
            or COUNTED.match(text, end)
            or GLUED_AFTER.match(text, end)
            or BEFORE_NUMBER.search(text[max(0, start - 24) : start])
        )
    return False


def is_count(text: str, start: int, end: int, number: int) -> bool:
    """Whether a bare number between 1000 and 2199 is a quantity, a name or a label rather than a year."""
    before, after = text[max(0, start - 24) : start], text[end : end + 40]
    if GLUED_AFTER.match(after) or GLUED_BEFORE.search(before) or BEFORE_NUMBER.search(before) or COUNTED.match(after):
        return True
    usual = 1700 <= number <= 2100 and number % 100
    if usual:
        return False
    if PLURAL_NEXT.match(after) and not ELECTIONS.match(after):
        return True
    return not EVIDENCE.search(before)


CITED = re.compile(
    r"(?:\bet al\.?,?\s\(?|[A-Z][\w'’-]+\s(?:and|&)\s[A-Z][\w'’-]+,?\s\(|\((?:[^()]*[;,]\s|[^()]*\b[A-Z][\w'’.-]+,?\s)?(?:(?:see|e\.g\.|cf\.)[^()]*\s)?"
    r"[A-Z][\w'’-]+(?:\s(?:and|&)\s[A-Z][\w'’-]+)?,\s|[A-Z][\w'’.-]+,\s\d{4}[a-z]?[,;]\s)$"
)
PUBLISHED = re.compile(
    r"\((?:[^()]*\b(?:Press|Books?|Publish\w*|Verlag|University|Inc\.?|Routledge|Oxford|Cambridge|Springer|Palgrave|Wiley|Sage|ed\.?|edn\.?|Edition)\b[^()]*,\s|[^()]*)$"
)
PAGED = re.compile(
    r"[a-z]?(?:\)?:\s?\d|,\s?pp?\.\s?\d|\)\s?(?:argue|show|find|found|note|suggest|claim|report|describe|observe|write|state|demonstrate|propose)\w*)"
)


def is_citation(text: str, start: int, end: int) -> bool:
    """Whether a year is that of a publication cited here: (Name, 2014), Name et al. (2014), (Press, 1998), (2015): 15."""
    before, after = text[max(0, start - 120) : start], text[end : end + 30]
    if CITED.search(before) or PAGED.match(after) and re.search(r"[A-Z(][\w'’,. ()]*$", before):
        return True
    opened = PUBLISHED.search(before)
    return bool(
        opened
        and ")" in after[:6]
        and re.search(r"Press|Books|Publish|Verlag|Inc|University|Routledge|ition", opened[0])
    )
