/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Texts for the errors of interprocess communication, which POSIX does not
 * have. strerror() asks here about numbers it does not know.
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
	default:
		return NULL;
	}
}
