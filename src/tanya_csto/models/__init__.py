"""The trained networks of the full mode; nothing here is imported before it is asked for."""
