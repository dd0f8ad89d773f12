"""Install pip into the environment that runs this script, when Python came without ensurepip."""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

WHEEL = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
INDEX = os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple"
TIMEOUT_S = 60


def fetch(url: str) -> bytes:
    """Return what stands at an https address."""
    if not url.startswith("https://"):
        raise OSError(f"{url} is not an https address")
    with urllib.request.urlopen(url, timeout=TIMEOUT_S) as answer:  # noqa: S310 - https only, checked above
        body: bytes = answer.read()
    return body


def download() -> bytes:
    """Return the pinned wheel, as the index lists it; what is not that very file is refused."""
    page = INDEX.rstrip("/") + "/pip/"
    link = re.search(rf'href="([^"#]*{re.escape(WHEEL)})[#"]', fetch(page).decode())
    if link is None:
        raise OSError(f"{page} does not list {WHEEL}")
    wheel = fetch(urllib.parse.urljoin(page, link[1]))
    if hashlib.sha256(wheel).hexdigest() != SHA256:
        raise OSError(f"{WHEEL} from {page} has another SHA-256 than the pinned one")
    return wheel


def main() -> int:
    """Install the pinned pip; say in one sentence why not."""
    if sys.prefix == sys.base_prefix:
        print("bootstrap_pip: run me with the Python of a virtual environment.", file=sys.stderr)
        return 2
    try:
        content = download()
    except OSError as failure:  # URLError is one too
        print(
            f"bootstrap_pip: pip could not be fetched: {failure}. "
            "Install python3-venv, or set PIP_INDEX_URL to an index that can be reached.",
            file=sys.stderr,
        )
        return 1
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder, WHEEL)
        wheel.write_bytes(content)
        # A wheel is a zip that Python can run: pip installs itself.
        words = ["install", "--quiet", "--no-index", "--no-deps", str(wheel)]
        run = subprocess.run([sys.executable, f"{wheel}/pip", *words], check=False)  # noqa: S603 - all ours
        return run.returncode


if __name__ == "__main__":
    sys.exit(main())
