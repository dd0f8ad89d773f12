"""The shape of the repository: the trap of the folder called graphql, and the house sizes."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DECLARATIONS = ["graphql", "loaders", "esco_mappings"]
CODE = ["taxonomy", "tests", "benchmarks", "neo4j_server"]
FOLDERS = [*DECLARATIONS, *CODE, "browser", "docs"]
FILES = [
    ".ci/run",
    ".dockerignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "NOTICE",
    "README.md",
    "compose.yaml",
    "pyproject.toml",
    "requirements.lock",
]
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "manager", "core"}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
WIDEST_PROTOCOL = 10

WHICH_GRAPHQL = "import graphql; print(graphql.GraphQLSchema.__module__)"


def python_files() -> Iterator[Path]:
    for folder in CODE:
        yield from sorted((ROOT / folder).rglob("*.py"))


def house_breaches(file: Path) -> Iterator[str]:
    source = file.read_text("utf-8")
    where = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
    lines = sum(1 for line in source.splitlines() if line.strip())
    if lines > LONGEST_MODULE:
        yield f"{where}: {lines} non-blank lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{where}:{node.lineno}: {node.name} is {length} lines long"
        elif isinstance(node, ast.ClassDef) and is_protocol(node):
            methods = sum(isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) for member in node.body)
            if methods > WIDEST_PROTOCOL:
                yield f"{where}:{node.lineno}: protocol {node.name} has {methods} methods"


def is_protocol(node: ast.ClassDef) -> bool:
    bases = [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]
    return any("Protocol" in (getattr(base, "id", ""), getattr(base, "attr", "")) for base in bases)


def test_every_promised_folder_and_file_is_there() -> None:
    missing = [name for name in FOLDERS if not (ROOT / name).is_dir()]
    missing += [name for name in FILES if not (ROOT / name).is_file()]
    assert missing == []


@pytest.mark.parametrize("folder", DECLARATIONS)
def test_folders_of_declarations_hold_no_python(folder: str) -> None:
    assert list((ROOT / folder).rglob("*.py*")) == []


@pytest.mark.parametrize("folder", [".", *FOLDERS])
@pytest.mark.parametrize(
    "words",
    [["-c", WHICH_GRAPHQL], ["-m", "timeit", "-n", "1", "-r", "1", "-s", WHICH_GRAPHQL, "pass"]],
    ids=["-c", "-m"],
)
def test_graphql_means_graphql_core_from_every_folder(folder: str, words: list[str]) -> None:
    # Both put the current folder before site-packages; plain pytest would hide the trap.
    run = subprocess.run(
        [sys.executable, *words], cwd=ROOT / folder, capture_output=True, text=True, check=False
    )
    assert run.stdout.splitlines()[:1] == ["graphql.type.schema"], run.stderr


def test_modules_functions_and_protocols_keep_to_the_house_sizes() -> None:
    assert [breach for file in python_files() for breach in house_breaches(file)] == []


def test_a_breach_of_each_house_size_is_noticed(tmp_path: Path) -> None:
    body = "\n".join(f"    line_{n} = {n}" for n in range(LONGEST_FUNCTION))
    methods = "\n".join(f"    def m{n}(self): ..." for n in range(WIDEST_PROTOCOL + 1))
    rest = "\n".join(f"x{n} = {n}" for n in range(LONGEST_MODULE))
    file = tmp_path / "too_much.py"
    file.write_text(f"def long():\n{body}\nclass Wide(typing.Protocol[T]):\n{methods}\n{rest}\n", "utf-8")
    assert [breach.removeprefix(str(file)) for breach in house_breaches(file)] == [
        ": 473 non-blank lines",
        ":1: long is 61 lines long",
        ":62: protocol Wide has 11 methods",
    ]


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = {file: {*file.relative_to(ROOT).parent.parts, file.stem} for file in python_files()}
    assert [str(file) for file, names in named.items() if names & NAMES_THAT_SAY_NOTHING] == []
