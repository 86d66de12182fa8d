"""Serves the AWS emulator, moto, on a port of the loopback interface: `serve.py PORT`.

Two things that AWS does and moto's own server does not:
- Requests do not disturb one another. In moto, two that change one security group at once lose a rule
  (InvalidPermission.NotFound under load), so here they are answered one after the other.
- A request that a client repeats, as its answer got lost, is not done twice: the SDKs mark the attempts of one request with one
  amz-sdk-invocation-id, and a later attempt gets the answer of the first one that succeeded.
"""

import os
import sys
import threading
from collections import OrderedDict

from moto.server import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple

REMEMBERED = 1000

one_at_a_time = threading.Lock()
emulator = DomainDispatcherApplication(create_backend_app)
answers = OrderedDict()


def application(environ, start_response):
    invocation = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
    with one_at_a_time:
        answer = answers.get(invocation) if invocation else None
        if answer is None:
            answer = answer_of(environ)
            if invocation and answer[0].startswith("2"):
                answers[invocation] = answer
                if len(answers) > REMEMBERED:
                    answers.popitem(last=False)
        else:
            print(f"repeated: {environ.get('HTTP_AMZ_SDK_REQUEST')}", file=sys.stderr, flush=True)
    status, headers, body = answer
    start_response(status, headers)
    return [body]


def answer_of(environ):
    """The emulator's answer as a whole: status, headers, body."""
    begun = []

    def begin(status, headers, exc_info=None):
        begun[:] = [status, headers]

    body = b"".join(emulator(environ, begin))
    return (*begun, body)


port = int(sys.argv[1])
os.environ["MOTO_PORT"] = str(port)
run_simple("127.0.0.1", port, application, threaded=True, request_handler=MotoRequestHandler)
