"""Environment: the versions that may change a result, and the kind of system; nothing else of the machine enters a manifest."""
from __future__ import annotations

import platform
from importlib import metadata

from interlope import arithmetic

PACKAGES = ("numpy", "numba", "llvmlite", "scipy", "pandas", "xarray", "zarr", "numcodecs")
KIND = ("python", "system", "machine", "libc", "arithmetic")  # python counts through the model's digest


def version() -> str:
    """Return the installed version of this package, or `0+unknown` when it runs from a folder that is not installed."""
    try:
        return metadata.version("interlope")
    except metadata.PackageNotFoundError:
        return "0+unknown"


def environment() -> dict[str, str]:
    """Return the versions that may change a result, and the kind of system; no name of a user, a machine or a path."""
    versions = {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()}
    versions |= {"libc": " ".join(platform.libc_ver()).strip(), "arithmetic": arithmetic.describe()}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions
