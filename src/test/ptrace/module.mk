# SPDX-License-Identifier: BSD-2-Clause
#
# Debugging: what a tracer sees and does, a test for each theme. Mistakes that
# are easily made, and the tests that find them (a rule of each in brackets):
#
#   ptrace-trap-1   the end of a call is told to a new tracer   calls (attach-again)
#   ptrace-trap-4   exec traps though nobody asked              exec (initial)
#   ptrace-trap-5   an entry stop spoils registers              calls (answers)
#   ptrace-trap-6   a call is made of what registers say later  calls (changed)
#   ptrace-trap-7   a step survives a stop                      calls (stop-forgets-step)
#   ptrace-trap-8   a word is written as a byte                 memory (words)
#   ptrace-trap-9   a result is lost on its way                 registers (between)
#   ptrace-trap-11  another error than the manual says          registers (bounds), stop
#   ptrace-trap-12  one signal too many                         stop (bad-arguments)
#   ptrace-trap-13  detaching leaves the attaching's stop       attach (attach-detach)
#   ptrace-trap-14  an orphan makes init its tracer             attach (orphan)
#   ptrace-trap-15  a test waits for time, not for events       tracee.h: tracee_blocks()
#   ptrace-trap-16  a queue lets a process go, or loses a signal
#                                                               signals (more-to-show,
#                                                               one-handler-each)
#   a tracer waits for a child that it has collected            wait (statuses)
#   a traced parent goes on before it shows SIGCHLD             fork (born-stopped)

ptrace_test = $(eval $(call ostest,test/ptrace,ptrace-$1,$1.c scene.c tracee.c counts.c events.c $(TEST_PROGRAM),command))
$(foreach t,attach stop memory registers signals wait death fork exec calls,$(call ptrace_test,$t))
$(foreach t,service setid,$(eval $(call ostest,test/ptrace,ptrace-$t,$t.c $(TEST_PROGRAM),command)))
