"""Training of the networks that `tanya_csto.models` runs."""

import os

# Threads that spin while they wait make training many times slower on cores shared with other work.
os.environ.setdefault("GOMP_SPINCOUNT", "1000")
