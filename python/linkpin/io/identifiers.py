"""Identifiers that many write differently, in the one way in which they can be compared: DOI, ORCID, ROR, names."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

__all__ = ["doi_of", "name_key", "orcid_of", "ror_of"]

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_ORCID = re.compile(r"(?<![\dX])(\d{4})[- ]?(\d{4})[- ]?(\d{4})[- ]?(\d{3}[\dXx])(?![\dX])")
_ROR = re.compile(r"(?:^|ror\.org/)(0[a-hj-km-np-tv-z0-9]{6}\d{2})/?$", flags=re.IGNORECASE)
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"

_ACRONYM = re.compile(r"\s*\([A-Z][A-Za-z&]{0,3}[A-Z]{1,6}\)")  # beside the name that it shortens
_ALIKE_WORDS = {
    "univ": "university", "uni": "university", "dept": "department", "inst": "institute", "ctr": "centre",
    "center": "centre", "organization": "organisation", "fdn": "foundation", "assoc": "association", "hosp": "hospital",
    "natl": "national", "intl": "international", "govt": "government", "saint": "st",
}  # fmt: skip
_SAYS_NOTHING = frozenset(
    ["the", "of", "for", "and", "at", "in", "ltd", "limited", "plc", "inc", "llp", "llc", "cic", "cio", "gmbh", "co"]
)


def doi_of(value: object) -> str | None:
    """The DOI in a text or link, in small letters, without what is put around it; None where there is none."""
    found = _DOI.search(unquote(str(value)).strip()) if value else None
    if found is None:
        return None
    doi = found[0].rstrip(".,;:'\"”’>").lower()
    for open_, close in ("()", "[]", "{}"):
        while doi.endswith(close) and doi.count(close) > doi.count(open_):
            doi = doi[:-1].rstrip(".,;:")
    return doi


def orcid_of(value: object) -> str | None:
    """The ORCID in a text or link, as 0000-0002-1825-0097; None where there is none or its check digit is wrong."""
    found = _ORCID.search(str(value).upper()) if value else None
    if found is None:
        return None
    digits = "".join(found.groups())
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "-".join(found.groups()) if digits[15] == ("X" if check == 10 else str(check)) else None


def ror_of(value: object) -> str | None:
    """The ROR id in a text or link, as https://ror.org/...; None where there is none or its check digits are wrong."""
    found = _ROR.search(str(value).strip()) if value else None
    if found is None:
        return None
    id = found[1].lower()
    number = 0
    for letter in id[1:7]:
        number = number * 32 + _CROCKFORD.index(letter)
    return f"https://ror.org/{id}" if 98 - number * 100 % 97 == int(id[7:]) else None


def name_key(name: str) -> tuple[str, ...]:
    """The telling words of an organisation's name, sorted: without bracketed acronyms, articles and legal forms."""
    text = unicodedata.normalize("NFKD", _ACRONYM.sub("", name) or name).casefold().replace("&", " and ")
    words = re.findall(r"\w+", re.sub(r"['’.]", "", "".join(c for c in text if not unicodedata.combining(c))))
    plain = (_ALIKE_WORDS.get(word, word) for word in words)
    return tuple(sorted({word for word in plain if word not in _SAYS_NOTHING})) or tuple(sorted(set(words)))
