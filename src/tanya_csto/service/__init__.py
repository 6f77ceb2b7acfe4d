"""The HTTP entry point: a JSON API and a chat page that show what `Tanya.ask` says and add nothing to it."""
