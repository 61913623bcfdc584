#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Proves D8. Sessions of db(1): commands, and what it says to them. Addresses
# are left out of that, and distances within functions, and numbers of
# processes.
. /test/sh-lib
steps=/test/db-steps

plain() {
	while IFS= read -r line; do
		out=
		for word in $line; do
			case $word in
			0x*:) word=0x: ;;
			0x*) word=0x ;;
			msg_call*) word=msg_call+ ;;
			*+0x*) word=${word%%+0x*}+ ;;
			esac
			out="$out $word"
		done
		case $out in
		*' process '*) out="${out%process*}process" ;;
		esac
		printf '%s\n' "${out# }"
	done
}

# session NAME: file `got' has the lines of file `want'
session() {
	plain <said >got
	n=0
	while IFS= read -r line <&3; do
		n=$((n + 1))
		IFS= read -r other <&4
		is "$1, line $n" "$line" "$other"
	done 3<want 4<got
	is "$1: no more lines" $n $(cat got | wc -l | tr -d ' ')
}

cat >want <<'END'
new program at 0x _start
breakpoint 1 at 0x leaf
breakpoint 1 at 0x leaf
#0 0x leaf
#1 0x middle+
#2 0x main+
#3 0x __start+
#4 0x _start+
at 0x leaf+
#0 0x leaf+
#1 0x middle+
#2 0x main+
#3 0x __start+
#4 0x _start+
at 0x middle+
breakpoint 1 at 0x leaf
breakpoint 1 at 0x leaf
no breakpoints
pm_exit(status=43)
exit 43
END
db $steps >said <<'END'
break leaf
continue
bt
step
bt
set counter 40
finish
c
list
delete 1
list
call
c
END
is "calls: status" 0 $?
session calls

cat >want <<'END'
new program at 0x _start
breakpoint 1 at 0x middle
breakpoint 1 at 0x middle
at 0x middle+
0x counter: 0x
0x self: "/test/db-steps"
eip 0x middle+
exit 7
breakpoint 2 at 0x leaf
new program at 0x _start
breakpoint 3 at 0x middle
breakpoint 3 at 0x middle
breakpoint 2 at 0x leaf
breakpoint 2 at 0x leaf
breakpoint 3 at 0x middle
END
db $steps >all <<'END'
break middle # a comment
continue
next
x counter
text self
registers
delete
set counter 4
continue
break leaf
run /test/db-steps
break middle
continue
continue
list
kill
END
is "memory: status" 0 $?
grep -v -e '^e[a-df-hs]' -e '^e[bs]p' -e '^edi' all >said
session memory

cat >want <<'END'
new program at 0x _start
SIGUSR1 at 0x msg_call+
exit 1
new program at 0x _start
SIGUSR1 at 0x msg_call+
exit 0
new program at 0x _start
SIGUSR1 at 0x msg_call+
killed by SIGTERM
END
db $steps signal >said <<'END'
c
c
run /test/db-steps signal
c
c 0
run /test/db-steps signal
c
c TERM
END
session signals

cat >want <<'END'
new program at 0x _start
breakpoint 1 at 0x leaf
leaves process
SIGCHLD at 0x msg_call+
breakpoint 1 at 0x leaf
#0 0x leaf
#1 0x middle+
#2 0x main+
#3 0x __start+
#4 0x _start+
exit 14
END
db $steps fork >said <<'END'
break leaf
c
c
bt
c
END
session "fork, parent"

cat >want <<'END'
new program at 0x _start
breakpoint 1 at 0x leaf
follows process
at 0x msg_call+
breakpoint 1 at 0x leaf
#0 0x leaf
#1 0x middle+
#2 0x main+
#3 0x __start+
#4 0x _start+
exit 6
END
db $steps fork >said <<'END'
follow child
break leaf
c
c
bt
c
END
session "fork, child"

cat >want <<'END'
new program at 0x _start
breakpoint 1 at 0x main
breakpoint 1 at 0x main
new program at 0x _start
breakpoint 1 at 0x main
exit 3
END
db $steps exec >said <<'END'
break main
c
c
c
c
END
session exec

cat >want <<'END'
new program at 0x _start
SIGSEGV at 0x main+
#0 0x main+
#1 0x __start+
#2 0x _start+
0x: no memory is there
killed by SIGSEGV
END
db $steps crash >said <<'END'
c
bt
x 0x10
c
END
session crash

cat >want <<'END'
new program at 0x _start
exit 3
db: nonsense: there is no such command; help lists them
db: place: say which: SYMBOL, ADDRESS or $REGISTER
db: nowhere_: there is no such symbol, register or number
db: main+c: there is no such symbol, register or number
db: zz: there is no such symbol, register or number
db: 77: there is no such signal
db: 0: this is no number from 1 to 100000
db: breakpoint: no memory is there; deleted
db: x: there is no process; run or attach to one
db: nosuch: there is no such program
db: 99999: No such process
db: follow: say parent or child
db: 7: there is no such breakpoint
END
db $steps >out 2>err <<'END'
nonsense
break
break nowhere_
break main+c
set eax zz
set 0x10 1
c 77
step 0
break 0x10
c
x
run nosuch
attach 99999
follow
delete 7
END
is "nonsense: status" 1 $?
grep -v '^breakpoint' out >said
grep -v 0x10: err >>said
session nonsense

# The example of the manual, as it stands there.
part=
while IFS= read -r line; do
	line=${line#    }
	case $line in
	'# db '*) part=script; command=${line#\# } ;;
	END) part=want ;;
	'EXIT STATUS') part= ;;
	'') ;;
	*) [ "$part" ] && printf '%s\n' "$line" >>$part.1 ;;
	esac
done </usr/man/man1/db.1
plain <want.1 >want
eval "${command%<<END} <script.1" >said
session "db(1)"

# A process that runs already. Its breakpoints are its own, and are gone when
# it is let go; an interrupt stops it.
$steps loop &
victim=$!
{
	echo 'break middle'
	echo c
	until [ -f interrupted ]; do sleep 1; done
	echo delete
	echo 'break leaf'
	echo c
	echo c
	echo 'set counter 9'
	echo detach
} | db -p $victim $steps >said &
tracer=$!
sleep 1
$steps
is "nobody else stops at a breakpoint" 3 $?
kill -INT $(ps | grep ' db$' | cut -c1-5)
>interrupted
wait $tracer
is "attach: status" 0 $?
wait $victim
is "attach: it goes on, without breakpoints" 9 $?
grep -v '^at' said >some
is "attach: two stops" 2 $(grep -c '^at 0x' said)
mv some said
cat >want <<'END'
breakpoint 1 at 0x middle
breakpoint 2 at 0x leaf
breakpoint 2 at 0x leaf
breakpoint 2 at 0x leaf
END
session attach
finish
