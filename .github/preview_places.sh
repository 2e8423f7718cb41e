#!/usr/bin/env bash
# What the data of a branch change: for each place with other data than a commit, its preview and its newest edition.
#
#   preview_places.sh COMMIT
set -euo pipefail

BOOK=${PROMOTION_BOOK:-.venv/bin/promotion-book}
git diff --name-only "$1" -- data | cut -d / -f 2 | sort -u | while read -r place; do
  [ -f "data/$place/datapackage.json" ] || continue
  if [ -d "_site/$place" ]; then
    echo "== $place"
    "$BOOK" preview --place "$place" </dev/null
  fi | tee -a preview.txt
  "$BOOK" build --place "$place" </dev/null
done
if [ -s preview.txt ]; then
  { echo '```'; head -n 300 preview.txt; echo '```'; } >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
