"""The peers: which are installed, in which version, and how to install those that are not."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {"DuckDB": "duckdb", "polars": "polars", "svy": "svy", "seaborn": "seaborn", "vl-convert": "vl-convert-python"}
FOLDER = Path(__file__).resolve().parent / "peers"


def version(name: str) -> str:
    """Of one peer; empty where it is missing."""
    if name == "R survey":
        asked = "cat(as.character(packageVersion('survey')))"
        if shutil.which("Rscript"):
            said = subprocess.run(["Rscript", "-e", asked], capture_output=True, text=True)
            return said.stdout.strip() if said.returncode == 0 else ""
        return ""
    try:
        return importlib.metadata.version(PACKAGES[name])
    except importlib.metadata.PackageNotFoundError:
        return ""


VERSIONS = {name: version(name) for name in [*PACKAGES, "R survey"]}


def has(name: str) -> bool:
    return bool(VERSIONS[name])


def missing() -> dict:
    """Those that are missing, each with what installs it."""
    how = {name: f"{sys.executable} -m pip install {package}" for name, package in PACKAGES.items()}
    how["R survey"] = "apt-get install r-base-core r-cran-survey"
    return {name: how[name] for name, found in VERSIONS.items() if not found}


def versions() -> list:
    return [f"{name} {found}" for name, found in VERSIONS.items() if found]


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def script(name: str, *arguments) -> list:
    """A call of a peer's script."""
    runner = ["Rscript", "--vanilla"] if name.endswith(".R") else [sys.executable]
    return [*runner, FOLDER / name, *arguments]
