/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * One request to DS, with all that it carries, for the functions of
 * <lacuna/ds.h>.
 */
#pragma once

#include <lacuna/ds.h>
#include <lacuna/safecopies.h>

/** Any request. Each begins with a key. */
union ds_request {
	struct ds_key key;
	struct ds_publish_req publish;
	struct ds_retrieve_req retrieve;
	struct ds_subscribe_req subscribe;
	struct ds_delete_req delete;
	struct ds_snapshot_req snapshot;
	struct ds_retrieve_label_req label;
	struct ds_list_req list;
};

/** Any reply. */
union ds_reply {
	struct ds_retrieve_rep retrieve;
	struct ds_check_rep check;
	struct ds_snapshot_rep snapshot;
	struct ds_list_rep list;
};

/** Memory that goes with a request, beside the key. */
struct ds_range {
	vir_bytes addr;
	size_t len;
	int access;         /**< CPF_* */
	cp_grant_id_t *gid; /**< where in the request DS looks for the grant */
	bool keep;          /**< after success, the grant is the caller's */
};

/** Memory for a key or the like, of a length and for an access. */
struct ds_name {
	const void *at;
	size_t len;
	int access; /**< CPF_READ or CPF_WRITE */
};

/**
 * A key that DS is to read.
 *
 * @param[in]  name  key
 * @param[out] n     for ds_call()
 * @return OK, or -EINVAL: empty or too long
 */
int ds_name_in(const char *name, struct ds_name *n);

/** Room for a key that DS is to write. @param[in] name it @return for
 * ds_call() */
struct ds_name ds_name_out(char *name);

/**
 * Make a request. A DS that was started again meanwhile is looked for. Grants
 * last as long as the call. May block.
 *
 * @param[in]     type   DS_*
 * @param[in]     name   goes with the request as its key
 * @param[in]     range  goes with it, or NULL
 * @param[in,out] req    request; its grants are filled in
 * @param[out]    rep    set only on success; may be NULL
 *
 * @retval -ENOMEM  there is no free grant
 * @return else as DS says
 */
int ds_call(int type, const struct ds_name *name, const struct ds_range *range,
    union ds_request *req, union ds_reply *rep);

/** Delete an entry of a type. @param[in] name key @param[in] type DSF_TYPE_
 * @return as ds_delete_u32() */
int ds_delete(const char *name, uint32_t type);

/** Flags of a publishing request. @param[in] type DSF_TYPE_ @param[in] flags
 * what the caller said; types in it do not count */
static inline uint32_t
ds_flags(uint32_t type, int flags)
{
	return type | ((uint32_t)flags & ~(uint32_t)DSF_MASK_TYPE);
}

/** Where DS runs, as far as we know. */
endpoint_t ds_endpoint(void);
