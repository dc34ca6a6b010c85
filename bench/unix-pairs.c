/* Holds so many pairs of unix sockets until its input ends, and says "ready" when they stand:
 *     cc -O2 -o unix-pairs unix-pairs.c && ./unix-pairs 8000 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **words) {
    struct rlimit most;
    char byte;
    int pair[2];
    if (count != 2) return 2;
    if (getrlimit(RLIMIT_NOFILE, &most) == 0) most.rlim_cur = most.rlim_max, setrlimit(RLIMIT_NOFILE, &most);
    for (long left = atol(words[1]); left > 0; left--)
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return perror("socketpair"), 1;
    puts("ready");
    fflush(stdout);
    while (read(0, &byte, 1) > 0) {
    }
    return 0;
}
