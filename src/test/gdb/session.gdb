# What gdb does in src/test/gdb/check, which puts in numbers of lines for
# texts between @; session.expect says what comes of it. The program has been
# started with the arguments "count queue", and is at its first instruction.
set width 0
set height 0
set confirm off
break debuggee.c:@the deepest frame@
continue
backtrace
up
info locals
print n + 41
delete
print sum(4)
break vowels
continue
print word
print word[2]@3
next
next
info locals
watch count
continue
delete
tbreak debuggee.c:@all letters are counted@
continue
info locals
step
step
info locals
finish
continue

echo == a program that crashes\n
set args crash
run
backtrace
print nowhere
info registers eip
continue

echo == a loop that Ctrl-C stops\n
set args loop
shell (until grep -q busy @CONSOLE@; do sleep 0.1; done; kill -INT $PPID) &
run
backtrace
print turns > 0
print looping = 0
continue

echo == a signal that is passed on\n
set args signal
run
backtrace
continue

echo == one that is not\n
handle SIGUSR1 nopass
run
continue

echo == a child, which has no breakpoints\n
set args fork
break vowels
run

echo == another program\n
set args exec
run
print word
continue

echo == the end of one that runs\n
delete
set remote exec-file /bin/ls
set args -l /
starti
kill

echo == a program that is not there\n
set remote exec-file /bin/nothing
run
