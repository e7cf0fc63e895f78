"""linkpin: partnerships, participation and the road from research to policy as one graph, scored with honesty.

``eco = linkpin.read(path)`` reads what an evaluator has; ``linkpin.scorecard(eco)`` scores it;
``linkpin.report(eco, "report.html")`` explains it; ``linkpin.measures()`` lists every score with meaning and source.
"""

from linkpin import catalogue
from linkpin._core import Error, FileError, InputError, LimitError, __version__
from linkpin.ecosystem import Ecosystem
from linkpin.instruments import Instrument, instrument, instruments, partner, questionnaire
from linkpin.measures.structure import density
from linkpin.network import CSR, Network
from linkpin.result import Fingerprint, Result
from linkpin.table import Table

# The function, not the room of the same name, is what users call.
measures = catalogue.measures

__all__ = [
    "CSR",
    "Ecosystem",
    "Error",
    "FileError",
    "Fingerprint",
    "InputError",
    "Instrument",
    "LimitError",
    "Network",
    "Result",
    "Table",
    "__version__",
    "density",
    "instrument",
    "instruments",
    "measures",
    "partner",
    "questionnaire",
]
