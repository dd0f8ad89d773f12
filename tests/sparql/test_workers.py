"""Queries run in processes that can be stopped, and short ones never wait for long ones."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import orjson
import pytest

from taxonomy.model.errors import (
    BadInput,
    NotAcceptable,
    ResultTooLarge,
    TaxonomyError,
    TimedOut,
    TooComplex,
    Unavailable,
)
from taxonomy.sparql.isolation import give_up_network
from taxonomy.sparql.question import Question, Result
from taxonomy.sparql.service import SparqlService
from tests.sparql.conftest import Made
from tests.sparql.processes import done, is_running, own_memory, workers

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?d && ?f > ?i) }"
GREEDY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
LONG = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"

Work = Callable[[SparqlService], Coroutine[Any, Any, None]]


def using(service: SparqlService, work: Work) -> None:
    """Do some work in an event loop, and see that no process is left."""

    async def whole() -> None:
        try:
            await work(service)
        finally:
            service.close()

    before = set(workers())
    done(whole())
    assert set(workers()) <= before


async def ask(service: SparqlService, query: str, **more: str) -> Result:
    return (await service.answer(Question(query, **more))).result


async def outcome(asked: Awaitable[object]) -> type[TaxonomyError] | None:
    try:
        await asked
    except TaxonomyError as error:
        return type(error)
    return None


def number(result: Result) -> int:
    [row] = orjson.loads(result.read())["results"]["bindings"]
    return int(row["n"]["value"])


def test_no_process_runs_before_the_first_query_and_none_after_the_last(made: Made) -> None:
    async def work(service: SparqlService) -> None:
        assert workers() == []
        assert number(await ask(service, COUNT)) > 9_000
        assert workers()

    using(made(), work)


def test_a_query_is_stopped_when_its_time_is_up_and_others_are_answered(made: Made) -> None:
    async def work(service: SparqlService) -> None:
        endless = asyncio.ensure_future(outcome(ask(service, ENDLESS)))
        await asyncio.sleep(0.3)
        for _ in range(10):
            assert number(await ask(service, COUNT)) > 9_000
        assert not endless.done()
        assert await endless is TimedOut
        assert number(await ask(service, COUNT)) > 9_000

    using(made(seconds=1.5), work)


def test_many_long_queries_leave_room_for_short_ones(made: Made) -> None:
    async def work(service: SparqlService) -> None:
        endless = [
            asyncio.ensure_future(outcome(ask(service, f"{ENDLESS} # {number}"))) for number in range(8)
        ]
        await asyncio.sleep(0.8)
        for _ in range(10):
            assert number(await ask(service, COUNT)) > 9_000
        assert not any(task.done() for task in endless)
        assert len(workers()) <= 4 + 1
        for task in endless:
            task.cancel()
        await asyncio.gather(*endless, return_exceptions=True)

    using(made(seconds=60.0), work)


def test_a_worker_that_is_ended_while_it_begins_is_no_sign_of_a_damaged_store(
    made: Made, caplog: pytest.LogCaptureFixture
) -> None:
    async def work(service: SparqlService) -> None:
        asked = asyncio.ensure_future(outcome(ask(service, COUNT)))
        while not workers():  # noqa: ASYNC110 processes tell nobody
            await asyncio.sleep(0.005)
        service.close()
        assert await asked is Unavailable

    using(made(), work)
    assert "made anew" not in caplog.text


def test_who_finds_too_many_waiting_is_sent_away(made: Made) -> None:
    async def work(service: SparqlService) -> None:
        asked = [outcome(ask(service, f"{ENDLESS} # {number}")) for number in range(6)]
        found = await asyncio.gather(*asked)
        assert found.count(Unavailable) >= 3
        assert set(found) == {Unavailable, TimedOut}

    using(made(seconds=1.0, workers=1, waiting=1), work)


def test_a_query_gets_no_more_memory_than_it_may_have(made: Made) -> None:
    async def work(service: SparqlService) -> None:
        greedy = asyncio.ensure_future(outcome(ask(service, GREEDY)))
        most = 0
        while not greedy.done():
            most = max([most, *(own_memory(pid) for pid in workers())])
            await asyncio.sleep(0.005)
        assert await greedy is TooComplex
        assert most < 100 << 20
        assert number(await ask(service, COUNT)) > 9_000

    using(made(memory=64 << 20), work)


def test_a_worker_that_overflows_its_stack_takes_nobody_with_it(made: Made) -> None:
    binds = " ".join(f"BIND(1 AS ?x{number})" for number in range(1_600))
    nested = "FILTER EXISTS { " * 99 + "}" * 99

    async def work(service: SparqlService) -> None:
        for inner in (binds, nested, "{} UNION " * 3000 + "{}"):
            query = f"ASK {{ {inner} }}"
            assert await outcome(ask(service, query)) in (None, TooComplex, TimedOut)
        assert number(await ask(service, COUNT)) > 9_000

    using(made(seconds=3.0), work)


def test_a_result_that_is_too_large_is_none(made: Made) -> None:
    async def work(service: SparqlService) -> None:
        assert await outcome(ask(service, LONG)) is ResultTooLarge
        everything = await ask(service, "SELECT * WHERE { ?s ?p ?o }")
        assert 1 << 20 < everything.size == len(everything.read()) < 4 << 20

    using(made(result=4 << 20), work)


def test_what_a_worker_refuses_is_told_as_what_it_is(made: Made) -> None:
    async def work(service: SparqlService) -> None:
        assert await outcome(ask(service, "SELECT")) is BadInput
        assert await outcome(ask(service, "ASK { SERVICE ?x {} }")) is BadInput
        assert await outcome(ask(service, "ASK {}", solutions="")) is NotAcceptable

    using(made(), work)


def test_a_client_that_goes_away_takes_its_query_along(made: Made) -> None:
    async def gone() -> bool:
        return time.monotonic() > leaves

    async def work(service: SparqlService) -> None:
        assert await outcome(service.answer(Question(ENDLESS), gone)) is Unavailable

    leaves = time.monotonic() + 1
    using(made(seconds=100.0), work)
    assert time.monotonic() < leaves + 50


def test_a_query_that_is_cancelled_is_stopped(made: Made) -> None:
    async def work(service: SparqlService) -> None:
        for wait in (0.01, 0.5):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(ask(service, ENDLESS), wait)
        assert number(await ask(service, COUNT)) > 9_000
        assert len(workers()) <= 3

    using(made(seconds=100.0), work)


def test_a_worker_that_is_killed_is_replaced(made: Made) -> None:
    async def work(service: SparqlService) -> None:
        await ask(service, COUNT)
        for _ in range(3):
            for pid in workers():
                os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(0.05)
            assert number(await ask(service, COUNT)) > 9_000

    using(made(), work)


def test_a_worker_can_open_no_socket() -> None:
    tried = (
        "import socket\nfrom taxonomy.sparql.isolation import give_up_network\n"
        "print(give_up_network())\n"
        "try: socket.create_connection(('127.0.0.1', {}), 2)\nexcept OSError as error: print(error.errno)"
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        words = [sys.executable, "-c", tried.format(listener.getsockname()[1])]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        how, errno = done.stdout.splitlines()
        listener.settimeout(0.05)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert how in ("system calls filtered", "network namespace")
    assert errno in ("1", "101")  # not permitted; no such network


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_its_parent(made: Made, settings: Any, folder: Path, sent: signal.Signals) -> None:
    program = (
        "import asyncio, sys, os\nfrom pathlib import Path\n"
        "from tests.sparql.conftest import stores_of\nfrom tests.gql.service import settings_in\n"
        "from taxonomy.compose import open_shelf, open_store\nfrom taxonomy.sparql.question import *\n"
        "from taxonomy.sparql.service import SparqlService\n"
        f"settings = settings_in(Path({str(Path(settings.cache).parent)!r}))\n"
        "async def main():\n"
        f"    stores = stores_of(settings, Path({str(folder)!r}))\n"
        "    service = SparqlService(open_shelf(settings, open_store(settings)), stores, Limits())\n"
        f"    await service.answer(Question({COUNT!r}))\n"
        f"    asked = asyncio.ensure_future(service.answer(Question({ENDLESS!r})))\n"
        "    await asyncio.sleep(0.5)\n    print('ready', flush=True)\n    await asked\n"
        "asyncio.run(main())"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=Path.cwd())
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    left = workers(process.pid)
    assert len(left) >= 2
    process.send_signal(sent)
    process.wait()
    process.stdout.close()
    end = time.monotonic() + 10
    while any(map(is_running, left)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(map(is_running, left))


def test_where_the_system_offers_no_way_to_give_up_the_network_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "elsewhere")
    assert give_up_network() == ""
