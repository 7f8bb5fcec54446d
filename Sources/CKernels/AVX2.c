// The variant for x86-64 processors with AVX2, FMA and F16C (2013 and later).
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "Internal.h"

// Vectors pass between inlined functions alone, so no calling convention is concerned.
#pragma clang diagnostic ignored "-Wpsabi"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#define VARIANT 1
#define TABLE kernel_table_avx2
#include "Vector.h"
#include "Operations.h"
#pragma clang attribute pop
#endif
