"""What of the AWS CLI the examples' scripts use, by boto3: aws SERVICE OPERATION --option value --switch"""

import os
import re
import sys

import boto3

os.environ.pop("AWS_PROFILE", None)  # the playground says an empty one, so that no person's is used

service, operation, *rest = sys.argv[1:]
options = {}
for position, word in enumerate(rest):
    if word.startswith("--"):
        following = rest[position + 1] if position + 1 < len(rest) else "--"
        name = re.sub(r"(^|-)(\w)", lambda match: match.group(2).upper(), word[2:])
        options[name] = True if following.startswith("--") else following
getattr(boto3.client(service, region_name=os.environ["AWS_REGION"]), operation.replace("-", "_"))(**options)
