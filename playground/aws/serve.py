"""Serves the AWS emulator, moto, on a port of the loopback interface: `serve.py PORT`.

What AWS does and moto's own server does not:
- Requests do not disturb one another. In moto, two that change one security group at once lose a rule
  (InvalidPermission.NotFound under load), so here they are answered one after the other.
- A request that a client repeats, as its answer got lost, is not done twice: the SDKs mark the attempts of one request with one
  amz-sdk-invocation-id, and a later attempt gets the answer of the first one that succeeded.
- Filters that Jenkins' EC2 plugin sends: see missing.py.
And what AWS would not do on demand: errors that a test orders, and older instances; see control.py.
"""

import io
import os
import sys
import threading
from collections import OrderedDict

sys.dont_write_bytecode = True  # this folder is part of the clone

import control
import missing
from moto.server import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple

REMEMBERED = 1000

missing.supply()
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
    """The answer as a whole: status, headers, body."""
    chunked = environ.get("wsgi.input_terminated")
    body = environ["wsgi.input"].read(-1 if chunked else int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    if environ["PATH_INFO"].startswith(control.PATH):
        return control.answer(environ["REQUEST_METHOD"], environ["PATH_INFO"], body)
    return control.ordered_error(control.Request.read(body)) or emulated(environ)


def emulated(environ):
    begun = []

    def begin(status, headers, exc_info=None):
        begun[:] = [status, headers]

    body = b"".join(emulator(environ, begin))
    return (*begun, body)


port = int(sys.argv[1])
os.environ["MOTO_PORT"] = str(port)
run_simple("127.0.0.1", port, application, threaded=True, request_handler=MotoRequestHandler)
