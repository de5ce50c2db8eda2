"""How far Hypothesis searches, anew at every run but the same way in CI; who runs which tests."""

import os
from typing import Any

from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

# No test measures time, not even through Hypothesis.
patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ci", derandomize=True, print_blob=True, **patient)
settings.register_profile("local", **patient)
settings.load_profile("ci" if os.environ.get("CI") else "local")


class _Files(LoadFileScheduling):
    """A file in one process, and all that need the running app and a browser in one."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config: Any, log: Any) -> LoadFileScheduling:
    """Let what a file prepares be prepared once, and one app be started, not two."""
    return _Files(config, log)
