$(eval $(call service,drivers/memory,memory.c,driver))
