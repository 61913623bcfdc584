#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Works the whole system in rounds and proves that it gives everything back:
# what sysinfo(1) and df(1) show is the same, to the last frame, before and
# after.
#
#   soak-system [-r ROUNDS | -t SECONDS] [-p SECONDS]
#	-p: pause after each round
#
# A round is every job below, one after the other; each of them cleans up.
# The rounds before the first look are for tables that only grow.
rounds=1
seconds=0
rest=0
warm=1
while [ $# -gt 0 ]; do
	case $1 in
	-r) rounds=$2; shift ;;
	-t) seconds=$2; warm=3; shift ;;
	-p) rest=$2; shift ;;
	esac # the runner gives a word of its own
	shift
done
dir=/tmp/soak.$$
mkdir $dir && cd $dir || exit 1

# say that a job went wrong
wrong() {
	echo "not ok: $*"
	echo "$*" >>$dir/wrong
}

# expect NAME WANTED SEEN
expect() {
	[ "x$2" = "x$3" ] || wrong "$1: expected '$2', got '$3'"
}

job_loops() {
	i=0
	sum=0
	while [ $i -lt 100 ]; do
		i=$((i + 1))
		case $i in
		*[05]) continue ;;
		esac
		sum=$((sum + i))
	done
	expect loop 4000 $sum
	expect nested abc "$(echo a$(echo b$(echo c)))"
	for i in 1 2 3 4 5; do
		n=$( (echo $i; echo $i) | wc -l)
		expect lines 2 $((n))
	done
}

job_pipes() {
	expect pipeline 100 $(($(seq 1 400 | grep 7 | sort -rn | uniq | head -n 100 | wc -l) + 24))
	expect 'broken pipe' y $(yes | head -n 1)
	expect 'long pipe' 20000 $(($(seq 10001 14000 | cat | cat | tee out | wc -c) - 4000 + 0))
	expect tee 24000 $(($(wc -c <out)))
	mknod fifo p
	cat fifo >out & echo through >fifo
	wait
	expect fifo through $(cat out)
	rm fifo out
}

job_trees() {
	mkdir -p t/a/b/c/d t/x
	for i in 1 2 3 4 5 6 7 8; do
		seq 1 $((i * 300)) >t/a/b/$i
		ln t/a/b/$i t/x/hard$i
		ln -s ../a/b/$i t/x/soft$i
	done
	cp -r t/a/b t/copy
	for i in 1 2 3 4 5 6 7 8; do
		cmp t/x/soft$i t/copy/$i || wrong "copy $i"
	done
	mv t/copy t/a/b/c/d/moved
	expect tree 32 $(($(ls -R t | grep -c '[0-9]$')))
	cat t/x/soft? t/x/soft? t/x/soft? >t/big
	cp t/big t/bigger
	cat t/big >>t/bigger
	expect sizes $((2 * $(wc -c <t/big))) $(($(wc -c <t/bigger)))
	rm -r t
}

job_forks() {
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		(for j in 1 2 3; do (echo $i $j >f$i.$j); done) &
	done
	wait
	expect forks 36 $(($(ls f* | wc -l)))
	rm f*
	i=0
	while [ $i -lt 20 ]; do
		i=$((i + 1))
		/bin/true || wrong exec
		/bin/false && wrong exec
	done
}

job_signals() {
	for i in 1 2 3 4; do
		sleep 1000 & sleep 1000 | cat &
	done
	expect trap caught $(sh -c 'trap "echo caught" USR1; kill -USR1 $$')
	ps -a | grep ' sleep$' | while read -r pid rest; do
		kill $pid
	done
	wait
	expect sleepers 0 $(ps -a | grep -c ' sleep$')
}

# SERVICE RUNS: use it
use() {
	case $1 in
	log) dmesg | grep -q . ;;
	memory) [ $(head -n 0 /dev/zero; echo ok) = ok ] ;;
	tty) echo $1 >/dev/console ;;
	ds | is) sysinfo >/dev/null ;;
	pipe) seq 1 9 | grep -q 9 ;;
	*) sync && cat /etc/passwd >/dev/null ;;
	esac
}

job_services() {
	for s in log memory ds is pipe ata tty; do
		service refresh $s || wrong "refresh $s"
		use $s || wrong "$s does not work"
	done
}

# agent NAME WORD: a guest of the one that job_agents starts
agent() {
	service run /test/soak-agent -config /etc/test.conf -label $1 -args $2
}

job_agents() {
	service up /test/soak-agent -config /etc/test.conf -label soak-host ||
	    wrong 'no host'
	for i in 1 2 3; do
		agent soak$i work || wrong "agent $i"
	done
	agent soak-crash crash 2>/dev/null && wrong 'no crash'
	agent soak-a crash 2>/dev/null & agent soak-b work || wrong 'agent b' &
	agent soak-c work || wrong 'agent c' &
	wait
	service down soak-host || wrong 'down'
}

# Kill one service, each round another.
job_murder() {
	set -- log memory ds is pipe ata tty
	shift $(((n + 7) % $#))
	pid=$(ps -s | grep " $1\$" | while read -r pid rest; do echo $pid; done)
	kill -9 $pid || wrong "cannot kill $1"
	for i in 1 2 3 4; do # RS waits up to 30 s before it starts it again
		sleep 1
		service status $1 | grep -q ' -$' && break
		sleep $((i * i))
	done
	use $1 || wrong "$1 does not come back"
}

round() {
	for job in loops pipes trees forks signals services agents murder; do
		(job_$job)
	done
}

# What is to come back. Whoever ends, ends first; a new ext2 has an empty cache
# and fills it with the same each time.
look() {
	service refresh ext2
	sleep 1
	sysinfo
	df /tmp | tail -n 1
}

seq 1 1800 >/dev/klog # the kernel's log is full, and stays so
n=-$warm
start=$(date -u)
>before >after >before.s >after.s
while [ $n -lt $rounds ] || [ $(($(date -u) - start)) -lt $seconds ]; do
	round
	sleep $rest
	look >after
	n=$((n + 1))
	if [ $n = 0 ]; then
		cat after >before
		{ sysinfo -s; ps -a; } >before.s
		cat before.s >after.s # the disk is as full as it will be
		look >before
		start=$(date -u)
	fi
	echo "round $n, $(($(date -u) - start)) s: $(head -n 1 after)"
done
{ sysinfo -s; ps -a; } >after.s
cmp before after && [ ! -e wrong ]
status=$?
echo "$n rounds, $(($(date -u) - start)) s:"
if [ $status = 0 ]; then
	cat after
else
	cat before after before.s after.s
fi
[ $status = 0 ] && echo "all is as before" || echo "NOT ok"
cd /
rm -r $dir
exit $status
