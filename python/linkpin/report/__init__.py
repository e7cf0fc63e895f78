"""The report as a page."""

from linkpin.report.page import report

__all__ = ["report"]
