// What the machine can do at most, with the instructions of one variant.

static int32_t read_memory(const void *memory, int64_t byte_count) {
    const vi *p = memory;
    // Several sums of their own, so that none waits for the one before; and lines asked for as
    // far ahead as products ask for weights, without which memory would seem slower than it is.
    enum { ahead = 96 };
    vi sums[4] = {splat_int(0), splat_int(0), splat_int(0), splat_int(0)};
    for (int64_t i = 0; i + 4 <= byte_count / 64; i += 4) {
        for (int s = 0; s < 4; s++) {
            __builtin_prefetch(p + i + s + ahead, 0, 3);
            sums[s] ^= p[i + s];
        }
    }
    vi all = sums[0] ^ sums[1] ^ sums[2] ^ sums[3];
    int32_t result = 0;
    for (int i = 0; i < 16; i++) { result ^= all[i]; }
    return result;
}

// Each round makes SPIN_OPERATIONS multiplications and additions. The assembly without
// instructions keeps the compiler from making equal products once.
#if VARIANT == 2
static int32_t spin_dot(int64_t rounds) {
    enum { chains = 16, products = SPIN_OPERATIONS / (chains * 128) };
    __m512i sums[chains];
    __m512i weights = _mm512_set1_epi8(3), inputs = _mm512_set1_epi8(1);
#pragma clang loop unroll(full)
    for (int c = 0; c < chains; c++) { sums[c] = _mm512_setzero_si512(); }
    for (int64_t i = 0; i < rounds * products; i++) {
        __asm__ volatile("" : "+v"(inputs));
#pragma clang loop unroll(full)
        for (int c = 0; c < chains; c++) {
            sums[c] = _mm512_dpbusd_epi32(sums[c], weights, inputs);
        }
    }
    int32_t result = 0;
#pragma clang loop unroll(full)
    for (int c = 0; c < chains; c++) { result += _mm512_reduce_add_epi32(sums[c]); }
    return result;
}
#elif VARIANT == 1
static int32_t spin_dot(int64_t rounds) {
    enum { chains = 8, products = SPIN_OPERATIONS / (chains * 64) };
    __m256i sums[chains];
    __m256i weights = _mm256_set1_epi8(3), inputs = _mm256_set1_epi8(1);
#pragma clang loop unroll(full)
    for (int c = 0; c < chains; c++) { sums[c] = _mm256_setzero_si256(); }
    for (int64_t i = 0; i < rounds * products; i++) {
#pragma clang loop unroll(full)
        for (int c = 0; c < chains; c++) {
            __asm__ volatile("" : "+x"(inputs));
            sums[c] = dot_half(sums[c], weights, inputs);
        }
    }
    int32_t lanes[8], result = 0;
#pragma clang loop unroll(full)
    for (int c = 0; c < chains; c++) {
        memcpy(lanes, &sums[c], 32);
        for (int i = 0; i < 8; i++) { result += lanes[i]; }
    }
    return result;
}
#else
static int32_t spin_dot(int64_t rounds) {
    enum { products = SPIN_OPERATIONS / 128 };
    vi sum = splat_int(0);
    vb weights = (vb)splat_int(0x03030303);
    int32_t inputs = 0x01010101;
    for (int64_t i = 0; i < rounds * products; i++) {
        __asm__ volatile("" : "+r"(inputs));
        sum = dot(sum, weights, inputs);
    }
    int32_t result = 0;
    for (int i = 0; i < 16; i++) { result += sum[i]; }
    return result;
}
#endif
