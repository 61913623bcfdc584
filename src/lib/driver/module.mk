$(eval $(call library,lib/driver,chardriver.c blockdriver.c))
