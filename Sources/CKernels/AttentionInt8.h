// Pages of 8 bits: each key and each value of a head has one scale.
//
// Keys as (element / 4, 32 positions, 4 elements), then values as (position / 4, element,
// 4 positions), so that one dot product of four bytes per lane serves 16 positions or 16
// elements; then 32 scales of keys and 32 scales of values. Keys are stored as the variant's
// dot product wants its unsigned factor, `I8_BIAS` above their value. Queries have 15 bits in two
// bytes, 128 * high + low: their part of the error vanishes for one more product. Weights are multiplied with their value's scale first and then quantized page by page,
// against the greatest of the page.

// Without the vector dot product, two products must fit 16 bits.
#if VARIANT == 2
#define WEIGHT_MAX 255.0f
#else
#define WEIGHT_MAX 127.0f
#endif

INLINE float greatest_magnitude(const float *x, int64_t padded) {
    vf greatest = splat(0);
    vi no_sign = splat_int(0x7fffffff);
    for (int64_t i = 0; i < padded; i += 16) {
        greatest = max_of((vf)((vi)load(x + i) & no_sign), greatest);
    }
    return max_lanes(greatest);
}

// Scale and 127ths of x(padded).
INLINE float quantize_head(const float *x, int64_t padded, int8_t *out) {
    float top = greatest_magnitude(x, padded);
    bool vanishes = !(top > 1e-30f);
    // An infinite scale would outlive its sequence: zero times infinity is no number.
    top = top < 1e30f ? top : 1e30f;
    vf inverse = splat(vanishes ? 0 : 127.0f / top);
    for (int64_t i = 0; i < padded; i += 16) {
        bytes_store(out + i, rounded(load(x + i) * inverse));
    }
    return vanishes ? 0 : top / 127.0f;
}

INLINE void store_int8(
    uint8_t *page, int64_t padded, int64_t slot, const float *key, const float *value) {
    _Alignas(64) int8_t line[KERNEL_HEAD_WIDTH_MAX];
    float *scales = (float *)(page + padded * 64);
    scales[slot] = quantize_head(key, padded, line);
    for (int64_t i = 0; i < padded; i += 4) {
        int32_t four = load_four(line + i) ^ (int32_t)(I8_BIAS * 0x01010101u);
        memcpy(page + i * 32 + slot * 4, &four, 4);
    }
    scales[32 + slot] = quantize_head(value, padded, line);
    uint8_t *values = page + padded * 32 + slot / 4 * padded * 4 + slot % 4;
    for (int64_t i = 0; i < padded; i++) { values[i * 4] = (uint8_t)line[i]; }
}

// All high bytes of a query and then all low bytes.
INLINE void quantize_query(attend_group *group, int q) {
    int64_t width = group->shape->head_width, padded = padded_head(width);
    _Alignas(64) float line[KERNEL_HEAD_WIDTH_MAX];
    memcpy(line, group->query[q], (size_t)width * 4);
    memset(line + width, 0, (size_t)(padded - width) * 4);
    float top = greatest_magnitude(line, padded);
    bool vanishes = !(top > 1e-30f);
    vf inverse = splat(vanishes ? 0 : 16256.0f / top);
    int8_t *quants = group->quants + q * padded * 2;
    vi high_sum = splat_int(0), low_sum = splat_int(0);
    for (int64_t i = 0; i < padded; i += 16) {
        vi quant = rounded(load(line + i) * inverse);
        vi high = (quant + splat_int(64)) >> 7, low = quant - (high << 7);
        bytes_store(quants + i, high);
        bytes_store(quants + padded + i, low);
        high_sum += high;
        low_sum += low;
    }
    group->query_scale[q] = vanishes ? 0 : top / 16256.0f;
    add_int_lanes(high_sum, low_sum, &group->query_high_sum[q], &group->query_low_sum[q]);
}

