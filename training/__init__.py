"""Training of the extractive reader that `tanya_csto.reader` runs."""

import os

# Threads that spin while they wait make training many times slower on cores shared with other work.
os.environ.setdefault("GOMP_SPINCOUNT", "1000")
