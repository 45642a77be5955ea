"""All of Manila in one process: scheduler, one share manager a back end, and the API.

The services' stock code is unchanged, only the launch differs: native threads (Manila's own `threading` back end),
RPC in memory (`transport_url = fake:/`), and the stock api-paste pipeline under waitress.

Usage: manila_server.py URL-FILE CONFIG-FILE...
"""

import os
import sys

from manila import monkey_patch

monkey_patch.patch("threading")

from oslo_config import cfg  # noqa: E402 (nothing of this may be imported before the patch)
from oslo_log import log  # noqa: E402
from oslo_service import wsgi  # noqa: E402

from manila import rpc, service, utils, version  # noqa: E402
from manila.common import config  # noqa: E402
from serving import serve  # noqa: E402

CONF = cfg.CONF


def configure(config_files):
    log.register_options(CONF)
    CONF([], project="manila", version=version.version_string(), default_config_files=config_files)
    config.verify_share_protocols()
    config.set_lib_defaults()
    log.setup(CONF, "manila")
    utils.monkey_patch()
    rpc.init(CONF)


def start_services():
    service.Service.create(binary="manila-scheduler", coordination=True).start()
    for backend in CONF.enabled_share_backends:
        service.Service.create(
            host="%s@%s" % (CONF.host, backend), service_name=backend, binary="manila-share", coordination=True
        ).start()


def main(url_file, *config_files):
    configure(config_files)
    api = wsgi.Loader(CONF).load_app("osapi_share")
    start_services()
    serve(api, url_file, threads=8)


try:
    main(*sys.argv[1:])
except BaseException:
    log.getLogger("manila").exception("The server ends.")
    # The services' threads would keep a half-started process alive.
    os._exit(1)
