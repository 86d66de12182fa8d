#!/bin/sh
# What a change would do to a stack, in AWS and in Jenkins, as a comment on it: preview.sh STACK
set -eu
pulumi preview --stack "$1" --non-interactive --color never > preview.txt 2>&1 || failed=$?
cat preview.txt
node examples/ci/report.mjs comment "Preview of $1" preview.txt
exit "${failed:-0}"
