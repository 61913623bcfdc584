#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Whoever makes a mistake with the command service is told which, and what to
# do instead; nothing is started then.
. /test/sh-lib

# refused STATUS WORDS COMMAND...: it ends so, with these words in its complaint
refused() {
	status=$1 words=$2
	shift 2
	"$@" >said 2>&1
	is "$*" $status $?
	grep -q "$words" said
	is "$* says: $words" 0 $?
}

rot13='service up /sbin/rot13'
service --help >said
is "help" 0 $?
is "help says all" 1 $(grep -c 'See service(8)' said)
refused 22 'service --help tells more' service bogus
refused 22 'from / on' service up sbin/rot13
refused 22 'from / on' service up /sbin/
refused 22 'give one by -label' service up '/sbin/rot 13'
refused 2 'no entry for nothere: add one' service up /sbin/nothere
refused 2 'No such file' $rot13 -config /none/such
refused 21 'Is a directory' $rot13 -config /dev
refused 22 'service: -label: no such option, or its value' $rot13 -label
refused 22 'there is no such option' $rot13 -state 1
refused 22 'a label has 1 to 15' $rot13 -label ''
refused 22 'a label has 1 to 15' $rot13 -label 'a b'
refused 22 'a label has 1 to 15' $rot13 -label 0123456789abcdef
refused 22 'no device number' $rot13 -major 64
refused 22 'no device number' $rot13 -major 5
refused 22 'no device number' $rot13 -major 0
refused 22 'no period' $rot13 -period 0
refused 17 'tty drives device 4: give another' $rot13 -major 4
refused 17 'there is a service log: give another' $rot13 -label log

echo 'service * { uid 0; };' >conf
refused 22 'and so no program' service up /dev/null -config conf
refused 8 'not a program of this machine' service up /etc/passwd -config conf
refused 4 'crashed or ended while it' service up /bin/false -config conf
refused 4 'crashed or ended while it' service run /bin/true -config conf
is "a user program was no service" 0 $(service status | grep -c 'true\|false')

$rot13 -label 0123456789abcde
is "the longest label" 0 $?
service down 0123456789abcde
$rot13
refused 17 'there is a service rot13: give another' $rot13
refused 16 'it runs, or a change is under way' service restart rot13
refused 22 'say back-off or at-once' service policy rot13 never
refused 22 'no number of failures' service policy rot13 at-once -1
refused 3 'see service status' service policy nobody at-once
refused 3 'see service status' service down nobody
refused 3 'see service status' service refresh 0123456789abcdef
refused 1 'the system cannot do without it' service refresh vfs
refused 22 'and at most 20 seconds' service update rot13 -maxtime 21HZ
refused 22 'a state is work_free' service update rot13 -state 0
refused 22 'no such option, or its value' service update rot13 -state
refused 22 'say which service' service update
refused 2 'No such file' service update rot13 -program /none/such
refused 22 'and so no program' service update rot13 -program /dev/null
service down rot13

echo 'service rot13 { restart never; };' >conf
$rot13 -config conf
is "never is shown" 1 $(service status rot13 | grep -c 'never started again')
refused 1 'nothing starts it again' service policy rot13 at-once
service down rot13
finish
