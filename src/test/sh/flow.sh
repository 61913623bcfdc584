#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Lists, conditions, loops, functions and what leaves them.
. /test/sh-lib

is "and" yes "$(true && echo yes)"
is "and not" '' "$(false && echo yes)"
is "or" yes "$(false || echo yes)"
is "left to right" c "$(false && echo a || echo c)"
is "not" 0 $(! false; echo $?)
is "if" a "$(if true; then echo a; else echo b; fi)"
is "else" b "$(if false; then echo a; else echo b; fi)"
is "elif" e "$(if false; then echo a; elif true; then echo e; fi)"
is "no branch" 0 $(if false; then echo a; fi; echo $?)

s=; for i in 1 2 3; do s=$s$i; done
is "for" 123 $s
s=; for i; do s=$s$i; done
is "for without arguments" '' "$s"
set -- x y
s=; for i; do s=$s$i; done
is "for arguments" xy $s
i=0; while [ $i -lt 4 ]; do i=$((i + 1)); done
is "while" 4 $i
until [ $i = 0 ]; do i=$((i - 1)); done
is "until" 0 $i
s=; for i in 1 2 3 4; do [ $i = 3 ] && break; s=$s$i; done
is "break" 12 $s
s=; for i in 1 2 3; do [ $i = 2 ] && continue; s=$s$i; done
is "continue" 13 $s
s=
for i in 1 2; do
	for j in a b; do
		[ $j = b ] && continue 2
		s=$s$i$j
	done
done
is "continue 2" 1a2a $s
s=; while true; do while true; do break 2; done; s=no; done
is "break 2" '' "$s"
is "status of a loop" 1 $(for i in 1; do false; done; echo $?)

c() {
	case $1 in
	a | b) echo ab ;;
	[0-9]*) echo number ;;
	'*') echo star ;;
	'') ;;
	*) echo other ;;
	esac
}
is "case" ab $(c b)
is "pattern" number $(c 42)
is "quoted pattern" star "$(c '*')"
is "empty" '' "$(c '')"
is "otherwise" other $(c zz)

f() {
	echo "$# $1"
	return 7
}
is "function" '2 a' "$(f a b)"
f a >/dev/null
is "its status" 7 $?
is "arguments come back" x $1
fact() {
	if [ $1 -le 1 ]; then echo 1; return; fi
	echo $(($1 * $(fact $(($1 - 1)))))
}
is "recursion" 120 $(fact 5)
g() { local v=inner; w=changed; }
v=outer; w=old; g
is "local" 'outer changed' "$v $w"
h() { h() { echo second; }; echo first; }
is "redefined while it runs" 'first second' "$(echo $(h; h))"
deep() { deep; }
is "endless recursion ends" 2 $( (deep) 2>/dev/null; echo $?)

is "group" 'a b' "$({ echo a; echo b; } | tr '\n' ' ' | sort | cut -c 1-3)"
x=1; (x=2; exit 5)
is "subshell" '5 1' "$? $x"
{ x=3; }
is "group in this shell" 3 $x
is "eval" 'a b' "$(y='$z'; z='a b'; eval echo "$y")"
echo 'x=$1; return 4; x=5' >file
set -- arg
. ./file
is "sourced" '4 arg' "$? $x"
v=1 true
is "assignment for a command" outer "$v"
is "in its environment" 'a' "$(A=a env | grep ^A= | cut -c 3)"
export A=exp
is "export" exp "$(sh -c 'echo $A')"
unset A
is "unset" '' "$(sh -c 'echo $A')"
readonly R=1
is "readonly" '2 1' "$( (R=2; echo no) 2>/dev/null; echo $? $R)"

is "-c" 'n a 1' "$(sh -c 'echo $0 $1 $#' n a)"
is "-e" a "$(sh -ec 'echo a; false; echo b')"
is "-e in a condition" b "$(sh -ec 'if false; then echo a; fi; echo b')"
is "-u" 2 $(sh -uc 'echo $nothing' 2>/dev/null; echo $?)
is "-n" '' "$(sh -nc 'echo a')"
is "-x" '+ echo a' "$(sh -xc 'echo a' 2>&1 >/dev/null)"
is "script from stdin" 'in 3' "$(echo 'echo in $((1+2))' | sh)"
is "exit" 9 $(sh -c 'exit 9; echo no'; echo $?)
is "trap at exit" 'a bye' "$(sh -c 'trap "echo bye" EXIT; echo a' |
	tr '\n' ' ' | cut -c 1-5)"
echo 'first second third' >line
read a b <line
is "read" 'first|second third' "$a|$b"
printf 'a\\ b c\n' >line
read a b <line
is "read with a backslash" 'a b|c' "$a|$b"
is "read at the end" 1 $(read a </dev/null; echo $?)
printf '1:2\n3:4\n' >lines
s=
while IFS=: read a b; do s="$s$b$a "; done <lines
is "read in a loop" '21 43 ' "$s"

