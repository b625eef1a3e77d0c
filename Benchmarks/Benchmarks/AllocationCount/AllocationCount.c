#include "AllocationCount.h"
#include <errno.h>
#include <stddef.h>

// The program's own malloc stands before the C library's, for the Swift runtime as well: each call is counted
// and handed on. One thread measures, so plain counters do.
static uint64_t bytes;
static uint64_t calls;

uint64_t allocated_bytes(void) { return bytes; }
uint64_t allocations(void) { return calls; }

#ifdef __GLIBC__
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void count(size_t size) {
  bytes += size;
  calls += 1;
}

void *malloc(size_t size) {
  count(size);
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count(number * size);
  return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
  count(size);
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count(size);
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  count(size);
  *result = __libc_memalign(alignment, size);
  return *result == NULL ? ENOMEM : 0;
}
#endif
