/*
 * Answers questions about sockets of vsock in place of a kernel that has none: loaded before a program's libraries (LD_PRELOAD), it takes what
 * the program sends to netlink about them, and gives back messages as vsock_diag_dump of net/vmw_vsock/diag.c makes them. All else goes
 * through.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/vm_sockets_diag.h>
#include <string.h>
#include <sys/socket.h>

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

static int asked = -1;
static struct nlmsghdr question;
static unsigned states;
static int part;

static int is_ours(int fd, const void *bytes, size_t length)
{
	const struct nlmsghdr *head = bytes;
	const struct vsock_diag_req *request = (const void *)(head + 1);

	if (length < sizeof(*head) + sizeof(*request) || head->nlmsg_type != SOCK_DIAG_BY_FAMILY ||
	    request->sdiag_family != 40)
		return 0;
	asked = fd;
	question = *head;
	states = request->vdiag_states;
	part = 0;
	return 1;
}

static size_t answer(char *into)
{
	struct sockaddr_nl own;
	socklen_t size = sizeof(own);
	char *at = into;

	getsockname(asked, (struct sockaddr *)&own, &size);
	for (size_t one = 0; part == 0 && one < sizeof(SOCKETS) / sizeof(*SOCKETS); one++) {
		if (!(states & (1u << SOCKETS[one].vdiag_state)))
			continue;
		struct nlmsghdr head = { sizeof(head) + sizeof(*SOCKETS), SOCK_DIAG_BY_FAMILY, NLM_F_MULTI,
					 question.nlmsg_seq, own.nl_pid };
		memcpy(at, &head, sizeof(head));
		memcpy(at + sizeof(head), &SOCKETS[one], sizeof(*SOCKETS));
		at += head.nlmsg_len;
	}
	if (at == into) {
		struct nlmsghdr head = { sizeof(head) + 4, NLMSG_DONE, NLM_F_MULTI, question.nlmsg_seq, own.nl_pid };
		memcpy(at, &head, sizeof(head));
		memset(at + sizeof(head), 0, 4);
		at += head.nlmsg_len;
	}
	return at - into;
}

static ssize_t give(void *into, size_t room, int flags)
{
	static char bytes[4096];
	size_t length = answer(bytes);
	size_t copied = length < room ? length : room;

	memcpy(into, bytes, copied);
	if (!(flags & MSG_PEEK)) {
		if (((struct nlmsghdr *)bytes)->nlmsg_type == NLMSG_DONE)
			asked = -1;
		part++;
	}
	return flags & MSG_TRUNC ? length : copied;
}

ssize_t send(int fd, const void *bytes, size_t length, int flags)
{
	ssize_t (*real)(int, const void *, size_t, int) = dlsym(RTLD_NEXT, "send");
	return is_ours(fd, bytes, length) ? (ssize_t)length : real(fd, bytes, length, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	ssize_t (*real)(int, const struct msghdr *, int) = dlsym(RTLD_NEXT, "sendmsg");
	const struct iovec *first = message->msg_iov;

	if (message->msg_iovlen > 0 && is_ours(fd, first->iov_base, first->iov_len))
		return first->iov_len;
	return real(fd, message, flags);
}

ssize_t recv(int fd, void *into, size_t room, int flags)
{
	ssize_t (*real)(int, void *, size_t, int) = dlsym(RTLD_NEXT, "recv");
	return fd == asked ? give(into, room, flags) : real(fd, into, room, flags);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	ssize_t (*real)(int, struct msghdr *, int) = dlsym(RTLD_NEXT, "recvmsg");
	struct sockaddr_nl kernel = { AF_NETLINK };

	if (fd != asked)
		return real(fd, message, flags);
	if (message->msg_name != NULL && message->msg_namelen >= sizeof(kernel)) {
		memcpy(message->msg_name, &kernel, sizeof(kernel));
		message->msg_namelen = sizeof(kernel);
	}
	message->msg_flags = 0;
	return give(message->msg_iov->iov_base, message->msg_iovlen > 0 ? message->msg_iov->iov_len : 0, flags);
}
