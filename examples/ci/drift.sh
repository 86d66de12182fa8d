#!/bin/sh
# Whether Jenkins differs from a stack's settings, as an issue where it does: drift.sh STACK
# Ends with 0 where nothing differs, 2 where something does, 1 where a controller could not be asked, which is an issue as well.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm run -s jenkins -- plan --stack "$1" > "$folder/plan.txt" 2>&1 || failed=$?
cat "$folder/plan.txt"
if [ "${failed:-0}" != 0 ]; then node examples/ci/report.mjs issue "Drift of $1" "$folder/plan.txt"; fi
exit "${failed:-0}"
