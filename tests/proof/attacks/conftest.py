import pytest

from tests.service.conftest import FakeTanya


@pytest.fixture
def tanya() -> FakeTanya:
    return FakeTanya()
