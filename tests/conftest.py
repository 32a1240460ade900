"""Settings shared by all tests."""

from __future__ import annotations

from hypothesis import settings

# No deadlines: speed belongs in benchmarks, and a slow machine must not turn a test red.
settings.register_profile("tracker", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("tracker")
