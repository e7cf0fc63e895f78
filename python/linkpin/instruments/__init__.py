"""Questionnaires scored from schemas that users can extend, and the scores of PARTNER-like surveys."""

from linkpin.instruments.partner import partner
from linkpin.instruments.questionnaire import Instrument, instrument, instruments, questionnaire

__all__ = ["Instrument", "instrument", "instruments", "partner", "questionnaire"]
