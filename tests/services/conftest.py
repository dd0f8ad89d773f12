"""A busy machine is no failure: laws have no deadline of their own, pytest's time limit stays."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
