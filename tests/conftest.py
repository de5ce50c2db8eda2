"""How far Hypothesis searches: anew at every run, but the same way in CI."""

import os

from hypothesis import HealthCheck, settings

# No test measures time, not even through Hypothesis.
patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ci", derandomize=True, print_blob=True, **patient)
settings.register_profile("local", **patient)
settings.load_profile("ci" if os.environ.get("CI") else "local")