is "trap of a subshell" T "$( (trap 'echo T' EXIT; true) )"
is "trap of a substitution" T "$(trap 'echo T' EXIT; true)"
is "trap of a group in the background" T "$({ trap 'echo T' EXIT; } & wait)"
is "trap of a list in a pipe" T "$({ trap 'echo T' EXIT; true; } | cat)"
is "trap of a simple command in a pipe" T "$(trap 'echo T' EXIT | cat)"
is "trap with a program last" "x T" "$(echo $(trap 'echo T' EXIT; /bin/echo x))"
is "trap of a function" T "$(t() { trap 'echo T' EXIT; }; t)"
is "status in the trap" 3 "$(trap 'echo $?' EXIT; exit 3)"
is "trap of the parent" "a T" "$(echo $(trap 'echo T' EXIT; (true); echo a))"
is "parent's traps are shown" "trap -- 'echo T' EXIT" \
	"$(trap 'echo T' EXIT; (trap); trap - EXIT)"
is "and forgotten with the first own one" "trap -- 'a' TERM" \
	"$(trap 'echo T' EXIT; (trap a TERM; trap; trap - TERM); trap - EXIT)"
is "a caught signal kills a child" 143 \
	"$(sh -c 'trap "echo T" TERM; (exec sh -c "kill -TERM \$\$"); echo $?')"

# Jobs that stop. A job of its own group is stopped as a whole.
set -m
{ sh -c 'kill -STOP $$; exit 3'; } 2>told
is "status of one that stops" 145 $?
is "it is told of" 1 $(grep -c stopped told)
jobs >told
is "and listed" 1 $(grep -c '^\[1\] stopped' told)
fg >/dev/null
is "status when it has gone on" 3 $?
jobs >told
is "it is forgotten" 0 $(wc -l <told)
{ sleep 1 | (kill -STOP 0; exit 4); } 2>told
is "a pipeline stops as one" 145 $?
bg %1 >told
is "bg tells" 1 $(grep -c running told)
wait %1
is "and it comes to an end" 4 $?
sleep 1000 &
kill -s STOP %1
until jobs >told && grep -q stopped told; do :; done
wait
is "wait does not wait for what stopped" 0 $?
kill -TERM %1
wait %1
is "a signal wakes one that is stopped" 143 $?
sh -c 'kill -STOP $$' 2>/dev/null
kill -KILL %1
wait %1
is "killed while stopped" 137 $?
kill -s NOSUCH $$ 2>/dev/null
is "kill -s without such a signal" 2 $?
for s in TTIN TTOU TSTP STOP; do
	sleep 1000 &
	/bin/kill -s $s $!
	until jobs >told && grep -q stopped told; do :; done
	kill -KILL %1
	wait %1
done
is "each stop signal stops" 137 $?
is "kill of no signal" 2 $(/bin/kill -s NOSUCH $$ 2>/dev/null; echo $?)
set +m
fg 2>told
is "fg without job control" "1 1" "$? $(grep -c 'set -m' told)"
is "option in \$-" 'm|' "$(set -m; echo $- | tr -dc m)|$(echo $- | tr -dc m)"
# ulimit: as it is at first, for a subshell alone, both values and each.
is 'descriptors' 64 "$(ulimit -n)"
is 'no core files' '0 unlimited' "$(echo $(ulimit -c; ulimit -Hc))"
is 'of files, if not said' unlimited "$(ulimit)"
is 'set both' '20 20' "$(ulimit -n 20; echo $(ulimit -n; ulimit -Hn))"
is 'set one' '20 64' "$(ulimit -S -n 20; echo $(ulimit -n; ulimit -Hn))"
is 'up to the other' '64 64' "$(ulimit -Sn 20; ulimit -n hard
	echo $(ulimit -n; ulimit -Hn))"
is 'down to the other' '20 20' "$(ulimit -Sn 20; ulimit -n soft
	echo $(ulimit -n; ulimit -Hn))"
is 'in units' '7 unlimited' "$(ulimit -Sc 7; echo $(ulimit -c; ulimit -Hc))"
is 'none' unlimited "$(ulimit -c unlimited; ulimit -c)"
is 'programs have it' 512 "$(ulimit -f 1; cat /bin/sh 2>/dev/null >f
	wc -c <f | tr -d ' ')"
is 'and the shell' 64 "$(ulimit -n)"
is 'all' 8 "$(ulimit -a | wc -l | tr -d ' ')"
is 'too high' 1 "$(ulimit -n 65 2>/dev/null; echo $?)"
is 'no number' 1 "$(ulimit -n x 2>/dev/null; echo $?)"
is 'no letter' 2 "$(ulimit -q 2>/dev/null; echo $?)"
is 'two numbers' 2 "$(ulimit -n 1 2 2>/dev/null; echo $?)"
is 'all set' 2 "$(ulimit -a 1 2>/dev/null; echo $?)"
finish
