/*
 * Processes that do nothing and hold what they are told, until standard input ends:
 *
 *     crowd PROCESSES FILES LISTENERS CONNECTIONS NAMESPACES
 *
 * Each of PROCESSES has FILES open besides the usual three, LISTENERS of TCP, and both ends of CONNECTIONS over loopback;
 * with NAMESPACES 1 it is in a network namespace of its own. One more listener is held by this program itself. When all
 * stand it says "ready", the port of that listener, and the ids of the processes.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Well below the ephemeral ports there are for one listener. */
enum { PAIRS_PER_LISTENER = 1000 };

static long processes, files, listeners, pairs, namespaces;

static int listening(in_addr_t address, struct sockaddr_in *at) {
  socklen_t length = sizeof *at;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  *at = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = address};
  if (listener < 0 || bind(listener, (struct sockaddr *)at, length) != 0 || listen(listener, 1) != 0) return -1;
  return getsockname(listener, (struct sockaddr *)at, &length) == 0 ? listener : -1;
}

/* Reset rather than closed at the end, as closed ones would stay in TIME_WAIT for a minute. */
static int joined(int listener, struct sockaddr_in *at) {
  struct linger reset = {1, 0};
  int client = socket(AF_INET, SOCK_STREAM, 0);
  if (client < 0 || connect(client, (struct sockaddr *)at, sizeof *at) != 0) return 0;
  return accept(listener, NULL, NULL) >= 0 && setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset) == 0;
}

static int hold(long number) {
  in_addr_t own = htonl(0x7f000001 + ((number + 256) << 8));
  struct sockaddr_in at;
  int null = open("/dev/null", O_RDWR), listener = -1;
  if (null < 0) return 0;
  for (int fd = 0; fd < 3; fd++) dup2(null, fd);
  close(null);
  if (namespaces && unshare(CLONE_NEWNET) != 0) return 0;
  for (long left = files; left > 0; left--)
    if (open("/dev/null", O_RDONLY) < 0) return 0;
  for (long left = listeners; left > 0; left--)
    if (listening(namespaces ? INADDR_ANY : htonl(INADDR_LOOPBACK), &at) < 0) return 0;
  for (long made = 0; made < pairs; made++) {
    if (made % PAIRS_PER_LISTENER == 0 && (listener = listening(own, &at)) < 0) return 0;
    if (!joined(listener, &at)) return 0;
  }
  return 1;
}

static void child(long number, pid_t parent, int ready[2]) {
  char byte;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) exit(1);
  close(ready[0]);
  byte = hold(number);
  if (write(ready[1], &byte, 1) != 1) exit(1);
  close(ready[1]);
  for (;;) pause();
}

int main(int count, char **words) {
  struct rlimit most;
  struct sockaddr_in at;
  int ready[2];
  char byte = 0;
  if (count != 6 || pipe(ready) != 0) return 2;
  processes = atol(words[1]), files = atol(words[2]), listeners = atol(words[3]), pairs = atol(words[4]);
  namespaces = atol(words[5]);
  pid_t parent = getpid(), *children = calloc(processes + 1, sizeof *children);
  if (getrlimit(RLIMIT_NOFILE, &most) == 0) most.rlim_cur = most.rlim_max, setrlimit(RLIMIT_NOFILE, &most);
  for (long at = 0; at < processes; at++) {
    children[at] = fork();
    if (children[at] < 0) return perror("fork"), 1;
    if (children[at] == 0) child(at, parent, ready);
  }
  for (long at = 0; at < processes; at++)
    if (read(ready[0], &byte, 1) != 1 || !byte) return fputs("a process could not hold what it was told\n", stderr), 1;
  if (listening(htonl(INADDR_LOOPBACK), &at) < 0) return perror("listen"), 1;
  printf("ready %d", ntohs(at.sin_port));
  for (long at = 0; at < processes; at++) printf(" %d", children[at]);
  puts("");
  fflush(stdout);
  while (read(0, &byte, 1) > 0) {
  }
  return 0;
}
