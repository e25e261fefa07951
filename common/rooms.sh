#!/bin/sh
# The picture in README.md: rooms, and what flows between them. Prints SVG; rooms.svg is its output
# (tests/format.sh compares them).
#   sh common/rooms.sh > common/rooms.svg
set -eu

# box X Y WIDTH KIND NAME | WORDS      room: a folder with code; thing: what flows or lies on disk
# arrow X1 Y1 X2 Y2                    from one to the other
# note X Y WORDS
awk '
  function escaped(text) { gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); return text }
  function text(x, y, class, words) {
    printf "<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>\n", x, y, class, escaped(words)
  }
  BEGIN {
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 400\" width=\"900\" height=\"400\">"
    print "<title>Rooms of Dateline and what flows between them</title>"
    print "<style>text{font:12px sans-serif;fill:#222;text-anchor:middle}.name{font-weight:bold}" \
          ".note{fill:#555;text-anchor:start}.room{fill:#dbe9f6;stroke:#31699b}" \
          ".thing{fill:#fbf1d3;stroke:#a07d1c}path{stroke:#444;stroke-width:1.5;fill:none}</style>"
    print "<defs><marker id=\"end\" markerWidth=\"9\" markerHeight=\"8\" refX=\"8\" refY=\"4\" orient=\"auto\">" \
          "<path d=\"M0,0 L9,4 L0,8 z\" style=\"fill:#444;stroke:none\"/></marker></defs>"
    print "<rect width=\"900\" height=\"400\" fill=\"#fff\"/>"
  }
  $1 == "box" {
    x = $2; y = $3; width = $4; kind = $5
    sub(/^box +[0-9]+ +[0-9]+ +[0-9]+ +[a-z]+ +/, "")
    split($0, part, / *\| */)
    printf "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"50\" rx=\"%d\" class=\"%s\"/>\n", \
           x, y, width, kind == "thing" ? 20 : 3, kind
    text(x + width / 2, y + 21, "name", part[1])
    text(x + width / 2, y + 39, "words", part[2])
  }
  $1 == "arrow" { printf "<path d=\"M%d,%d L%d,%d\" marker-end=\"url(#end)\"/>\n", $2, $3, $4, $5 }
  $1 == "note" { x = $2; y = $3; sub(/^note +[0-9]+ +[0-9]+ +/, ""); text(x, y, "note", $0) }
  END { print "</svg>" }
' <<'END'
note 20 28 Every night: dateline-index
box 20 130 120 thing archive | *.txt
arrow 140 155 173 155
box 175 130 130 room indexer/formats | bytes -> article
arrow 305 155 338 155
box 340 130 150 room indexer/extract | who said what, where
arrow 490 155 523 155
box 525 130 140 room indexer/write | record -> document
arrow 665 155 718 155
box 720 130 160 thing database | text, terms, columns
box 175 50 130 room indexer/run | scan, plan, report
arrow 240 100 240 128
box 340 50 150 room data | words, places
arrow 415 100 415 128
box 525 50 140 room indexer/database | which generation
arrow 665 90 735 128
box 720 50 160 room indexer/care | check, audit, health
arrow 800 128 800 102
note 20 268 At any time: dateline-query
box 20 280 120 thing query | speaker:lind
arrow 140 305 173 305
box 175 280 130 room query/language | text -> terms
arrow 305 305 338 305
box 340 280 150 room query/match | count, hits
arrow 490 305 523 305
box 525 280 140 room query/render | result -> text
arrow 665 305 718 305
box 720 280 160 thing answer | text, JSON, tables
box 340 205 150 room query/index | one revision
arrow 720 172 492 222
arrow 415 255 415 278
note 20 375 Below all of them: common (article, record, date, error), common/text, common/store (the index as a format)
END
