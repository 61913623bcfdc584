#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Commands for text, and the rest.
. /test/sh-lib

seq 1 20 >n
is "head" '1 2 3' "$(echo $(head -n 3 n))"
is "head -2" '1 2' "$(echo $(head -2 n))"
is "tail" '19 20' "$(echo $(tail -n 2 n))"
is "tail of more than there is" 20 $(tail -n 99 n | wc -l | tr -d ' ')
is "wc" '20 20 51 n' "$(echo $(wc n))"
is "seq backwards" '3 2 1' "$(echo $(seq 3 -1 1))"
is "grep" '1 10 11 12 13 14 15 16 17 18 19' "$(echo $(grep 1 n))"
is "grep anchored" 10 $(grep '^1.*0$' n)
is "grep -c" 2 $(grep -c 0 n)
is "grep -v" 1 $(grep -v '[2-9]' n | grep -vc 1 | tr 0 1)
is "grep -n" 7:7 $(grep -n 7 n | head -n 1)
is "grep -E" '3 5' "$(echo $(grep -E '^(3|5)$' n))"
is "grep -i" B $(echo B | grep -i b)
is "grep -F" 'a.c' "$(printf 'abc\na.c\n' | grep -F a.c)"
is "grep -l" n $(grep -l 20 n /etc/hostname)
is "grep in files" 'n:20' $(grep 20 n /etc/hostname)
is "grep finds nothing" 1 $(grep -q zzz n; echo $?)
is "grep without sense" 2 $(grep '[' n 2>/dev/null; echo $?)
is "grep without a file" 2 $(grep x none 2>/dev/null; echo $?)
printf 'b 2\na 10\nc 1\na 10\n' >t
is "sort" 'a 10,a 10,b 2,c 1,' "$(sort t | tr '\n' ,)"
is "sort -u" 'a 10,b 2,c 1,' "$(sort -u t | tr '\n' ,)"
is "sort -r" 'c 1,b 2,a 10,a 10,' "$(sort -r t | tr '\n' ,)"
is "sort -n by field" 'c 1,b 2,a 10,a 10,' "$(sort -n -k 2 t | tr '\n' ,)"
is "sort of negative numbers" '-10 -2 0 3' \
	"$(echo $(printf '3\n-2\n0\n-10\n' | sort -n))"
is "uniq" '1 2 1' "$(echo $(printf '1\n1\n2\n1\n' | uniq))"
is "uniq -c" '2 1 1 2' "$(echo $(printf '1\n1\n2\n' | uniq -c))"
is "uniq -d" 1 $(printf '1\n1\n2\n' | uniq -d)
is "cut -f" c $(echo a:b:c | cut -d : -f 3)
is "cut -f range" b:c $(echo a:b:c | cut -d : -f 2-)
is "cut -c" bd $(echo abcd | cut -c 2,4)
is "tr" HELLO $(echo hello | tr a-z A-Z)
is "tr -d" hll $(echo hello | tr -d eo)
is "tr -s" helo $(echo helllo | tr -s l)
is "tr -c" '12' "$(echo a1b2 | tr -cd 0-9)"
is "tee" 'x x' "$(echo x | tee f) $(cat f)"
is "tee -a" 'x y' "$(echo y | tee -a f >/dev/null; echo $(cat f))"
is "od" '0000000 61 62 0a' "$(echo ab | od | head -n 1 | cut -c 1-16)"
is "printf" '  7|ab  |0x1f|%' "$(printf '%3d|%-4s|0x%x|%%' 7 ab 31)"
is "printf again" 'a.b.' $(printf '%s.' a b)
is "printf escapes" 'A B' "$(printf '\101\tB' | tr '\t' ' ')"
is "printf -5" -05 $(printf %03d -5)
is "expr" 14 $(expr 2 + 3 '*' 4)
is "expr compares" 1 $(expr abc '<' abd)
is "expr is false" 1 $(expr 1 - 1 >/dev/null; echo $?)
is "expr without sense" 2 $(expr 1 + 2>/dev/null; echo $?)
is "echo -n" ab $(echo -n a; echo b)
is "cat -" ab $(echo b | { echo -n a; cat -; })
is "env -i" A=1 $(env -i A=1 /bin/env)
is "env runs" v $(env V=v sh -c 'echo $V')
is "uname" Lacuna $(uname)
is "id" 'uid=0(root) gid=0(root)' "$(id)"
is "id -un" root $(id -un)
is "date" 5 $(date | cut -c 5-8 | tr -cd - | wc -c | tr 1-4 5 | tr -d ' ')
is "ps" 1 $(ps | grep -c 'ps$')
is "ps -s" 1 $(ps -s | grep -c 'vfs$')
is "kill -l" 1 $(kill -l | grep -c HUP)
is "free" 1 $(free | grep -c 'total KiB')
is "dmesg" 1 $(dmesg | grep -c 'kernel:.*KiB' | tr 2-9 1)
is "man" 1 $(man ls | grep -c '^NAME')
is "man by section" 1 $(man 7 boot | grep -c '^NAME')
is "man of nothing" 1 $(man nothing 2>/dev/null; echo $?)
is "man -k" 1 $(man -k directories | grep -c '^rmdir')

