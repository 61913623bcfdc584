$(eval $(call service,fs/pipe,pipe.c,fs))
