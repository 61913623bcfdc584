#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Commands for files and directories.
. /test/sh-lib

has() {
	[ -e "$1" ] && echo yes || echo no
}
echo hello >a
cp a b
is "cp" hello $(cat b)
is "cmp" 0 $(cmp a b; echo $?)
echo other >b
is "cmp of others" 1 $(cmp -s a b; echo $?)
mv b c
is "mv" 'no yes' "$(has b) $(has c)"
ln a l; ln -s a s
is "ln" hello $(cat l)
is "links" 2 $(stat a | grep links | cut -d , -f 4 | tr -d ' links')
is "symbolic" hello $(cat s)
rm a
is "dangling" no $(has s)
is "other name stays" hello $(cat l)
mkdir d d/e
is "mkdir" yes $(has d/e)
is "mkdir of one that is there" 1 $(mkdir d 2>/dev/null; echo $?)
mkdir -p d/e/f/g/h
is "mkdir -p" yes $(has d/e/f/g/h)
is "rmdir of a full one" 1 $(rmdir d/e 2>/dev/null; echo $?)
echo deep >d/e/f/g/h/file
cp -r d copy
is "cp -r" deep $(cat copy/e/f/g/h/file)
is "cp into itself" 1 $(cp -r d d/x 2>/dev/null; echo $?)
mv copy d
is "mv into a directory" deep $(cat d/copy/e/f/g/h/file)
is "ls -R" 21 $(ls -R d | grep -c .)
rm -r d
is "rm -r" no $(has d)
is "rm of nothing" 1 $(rm none 2>/dev/null; echo $?)
is "rm -f of nothing" 0 $(rm -f none; echo $?)
touch t
is "touch" 0 $(wc -c <t | tr -d ' ')
chmod 640 t
is "chmod" -rw-r----- $(ls -l t | cut -c 1-10)
chmod u+x,g-r,o=r t
is "chmod by letters" -rwx---r-- $(ls -l t | cut -c 1-10)
chown user:users t
is "chown" 'user users' "$(ls -l t | tr -s ' ' | cut -d ' ' -f 3,4)"
is "ls -a" '. .. c l s t' "$(echo $(ls -a))"
is "ls -A" 'c l s t' "$(echo $(ls -A))"
is "ls of nothing" 1 $(ls none 2>/dev/null; echo $?)
is "ls -d" /etc $(ls -d /etc)
is "ls -F" s@ $(ls -F | grep @)
mknod p p
cat p >out & echo through >p
wait
is "named pipe" through $(cat out)
mknod n c 1 3
echo gone >n
is "device" 0 $(wc -c <n | tr -d ' ')
is "pwd" $work $(pwd)
is "cd and back" $work $(cd /etc && cd - >/dev/null && pwd)
is "test -f" 0 $([ -f t ]; echo $?)
is "test -d" 1 $([ -d t ]; echo $?)
is "test -L" 0 $([ -L s ]; echo $?)
is "test -s" 1 $([ -s t ]; echo $?)
is "test of three" 0 $([ 1 -lt 2 -a ! -e none ]; echo $?)
is "test without sense" 2 $([ a -eq 1 ] 2>/dev/null; echo $?)
is "program test" 0 $(/bin/test -d /etc; echo $?)
is "program [" 1 $(/bin/[ a = b ]; echo $?)
is "df" 2 $(df / | wc -l | tr -d ' ')
is "names of 255 bytes" 255 $(n=$(seq 1000 1063 | tr -d '\n' | cut -c 1-255)
	touch $n; ls | grep 1000 | tr -d '\n' | wc -c | tr -d ' ')
sync

mkdir keep; touch keep/f
for p in . .. keep/. keep/.. keep/./ / // ../ ./; do
	is "rm -rf $p" 1 $(rm -rf $p 2>/dev/null; echo $?)
done
is "nothing was removed" yes $(has keep/f)
mkdir r
is "rm -r goes on after an error" 1 $(rm -r none r 2>/dev/null; echo $?)
is "and removes the rest" no $(has r)
mkdir -p r/s r2/s; touch r/s/f r2/s/f
is "also after one within" 1 $(rm -r keep/none r r2 2>/dev/null; echo $?)
is "both are gone" 'no no' "$(has r) $(has r2)"
is "rm -rf ignores what is not there" 0 $(rm -rf none keep; echo $?)
is "rm without operands" 2 $(rm 2>/dev/null; echo $?)
name=$(seq 1000 1063 | tr -d '\n' | cut -c 1-250)
dig() {
	mkdir deep && cd deep || return
	for i in 1 2 3 4 5 6 7 8; do
		mkdir $name side$i && touch file$i && cd $name || return
	done
	touch bottom
}
(dig)
is "deeper than a path can be" 1 $(ls -R deep >/dev/null 2>&1; echo $?)
is "rm -r of it" 0 $(rm -r deep; echo $?)
is "all of it" no $(has deep)
mkdir -p $(seq 1 200 | tr '\n' /)
touch $(seq 1 150 | tr '\n' /)f
is "rm -r of 200 levels" 0 $(rm -r $work/1/; echo $?)
is "from within another tree" no $(mkdir -p x/y z/a; cd x/y; rm -r ../../z; has ../../z)
mkdir -p x/y/z; touch x/y/z/f x/g
is "rm without -r" 1 $(rm x 2>/dev/null; echo $?)
is "removes nothing" yes $(has x/y/z/f)
rm -r x; rm -f p c
for c in chmod chown cmp cp cut grep kill ln mkdir mknod mv rmdir sleep stat \
    touch tr 'kill -9' 'kill -TERM --' '/bin/kill -9'; do
	is "$c without operands" 2 $($c </dev/null 2>/dev/null; echo $?)
done
for c in mkdir touch cat rmdir chown; do
	is "$c refuses an option" 2 $($c -Z x x 2>/dev/null; echo $?)
done
for c in /bin/pwd sync free dmesg clear; do
	is "$c refuses a word" 2 $($c x 2>/dev/null; echo $?)
done
mkdir -- -d; touch -- -x; cat -- -x; rmdir -- -d; rm -- -x
is "names with dashes" 'no no' "$(has ./-d) $(has ./-x)"
is "mkdir -p --" yes $(mkdir -p -- -d/e && has ./-d/e)
touch m; chmod 644 m; chmod -- -r m
is "chmod with --" --w------- $(ls -l m | cut -c 1-10)
finish