# Every command explains itself, refuses nonsense and has a page.
for c in /bin/*; do
	n=${c##*/}
	case $n in sh | '[' | service) ;; *)
		is "$n --help" "usage: $n" \
			"$($c --help 2>&1 </dev/null | head -n 1 | cut -c 1-$((7 + \
			${#n})))" ;;
	esac
	[ $n = '[' ] && n=test
	man $n >/dev/null 2>&1
	is "page of $n" 0 $?
done

ds 2>usage
is "all forms of a usage" 1 "$(grep -c watch usage)"

echo 12 >n
is "number with blanks" 0 "$([ " $(wc -c <n) " -eq 3 ]; echo $?)"
is "no number" 2 "$([ 1x -eq 1 ] 2>/dev/null; echo $?)"
is "empty is no number" 2 "$([ '' -eq 0 ] 2>/dev/null; echo $?)"
is "negative number" 0 "$([ -3 -lt -2 ]; echo $?)"
is "number with plus" 0 "$([ +3 -eq 3 ]; echo $?)"
is "not, of four words" 1 "$([ ! a -o b ]; echo $?)"
is "not, of three" 1 "$([ ! -n a ]; echo $?)"
is "not not" 0 "$([ ! ! a ]; echo $?)"
is "a ! between" 0 "$([ ! = ! ]; echo $?)"
is "! and a word" 0 "$([ ! -a b ]; echo $?)"
is "not, of a comparison" 1 "$([ ! a = a ]; echo $?)"
is "grep for nothing" 2 "$(printf 'a\nb\n' | grep -c '')"
is "grep -F for nothing" 2 "$(printf 'a\nb\n' | grep -cF '')"
is "grep twice -e" 'a c' "$(echo $(printf 'a\nb\nc\n' | grep -e a -e c))"
is "grep lines of patterns" 'a c' \
	"$(echo $(printf 'a\nb\nc\n' | grep "$(printf 'a\nc')"))"
is "grep -v of two" b "$(printf 'a\nb\nc\n' | grep -v -e a -e c)"
is "grep of a wrong one" 2 "$(echo a | grep -e a -e '[' 2>/dev/null; echo $?)"
is "tr of classes" 'HELLO, 1' "$(echo 'hello, 1' | tr '[:lower:]' '[:upper:]')"
is "tr -d of a class" abc "$(echo 'a1b2c3' | tr -d '[:digit:]')"
is "tr -cd of a class" 123 "$(echo 'a1b2c3' | tr -cd '[:digit:]')"
is "tr -s of a class" 'a b' "$(echo 'a   b' | tr -s '[:space:]')"
is "tr of no class" 2 "$(echo a | tr '[:none:]' x 2>/dev/null; echo $?)"
is "tr of a range backwards" 2 "$(echo a | tr 'z-a' x 2>/dev/null; echo $?)"
is "printf of octal and hex" '8 31 -8' "$(printf '%d %d %d' 010 0x1f -010)"
is "printf of nonsense" 1 "$(printf '%d' 08 >/dev/null 2>&1; echo $?)"
is "printf with --" x "$(printf -- x)"
is "expr with --" 3 "$(expr -- 1 + 2)"
echo more >o
is "cat to its own end" 1 "$(cat o 2>/dev/null >>o; echo $?)"
is "and nothing has grown" more "$(cat o)"
is "cat of standard input to its own end" 1 \
	"$(cat <o 2>/dev/null >>o; echo $?)"
finish
