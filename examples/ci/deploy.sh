#!/bin/sh
# Puts a stack's settings in place, in AWS and in Jenkins: deploy.sh STACK
set -eu
pulumi up --stack "$1" --yes --non-interactive --color never
