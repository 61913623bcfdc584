#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What makes no sense: an error, never a crash. A crash would be 139.
. /test/sh-lib

bad() {
	sh -c "$2" >/dev/null 2>err </dev/null
	is "$1" "2" "$?"
	[ -s err ] || is "$1 says why" yes no
}
bad "stray )" ')'
bad "stray ;;" ';;'
bad "stray fi" 'fi'
bad "empty if" 'if then fi'
bad "no fi" 'if true; then echo a'
bad "no done" 'while true; do echo a'
bad "no do" 'for i in a; echo; done'
bad "no name" 'for 1 in a; do :; done'
bad "no esac" 'case a in b) echo'
bad "no in" 'case a b) esac'
bad "pipe to nothing" 'echo a |'
bad "nothing to a pipe" '| cat'
bad "and nothing" 'true &&'
bad "no word" 'echo >'
bad "twice" 'echo > > a'
bad "single quote" "echo 'a"
bad "double quote" 'echo "a'
bad "backquote" 'echo `a'
bad "open substitution" 'echo $(a'
bad "open arithmetic" 'echo $((1'
bad "half-closed arithmetic" 'echo $((1) '
bad "open brace" 'echo ${a'
bad "bad brace" 'echo ${}'
bad "bad name" 'echo ${1a}'
bad "bad operator" 'echo ${a!b}'
bad "bad function" 'a-b() { :; }'
bad "function without body" 'f() echo'
bad "arithmetic on nothing" 'echo $((1 +))'
bad "division by zero" 'echo $((1 / 0))'
bad "rest by zero" 'echo $((1 % 0))'
bad "bad number" 'echo $((09))'
bad "unset with ?" 'echo ${a?gone}'
bad "expansion after <<" 'cat <<$x'

# $1 repeated 2 to the power of $2
many() {
	s=$1; i=0
	while [ $i -lt $2 ]; do s=$s$s; i=$((i + 1)); done
	echo "$s"
}
bad "deep parentheses" "$(many '( ' 10)"
bad "deep braces" "$(many '{ ' 10)"
bad "deep if" "$(many 'if ' 10)"
bad "deep substitution" "echo $(many '$(' 10)"
bad "deep parameters" "echo $(many '${a:-' 10)"
bad "deep arithmetic" "echo \$(($(many '(' 10)1$(many ')' 10)))"
bad "deep signs" "echo \$(($(many '- ' 10)1))"
bad "deep eval" 'f() { eval f; }; f'
bad "itself" 'echo ". ./self" >self; . ./self; exit 2'
long=$(many x 12)
is "long word" 4096 $(sh -c "echo $long" | tr -d '\n' | wc -c | tr -d ' ')
is "long name" '' "$(sh -c "echo \$$long")"
is "many words" 1024 $(sh -c "set -- $(many 'a ' 10); echo \$#")
is "many stars" no $(sh -c "case $(many a 6) in $(many '*b' 5)) echo yes;;
	*) echo no;; esac")
is "long path" 126 $(sh -c "/$long" 2>/dev/null; echo $?)
head -c 1 /dev/null 2>/dev/null
sh /bin/cat >/dev/null 2>&1
r=$?
is "a program as script" yes "$([ $r -ge 1 ] && [ $r -lt 128 ] && echo yes)"
# Bytes of programs and of chance as commands: nothing may break, and nothing
# of it should name a program, so without PATH.
for f in /bin/ls /bin/sort; do
	od -n 600 $f >dump
	env -i PATH=/none sh -n $f >/dev/null 2>&1
	r=$?
	is "syntax of $f" yes "$([ $r -lt 128 ] && echo yes)"
done
is "still here" yes yes
finish
