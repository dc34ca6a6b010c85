/* Sockets of vsock as vsock_diag_dump of net/vmw_vsock/diag.c tells them, for kernels that have none. */
#include "answers.h"
#include <linux/vm_sockets_diag.h>

#define ANY 4294967295u

static const struct vsock_diag_msg SOCKETS[] = {
	{ 40, SOCK_STREAM, 10, 0, ANY, 1024, ANY, ANY, 5001, { 1, 0 } },
	{ 40, SOCK_STREAM, 1, 0, 2, 1024, 3, 4294967294u, 5002, { 2, 0 } },
	{ 40, SOCK_SEQPACKET, 1, 1, 2, 70000, 16, 9, 5003, { 3, 0 } },
	{ 40, SOCK_STREAM, 2, 0, 2, 1025, 3, 22, 5004, { 4, 0 } },
	{ 40, SOCK_STREAM, 11, 3, 2, 1026, 3, 22, 5005, { 5, 0 } },
	{ 40, SOCK_DGRAM, 7, 0, ANY, ANY, ANY, ANY, 5006, { 6, 0 } },
	{ 40, SOCK_STREAM, 7, 0, 2, 7, ANY, ANY, 5007, { 7, 0 } },
};

static const char *told(int family, int protocol, size_t *length)
{
	static struct {
		struct nlmsghdr head;
		struct vsock_diag_msg body;
	} all[sizeof(SOCKETS) / sizeof(*SOCKETS)];

	(void)protocol;
	if (family != 40)
		return NULL;
	for (size_t one = 0; one < sizeof(all) / sizeof(*all); one++) {
		all[one].head = (struct nlmsghdr){ sizeof(*all), SOCK_DIAG_BY_FAMILY, NLM_F_MULTI, 0, 0 };
		all[one].body = SOCKETS[one];
	}
	*length = sizeof(all);
	return (const char *)all;
}
