#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Redirections, here-documents, pipelines, background, signals.
. /test/sh-lib

echo a >f; echo b >>f
is "out and append" 'a b' "$(echo $(cat f))"
is "in" 'a b' "$(echo $(cat <f))"
sh -c 'echo out; echo err >&2' >o 2>e
is "both apart" 'out err' "$(cat o) $(cat e)"
sh -c 'echo out; echo err >&2' >o 2>&1
is "both together" 'out err' "$(echo $(cat o))"
is "order matters" err "$(sh -c 'echo err >&2' 2>&1 >/dev/null)"
{ echo 1; echo 2; } >f
is "for a group" '1 2' "$(echo $(cat f))"
for i in a b; do echo $i; done >f
is "for a loop" 'a b' "$(echo $(cat f))"
exec 3>f
echo three >&3
exec 3>&-
is "descriptor" three $(cat f)
(echo no >&3) 2>/dev/null
is "closed descriptor" 1 $?
(echo a >/no/such) 2>/dev/null
is "no such directory" 1 $?
>empty
is "only a redirection" 0 $(wc -c <empty | tr -d ' ')
x=v
is "here" 'v $x 3' "$(cat <<END
$x \$x $((1 + 2))
END
)"
is "quoted here" '$x' "$(cat <<'END'
$x
END
)"
is "here without tabs" 'a b' "$(echo $(cat <<-END
	a
		b
	END
))"
big=$(seq 1 3000)
is "large here" '3000 13893' "$(echo $(wc -lc <<END
$big
END
))"

is "pipe" 3 $(echo a b c | wc -w | tr -d ' ')
is "status of the last" 1 $(true | false; echo $?)
is "long pipeline" x $(echo x | cat | cat | cat | cat | cat | cat | cat)
is "much through a pipe" 20000 $(seq 1 20000 | tail -n 1)
is "reader ends first" 1 $(yes 1 | head -n 1)
is "while behind a pipe" 6 $(seq 1 3 | { s=0; while read n; do
	s=$((s + n)); done; echo $s; })

sleep 0 &
wait $!
is "background" 0 $?
sh -c 'exit 6' &
wait $!
is "its status" 6 $?
(exit 3) & a=$!
(exit 4) & b=$!
wait $b; b=$?
wait $a
is "two of them" '3 4' "$? $b"
sleep 100 &
kill $!
wait $!
is "killed" 143 $?
sleep 100 &
kill -KILL $!
wait $!
is "killed for sure" 137 $?
sh -c 'kill -9 $$' 2>/dev/null
is "status of a signal" 137 $?
sh -c 'trap "echo got" USR1; kill -USR1 $$; echo after' >f
is "trap" 'got after' "$(echo $(cat f))"
sh -c 'trap "" TERM; kill -TERM $$; echo lives' >f
is "ignored" lives $(cat f)
is "many children" 40 $(i=0; while [ $i -lt 40 ]; do /bin/echo x
	i=$((i + 1)); done | wc -l | tr -d ' ')
/no/such/program 2>/dev/null
is "no such program" 127 $?
nosuchcommand 2>/dev/null
is "not found" 127 $?
./empty 2>/dev/null
is "not executable" 126 $?
echo 'echo script $1' >s; chmod +x s
is "script without #!" 'script a' "$(./s a)"
printf '#!/bin/sh\necho with $1\n' >s
is "script with #!" 'with a' "$(./s a)"
finish
