#!/usr/bin/env bash
# The published site between two publications: the branch `site` of origin, one commit for each publication.
#
#   publish_site.sh fetch    put it in its place as _site, before anything is published
#   publish_site.sh keep     add what is published now as a commit on top of what was fetched
#
# That origin has no such branch and that origin cannot be asked are two things. Nothing is ever forced, and a site
# that has lost or changed a published revision is not kept.
set -euo pipefail

BRANCH=refs/heads/site
FETCHED=refs/published/site
REVISIONS=':(glob)*/*/r[0-9]*/**'

stop() {
  echo "$1" >&2
  exit 1
}

fetch() {
  [ ! -e _site ] || stop "_site is there already; the published site has no place"
  git update-ref -d "$FETCHED"
  local answer=0
  git ls-remote --exit-code origin "$BRANCH" || answer=$?
  case "$answer" in
    0) ;;
    2) echo "origin has no branch 'site' yet; this is the first publication"; return ;;
    *) stop "origin could not be asked for its branch 'site' (git ls-remote ended with $answer); nothing is published" ;;
  esac
  git fetch --quiet --depth 1 origin "+$BRANCH:$FETCHED"
  mkdir -p _site.versions/1
  git archive "$FETCHED" | tar --extract --directory _site.versions/1
  ln -s _site.versions/1 _site
}

keep() {
  local before tree commit lost copy
  [ -d _site ] || stop "there is no _site to keep"
  before=$(git rev-parse --quiet --verify "$FETCHED" || true)
  copy=$(mktemp --directory --tmpdir=_site.versions)
  cp --recursive --dereference --link _site/. "$copy" # the branch holds files in the place of links
  tree=$(tree_of "$PWD/$copy")
  rm -r "$copy"
  if [ -n "$before" ]; then
    [ "$tree" != "$(git rev-parse "$before^{tree}")" ] || { echo "the site is as it was; there is nothing to keep"; return; }
    lost=$(git diff --no-renames --name-status --diff-filter=a "$before" "$tree" -- "$REVISIONS")
    [ -z "$lost" ] || stop "published revisions are not as they were; the site was not kept:"$'\n'"$lost"
  fi
  commit=$(git -c user.name=publish -c user.email=publish@users.noreply.github.com \
    commit-tree ${before:+-p "$before"} -m "The site after $(git rev-parse --short HEAD)" "$tree")
  git push origin "$commit:$BRANCH" ||
    stop "origin did not take the site; if its branch 'site' has moved on meanwhile, publish again"
  git update-ref "$FETCHED" "$commit"
}

tree_of() {
  local index
  index=$(mktemp --directory)
  GIT_INDEX_FILE="$index/index" git -c core.autocrlf=false --work-tree="$1" add --all --force "$1"
  GIT_INDEX_FILE="$index/index" git write-tree
  rm -r "$index"
}

case "${1:-}" in
  fetch | keep) "$1" ;;
  *) stop "publish_site.sh fetch, or publish_site.sh keep" ;;
esac
