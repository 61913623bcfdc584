/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the System Event Framework inside a service and its managers tell each
 * other. Pings are notifications between RS and the service.
 */
#pragma once

#include <proto/proto.h>

#define RS_INIT              (RS_BASE + 20) /* struct rs_init_msg, both ways */
#define RS_LU_PREPARE        (RS_BASE + 21) /* struct rs_lu_msg, both ways */
#define RS_EXIT              (RS_BASE + 22) /* struct rs_exit_msg, no reply */
#define RS_COMPLAIN          (RS_BASE + 23) /* struct rs_complain_msg */
#define SIGS_SIGNAL_RECEIVED SIGS_BASE      /* struct sigs_signal_msg */

/* From RS: initialise yourself. The service sends it back, as a SENDREC, with
 * the result; RS's answer, status OK, says that it is recorded. */
struct rs_init_msg {
	int32_t result;
	int32_t type; /**< enum sef_init_type */
	cp_grant_id_t rproctab_gid;
	endpoint_t endpoint;
	endpoint_t old_endpoint;
	int32_t restarts;
	uint32_t flags;
	cp_grant_id_t keep_gid;
	uint32_t keep_size;
};

/* To RS, as a SENDREC: end me. */
struct rs_exit_msg {
	int32_t status; /**< OK, or what went wrong */
};

/** What is wrong with a service. */
enum sef_evidence {
	SEF_BAD_STATUS = 1, /**< neither success nor an error there is */
	SEF_BAD_LENGTH,     /**< more than was asked for, or negative */
	SEF_BAD_IDENTITY,   /**< the answer to nothing that was asked */
	SEF_BAD_DATA,       /**< contents that cannot be */
	SEF_NO_ANSWER,      /**< nothing for much longer than it may take */
	SEF_ONLY_ERRORS, /**< error after error, and it cannot be the caller */
	SEF_EVIDENCE_END
};

/* To RS, asynchronously and without an answer: a service does not do its
 * work. A SENDREC is answered with what RS thinks of it. */
struct rs_complain_msg {
	endpoint_t ep;    /**< of the service, this instance */
	int32_t evidence; /**< enum sef_evidence */
};

/* From RS, asynchronously: get ready to be replaced. Back, as a SENDREC: ready,
 * or why not. RS ends a service that is ready, so its answer, whatever it is,
 * says that the service goes on. */
struct rs_lu_msg {
	int32_t result;
	int32_t state;  /**< enum sef_lu_state; 0: forget about it */
	uint32_t id;    /**< of the update; comes back as it was */
	uint32_t flags; /**< RS_LU_DUMP: show the way to the state */
};

#define RS_LU_DUMP 0x1

/* From a signal manager to a service it manages, asynchronously. */
struct sigs_signal_msg {
	int32_t signo;
};

_Static_assert(sizeof(struct rs_init_msg) <= MSG_BODY, "RS_INIT");
_Static_assert(sizeof(struct rs_lu_msg) <= MSG_BODY, "RS_LU_PREPARE");
