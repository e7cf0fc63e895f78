"""``python -m linkpin`` is the command ``linkpin``."""

import sys

from linkpin.cli import main

sys.exit(main())
