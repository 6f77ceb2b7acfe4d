"""The OpenAPI document is a promise: whatever it allows gets no 5xx, and every reply is as it says.

More than the default run: `PROOF_EXAMPLES=1000 python -m pytest tests/proof/test_contract.py`.
"""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tanya_csto.engine import Tanya
from tanya_csto.service.app import create_app
from tanya_csto.service.description import describe
from tanya_csto.service.settings import Settings

schemathesis = pytest.importorskip("schemathesis")

APP = create_app(Tanya(), settings=Settings(rate=0.0))
SCHEMA = schemathesis.openapi.from_dict(describe(APP))
SCHEMA.app = APP

pytestmark = pytest.mark.filterwarnings("ignore")


@SCHEMA.parametrize()  # type: ignore[untyped-decorator]
@settings(
    max_examples=int(os.environ.get("PROOF_EXAMPLES", "25")), deadline=None, suppress_health_check=list(HealthCheck)
)
def test_every_reply_keeps_to_the_contract(case: Any) -> None:
    # The document is of the question as trimmed: one that is too long by white space only is taken all the same. No
    # document can say which days leave no article.
    response = case.call()
    nothing_left = response.status_code == 422 and response.json()["code"] == "filter-empty"
    excluded = [schemathesis.checks.negative_data_rejection]
    excluded += [schemathesis.checks.positive_data_acceptance] if nothing_left else []
    case.validate_response(response, excluded_checks=excluded)
