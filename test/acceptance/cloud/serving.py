"""Serves a WSGI application on a port of loopback that the system chooses."""

import os

import waitress


def serve(application, url_file, threads):
    """Writes the address to `url_file` once connections are taken."""
    server = waitress.create_server(application, host="127.0.0.1", port=0, threads=threads, ident=None)
    with open(url_file + ".new", "w") as file:
        file.write("http://127.0.0.1:%s" % server.effective_port)
    os.rename(url_file + ".new", url_file)
    server.run()
