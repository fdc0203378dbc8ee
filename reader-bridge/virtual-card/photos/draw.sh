#!/usr/bin/env bash
# Draws the portraits of the made-up people and packs them as greyscale JPEG 2000, the size that a card's photo has.
# Needs openjpeg's opj_compress (Debian: libopenjp2-tools). Run it again only to change a portrait.
# usage: photos/draw.sh
set -euo pipefail
cd "$(dirname "$0")"

# A head, hair, eyes and shoulders out of ellipses; person changes hair, width and shades.
portrait() { # person
  LC_ALL=C awk -v p="$1" '
    function inside(x, y, cx, cy, rx, ry) { return ((x - cx) / rx) ^ 2 + ((y - cy) / ry) ^ 2 <= 1 }
    BEGIN {
      w = 240; h = 300; face = 70 + 3 * p; hair = 30 + 25 * p
      printf "P2\n%d %d\n255\n", w, h
      for (y = 0; y < h; y++) for (x = 0; x < w; x++) {
        shade = 225 - int(y / 20)
        if (inside(x, y, 120, 310, 110, 90)) shade = 60 + 20 * p
        if (inside(x, y, 120, 230, 30, 50)) shade = 175
        if (inside(x, y, 120, 118, face + 14, 100 + 8 * (p % 2))) shade = hair
        if (inside(x, y, 120, 135, face, 88)) shade = 190 - int((x - 120) ^ 2 / 120)
        if (inside(x, y, 92, 125, 11, 5 + p % 3) || inside(x, y, 148, 125, 11, 5 + p % 3)) shade = 40
        if (inside(x, y, 120, 155, 7, 14)) shade = 165
        if (inside(x, y, 120, 188, 24, 6)) shade = 110
        print shade
      }
    }'
}

portrait=$(mktemp --suffix=.pgm)
trap 'rm -f "$portrait"' EXIT
for person in 1 2 3 4; do
  portrait "$person" >"$portrait"
  opj_compress -i "$portrait" -o "$person.jp2" -r 14 >/dev/null
done
