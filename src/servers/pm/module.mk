# SPDX-License-Identifier: BSD-2-Clause
PM_SOURCES := boot.c table.c proc.c slots.c fork.c exec.c exit.c wait.c stop.c \
	terminal.c signal.c signote.c sigcalls.c timer.c time.c priority.c \
	ids.c info.c limit.c ptrace.c tracer.c vfs.c rs.c shutdown.c dump.c
$(eval $(call service,servers/pm,main.c $(PM_SOURCES)))
$(eval $(call unit,servers/pm,test/signal_test.c,signal.c signote.c stop.c slots.c))
$(eval $(call unit,servers/pm,test/fork_test.c,fork.c rs.c timer.c slots.c))
$(eval $(call unit,servers/pm,test/slots_test.c,slots.c))
$(foreach t,attach memory signals death fork,$(eval $(call osunit,servers/pm,test/trace_$t_test.c,\
	test/trace_scene.c ptrace.c tracer.c slots.c)))

# A whole PM, but for what only looks at the machine.
$(foreach t,protocol lives,$(eval $(call unit,servers/pm,test/$t_test.c,\
	test/model.c $(filter-out boot.c time.c priority.c info.c dump.c,\
	$(PM_SOURCES)))))
