"""Where the declaration folders are: inside the package in a wheel, beside it in a checkout."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent
_INSTALLED: Final = _PACKAGE / "_declarations"

ROOT: Final = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
LOADERS: Final = ROOT / "loaders"
RECIPES: Final = LOADERS / "recipes"
OPERATIONS: Final = ROOT / "graphql" / "operations"
SCHEMA: Final = ROOT / "graphql" / "schema.graphql"
QUERIES: Final = ROOT / "sparql"
COMPOSITION: Final = ROOT / "esco_mappings" / "composition.toml"
