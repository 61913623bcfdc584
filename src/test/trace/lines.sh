#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Proves D8. The lines of trace(1), for programs that behave and for one that
# does not.
. /test/sh-lib

# same NAME: file `got' has the lines of file `want', each one
same() {
	n=0
	while IFS= read -r line <&3; do
		n=$((n + 1))
		IFS= read -r other <&4
		is "$1, line $n" "$line" "$other"
	done 3<want 4<got
	is "$1: no more lines" $n $(cat got | wc -l | tr -d ' ')
}

cat >want <<'END'
pm_exec(path="/test/trace-strange", frame=["/test/trace-strange"]) = OK
sendrec(pm, 0x10) = -EFAULT
sendrec(pm, 0x70000ff8) = -EFAULT
sendrec(pm, 0xfffffff0) = -EFAULT
sendrec(pm, 0x17f(0x1, 0x0, 0xdeadbeef)) = -ENOSYS
sendrec(vfs, pm_setsid()) = -ENOSYS
sendrec(pm, -EPERM()) = -ENOSYS
sendrec(pm, OK()) = -ENOSYS
sendrec(12345, pm_fork()) = -EDEADSRCDST
receive(any, 0x70000000) = -ETRAPDENIED
send(pm, pm_fork()) = -ETRAPDENIED
notify(vfs) = -ETRAPDENIED
senda(3, 0x70000000) = -ETRAPDENIED
ipc 7(pm, 0x70000000) = -ETRAPDENIED
ipc 4294967295(none, 0x10) = -EDEADSRCDST
vfs_chdir(path=0x10) = -EFAULT
vfs_chdir(path="xxxxx"...) = -ENAMETOOLONG
vfs_chdir(path="") = -ENOENT
vfs_chdir(path="/a/rather/long/name/that/is/not/"...) = -ENOENT
vfs_chdir(path="\1\0022\n\"\\\377.") = -ENOENT
vfs_chdir(path="") = -ENOENT
vfs_open(path="/no/where", flags=O_RDWR|O_CREAT|O_EXCL|0x800000, mode=0644) = -ENOENT
vfs_open(path="/nowhere", flags=O_WRONLY|O_RDWR, mode=0) = -EINVAL
vfs_lseek(fd=77, whence=9, offset=-5) = -EBADF
vfs_fcntl(fd=77, cmd=1000, arg=9) = -EBADF
pm_kill(pid=99999, sig=0) = -ESRCH
pm_kill(pid=99999, sig=77) = -EINVAL
vfs_write(fd=77, addr="abc", bytes=3, at=0, position=0) = -EBADF
vfs_read(fd=77, addr=0x10, bytes=3, at=0, position=0) = -EBADF
pm_exec(path="/nowhere", frame=[...]) = -EINVAL
pm_exec(path="/nowhere", frame=["hi"...]) = -EINVAL
pm_exec(path="/nowhere", frame=["hi"]) = -EINVAL
pm_exec(path="/nowhere", frame=[]) = -EFAULT
pm_setpgid(pid=0, pgrp=0) = OK
--- SIGTRAP
--- SIGTRAP
pm_kill(pid=0, sig=SIGTRAP) = OK
pm_itimer(which=PM_ITIMER_REAL, set=1, value_ms=300, interval_ms=0) = OK value_ms=0, interval_ms=0
--- SIGALRM
pm_sigsuspend(mask={}) = -EINTR
pm_exit(status=7) = ?
--- exit 7
END
trace -o got -e '!vm,sigaction,sigreturn,sigprocmask' /test/trace-strange
is "status of what was run" 7 $?
same strange

cat >want <<'END'
pm_exec(path="/test/trace-strange", frame=["/test/trace-strange", "end"]) = OK
vfs_pipe(flags=0) = OK fd=[3, 4]
pm_itimer(which=PM_ITIMER_REAL, set=1, value_ms=300, interval_ms=0) = OK value_ms=0, interval_ms=0
--- SIGALRM
vfs_read(fd=3, addr=0x70000000, bytes=1, at=0, position=0) = ?
--- killed by SIGALRM
END
trace -o got -e '!vm' /test/trace-strange end 2>/dev/null
is "status of what a signal ended" 142 $?
same "an end within a call"

echo text >file
cat >want <<'END'
vfs_open(path="file", flags=O_RDONLY, mode=0) = OK fd=3
vfs_close(fd=3) = OK
vfs_open(path="none", flags=O_RDONLY, mode=0) = -ENOENT
--- exit 1
END
trace -o got -e open,vfs_close cat file none >/dev/null 2>&1
is "status of cat" 1 $?
same "some calls"

trace -o long -s 3 -e open,read cat file >/dev/null
is "strings are cut at -s" 1 $(grep -c 'bytes=5 "tex"\.\.\.$' long)
is "nothing was read" 1 $(grep -c 'bytes=0 ""$' long)
is "a record is short" 1 $(trace -e stat stat file 2>&1 >/dev/null |
    grep -c 'st_mode=0100644, st_nlink=1, \.\.\.}$')
