"""The grouping engine: which topic, which lines alike, which new topics. Pure functions.

Whoever imports the modules that compute loads numpy: about 25 MiB, so only where it is asked.
"""

import os

# One thread: the pages and the worker share the processors, and threads cost memory each.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
