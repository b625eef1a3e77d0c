#pragma once
#include <stdint.h>

/// Bytes asked of the allocator since the process began, freed ones included: growth of arrays counts each time.
uint64_t allocated_bytes(void);

/// How often memory was asked for.
uint64_t allocations(void);
