# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call command,cmd/gdbstub,main.c keeper.c rsp.c stub.c query.c run.c \
	breaks.c watch.c signals.c description.c target.c,cmd))
$(eval $(call unit,cmd/gdbstub,test/rsp_test.c,rsp.c))
GDBSTUB_TESTED := $(addprefix test/,fake.c session.c) rsp.c stub.c query.c run.c \
	breaks.c watch.c signals.c description.c
$(eval $(call unit,cmd/gdbstub,test/stub_test.c,$(GDBSTUB_TESTED)))
$(eval $(call unit,cmd/gdbstub,test/run_test.c,$(GDBSTUB_TESTED)))
