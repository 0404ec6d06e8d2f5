"""Which browser it is. The headless shell is Chromium without the windows that nobody sees: a page opens in a third of the time."""

import os
import shutil

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
