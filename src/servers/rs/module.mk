# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,servers/rs,main.c rs.c table.c boot.c boot_order.c \
	boot_table.c start.c image.c keep.c init.c privilege.c publish.c supervise.c \
	death.c revive.c recovery.c complain.c request.c client.c pm.c \
	update.c shutdown.c tuning.c dump.c))
RS_TESTED := test/fake.c rs.c table.c start.c keep.c init.c privilege.c publish.c \
	supervise.c death.c revive.c recovery.c complain.c request.c client.c pm.c \
	update.c shutdown.c lib/sys/strlcpy.c
$(foreach t,supervise step request complain policy recovery shutdown keep,$(eval $(call \
	unit,servers/rs,test/$t_test.c,test/booted.c $(RS_TESTED))))
$(eval $(call osunit,servers/rs,test/init_test.c,test/booted.c $(RS_TESTED)))
$(eval $(call osunit,servers/rs,test/boot_order_test.c,boot_order.c $(RS_TESTED)))
$(foreach t,update replace,$(eval $(call unit,servers/rs,test/$t_test.c,\
	test/update_scene.c test/booted.c $(RS_TESTED))))
$(eval $(call unit,servers/rs,test/privilege_test.c,privilege.c table.c \
	lib/sys/strlcpy.c))
$(eval $(call unit,servers/rs,test/image_test.c,image.c lib/sys/strlcpy.c))
