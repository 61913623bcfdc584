#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Works the whole system in rounds and proves that it gives everything back:
# what sysinfo(1) and df(1) show is the same, to the last frame, before and
# after.
#
#   soak-system [-r ROUNDS | -t SECONDS] [-p SECONDS]
#	-p: pause after each round
#
# A round is some of the jobs below, one after the other; each of them cleans
# up. The rounds before the first look are for tables that only grow. There are
# two phases. In the first all services live on. In the second they are
# refreshed and killed.
rounds=1
seconds=0 # of each phase
rest=0
warm=1
while [ $# -gt 0 ]; do
	case $1 in
	-r) rounds=$2; shift ;;
	-t) seconds=$(($2 / 2)); warm=3; shift ;;
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
	n=$(seq 1 400 | grep 7 | sort -rn | uniq | head -n 100 | wc -l)
	expect pipeline 76 $((n))
	expect 'broken pipe' y $(yes | head -n 1)
	n=$(seq 10001 14000 | cat | cat | tee out | wc -c)
	expect 'long pipe' 24000 $((n))
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
	expect links 8 $(ls -lR t | grep -c -- '->')
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
	while [ $(ps -a | grep -c ' sleep$') -lt 8 ]; do
		continue # they are on their way
	done
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

steady="loops pipes trees forks signals agents"
all="$steady services murder"

round() {
	for job in $1; do
		(job_$job)
	done
}

# Whoever ends, ends first. A new ext2 shares nothing with those who run and
# has the same in its cache each time.
look() {
	service refresh ext2
	sleep 1
	sysinfo
	df /tmp | tail -n 1
}

# The memory of a service depends on what it has done since it was started: a
# new one has done nothing.
look_afresh() {
	for s in log memory ds is pipe ata tty; do
		service refresh $s
	done
	look
}

details() {
	sysinfo -s
	ps -a
}

# begin LOOK: what is in use before the rounds that count
begin() {
	$1 >before
	cat before >after
	details | tee details >details.after
	$1 >before # now the disk is as full as it will be
	start=$(date -u)
}

# phase NAME JOBS LOOK: rounds of these jobs; nothing may be left of them
phase() {
	n=$((0 - warm))
	start=$(date -u)
	>after
	[ $n != 0 ] || begin $3
	while [ $n -lt $rounds ] || [ $(($(date -u) - start)) -lt $seconds ]; do
		round "$2"
		sleep $rest
		$3 >after
		n=$((n + 1))
		[ $n != 0 ] || begin $3
		echo "$1 $n, $(($(date -u) - start)) s: $(head -n 1 after)"
	done
	details >details.after
	echo "$n rounds, $(($(date -u) - start)) s: $1"
	if cmp before after; then
		cat after
	else
		cat before after details details.after
		wrong "$1: not all is as before"
	fi
}

seq 1 1800 >/dev/klog # the kernel's log is full, and stays so
phase 'steady work' "$steady" look
[ $warm -gt 1 ] || warm=0 # that was enough of it
phase 'all work' "$all" look_afresh
[ ! -e wrong ]
status=$?
cd /
rm -r $dir
[ $status = 0 ] && echo "all is as before" || echo "NOT ok"
exit $status
