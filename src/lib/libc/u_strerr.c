/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Texts for the errors that POSIX does not have: those of interprocess
 * communication and of the way down, and what mount(2) says of a file that is
 * no disk. strerror() asks here about numbers it does not know.
 */
#include <string.h>

#include <abi/errno.h>

char *_user_strerror(int error, int internal, int *errptr);

char *
_user_strerror(int error, int internal, int *errptr)
{
	static char locked[] = "Would be a deadlock";
	static char denied[] = "Call not allowed";
	static char dead[] = "No such peer";
	static char notready[] = "Peer does not wait";
	static char restart[] = "Service must start afresh";
	static char down[] = "The system is on its way down";
	static char notblk[] = "Not a block device";

	(void)internal, (void)errptr;
	switch (error) {
	case ELOCKED:
		return locked;
	case EBADCALL:
	case ECALLDENIED:
	case EBADREQUEST:
	case ETRAPDENIED:
		return denied;
	case EDEADSRCDST:
		return dead;
	case ENOTREADY:
		return notready;
	case ERESTART:
		return restart;
	case ESHUTDOWN:
		return down;
	case ENOTBLK:
		return notblk;
	default:
		return NULL;
	}
}
