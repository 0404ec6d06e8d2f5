"""Exit code 0 when the web process of this container is alive. Asks under the public name, the only one it answers to."""

import os
import sys
import urllib.request
from urllib.parse import urlsplit

PORT = os.environ.get("PORT", "8000")
HOST = urlsplit(os.environ.get("PUBLIC_URL", "http://127.0.0.1")).netloc


def main() -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}/healthz", headers={"Host": HOST})
    try:
        with urllib.request.urlopen(request, timeout=4):  # nosec B310: our own address
            return 0
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
