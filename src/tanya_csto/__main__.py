"""The command line as `python -m tanya_csto`."""

from tanya_csto.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
