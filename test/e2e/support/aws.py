"""What of the AWS CLI the examples' scripts use, by boto3: aws SERVICE OPERATION --option value --switch"""

import os
import re
import sys

import boto3

# The playground sets empty ones, so that no person's is used. To boto3 an empty one is a profile without a name.
for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE"):
    os.environ.pop(name, None)

service, operation, *rest = sys.argv[1:]
options = {}
for position, word in enumerate(rest):
    if word.startswith("--"):
        following = rest[position + 1] if position + 1 < len(rest) else "--"
        name = re.sub(r"(^|-)(\w)", lambda match: match.group(2).upper(), word[2:])
        options[name] = True if following.startswith("--") else following
getattr(boto3.client(service, region_name=os.environ["AWS_REGION"]), operation.replace("-", "_"))(**options)
