# SPDX-License-Identifier: BSD-2-Clause
#
# Tables of calls come from the headers of the protocols, all there are.
TRACE_HEADERS := $(patsubst src/include/%,%,$(sort $(wildcard \
	src/include/abi/*.h src/include/proto/*.h)))
TRACE_CALLS   := $O/cmd/trace/calls.c

# What trace(1) and db(1) share.
$(eval $(call library,cmd/trace,call.c value.c text.c process.c calls.c,CMD,traced))
$(eval $(call command,cmd/trace,main.c event.c filter.c output.c tracee.c,\
	traced cmd))
$(eval $(call unit,cmd/trace,test/tables_test.c,))

$(TRACE_CALLS): src/cmd/trace/tables.awk src/cmd/trace/module.mk \
    $(TRACE_HEADERS:%=src/include/%) | $(CMD_DEPS)
	$(call say,GEN,cmd/trace/calls.c)
	$(Q)mkdir -p $(@D) && \
	    printf '#include <%s>\n' $(TRACE_HEADERS) >$@.in && \
	    $(CC) $(CMD_CFLAGS) -x c -E -dD -C $@.in >$@.text && \
	    { cat src/cmd/trace/calls.head $@.in && \
	    awk -f src/cmd/trace/tables.awk $@.text; } >$@.new && mv $@.new $@
$(TRACE_CALLS:.c=.o): $(TRACE_CALLS)
	$(call compile,CC)
