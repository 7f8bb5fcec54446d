// Vectors of 16 lanes for one instruction set; the compiler splits them where registers are
// narrower. Included once per variant, which `VARIANT` names: it chooses `fused`, `halves_load`
// and `halves_store` here, and `dot` in `Multiply.h`.
typedef float vf __attribute__((vector_size(64), aligned(64)));
typedef float vf_any __attribute__((vector_size(64), aligned(4)));
typedef int32_t vi __attribute__((vector_size(64), aligned(64)));
typedef int8_t vb __attribute__((vector_size(64), aligned(64)));

#define INLINE static inline __attribute__((always_inline))

INLINE vf splat(float x) {
    return (vf){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x};
}
INLINE vi splat_int(int32_t x) {
    return (vi){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x};
}
INLINE vf load(const float *p) { return *(const vf_any *)p; }
INLINE void store(float *p, vf v) { *(vf_any *)p = v; }
INLINE vf choose(vi mask, vf a, vf b) { return (vf)(((vi)a & mask) | ((vi)b & ~mask)); }

typedef float vf8 __attribute__((vector_size(32)));
typedef float vf4 __attribute__((vector_size(16)));

INLINE vf max_of(vf a, vf b) { return choose(a > b, a, b); }

// The order of the additions is part of the result: halves onto halves.
INLINE float add_lanes(vf v) {
    vf8 a = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7)
        + __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
    vf4 b = __builtin_shufflevector(a, a, 0, 1, 2, 3) + __builtin_shufflevector(a, a, 4, 5, 6, 7);
    return (b[0] + b[2]) + (b[1] + b[3]);
}
INLINE float max_lanes(vf v) {
    v = max_of(v, __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    v = max_of(v, __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3));
    v = max_of(v, __builtin_shufflevector(v, v, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1));
    return v[0] > v[1] ? v[0] : v[1];
}

// The nearest integers, of numbers below 2^22.
INLINE vi rounded(vf v) {
    // Adding 1.5 * 2^23 leaves no room for a fraction.
    vf magic = splat(0x1.8p23f);
    return (vi)(v + magic) - (vi)magic;
}
INLINE void bytes_store(int8_t *p, vi v) {
    typedef int8_t quarter __attribute__((vector_size(16), aligned(16)));
    *(quarter *)p = __builtin_convertvector(v, quarter);
}
// The sums of the lanes of each of two vectors.
INLINE void add_int_lanes(vi a, vi b, int32_t *sum_a, int32_t *sum_b) {
    vi v = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
        + __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    v += __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
    v += __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
    *sum_a = v[0] + v[1];
    *sum_b = v[8] + v[9];
}

#if VARIANT == 2
INLINE vf fused(vf a, vf b, vf c) { return (vf)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c); }
INLINE vf halves_load(const uint16_t *p) {
    return (vf)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)p));
}
INLINE void halves_store(uint16_t *p, vf v) {
    _mm256_storeu_si256(
        (__m256i *)p, _mm512_cvtps_ph((__m512)v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}
#elif VARIANT == 1
typedef struct { __m256 low, high; } two;
INLINE two halves_of(vf v) {
    two t;
    memcpy(&t, &v, 64);
    return t;
}
INLINE vf whole_of(two t) {
    vf v;
    memcpy(&v, &t, 64);
    return v;
}
INLINE vf fused(vf a, vf b, vf c) {
    two x = halves_of(a), y = halves_of(b), z = halves_of(c);
    z.low = _mm256_fmadd_ps(x.low, y.low, z.low);
    z.high = _mm256_fmadd_ps(x.high, y.high, z.high);
    return whole_of(z);
}
INLINE vf halves_load(const uint16_t *p) {
    two t = {_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)p)),
             _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(p + 8)))};
    return whole_of(t);
}
INLINE void halves_store(uint16_t *p, vf v) {
    two t = halves_of(v);
    _mm_storeu_si128((__m128i *)p, _mm256_cvtps_ph(t.low, 0));
    _mm_storeu_si128((__m128i *)(p + 8), _mm256_cvtps_ph(t.high, 0));
}
#else
INLINE vf fused(vf a, vf b, vf c) { return a * b + c; }
INLINE vf halves_load(const uint16_t *p) {
    float lane[16];
    for (int i = 0; i < 16; i++) {
        uint32_t magnitude = (uint32_t)(p[i] & 0x7fff) << 13;
        float value;
        memcpy(&value, &magnitude, 4);
        // Finite by construction: weights are checked at load, cache entries are clamped.
        value *= 0x1p112f;
        uint32_t bits;
        memcpy(&bits, &value, 4);
        bits |= (uint32_t)(p[i] & 0x8000) << 16;
        memcpy(&lane[i], &bits, 4);
    }
    return load(lane);
}
INLINE void halves_store(uint16_t *p, vf v) {
    for (int i = 0; i < 16; i++) {
        float value = v[i];
        uint32_t bits;
        memcpy(&bits, &value, 4);
        uint32_t sign = bits >> 16 & 0x8000;
        bits &= 0x7fffffff;
        uint32_t half;
        if (bits < 0x38800000) {
            // Below the smallest normal half: let the addition round to a multiple of 2^-24.
            float magnitude;
            memcpy(&magnitude, &bits, 4);
            magnitude += 0.5f;
            memcpy(&half, &magnitude, 4);
            half -= 0x3f000000;
        } else {
            half = (bits - 0x38000000 + 0x0fff + (bits >> 13 & 1)) >> 13;
        }
        p[i] = (uint16_t)(sign | half);
    }
}
#endif

/// exp(x) to two units in the last place; zero below -87, so that what is masked weighs nothing.
INLINE vf exponential(vf x) {
    vi vanishes = x < splat(-87.0f);
    x = choose(x > splat(88.0f), splat(88.0f), choose(vanishes, splat(-87.0f), x));
    // Adding 1.5 * 2^23 rounds to the nearest integer, which stays in the low bits.
    vf shifted = fused(x, splat(0x1.715476p+0f), splat(0x1.8p23f));
    vf n = shifted - splat(0x1.8p23f);
    vf r = fused(n, splat(-0x1.62e400p-1f), x);
    r = fused(n, splat(-0x1.7f7d1cp-20f), r);
    vf p = splat(0x1.6b98p-10f);
    p = fused(p, r, splat(0x1.12389ep-7f));
    p = fused(p, r, splat(0x1.555af0p-5f));
    p = fused(p, r, splat(0x1.555430p-3f));
    p = fused(p, r, splat(0x1.fffffap-2f));
    p = fused(p, r, splat(1.0f));
    p = fused(p, r, splat(1.0f));
    vf power = (vf)((vi)p + ((vi)shifted << 23));
    return choose(vanishes, splat(0.0f), power);
}
