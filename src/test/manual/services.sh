#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The examples of the manual's pages on services, as they stand there, and
# the driver that one of them shows.
. /test/sh-lib

# examples PAGE: the commands in its section EXAMPLES
examples() {
	shown=no
	while IFS= read -r line; do
		case $line in
		EXAMPLES) shown=yes ;;
		' '*) [ $shown = yes ] && echo "${line#    }" ;;
		[A-Z]*) shown=no ;;
		esac
	done </usr/man/$1
}

# run PAGE: each of them must succeed; what they print is in $said
run() {
	examples $1 >commands
	is "$1 has examples" yes $([ -s commands ] && echo yes)
	: >said
	while IFS= read -r command <&3; do
		eval "$command" >>said 2>&1
		is "$1: $command" 0 $?
	done 3<commands
}

run man8/service.8
is "its first one is there" 1 $(service status | grep -c ram2)
service down ram2
is "and goes when it is told to" 0 $(service status | grep -c ram2)

run man7/service.7
is "the driver has rotated" Uryyb $(grep Uryyb said)
is "and is gone" 0 $(service status | grep -c rot13)

examples man5/system.conf.5 >conf
cp /sbin/rot13 nic
is "system.conf(5): its example" 0 \
    $(service up $work/nic -config $work/conf -major 21; echo $?)
mknod nic0 c 21 0
echo text >nic0
is "and what it allows" grkg $(head -n 1 nic0)
service down nic
service up /test/manual-echo -config /etc/test.conf
is "sef(3): its example" 0 $?
service refresh manual-echo
is "is started again" 0 $?
is "and is there" 1 $(service status | grep -c manual-echo)
service down manual-echo

# pid: of the process that runs the counter
pid() {
	service status counter | head -n 2 | tail -n 1 | tr -s ' ' |
	    cut -d ' ' -f 3
}

# grows NAME FROM: the counter soon says more than FROM; sets $n to it
grows() {
	tries=0
	n=$(ds get -t u32 counter)
	while [ $n -le $2 ] && [ $tries -lt 20 ]; do
		sleep 1
		n=$(ds get -t u32 counter)
		tries=$((tries + 1))
	done
	is "service(7): $1" yes $([ $n -gt $2 ] && echo yes)
}

service up /test/manual-counter -label counter -config /etc/test.conf
is "service(7): its server" 0 $?
grows "it counts" 3
kill -KILL $(pid)
grows "and goes on after it was killed" $n
service update counter -state request_free
is "service(7): it is updated" 0 $?
grows "and goes on after that" 16 # four seconds
before=$n
kill -USR1 $(pid)
sleep 1
now=$(ds get -t u32 counter)
is "service(7): it takes a signal" 0 \
    $([ $now -lt $before ]; echo $?)
grows "and counts on" 12
service refresh counter
now=$(ds get -t u32 counter)
is "service(7): a refresh begins anew" 0 \
    $([ $now -lt $n ]; echo $?)
service down counter
is "service(7): its entry goes with it" 1 \
    $(ds get -t u32 counter >/dev/null 2>&1; echo $?)

service up /sbin/rot13
mknod rot c 20 0
mknod other c 20 1
is "another minor is none" 1 $(cat other >/dev/null 2>&1; echo $?)
head -n 1 rot >late &
reader=$!
sleep 1
echo 'Nop Xyz 12' >rot
wait $reader
is "a reader waits for text" 'Abc Klm 12' "$(cat late)"
head -n 1 rot >late & reader=$!
sleep 1
kill $reader
wait $reader 2>/dev/null
is "a reader can be killed" 143 $?
echo again >rot
is "and takes nothing with it" ntnva $(head -n 1 rot)
head -n 1 rot >late & reader=$!
sleep 1
head -n 1 rot >/dev/null 2>&1
is "a second reader is told so" 1 $?
service refresh rot13
sleep 1
echo back >rot
wait $reader
is "a new instance answers what the old one was asked" onpx $(cat late)
service down rot13
is "without its driver the device is none" 1 \
    $(cat rot >/dev/null 2>&1; echo $?)
finish
