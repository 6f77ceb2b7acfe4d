"""Draw the packages from what they import, and write picture and table into docs/architecture.md.

python -m tests.update_architecture
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
PACKAGE = "tanya_csto"
SOURCE = ROOT / "src" / PACKAGE
CORE = (
    "messages",
    "errors",
    "stages",
    "text",
    "corpus",
    "language",
    "question",
    "models",
    "retrieval",
    "bank",
    "ranking",
    "answer",
    "finder",
    "engine",
)
ENTRY_POINTS = ("evaluate", "service", "cli", "__main__")  # each may import those before it
ORDER = {package: rank for rank, package in enumerate((*CORE, "__init__", *ENTRY_POINTS))}


def package_of(module: Path, source: Path) -> str:
    """Return the name of the folder or file right under `source` that `module` belongs to."""
    return module.relative_to(source).parts[0].removesuffix(".py")


def imported(module: Path, source: Path) -> Iterator[str]:
    """Return the full name of everything that `module` imports, also inside functions."""
    own = (PACKAGE, *module.relative_to(source).parent.parts)
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = own[: len(own) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{name.name}" for name in node.names)


def target_package(name: str) -> str | None:
    """Return the package that the full name `name` leads to, or None outside the package."""
    first, *rest = name.split(".")
    if first != PACKAGE:
        return None
    return rest[0] if rest and rest[0] in ORDER else "__init__"  # `from tanya_csto import Tanya` needs all of the core


@cache
def arrows() -> dict[str, set[str]]:
    """Return what each package imports, without what another of its imports brings along already."""
    direct: dict[str, set[str]] = {package: set() for package in ORDER if package != "__init__"}
    for module in SOURCE.rglob("*.py"):
        package = package_of(module, SOURCE)
        targets = {target_package(name) for name in imported(module, SOURCE)} - {package, None}
        if package in direct:
            direct[package] |= {"engine" if target == "__init__" else target for target in targets if target}
    reached: dict[str, set[str]] = {}
    for package in direct:  # from the lowest to the highest
        reached[package] = direct[package].union(*(reached[target] for target in direct[package]))
    return {
        package: {target for target in targets if not any(target in reached[other] for other in targets)}
        for package, targets in direct.items()
    }


def picture() -> str:
    """Return the mermaid graph of the packages."""
    lines = [
        f"  {package} --> {target}"
        for package, targets in reversed(arrows().items())
        for target in sorted(targets, key=lambda each: -ORDER[each])
    ]
    return "\n".join(["```mermaid", "graph TD", *lines, "```"])


def table() -> str:
    """Return what each package does, in the words of its docstring."""
    rows = []
    for package in arrows():
        folder = SOURCE / package
        file = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
        about = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]
        rows.append(f"| `src/{PACKAGE}/{package}{'/' if folder.is_dir() else '.py'}` | {about} |")
    return "\n".join(["| package | what it holds |", "| --- | --- |", *rows])


def with_packages(text: str) -> str:
    """Return the page with picture and table as they are now."""
    drawn = f"<!-- packages -->\n\n{picture()}\n\n{table()}\n\n<!-- end -->"
    return re.sub(r"<!-- packages -->.*?<!-- end -->", lambda _: drawn, text, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(with_packages(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
