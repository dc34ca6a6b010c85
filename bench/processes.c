/*
 * Many processes with a TCP listener each: processes COUNT
 * Says "ready"; all end when standard input does.
 */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int hold(void) {
  struct sockaddr_in loopback = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  return listener >= 0 && bind(listener, (struct sockaddr *)&loopback, sizeof loopback) == 0 && listen(listener, 1) == 0;
}

int main(int count, char **words) {
  long processes = count == 2 ? atol(words[1]) : 0;
  int ready[2];
  char byte = 0;
  if (processes < 1 || pipe(ready) != 0) return 2;
  for (long at = 0; at < processes; at++) {
    pid_t child = fork();
    if (child < 0) return perror("fork"), 1;
    if (child > 0) continue;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    byte = hold();
    if (write(ready[1], &byte, 1) != 1) return 1;
    for (;;) pause();
  }
  for (long at = 0; at < processes; at++)
    if (read(ready[0], &byte, 1) != 1 || !byte) return fputs("a process could not open its socket\n", stderr), 1;
  puts("ready");
  fflush(stdout);
  while (read(0, &byte, 1) > 0) {
  }
  return 0;
}
