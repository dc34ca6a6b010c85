/*
 * Makes a kernel older in what it tells of MPTCP: loaded before a program's libraries (LD_PRELOAD). Linux before 5.9 does not read the
 * attribute that asks for a protocol which is no byte, INET_DIAG_REQ_PROTOCOL, and goes by the byte; with MPTCP=absent the attribute names a
 * protocol that no kernel has, as MPTCP is to one without its module.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define ALIGNED __attribute__((aligned(8)))

static size_t older(char *bytes, size_t length)
{
	struct nlmsghdr *head = (struct nlmsghdr *)bytes;
	size_t at = NLMSG_LENGTH(sizeof(struct inet_diag_req_v2));
	const char *mptcp = getenv("MPTCP");

	if (length < at || head->nlmsg_type != SOCK_DIAG_BY_FAMILY)
		return length;
	while (at + sizeof(struct rtattr) <= length) {
		struct rtattr *one = (struct rtattr *)(bytes + at);
		size_t whole = RTA_ALIGN(one->rta_len);

		if (one->rta_len < sizeof(*one) || at + whole > length)
			break;
		if (one->rta_type != INET_DIAG_REQ_PROTOCOL) {
			at += whole;
		} else if (mptcp != NULL && strcmp(mptcp, "absent") == 0) {
			unsigned none = 9999;
			memcpy(RTA_DATA(one), &none, sizeof(none));
			at += whole;
		} else {
			memmove(one, bytes + at + whole, length - at - whole);
			length -= whole;
			head->nlmsg_len -= whole;
		}
	}
	return length;
}

ssize_t send(int fd, const void *bytes, size_t length, int flags)
{
	ssize_t (*real)(int, const void *, size_t, int) = dlsym(RTLD_NEXT, "send");
	static char copy[8192] ALIGNED;

	if (length > sizeof(copy))
		return real(fd, bytes, length, flags);
	memcpy(copy, bytes, length);
	return real(fd, copy, older(copy, length), flags) < 0 ? -1 : (ssize_t)length;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	ssize_t (*real)(int, const struct msghdr *, int) = dlsym(RTLD_NEXT, "sendmsg");
	static char copy[8192] ALIGNED;
	struct msghdr other = *message;
	struct iovec whole = { copy, 0 };

	for (size_t one = 0; one < message->msg_iovlen; one++) {
		const struct iovec *part = &message->msg_iov[one];
		if (whole.iov_len + part->iov_len > sizeof(copy))
			return real(fd, message, flags);
		memcpy(copy + whole.iov_len, part->iov_base, part->iov_len);
		whole.iov_len += part->iov_len;
	}
	whole.iov_len = older(copy, whole.iov_len);
	other.msg_iov = &whole;
	other.msg_iovlen = 1;
	return real(fd, &other, flags);
}
