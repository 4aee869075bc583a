"""One headless Chromium for every test of this folder."""
from __future__ import annotations

import os
import shutil

import pytest
from chromium import Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    driver = shutil.which("chromedriver")
    if driver is None or not (shutil.which("chromium") or shutil.which("google-chrome")):
        if os.environ.get("INTERLOPE_BROWSER") == "required":
            pytest.fail("Chromium and its driver are required here and were not found")
        pytest.skip("needs Chromium and chromedriver")
    found = Browser(driver, tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture(autouse=True)
def plain(request):
    """No test finds the theme or the motion that another asked for."""
    yield
    if "browser" in request.fixturenames:
        request.getfixturevalue("browser").tell("Emulation.setEmulatedMedia", features=[])
