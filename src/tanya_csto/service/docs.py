"""The documentation of the API as a page, made from the OpenAPI document: no script, nothing from elsewhere."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tanya_csto.service.description import describe
from tanya_csto.service.templates import render

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Show every operation and every object of the API."""
    document = describe(request.app)
    return render(request, "docs.html", document=document, operations=_operations(document), objects=_objects(document))


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "method": method.upper(),
            "path": path,
            "about": f"{operation['summary']}. {operation['description']}",
            "parameters": operation.get("parameters", []),
            "body": _content(operation["requestBody"]) if "requestBody" in operation else None,
            "reply": _content(operation["responses"]["200"]),
            "responses": operation["responses"],
        }
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def _content(described: dict[str, Any]) -> str:
    (media,) = described["content"].values()
    return _type(media["schema"])


def _objects(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "about": schema.get("description", ""),
            "fields": [
                {"name": field, "type": _type(each), "about": each.get("description", "")}
                for field, each in schema.get("properties", {}).items()
            ],
            "example": _example(schema),
        }
        for name, schema in document["components"]["schemas"].items()
    ]


def _example(schema: dict[str, Any]) -> str | None:
    examples = schema.get("examples")
    return json.dumps(examples[0], ensure_ascii=False, indent=2) if examples else None


def _type(schema: dict[str, Any]) -> str:
    """Name the type in one line, such as `[CitationOut]` or `string | null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(map(_type, schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(f'"{value}"' for value in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_type(schema['items'])}]"
    return str(schema.get("type", "any"))
