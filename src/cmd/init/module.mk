$(eval $(call command,cmd/init,init.c,,/sbin/init))
