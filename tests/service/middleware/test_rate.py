from __future__ import annotations

from pathlib import Path

import pytest

from tanya_csto.service.middleware.rate import Rate

ONE, TWO = b"one", b"two"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def taken(rate: Rate, client: bytes, times: int) -> int:
    return sum(rate.wait(client) == 0 for _ in range(times))


def test_a_burst_passes_and_then_the_rate(clock: Clock) -> None:
    rate = Rate(20, 60, clock=clock)
    assert taken(rate, ONE, 100) == 60
    assert rate.wait(ONE) == pytest.approx(0.05)
    for _ in range(200):
        clock.now += 0.05
        assert rate.wait(ONE) == 0
        assert rate.wait(ONE) > 0


def test_waiting_as_told_is_enough(clock: Clock) -> None:
    rate = Rate(0.3, 1, clock=clock)
    for _ in range(50):
        while wait := rate.wait(ONE):
            clock.now += wait
    assert clock.now == pytest.approx(1000 + 49 / 0.3)


def test_a_refusal_costs_nothing(clock: Clock) -> None:
    rate = Rate(1, 1, clock=clock)
    assert [rate.wait(ONE) for _ in range(1000)][-1] == pytest.approx(1)


def test_one_client_does_not_pay_for_another(clock: Clock) -> None:
    rate = Rate(1, 3, clock=clock)
    assert taken(rate, ONE, 10) == 3
    assert taken(rate, TWO, 10) == 3
    assert taken(rate, b"", 10) == 3


def test_what_is_done_already_is_paid_for_later(clock: Clock) -> None:
    rate = Rate(1, 3, clock=clock)
    rate.charge(ONE, 5)
    assert rate.wait(ONE) == pytest.approx(3)
    assert rate.wait(TWO) == 0
    clock.now += 3
    assert taken(rate, ONE, 3) == 1


def test_two_kinds_of_rate_share_a_table_and_no_bucket(clock: Clock, tmp_path: Path) -> None:
    table = Rate.create_table(tmp_path / "rate")
    asking, telling = Rate(1, 3, table, clock=clock), Rate(1, 2, table, kind=b"umpan-balik", clock=clock)
    assert (taken(asking, ONE, 10), taken(telling, ONE, 10)) == (3, 2)


def test_a_long_rest_earns_no_more_than_a_burst(clock: Clock) -> None:
    rate = Rate(10, 5, clock=clock)
    taken(rate, ONE, 5)
    clock.now += 1e6
    assert taken(rate, ONE, 100) == 5


def test_zero_is_no_limit(clock: Clock) -> None:
    assert taken(Rate(0, 1, clock=clock), ONE, 10_000) == 10_000


def test_processes_share_a_table(clock: Clock, tmp_path: Path) -> None:
    table = Rate.create_table(tmp_path / "rate")
    first, second = Rate(1, 10, table, clock=clock), Rate(1, 10, table, clock=clock)
    assert taken(first, ONE, 6) + taken(second, ONE, 6) == 10


def test_who_shares_a_bucket_by_chance_cannot_be_known_from_outside(clock: Clock) -> None:
    clients = [n.to_bytes(4) for n in range(3_000)]
    tables = [Rate(1, 1, clock=clock) for _ in range(2)]
    first, second = ([client for client in clients if rate.wait(client)] for rate in tables)
    assert first
    assert second
    assert first != second


def test_many_clients_take_no_more_room(clock: Clock, tmp_path: Path) -> None:
    table = Rate.create_table(tmp_path / "rate")
    size = table.stat().st_size
    rate = Rate(1, 1, table, clock=clock)
    for n in range(10_000):
        rate.wait(n.to_bytes(4))
    assert table.stat().st_size == size
