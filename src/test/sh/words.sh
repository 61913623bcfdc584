#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Words: quotes, parameters, substitution, arithmetic, fields, file names.
. /test/sh-lib

is "quotes" 'a  b$x"\' "$(echo 'a  b$x"\')"
is "double quotes" 'a\b$"`' "a\b\$\"\`"
is "backslash" 'a b;c' a\ b\;c
is "joined pieces" 'abc d' a'b'"c d"
is "line joined" ab a\
b
x=5
is "value" 5 $x
is "value in braces" 5y ${x}y
is "unset" '' "$unset"
is "default" d ${unset:-d}
is "default of empty" d ${unset-d}
e=
is "empty is set" '' "${e-d}"
is "empty counts with colon" d "${e:-d}"
is "default with blanks" 2 $(count ${unset:-a b})
is "quoted default" 1 $(count "${unset:-a b}")
is "alternative" y ${x:+y}
is "no alternative" 0 $(count ${unset:+y})
is "assigned" v ${new:=v}
is "assigned stays" v $new
is "length" 7 $(v=abcdefg; echo ${#v})
p=/usr/lib/foo.tar.gz
is "short suffix" /usr/lib/foo.tar ${p%.*}
is "long suffix" /usr/lib/foo ${p%%.*}
is "short prefix" usr/lib/foo.tar.gz ${p#*/}
is "long prefix" foo.tar.gz ${p##*/}
is "quoted pattern" 'a*' "$(v='a**'; echo "${v%'*'}")"
is "nested" deep "${unset:-${none:-deep}}"
is "brace in quotes" 'a}b' "${unset:-"a}b"}"

is "substitution" 'one two' "$(echo one | tr -d '\n'; echo ' two')"
is "newlines go at the end" a "$(echo a; echo; echo)"
is "nested substitution" c $(echo $(echo $(echo c)))
is "backquotes" 'a b' "`echo a` `echo \`echo b\``"
is "quotes within" 'a  b' "$(echo "a  $(echo "b")")"
is "case within" yes $(case a in a) echo yes;; esac)
is "status of substitution" 3 $(x=$(exit 3); echo $?)

is "sum" 14 $((2 + 3 * 4))
is "parentheses" 20 $(((2 + 3) * 4))
is "signs" -3 $((- 3))
is "rest" -1 $((-7 % 3))
is "shift" 40 $((5 << 3))
is "comparison" 1 $((3 >= 3 && 2 != 1))
is "bits" 7 $((5 | 2 & 3 ^ 0))
is "choice" 2 $((0 ? 1 : 2))
is "hexadecimal, octal" 24 $((0x10 + 010))
is "variable" 6 $((x + 1))
is "assignment" '8 8' "$((x += 3)) $x"
is "not evaluated" '1 8' "$((1 || (x = 1))) $x"
is "smallest by -1" -2147483648 $((-2147483648 / -1))

set -- 'a b' '' c
is "arguments" 3 $#
is "all, quoted" 3 $(count "$@")
is "all, unquoted" 3 $(count $@)
is "all as one" 'a b  c' "$*"
is "all in a word" 'xa b' "$(set -- "x$@"; echo "$1")"
set -- 1 2 3 4 5 6 7 8 9 10 11
is "many arguments" '1 10 10' "$1 ${10} $10"
shift 2
is "shift" '3 9' "$1 $#"
set --
is "no arguments" 0 $(count "$@")
is "no arguments, but quotes" 1 $(count "$@""")

v='a   b'
is "fields" 2 $(count $v)
is "one field" 1 $(count "$v")
v=a::b:
IFS=:
n=$(count $v)
unset IFS
is "fields at colons" 3 $n
is "empty field" 1 $(count '')
is "no field" 0 $(count $unset)

touch a1 a2 b1 .hid 'x y'
mkdir d && touch d/z
is "star" 'a1 a2' "$(echo a*)"
is "question mark" 'a1 b1' "$(echo ?1)"
is "class" 'a1 b1' "$(echo [ab]1)"
is "negated class" a2 "$(echo [!b][!1])"
is "no hidden files" 'a1 a2 b1 d x y' "$(echo *)"
is "hidden files" .hid "$(echo .h*)"
is "below" d/z "$(echo */z)"
is "nothing matches" 'q*' q*
is "quoted star" 'a*' "a*"
is "blank in name" 'x y' "$(echo x*)"
is "one field for it" 1 $(count x*)
is "switched off" '*' "$(set -f; echo *)"
HOME=/root
is "home" /root/x "$(echo ~/x)"

mkdir 'g d'; touch 'g d/x.err' 'g d/y.err'
d='g d'
is "quoted slash" 'g d/x.err g d/y.err' "$(echo "$d"/*.err)"
is "slash in quotes" 'g d/x.err g d/y.err' "$(echo "g d/"*.err)"
is "quoted slash between patterns" 'g d/x.err' "$(echo g*'/'x*)"
is "backslash before a slash" 'g d/y.err' "$(echo g\ d\/y*)"
is "quoted star" 'g d/*' "$(echo "$d/*")"
cd 'g d'; touch .hid
is "dots are not matched" '.hid' "$(echo .*)"
is "nor below" './.hid' "$(echo ./.*)"
cd ..; rm -r 'g d'
finish