INLINE void score_int8(
    int count, const attend_group *group, int first, int64_t page, const uint8_t *next) {
    if (page * 32 >= visible_positions(count, group, first)) { return; }
    const uint8_t *keys = page_of(group->shape, group->pages[page], group->head);
    int64_t padded = padded_head(group->shape->head_width);
    const int8_t *query = group->quants + first * padded * 2;
    vi high[ATTEND_QUERIES][2], low[ATTEND_QUERIES][2];
    for (int q = 0; q < count; q++) {
        high[q][0] = high[q][1] = splat_int(-I8_BIAS * group->query_high_sum[first + q]);
        low[q][0] = low[q][1] = splat_int(-I8_BIAS * group->query_low_sum[first + q]);
    }
    for (int64_t i = 0; i < padded; i += 4) {
        prefetch(next, i * 32);
        prefetch(next, i * 32 + 64);
        vb left = *(const vb *)(keys + i * 32), right = *(const vb *)(keys + i * 32 + 64);
#pragma clang loop unroll(full)
        for (int q = 0; q < count; q++) {
            const int8_t *bytes = query + q * padded * 2 + i;
            int32_t four = load_four(bytes), rest = load_four(bytes + padded);
            high[q][0] = dot8(high[q][0], left, four);
            high[q][1] = dot8(high[q][1], right, four);
            low[q][0] = dot8(low[q][0], left, rest);
            low[q][1] = dot8(low[q][1], right, rest);
        }
    }
    const float *scales = (const float *)(keys + padded * 64);
    for (int q = 0; q < count; q++) {
        float *to = group->scores + (first + q) * group->scores_stride + page * 32;
        vf scale = splat(group->query_scale[first + q]);
        for (int half = 0; half < 2; half++) {
            vf sum = fused(
                splat(128.0f), __builtin_convertvector(high[q][half], vf),
                __builtin_convertvector(low[q][half], vf));
            store(to + half * 16, sum * (scale * load(scales + half * 16)));
        }
        mask_page(group, first + q, page, to);
    }
}

// Adds one page's share of elements `start..<start + 16 * parts` to the sums in `out`.
INLINE void add_int8_values(
    int count, int parts, const attend_group *group, int first, int64_t page, int64_t start,
    int64_t fours, const uint8_t *weights, const float *factors) {
    int64_t padded = padded_head(group->shape->head_width);
    const uint8_t *values = page_of(group->shape, group->pages[page], group->head)
        + padded * 32 + start * 4;
    vi sum[ATTEND_QUERIES][4];
    for (int q = 0; q < count; q++) {
        for (int part = 0; part < parts; part++) { sum[q][part] = splat_int(0); }
    }
    for (int64_t i = 0; i < fours; i++) {
        vb value[4];
        for (int part = 0; part < parts; part++) {
            value[part] = *(const vb *)(values + i * padded * 4 + part * 64);
        }
#pragma clang loop unroll(full)
        for (int q = 0; q < count; q++) {
            int32_t four = load_four((const int8_t *)weights + q * 32 + i * 4);
            for (int part = 0; part < parts; part++) {
                sum[q][part] = dot_weights(sum[q][part], four, value[part]);
            }
        }
    }
    for (int q = 0; q < count; q++) {
        for (int part = 0; part < parts; part++) {
            float *out = group->out[first + q] + start + part * 16;
            vf before = page > group->page_first ? load(out) : splat(0);
            vf share = __builtin_convertvector(sum[q][part], vf);
            store(out, fused(share, splat(factors[q]), before));
        }
    }
}

INLINE void add_int8(
    int count, const attend_group *group, int first, int64_t page, const uint8_t *next) {
    int64_t positions = visible_positions(count, group, first) - page * 32;
    if (positions <= 0) { return; }
    int64_t padded = padded_head(group->shape->head_width);
    const float *scales =
        (const float *)(page_of(group->shape, group->pages[page], group->head) + padded * 64) + 32;
    _Alignas(64) uint8_t weights[ATTEND_QUERIES * 32];
    float factors[ATTEND_QUERIES];
    vf scale_low = load(scales), scale_high = load(scales + 16);
    for (int q = 0; q < count; q++) {
        const float *from = group->scores + (first + q) * group->scores_stride + page * 32;
        vf low = load(from) * scale_low, high = load(from + 16) * scale_high;
        float top = max_lanes(max_of(low, high));
        bool vanishes = !(top > 1e-30f);
        vf inverse = splat(vanishes ? 0 : WEIGHT_MAX / top);
        factors[q] = vanishes ? 0 : top / WEIGHT_MAX;
        bytes_store((int8_t *)weights + q * 32, rounded(low * inverse));
        bytes_store((int8_t *)weights + q * 32 + 16, rounded(high * inverse));
    }
    if (next) {
        for (int64_t i = padded * 32; i < padded * 64 + 256; i += 64) { prefetch(next, i); }
    }
    int64_t fours = ceil_div(positions < 32 ? positions : 32, 4), start = 0;
    for (; start + 64 <= padded; start += 64) {
        add_int8_values(count, 4, group, first, page, start, fours, weights, factors);
    }
    for (; start < padded; start += 16) {
        add_int8_values(count, 1, group, first, page, start, fours, weights, factors);
    }
}
