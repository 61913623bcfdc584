# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,drivers/tty,main.c request.c termios.c jobs.c line.c output.c \
	console.c vt.c keyboard.c keymap.c serial.c update.c,driver))
TTY_TESTED := test/fake.c line.c output.c request.c
$(eval $(call unit,drivers/tty,test/line_test.c,$(TTY_TESTED)))
$(eval $(call unit,drivers/tty,test/request_test.c,$(TTY_TESTED)))
$(eval $(call unit,drivers/tty,test/screen_test.c,vt.c keymap.c \
	lib/sys/strlcpy.c))
