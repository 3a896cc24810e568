#!/usr/bin/env python3
"""Django's command line for Tala; it starts the embedded PostgreSQL where a command needs it."""

import sys

from config.commandline import main

if __name__ == "__main__":
    sys.exit(main(sys.argv))
