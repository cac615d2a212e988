"""What all tests share: the --accept option and the folder of real test data."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
REFS = ROOT / "refs"
# Indexes, answers and locks of tests are nobody else's.
os.environ["PUBKIT_CACHE"] = tempfile.mkdtemp(prefix="pubkit-tests-")
DATA = Path(os.environ.get("PUBKIT_DATA", ROOT.parent / "shared" / "data"))

# No deadline: the machine is shared, and a slow example is not a wrong one.
settings.register_profile("pubkit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pubkit")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write actual outputs into the case files")


def data_path(name: str) -> Path:
    """Return a file or folder of the shared test data; skip the test where it is absent."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"no test data at {path}: set PUBKIT_DATA to the folder that holds it")
    return path


@pytest.fixture
def refs() -> Path:
    """The folder of sample lists that README and docs use."""
    return REFS
