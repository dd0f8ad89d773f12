"""`python -m taxonomy` is the command `taxonomy`."""

import sys

from taxonomy.cli import main

sys.exit(main())
