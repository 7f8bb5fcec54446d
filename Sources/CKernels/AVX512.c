// The variant for x86-64 processors with AVX-512 and its 8-bit dot product (VNNI).
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "Internal.h"

// Vectors pass between inlined functions alone, so no calling convention is concerned.
#pragma clang diagnostic ignored "-Wpsabi"

#pragma clang attribute push(                                                                     \
    __attribute__((target(                                                                        \
        "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx2,fma,f16c"))),                         \
    apply_to = function)
#define VARIANT 2
#define TABLE kernel_table_avx512
#include "Vector.h"
#include "Operations.h"
#pragma clang attribute pop
#endif
