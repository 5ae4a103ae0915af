#!/bin/sh
# Makes the .mo files, and the other kinds of Dutch from nl_NL (the words suit all three). Needs msgfmt of gettext.
cd "$(dirname "$0")" || exit 1
for other in nl_NL_formal nl_BE; do
	sed "s/^\"Language: nl_NL/\"Language: $other/" nachtwacht-connector-nl_NL.po > "nachtwacht-connector-$other.po"
done
for file in *.po; do
	msgfmt --check --no-hash -o "${file%.po}.mo" "$file" || exit 1
done
