from __future__ import annotations

from collections.abc import Callable

import httpx2
from fastapi.testclient import TestClient

from tests.service.html import parse


def test_the_page_shows_every_operation_and_every_object(
    client: TestClient, page: Callable[..., httpx2.Response]
) -> None:
    document = client.get("/openapi.json").json()
    root = parse(page("/docs").text)
    assert root.one("html").attributes["lang"] == "id"
    shown = {heading.text for heading in root.all("h3")}
    operations = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
    assert shown == operations | set(document["components"]["schemas"])


def test_the_page_names_every_failure_and_every_field(client: TestClient, page: Callable[..., httpx2.Response]) -> None:
    document = client.get("/openapi.json").json()
    text = parse(page("/docs").text).one("main").text
    for item in document["paths"].values():
        for operation in item.values():
            for status, response in operation["responses"].items():
                assert status in (*text.split(), "default")
                assert response["description"] in text
    for schema in document["components"]["schemas"].values():
        for name, field in schema.get("properties", {}).items():
            assert name in text
            assert field.get("description", "") in text


def test_the_page_brings_nothing_from_elsewhere(page: Callable[..., httpx2.Response]) -> None:
    source = page("/docs").text
    assert [each.attributes["src"] for each in parse(source).all("script")] == ["/static/theme.js"]
    assert "http://" not in source.replace("http://www.w3.org", "")
    assert "https://" not in source
