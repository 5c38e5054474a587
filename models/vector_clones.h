#pragma once

// A function marked so is compiled for several instruction sets, and the program takes the best at
// its start: Rondo itself is built for any x86-64.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define RONDO_VECTOR_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define RONDO_VECTOR_CLONES
#endif
