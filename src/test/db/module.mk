# SPDX-License-Identifier: BSD-2-Clause
#
# db(1), by scripted sessions with a program that has its symbols.
$(eval $(call command,test/db,steps.c,,/test/db-steps))
$(eval $(call install,test/db/sessions.sh,/test/db-sessions,755))
