# Common questions about a report, one line of jq each:
#
#     debt score --format json > report.json
#     sh questions.sh

# How much is it, and which grade?
jq -r '.score | "\(.grade), \(.points) points, \(.intensity) a person"' report.json

# Which are the five worst factors?
jq -r '.factors[:5][] | "\(.points)\t\(.evidence[0])"' report.json

# What can each person act on, and how long does it take? A remedy for several factors counts once.
jq -r '.factors | group_by(.owner)[] | "\(.[0].owner_label // "nobody")\t\(map(.mp) | add / 1000) points\t\(unique_by(.act) | map(.minutes) | add) min"' report.json

# How much debt does each squad have?
jq -r '.by_squad[] | [.name // .key // "(none)", .points, .count] | @tsv' report.json

# Which factors began before this quarter?
jq -r '(.as_of[:7] | split("-") | .[0] + "-" + (((.[1] | tonumber) - 1) / 3 | floor * 3 + 101 | tostring[1:]) + "-01") as $quarter | .factors[] | select(.onset != null and .onset < $quarter) | "\(.onset)\t\(.id)\t\(.points)"' report.json

# How much comes only from putting things off (interest and fees)?
jq '(.parts.interest_mp + .parts.fees_mp) / 1000' report.json

# Which acknowledgements end within four weeks?
jq -r '(.as_of | strptime("%Y-%m-%d") | mktime + 28 * 86400 | strftime("%Y-%m-%d")) as $soon | .factors[] | select(.acknowledged != null and .acknowledged.through <= $soon) | "\(.acknowledged.through)\t\(.id)"' report.json

# Which rules lack data?
jq -r '.coverage.unknown_by_rule[] | "\(.count)\t\(.key) \(.name)"' report.json

# What should be done first, and what does the score fall by?
jq -r '(.tasks // [])[:3][] | "\(.effect_mp / 1000)\t\(.who_label // "somebody"): \(.what)"' report.json

# Where does it go if nothing happens?
jq -r '.forecast // {days: []} | .days[] | "\(.day)\t\(.points)\t\(.grade)"' report.json

# What changed, and how? (reports of debt check and debt diff)
jq -r '.change // {factors: []} | .factors[] | "\(.kind)\t\((.to_mp - .from_mp) / 1000)\t\(.id)"' report.json

# Do the factors add up to the score? They always do.
jq -e '(.factors | map(.mp) | add // 0) == .score.mp' report.json
