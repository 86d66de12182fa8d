"""The emulator's own address, which AWS does not have: errors on order, and older instances.

POST   /playground/errors    {"action", "code", "message"?, "count"?}
DELETE /playground/errors    no more errors
POST   /playground/ages      {"instanceId", "minutes"}: the instance was launched so long ago
"""

import json
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from moto.core.utils import utcnow
from moto.ec2 import ec2_backends

PATH = "/playground/"
EC2_VERSION = "2016-11-15"
# EC2 API reference, "Error codes": all others are the client's.
SERVER_ERRORS = {
    "InsufficientInstanceCapacity": 500,
    "InsufficientCapacity": 500,
    "InternalError": 500,
    "RequestLimitExceeded": 503,
    "Unavailable": 503,
}
DENIED = {"UnauthorizedOperation": 403, "AuthFailure": 401, "AccessDenied": 403, "InvalidClientTokenId": 403}

errors = []


class Request(NamedTuple):
    """A call of one of AWS' query APIs; no action for anything else, such as S3."""

    action: str
    version: str

    @staticmethod
    def read(body):
        try:
            parameters = dict(parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            parameters = {}
        return Request(parameters.get("Action", ""), parameters.get("Version", ""))


def ordered_error(request):
    """The answer for a request that is to fail, else None."""
    for error in errors:
        if error["action"] == request.action:
            if "count" in error:
                error["count"] -= 1
                if error["count"] == 0:
                    errors.remove(error)
            return error_answer(error, request)
    return None


def error_answer(error, request):
    code = error["code"]
    status = SERVER_ERRORS.get(code) or DENIED.get(code) or 400
    text = f"<Code>{escape(code)}</Code><Message>{escape(error.get('message', code + ', as ordered'))}</Message>"
    if request.version == EC2_VERSION:
        document = f"<Response><Errors><Error>{text}</Error></Errors><RequestID>ordered</RequestID></Response>"
    else:
        document = f"<ErrorResponse><Error>{text}</Error><RequestId>ordered</RequestId></ErrorResponse>"
    return f"{status} {code}", [("Content-Type", "text/xml")], document.encode()


def age(instance_id, minutes):
    for account in list(ec2_backends.values()):
        for region in list(account.values()):
            for instance in region.all_instances():
                if instance.id == instance_id:
                    instance.launch_time = utcnow() - timedelta(minutes=minutes)


def answer(method, path, body):
    if method == "POST" and path == PATH + "ages":
        wanted = json.loads(body)
        age(wanted["instanceId"], wanted["minutes"])
        return "200 OK", [("Content-Type", "application/json")], b"{}"
    if path != PATH + "errors":
        return "404 NOT FOUND", [("Content-Type", "application/json")], b"{}"
    if method == "POST":
        errors.append(json.loads(body))
    elif method == "DELETE":
        errors.clear()
    return "200 OK", [("Content-Type", "application/json")], json.dumps(errors).encode()
