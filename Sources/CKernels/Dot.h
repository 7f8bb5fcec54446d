// One variant of sums of four products of bytes per lane; all sums are exact.
//
// `dot`: small unsigned weights (up to 15) times signed inputs, which all lanes share.
// `dot8`: signed weights times signed inputs. Where the instruction takes an unsigned factor,
// weights are handed over `I8_BIAS` above their value; the caller subtracts `I8_BIAS` times the
// sum of the inputs.
// `dot_weights`: unsigned weights, which all lanes share, up to 255 with the vector dot product
// and up to 127 without, times signed values.
#if VARIANT == 2
#define I8_BIAS 128
INLINE vi dot(vi sum, vb weights, int32_t inputs) {
    return (vi)_mm512_dpbusd_epi32((__m512i)sum, (__m512i)weights, _mm512_set1_epi32(inputs));
}
INLINE vi dot8(vi sum, vb weights, int32_t inputs) { return dot(sum, weights, inputs); }
INLINE vi dot_weights(vi sum, int32_t weights, vb values) {
    return (vi)_mm512_dpbusd_epi32((__m512i)sum, _mm512_set1_epi32(weights), (__m512i)values);
}
#elif VARIANT == 1
#define I8_BIAS 0
typedef struct { __m256i low, high; } two_int;
INLINE __m256i dot_half(__m256i sum, __m256i magnitude, __m256i inputs) {
    __m256i pairs = _mm256_maddubs_epi16(magnitude, inputs);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}
INLINE vi dot(vi sum, vb weights, int32_t inputs) {
    two_int s, w;
    memcpy(&s, &sum, 64);
    memcpy(&w, &weights, 64);
    __m256i x = _mm256_set1_epi32(inputs);
    s.low = dot_half(s.low, w.low, x);
    s.high = dot_half(s.high, w.high, x);
    memcpy(&sum, &s, 64);
    return sum;
}
// Two products of full 8-bit factors do not fit 16 bits unless one is taken without its sign.
INLINE vi dot8(vi sum, vb weights, int32_t inputs) {
    two_int s, w;
    memcpy(&s, &sum, 64);
    memcpy(&w, &weights, 64);
    __m256i x = _mm256_set1_epi32(inputs);
    s.low = dot_half(s.low, _mm256_abs_epi8(w.low), _mm256_sign_epi8(x, w.low));
    s.high = dot_half(s.high, _mm256_abs_epi8(w.high), _mm256_sign_epi8(x, w.high));
    memcpy(&sum, &s, 64);
    return sum;
}
INLINE vi dot_weights(vi sum, int32_t weights, vb values) {
    two_int s, v;
    memcpy(&s, &sum, 64);
    memcpy(&v, &values, 64);
    __m256i x = _mm256_set1_epi32(weights);
    s.low = dot_half(s.low, x, v.low);
    s.high = dot_half(s.high, x, v.high);
    memcpy(&sum, &s, 64);
    return sum;
}
#else
#define I8_BIAS 0
INLINE vi dot(vi sum, vb weights, int32_t inputs) {
    int8_t x[4];
    memcpy(x, &inputs, 4);
    vi words = (vi)weights;
    for (int t = 0; t < 4; t++) { sum += (words << (24 - 8 * t) >> 24) * splat_int(x[t]); }
    return sum;
}
INLINE vi dot8(vi sum, vb weights, int32_t inputs) { return dot(sum, weights, inputs); }
INLINE vi dot_weights(vi sum, int32_t weights, vb values) { return dot(sum, values, weights); }
#endif

INLINE int32_t load_four(const int8_t *p) {
    int32_t four;
    memcpy(&four, p, 4);
    return four;
}
