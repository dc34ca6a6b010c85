/*
 * Answers questions about sockets in place of the kernel: loaded before a program's libraries (LD_PRELOAD), it takes what the program sends to
 * netlink, and gives back messages. Who includes it says which: `told` has those of a family and a protocol, one behind the other, each with a
 * head of its own; NULL for what the kernel is to be asked for. Those in states that are not asked for are left out, as the kernel does it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static const char *told(int family, int protocol, size_t *length);

/* What all questions begin with: inet_diag_req_v2, unix_diag_req and vsock_diag_req. */
struct question {
	unsigned char family, protocol, rest[2];
	unsigned states;
};

/* As much as a datagram has room for. */
#define DATAGRAM 16384

static int asked = -1;
static struct nlmsghdr head;
static struct question question;
static const char *messages;
static size_t left;

static int is_ours(int fd, const void *bytes, size_t length)
{
	struct nlmsghdr first;
	const char *found;
	size_t size;

	if (length < sizeof(head) + sizeof(question))
		return 0;
	memcpy(&first, bytes, sizeof(first));
	if (first.nlmsg_type != SOCK_DIAG_BY_FAMILY)
		return 0;
	memcpy(&question, (const char *)bytes + sizeof(first), sizeof(question));
	found = told(question.family, question.protocol, &size);
	if (found == NULL)
		return 0;
	head = first;
	messages = found;
	left = size;
	asked = fd;
	return 1;
}

/* inet_diag_msg has its state behind the family; unix_diag_msg and vsock_diag_msg have a type between. */
static int is_wanted(const char *body)
{
	int state = body[question.family == AF_INET || question.family == AF_INET6 ? 1 : 2];
	return (question.states >> state) & 1;
}

/* A datagram of the answer; `taken` is what of the messages it holds. */
static size_t datagram(char *into, size_t *taken)
{
	struct sockaddr_nl own;
	socklen_t size = sizeof(own);
	size_t filled = 0;

	getsockname(asked, (struct sockaddr *)&own, &size);
	for (*taken = 0; *taken < left;) {
		struct nlmsghdr one;
		memcpy(&one, messages + *taken, sizeof(one));
		if (filled + one.nlmsg_len > DATAGRAM)
			return filled;
		if (one.nlmsg_type == SOCK_DIAG_BY_FAMILY && is_wanted(messages + *taken + sizeof(one))) {
			memcpy(into + filled, messages + *taken, one.nlmsg_len);
			one.nlmsg_seq = head.nlmsg_seq;
			one.nlmsg_pid = own.nl_pid;
			memcpy(into + filled, &one, sizeof(one));
			filled += NLMSG_ALIGN(one.nlmsg_len);
		}
		*taken += NLMSG_ALIGN(one.nlmsg_len);
	}
	if (filled == 0) {
		struct nlmsghdr done = { sizeof(done) + 4, NLMSG_DONE, NLM_F_MULTI, head.nlmsg_seq, own.nl_pid };
		memcpy(into, &done, sizeof(done));
		memset(into + sizeof(done), 0, 4);
		filled = done.nlmsg_len;
	}
	return filled;
}

static ssize_t give(void *into, size_t room, int flags)
{
	static char bytes[DATAGRAM + 4096];
	size_t taken;
	size_t length = datagram(bytes, &taken);
	size_t copied = length < room ? length : room;

	memcpy(into, bytes, copied);
	if (!(flags & MSG_PEEK)) {
		if (((struct nlmsghdr *)bytes)->nlmsg_type == NLMSG_DONE)
			asked = -1;
		messages += taken;
		left -= taken;
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
