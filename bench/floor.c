/* The kernel's share: for each line of input, reads FILE to its end into one buffer, throws it away and prints
 * milliseconds, bytes and reads.
 *     cc -O2 -o floor floor.c && yes | head -n 5 | ./floor /proc/net/tcp */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static char buffer[64 * 1024];

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1e3 + at.tv_nsec / 1e6;
}

static int measure(const char *path) {
    long bytes = 0, reads = 0;
    ssize_t got;
    double start = now();
    int fd = open(path, O_RDONLY);
    if (fd < 0) return -1;
    while ((got = read(fd, buffer, sizeof buffer)) > 0) {
        bytes += got;
        reads++;
    }
    close(fd);
    if (got < 0) return -1;
    printf("%.3f %ld %ld\n", now() - start, bytes, reads);
    return fflush(stdout);
}

int main(int argc, char **argv) {
    int byte;
    if (argc != 2) {
        fputs("usage: floor FILE, with a line of input for each round\n", stderr);
        return 2;
    }
    while ((byte = getchar()) != EOF) {
        if (byte == '\n' && measure(argv[1]) != 0) {
            perror(argv[1]);
            return 1;
        }
    }
    return 0;
}
