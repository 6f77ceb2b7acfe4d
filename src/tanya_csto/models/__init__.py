"""The trained networks of the full mode; nothing here is imported before it is asked for."""

import os

# onnxruntime from 1.29 on names the machine in a file and reports its runs to Microsoft, unless this is set beforehand.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
