"""The processes that listen and answer: one, or several with a parent, and the HTTP that they speak."""
