#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The command ds: what the superuser sees of the data store and does to it,
# and what others may not.
. /test/sh-lib

is "list" 'vfs 1' "$(ds list vfs | cut -c 28- | grep vfs)"
is "list nothing" 0 $(ds list 'no such.*' | wc -l | tr -d ' ')
is "labels" 1 $(ds list | grep -c '^label .* rs .* tty ')
is "set" 0 $(ds set sh.n 42; echo $?)
is "get" 42 $(ds get sh.n)
is "owner" is $(ds list sh.n | cut -c 12-13)
is "set again" 1 $(ds set sh.n 43 2>/dev/null; echo $?)
is "set over" 0 $(ds set -o sh.n 43; echo $?)
is "get again" 43 $(ds get -t u32 sh.n)
is "get what is not" 1 $(ds get -t str sh.n 2>/dev/null; echo $?)
is "string" text $(ds set sh.s text; ds get sh.s)
is "string too long" 1 $(ds set -t str sh.t abcdefghijklmnop 2>/dev/null; echo $?)
is "number as string" 7 $(ds set -t str sh.n 7; ds get -t str sh.n)
is "no number" 2 $(ds set -t u32 sh.n x 2>/dev/null; echo $?)
is "memory" 'a longer text than a string' \
	"$(ds set -t mem sh.m 'a longer text than a string'; ds get sh.m)"
is "memory listed" '27 bytes' "$(ds list sh.m | cut -c 33-)"
is "label" 1 $(ds get -t label vfs)
is "no label" 1 $(ds set -t label me 1 2>/dev/null; echo $?)
is "not ours" 1 $(ds delete vfs 2>/dev/null; echo $?)
is "delete" 0 $(ds delete sh.m; echo $?)
is "deleted" 1 $(ds get sh.m 2>/dev/null; echo $?)
is "delete nothing" 1 $(ds delete sh.m 2>/dev/null; echo $?)
ds watch -n 4 'sh[.].*' >w &
sleep 1
ds set sh.w 1
sleep 1
ds set -o sh.w 1
sleep 1
ds set -o sh.w 2
sleep 1
ds delete sh.w
wait
is "watch" '+ 1,* 1,* 2,- 2,' "$(tr -s ' ' <w | cut -d ' ' -f 1,6 | tr '\n' ,)"
is "watch says what" 4 $(grep -c 'u32 .* is .* sh.w' w)
ds delete sh.s
ds delete -t u32 sh.n
ds delete -t str sh.n
is "clean" 0 $(ds list 'sh[.].*' | wc -l | tr -d ' ')
is "no sense" 2 $(ds nonsense 2>/dev/null; echo $?)
is "no key" 2 $(ds get 2>/dev/null; echo $?)
is "no expression" 2 $(ds list '(' 2>/dev/null; echo $?)
is "empty key" 1 $(ds set '' 1 2>/dev/null; echo $?)
finish
