/*
 * The least that has to be asked for sockets with their owners: every TCP table to its end, and of every process the list of
 * its descriptors and where each leads. Prints how many tables, processes and sockets that were. With "-A" the tables of
 * every network namespace, otherwise those of its own. A whole program, as what is measured beside it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The kernel fills a page with whole rows: less than that without the longest row is the end, and asking again a second walk. */
enum { FULL = 4096 - 512 };

static char buffer[64 * 1024];
static unsigned long seen[4096];
static int tables, namespaces;

static void table(const char *pid, const char *name) {
  char path[288];
  snprintf(path, sizeof path, "/proc/%s/net/%s", pid, name);
  int fd = open(path, O_RDONLY);
  if (fd < 0) return;
  while (read(fd, buffer, sizeof buffer) >= FULL) {
  }
  close(fd);
  tables++;
}

static void in_namespace_of(const char *pid) {
  char path[288], text[64] = "";
  snprintf(path, sizeof path, "/proc/%s/ns/net", pid);
  if (readlink(path, text, sizeof text - 1) < 0 || strncmp(text, "net:[", 5) != 0) return;
  unsigned long id = strtoul(text + 5, NULL, 10);
  for (int at = 0; at < namespaces; at++)
    if (seen[at] == id) return;
  if (namespaces < 4096) seen[namespaces++] = id;
  table(pid, "tcp");
  table(pid, "tcp6");
}

static long links(const char *pid) {
  long sockets = 0;
  char path[288], text[32];
  snprintf(path, sizeof path, "/proc/%s/fd", pid);
  DIR *list = opendir(path);
  if (list == NULL) return 0;
  for (struct dirent *entry; (entry = readdir(list)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    ssize_t got = readlinkat(dirfd(list), entry->d_name, text, sizeof text);
    if (got > 8 && memcmp(text, "socket:[", 8) == 0) sockets++;
  }
  closedir(list);
  return sockets;
}

int main(int count, char **words) {
  int all = count > 1 && strcmp(words[1], "-A") == 0;
  long processes = 0, sockets = 0;
  DIR *proc = opendir("/proc");
  if (proc == NULL) return perror("/proc"), 1;
  if (!all) in_namespace_of("self");
  for (struct dirent *entry; (entry = readdir(proc)) != NULL;) {
    if (entry->d_name[0] < '0' || entry->d_name[0] > '9') continue;
    processes++;
    if (all) in_namespace_of(entry->d_name);
    sockets += links(entry->d_name);
  }
  closedir(proc);
  printf("%d tables, %ld processes, %ld sockets\n", tables, processes, sockets);
  return 0;
}
