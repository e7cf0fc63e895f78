"""The report as a page."""

from linkpin.report.feedback import you_said_page
from linkpin.report.page import report

__all__ = ["report", "you_said_page"]
