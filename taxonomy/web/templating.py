"""The templates of the documents: every text is escaped, unless the template engine itself made it."""

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from taxonomy.web.texts import DOCUMENT_TEXTS

_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
# What is embedded is read by people as well.
_ENVIRONMENT.policies["json.dumps_kwargs"] = {"ensure_ascii": False}


def rendered(template: str, language: str, **values: Any) -> str:
    """A page in a language; `t` holds its words."""
    return _ENVIRONMENT.get_template(template).render(t=DOCUMENT_TEXTS[language], **values)


def grouped(number: int) -> str:
    """A number with its thousands parted, as Swedish does and English understands.

    >>> grouped(42782)
    '42\\xa0782'
    """
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


_ENVIRONMENT.filters["grouped"] = grouped
