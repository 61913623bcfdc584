$(eval $(call service,drivers/log,log.c,driver))
