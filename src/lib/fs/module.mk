$(eval $(call library,lib/fs,fsserver.c))
