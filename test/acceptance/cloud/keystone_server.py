"""Keystone's stock WSGI application.

Usage: keystone_server.py URL-FILE CONFIG-FILE...
"""

import os
import sys

from serving import serve

url_file, *config_files = sys.argv[1:]
os.environ["OS_KEYSTONE_CONFIG_FILES"] = ";".join(config_files)
# Keystone would take them as its own.
del sys.argv[1:]

from keystone.wsgi.api import application  # noqa: E402 (reads the configuration)

serve(application, url_file, threads=6)
