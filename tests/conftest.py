"""No test has a time limit: a busy machine is no fault."""

from hypothesis import settings

settings.register_profile("sagsklar", deadline=None)
settings.load_profile("sagsklar")
