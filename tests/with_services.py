"""usage: python -m tests.with_services COMMAND…    runs COMMAND with a PostgreSQL and a Redis started for it."""

import os
import subprocess
import sys

from tests.servers import PostgreSQL, Redis


def main(command: list[str]) -> int:
    servers = [PostgreSQL(), Redis()]
    try:
        for server in servers:
            server.start()
        urls = {"DATABASE_URL": servers[0].url, "REDIS_URL": servers[1].url}
        return subprocess.run(command, env=os.environ | urls, check=False).returncode
    finally:
        for server in servers:
            server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
