"""Serves the AWS emulator, moto, on a port of the loopback interface: `serve.py PORT`.

moto's own server answers requests side by side, and two that change one security group at once lose a rule
(InvalidPermission.NotFound under load). AWS does not, so here they are answered one after the other.
"""

import os
import sys
import threading

from moto.server import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple

one_at_a_time = threading.Lock()
emulator = DomainDispatcherApplication(create_backend_app)


def application(environ, start_response):
    with one_at_a_time:
        return list(emulator(environ, start_response))


port = int(sys.argv[1])
os.environ["MOTO_PORT"] = str(port)
run_simple("127.0.0.1", port, application, threaded=True, request_handler=MotoRequestHandler)
