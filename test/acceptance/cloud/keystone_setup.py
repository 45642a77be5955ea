"""Does `keystone-manage` db_sync, fernet_setup, credential_setup and bootstrap in one process, which is faster.

Usage: keystone_setup.py --config-file FILE, with the administrator's password in ADMIN_PASSWORD
"""

import os
import sys

from keystone.cmd import cli
from keystone.cmd import manage  # noqa: F401 (registers options)
import keystone.conf


def manage_keystone(command, *options):
    keystone.conf.CONF.reset()
    sys.argv = ["keystone-manage", *config, command, *options]
    cli.main(argv=sys.argv, developer_config_file=None)


config = sys.argv[1:]
owner = ("--keystone-user", str(os.getuid()), "--keystone-group", str(os.getgid()))
os.environ["OS_BOOTSTRAP_PASSWORD"] = os.environ["ADMIN_PASSWORD"]
manage_keystone("db_sync")
manage_keystone("fernet_setup", *owner)
manage_keystone("credential_setup", *owner)
manage_keystone("bootstrap")