is "or whole" 1 $(trace -v -e stat stat file 2>&1 >/dev/null |
    grep -c 'st_size=5, st_atime=.*}$')

# With -f, lines of several processes: what each does, in its order.
trace -o got -f sh -c 'ls file | wc' >out
is "a pipeline works" 0 $?
is "and all of it ran" '1 1 5' "$(echo $(cat out))"
is "three processes" 3 $(cut -c1-5 got | sort | uniq | wc -l | tr -d ' ')
is "three programs" 3 $(grep -c 'pm_exec(.* = OK$' got)
is "two forks" 2 $(grep -c 'pm_fork() = OK pid=' got)
is "what one wrote the other read" 2 \
    $(grep -c -e '1, addr="file\\n", .* = OK bytes=5$' \
    -e '0, addr=.* = OK bytes=5 "file\\n"$' got)
is "all ends" 3 $(grep -c -e '--- exit 0$' got)
is "its last line" "$(head -n 1 got | cut -c1-5) --- exit 0" \
    "$(tail -n 1 got)"
trace -o got sh -c 'ls file | wc' >out
is "without -f it is one" 1 $(grep -c 'pm_exec(' got)

trace -o got -c -f sh -c 'true; false; cat none' 2>/dev/null
is "counted: status" 1 $?
is "counted: exec" '2 0 pm_exec' \
    "$(grep pm_exec got | tr -s ' ' | cut -c2-)"
is "counted: an error" '1 1 vfs_open' \
    "$(grep vfs_open got | tr -s ' ' | cut -c2-)"
is "counted: heading and total" 2 $(grep -c -e 'calls  errors' -e total got)

# The example of the manual, as it stands there.
while IFS= read -r line; do
	case $line in
	'    # '*) command=${line#*# } ;;
	'EXIT STATUS') command= ;;
	'    '*) [ "$command" ] && printf '%s\n' "${line#    }" ;;
	esac
done </usr/man/man1/trace.1 >want
command=$(grep '^    # ' /usr/man/man1/trace.1)
eval "${command#*# }" >got 2>&1
same "trace(1)"

# Processes that run already.
sleep 1000 &
victim=$!
trace -o got -p $victim &
tracer=$!
sleep 1
kill -INT $tracer
wait $tracer
is "trace lets go" 0 $?
is "and says so" 1 $(grep -c 'left alone' got)
is "and what it traced runs" 0 $(kill -0 $victim; echo $?)
trace -o got -p $victim &
tracer=$!
sleep 1
kill $victim
wait $tracer
is "it traces again" 0 $?
is "the signal and the end" 2 $(grep -c SIGTERM got)
wait $victim
is "the parent has the status" 143 $?

# Stopped and continued, as by a shell; and an end that is asked of trace.
trace -o got -e kill sh -c 'kill -STOP $$; exit 5' &
tracer=$!
until ps | grep -q ' T .* sh$'; do sleep 1; done
kill -CONT $(ps | grep ' T .* sh$' | cut -c1-5)
wait $tracer
is "stopped and continued" 5 $?
is "both signals" '--- SIGSTOP --- SIGCONT' "$(echo $(grep -e '--- S' got))"
trace -o got sh -c 'while :; do :; done' &
tracer=$!
sleep 1
kill -TERM $tracer
wait $tracer
is "trace passes TERM on" 143 $?
is "and that is the end" '--- killed by SIGTERM' "$(tail -n 1 got)"
is "of all" 0 $(ps | grep -c ' R .* sh$')

# A service: what it receives, and that others are served meanwhile.
trace -o got -p $(ps -s | grep ' log$' | cut -c1-5) &
tracer=$!
sleep 1
is "what is traced works" 1 $(head -n 1 /dev/klog | wc -l)
kill -INT $tracer
wait $tracer
is "requests to a service" 1 $(grep -c ' = OK from vfs: CDEV_READ(' got)
is "it answers" yes $(grep -q '^senda(1, 0x.*) = OK$' got && echo yes)
is "and goes on" 1 $(head -n 1 /dev/klog | wc -l)

trace nosuch 2>err
is "no such program" 127 $?
is "says so" 1 $(grep -c 'nosuch: there is no such program' err)
trace -o got ./file 2>err
is "no program" 126 $?
is "says why" 1 $(grep -c './file: Permission denied' err)
trace -p 99999 2>err
is "no such process" 1 $?
is "says that" 1 $(grep -c '99999: No such process' err)
trace -p 1 2>/dev/null
is "none that may be traced" 1 $?
trace -e nosuch true 2>/dev/null
is "no such call" 2 $?
trace 2>/dev/null
is "nothing to trace" 2 $?
is "all calls are listed" 1 $(trace -l | grep -c '^vfs_open$')
finish
