/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: one access to a port; and what all port accesses share.
 */
#include "kernel/call/call.h"

#include "kernel/arch/i386/io.h"

#define PORTS 0x10000u

int
port_check(const struct proc *caller, uint32_t port, uint32_t how)
{
	const struct priv_spec *spec = &caller->priv->spec;
	uint32_t width = how & DIO_WIDTH;
	int i;

	if ((how & ~(uint32_t)(DIO_WIDTH | DIO_OUT)) != 0 ||
	    (width != DIO_BYTE && width != DIO_WORD && width != DIO_LONG))
		return -EINVAL;
	if (port > PORTS - width || port % width != 0)
		return -EPERM;
	if ((spec->flags & CHECK_IO_PORT) == 0)
		return OK;
	for (i = 0; i < spec->nr_io; i++)
		if (port >= spec->io[i].first &&
		    port + width - 1 <= spec->io[i].last) {
			caller->priv->io_used |= 1u << i;
			return OK;
		}
	return -EPERM;
}

static uint32_t
port_read(uint16_t port, uint32_t width)
{
	if (width == DIO_BYTE)
		return inb(port);
	return width == DIO_WORD ? inw(port) : inl(port);
}

static void
port_write(uint16_t port, uint32_t width, uint32_t value)
{
	if (width == DIO_BYTE)
		outb(port, (uint8_t)value);
	else if (width == DIO_WORD)
		outw(port, (uint16_t)value);
	else
		outl(port, value);
}

uint32_t
port_access(uint32_t port, uint32_t how, uint32_t value)
{
	if ((how & DIO_OUT) == 0)
		return port_read((uint16_t)port, how & DIO_WIDTH);
	port_write((uint16_t)port, how & DIO_WIDTH, value);
	return value;
}

int
do_sys_devio(struct proc *caller, const struct sys_devio_req *req,
    struct sys_devio_rep *rep)
{
	int r;

	r = port_check(caller, req->port, req->how);
	if (r == OK)
		rep->value = port_access(req->port, req->how, req->value);
	return r;
}
