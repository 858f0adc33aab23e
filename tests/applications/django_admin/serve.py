"""The freight office as a process: a new database, then Django's admin on loopback.

    FREIGHT_PASSWORD=... python tests/applications/django_admin/serve.py --folder FOLDER --ready-file FILE

The folder gets ``freight.sqlite3`` and ``uploads/``; the address, such as ``http://127.0.0.1:40123/admin/``, is in the ready file once the
office listens. Who logs in is ``clerk``, with the password from the environment.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

CLERK = "clerk"


def main() -> None:
    """Prepares the database and serves until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--ready-file", type=Path, required=True)
    options = parser.parse_args()
    os.environ["FREIGHT_FOLDER"] = str(options.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    from seeding import seed

    seed(CLERK, os.environ["FREIGHT_PASSWORD"])
    serve(options.ready_file)


def serve(ready_file: Path) -> None:
    """Listens on a free port and says where."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class QuietHandler(WSGIRequestHandler):
        """Says nothing about single requests."""

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    draft = ready_file.with_suffix(".writing")
    draft.write_text(f"http://127.0.0.1:{server.server_port}/admin/", encoding="utf-8")
    draft.replace(ready_file)  # at once, so that nobody reads half of it
    server.serve_forever()


if __name__ == "__main__":
    main()
