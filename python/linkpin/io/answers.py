"""Words for having no answer, which are three things and never one."""

from __future__ import annotations

import re

__all__ = ["NO_ANSWER", "no_answer"]

NO_ANSWER = ("prefer not to say", "left blank", "not returned")

_WORDS = {
    "prefer not to say": (
        "prefer not to say",
        "preferred not to say",
        "prefers not to say",
        "prefer not to answer",
        "prefer not to disclose",
        "would rather not say",
        "rather not say",
        "pnts",
        "declined to answer",
        "refused",
    ),
    "left blank": (
        "left blank",
        "question left blank",
        "blank",
        "no answer",
        "not answered",
        "unanswered",
        "no response to this question",
        "question not answered",
    ),
    "not returned": (
        "not returned",
        "form not returned",
        "no form",
        "no form returned",
        "forms not returned",
        "did not return the form",
        "did not return a form",
        "did not return form",
        "no monitoring form",
    ),
}
_REASON = {word: reason for reason, words in _WORDS.items() for word in words}
_SPACES = re.compile(r"[\s_\-./]+")


def no_answer(category: str) -> str | None:
    """Which of the three reasons a category's name is, or None where it is an answer."""
    return _REASON.get(_SPACES.sub(" ", category.strip().lower()).strip(" .()"))
