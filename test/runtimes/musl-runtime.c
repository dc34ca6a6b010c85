/*
 * Debian has the loader and C library of musl, but no C++ library made for it. Its own one runs on musl but for these few
 * functions of glibc, so that Bun's build for musl can be tried on Debian. Built with
 * `gcc -shared -fPIC -nostdlib`, under the name of glibc's loader, which that library asks for. For tests only.
 */
#include <stddef.h>
extern long syscall(long, ...);
extern size_t strftime_l(char *, size_t, const char *, const void *, void *);
unsigned arc4random(void) { unsigned v = 0; syscall(318 /* getrandom */, &v, sizeof v, 0); return v; }
size_t __strftime_l(char *s, size_t n, const char *f, const void *t, void *l) { return strftime_l(s, n, f, t, l); }
int __cxa_thread_atexit_impl(void (*f)(void *), void *o, void *d) { (void)f; (void)o; (void)d; return 0; }
char __libc_single_threaded = 0;
int _dl_find_object(void *pc, void *result) { (void)pc; (void)result; return -1; }
int __cpu_indicator_init(void) { return 0; }
unsigned __cpu_model[4];
