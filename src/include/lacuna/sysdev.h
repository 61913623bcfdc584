/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls for device drivers: interrupt lines and ports. A driver may
 * use the lines and ports that RS has given it (-EPERM for others).
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/kcall.h>

/**
 * Claim an interrupt line. From then on each interrupt gives a notification
 * from HARDWARE with bit notify_bit set in its irqs, and the line stays
 * disabled until sys_irqenable(), or is enabled again at once if policy has
 * IRQ_REENABLE. It starts disabled.
 *
 * @param[in]  irq         line, 0 to 15
 * @param[in]  policy      IRQ_REENABLE or 0
 * @param[in]  notify_bit  0 to 31
 * @param[out] hook        name for the calls below
 *
 * @retval OK       claimed
 * @retval -EINVAL  no such line, bit or policy
 * @retval -EPERM   not a line of this driver
 * @retval -EBUSY   the driver has the line already
 * @retval -ENOSPC  too many hooks
 * @source own design, after MINIX 3
 */
int sys_irqsetpolicy(int irq, uint32_t policy, int notify_bit, int *hook);

/**
 * Release a line, or enable or disable it.
 *
 * @retval OK       done
 * @retval -EINVAL  no such hook
 * @retval -EPERM   the hook of somebody else
 * @source own design, after MINIX 3
 */
int sys_irqrmpolicy(int hook);
int sys_irqenable(int hook);
int sys_irqdisable(int hook);

/**
 * Access a port.
 *
 * @param[in]  how    DIO_BYTE, DIO_WORD or DIO_LONG, with DIO_IN or DIO_OUT
 * @param[in]  port   multiple of the width
 * @param[in]  out    value to be written, with DIO_OUT
 * @param[out] in     value read, with DIO_IN; may be NULL with DIO_OUT
 *
 * @retval OK       done
 * @retval -EPERM   not a port of this driver, or not aligned
 * @retval -EINVAL  how is none of these
 * @source own design, after MINIX 3
 */
int sys_devio(uint32_t how, uint32_t port, uint32_t out, uint32_t *in);

static inline int
sys_inb(uint32_t port, uint32_t *value)
{
	return sys_devio(DIO_BYTE | DIO_IN, port, 0, value);
}

static inline int
sys_inw(uint32_t port, uint32_t *value)
{
	return sys_devio(DIO_WORD | DIO_IN, port, 0, value);
}

static inline int
sys_inl(uint32_t port, uint32_t *value)
{
	return sys_devio(DIO_LONG | DIO_IN, port, 0, value);
}

static inline int
sys_outb(uint32_t port, uint32_t value)
{
	return sys_devio(DIO_BYTE | DIO_OUT, port, value, NULL);
}

static inline int
sys_outw(uint32_t port, uint32_t value)
{
	return sys_devio(DIO_WORD | DIO_OUT, port, value, NULL);
}

static inline int
sys_outl(uint32_t port, uint32_t value)
{
	return sys_devio(DIO_LONG | DIO_OUT, port, value, NULL);
}

/**
 * Move a string of values between a port and memory, in one call. May wait
 * for VM, before the port is touched.
 *
 * @param[in] how      as for sys_devio()
 * @param[in] port     multiple of the width
 * @param[in] granter  whose memory; SELF: the caller's
 * @param[in] gid      its grant for this memory; with SELF not used
 * @param[in] offset   in the grant; with SELF an address
 * @param[in] bytes    multiple of the width, as is the address
 *
 * @retval OK       done
 * @retval -EPERM   not a port of this driver, or the grant does not allow it
 * @retval -EINVAL  how, or bytes, is wrong; no such granter
 * @retval -EFAULT  not memory of its owner
 * @source own design, after MINIX 3
 */
int sys_sdevio(uint32_t how, uint32_t port, endpoint_t granter,
    cp_grant_id_t gid, vir_bytes offset, vir_bytes bytes);

/* sys_sdevio() with memory of the caller: the string forms. */
#define DEFINE_STRING_IO(name, how)                                            \
	static inline int name(uint32_t port, void *buf, vir_bytes bytes)      \
	{                                                                      \
		return sys_sdevio(how, port, SELF, GRANT_INVALID,              \
		    (vir_bytes)(uintptr_t)buf, bytes);                         \
	}

DEFINE_STRING_IO(sys_insb, DIO_BYTE | DIO_IN)
DEFINE_STRING_IO(sys_insw, DIO_WORD | DIO_IN)
DEFINE_STRING_IO(sys_outsb, DIO_BYTE | DIO_OUT)
DEFINE_STRING_IO(sys_outsw, DIO_WORD | DIO_OUT)

/**
 * Do a list of port accesses, in order, in one call.
 *
 * @param[in]     how    as for sys_devio(), for all of them
 * @param[in,out] vec    ports, and values written or read
 * @param[in]     count  up to VDEVIO_MAX
 *
 * @retval OK       done
 * @retval -EPERM   a port is not of this driver; none was touched
 * @retval -EINVAL  how, or count, is wrong
 * @retval -EFAULT  vec is not memory of the caller
 * @source own design, after MINIX 3
 */
int sys_vdevio(uint32_t how, struct pv_pair *vec, int count);
