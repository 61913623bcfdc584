# SPDX-License-Identifier: BSD-2-Clause
#
# check.awk: what cmocka says of tests that failed, for people. Each name stands
# above what was wrong, and small negative numbers, which cmocka shows in hex, are
# shown as such, with the names that -v errors=FILE (abi/errno.h) gives them.
BEGIN {
	while ((getline line < errors) > 0)
		if (split(line, word, /[ \t]+/) >= 3 && word[1] == "#define" &&
		    word[3] ~ /^[0-9]+$/ && !(word[3] in name))
			name[word[3]] = word[2]
}

# The value of hex digits.
function value(hex,    i, n) {
	n = 0
	for (i = 1; i <= length(hex); i++)
		n = n * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
	return n
}

# A line in which -14 stands for 0xfffffffffffffff2.
function readable(line,    out, n) {
	out = ""
	while (match(line, /0xfffffffff[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]/)) {
		n = 268435456 - value(substr(line, RSTART + 11, 7))
		out = out substr(line, 1, RSTART - 1) "-" n \
		    (n in name ? " (" name[n] ")" : "")
		line = substr(line, RSTART + RLENGTH)
	}
	return out line
}

/^\[ +RUN +\]/ || /^\[ +OK +\]/ || /^\[ *=+\]/ || /^\[ +PASSED +\]/ || /^\[ +SKIPPED +\]/ { next }
/^\[ +FAILED +\] [0-9]+ test\(s\), listed below/ { listing = 1; next }
listing && (/^\[ +FAILED +\]/ || /^ *[0-9]+ FAILED TEST/ || /^$/) { next }
/^\[ +(FAILED|ERROR) +\] [A-Za-z_0-9]+$/ {
	print "  " $NF ":"
	for (i = 0; i < lines; i++)
		print "    " said[i]
	lines = 0
	next
}
{
	gsub(/\[ +(ERROR|LINE) +\] --- /, "")
	sub(/: error: Failure!/, "")
	said[lines++] = readable($0)
}
END {
	for (i = 0; i < lines; i++)
		print "  " said[i]
}
