import pytest

from tests.service.conftest import FakeTanya


@pytest.fixture
def tanya():
    return FakeTanya()
