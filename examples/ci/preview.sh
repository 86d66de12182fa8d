#!/bin/sh
# What a change would do to a stack, in AWS and in Jenkins, as a comment on it: preview.sh STACK [--print]
# With --print the comment goes to standard output, and no code host is needed. Nothing is left in the checkout.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
pulumi preview --stack "$1" --non-interactive --color never > "$folder/preview.txt" 2>&1 || failed=$?
npm run -s jenkins -- status --stack "$1" --json > "$folder/status.json" 2> "$folder/status.txt" || true
[ "${2:-}" = --print ] || cat "$folder/preview.txt"
node examples/ci/summary.mjs "$folder" > "$folder/summary.md"
case "${2:-}" in --print) what=print ;; *) what=comment ;; esac
node examples/ci/report.mjs "$what" "Preview of $1" "$folder/preview.txt" "$folder/summary.md"
exit "${failed:-0}"
