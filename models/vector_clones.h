#pragma once

// For loops that are compiled for several instruction sets, of which the program takes the best at
// its start: Rondo itself is built for any x86-64. The options that make vectors of them are in
// CMakeLists.txt; elsewhere such a loop is as fast as the compiler makes it.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define RONDO_VECTOR_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define RONDO_VECTOR_CLONES
#endif

// A part of such a loop, which must be compiled with it.
#define RONDO_INLINE inline __attribute__((always_inline))
