// Pages of 8 bits: each group of elements of a key or a value has one scale.
//
// Keys as (element / 4, 32 positions, 4 elements), then values as (position / 4, element,
// 4 positions), so that one dot product of four bytes per lane serves 16 positions or 16
// elements; then, for each group, 32 scales of keys and 32 scales of values. Keys are stored as
// the variant's dot product wants its unsigned factor, `I8_BIAS` above their value. Queries are
// quantized like keys. Weights are multiplied with their value's scale first and then quantized
// page by page and group by group, against the greatest.

// Without the vector dot product, two products must fit 16 bits.
#if VARIANT == 2
#define WEIGHT_MAX 255.0f
#else
#define WEIGHT_MAX 127.0f
#endif

// Scale and 127ths of x(count).
INLINE float quantize_group(const float *x, int64_t count, int8_t *out) {
    vf greatest = splat(0);
    vi no_sign = splat_int(0x7fffffff);
    for (int64_t i = 0; i < count; i += 16) {
        greatest = max_of((vf)((vi)load(x + i) & no_sign), greatest);
    }
    float top = max_lanes(greatest);
    bool vanishes = !(top > 1e-30f);
    // An infinite scale would outlive its sequence: zero times infinity is no number.
    top = top < 1e30f ? top : 1e30f;
    vf inverse = splat(vanishes ? 0 : 127.0f / top);
    for (int64_t i = 0; i < count; i += 16) {
        bytes_store(out + i, rounded(load(x + i) * inverse));
    }
    return vanishes ? 0 : top / 127.0f;
}

// Elements of a group that begins at `start`.
INLINE int64_t group_width(int64_t padded, int64_t start) {
    return padded - start < CACHE_GROUP_ELEMENTS ? padded - start : CACHE_GROUP_ELEMENTS;
}

// Scales of the keys of the group that begins at `start`; those of its values follow.
INLINE float *scales_of(const uint8_t *page, int64_t padded, int64_t start) {
    return (float *)(page + padded * 64) + start / CACHE_GROUP_ELEMENTS * 64;
}

INLINE void store_int8(
    uint8_t *page, int64_t padded, int64_t slot, const float *key, const float *value) {
    _Alignas(64) int8_t line[KERNEL_HEAD_WIDTH_MAX];
    for (int64_t start = 0; start < padded; start += CACHE_GROUP_ELEMENTS) {
        int64_t width = group_width(padded, start);
        scales_of(page, padded, start)[slot] = quantize_group(key + start, width, line + start);
    }
    for (int64_t i = 0; i < padded; i += 4) {
        int32_t four = load_four(line + i) ^ (int32_t)(I8_BIAS * 0x01010101u);
        memcpy(page + i * 32 + slot * 4, &four, 4);
    }
    for (int64_t start = 0; start < padded; start += CACHE_GROUP_ELEMENTS) {
        int64_t width = group_width(padded, start);
        scales_of(page, padded, start)[32 + slot] =
            quantize_group(value + start, width, line + start);
    }
    uint8_t *values = page + padded * 32 + slot / 4 * padded * 4 + slot % 4;
    for (int64_t i = 0; i < padded; i++) { values[i * 4] = (uint8_t)line[i]; }
}

INLINE void quantize_query(attend_group *group, int q) {
    int64_t width = group->shape->head_width, padded = padded_head(width);
    _Alignas(64) float line[KERNEL_HEAD_WIDTH_MAX];
    memcpy(line, group->query[q], (size_t)width * 4);
    memset(line + width, 0, (size_t)(padded - width) * 4);
    int8_t *quants = group->quants + q * padded;
    for (int64_t start = 0; start < padded; start += CACHE_GROUP_ELEMENTS) {
        int64_t part = start / CACHE_GROUP_ELEMENTS, count = group_width(padded, start);
        group->query_scale[q][part] = quantize_group(line + start, count, quants + start);
        int32_t sum = 0;
        for (int64_t i = start; i < start + count; i++) { sum += quants[i]; }
        group->query_sum[q][part] = sum;
    }
}

INLINE void score_int8(
    int count, const attend_group *group, int first, int64_t page, const uint8_t *next) {
    if (page * 32 >= visible_positions(count, group, first)) { return; }
    const uint8_t *keys = page_of(group->shape, group->pages[page], group->head);
    int64_t padded = padded_head(group->shape->head_width);
    const int8_t *query = group->quants + first * padded;
    vf score[ATTEND_QUERIES][2];
    for (int q = 0; q < count; q++) { score[q][0] = score[q][1] = splat(0); }
    for (int64_t start = 0; start < padded; start += CACHE_GROUP_ELEMENTS) {
        int64_t part = start / CACHE_GROUP_ELEMENTS, end = start + group_width(padded, start);
        vi sum[ATTEND_QUERIES][2];
        for (int q = 0; q < count; q++) {
            sum[q][0] = sum[q][1] = splat_int(-I8_BIAS * group->query_sum[first + q][part]);
        }
        for (int64_t i = start; i < end; i += 4) {
            prefetch(next, i * 32);
            prefetch(next, i * 32 + 64);
            vb left = *(const vb *)(keys + i * 32), right = *(const vb *)(keys + i * 32 + 64);
#pragma clang loop unroll(full)
            for (int q = 0; q < count; q++) {
                int32_t four = load_four(query + q * padded + i);
                sum[q][0] = dot8(sum[q][0], left, four);
                sum[q][1] = dot8(sum[q][1], right, four);
            }
        }
        const float *scales = scales_of(keys, padded, start);
        vf low = load(scales), high = load(scales + 16);
#pragma clang loop unroll(full)
        for (int q = 0; q < count; q++) {
            vf scale = splat(group->query_scale[first + q][part]);
            score[q][0] = fused(__builtin_convertvector(sum[q][0], vf), scale * low, score[q][0]);
            score[q][1] = fused(__builtin_convertvector(sum[q][1], vf), scale * high, score[q][1]);
        }
    }
    for (int q = 0; q < count; q++) {
        float *to = group->scores + (first + q) * group->scores_stride + page * 32;
        store(to, score[q][0]);
        store(to + 16, score[q][1]);
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

// Weights of a page, times the scales of the values of a group, in bytes; and what a byte is.
INLINE void quantize_weights(
    int count, const attend_group *group, int first, int64_t page, const float *scales,
    uint8_t *weights, float *factors) {
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
}

INLINE void add_int8(
    int count, const attend_group *group, int first, int64_t page, const uint8_t *next) {
    int64_t positions = visible_positions(count, group, first) - page * 32;
    if (positions <= 0) { return; }
    int64_t padded = padded_head(group->shape->head_width);
    const uint8_t *values = page_of(group->shape, group->pages[page], group->head);
    int64_t fours = ceil_div(positions < 32 ? positions : 32, 4);
    if (next) {
        int64_t end = (int64_t)page_head_bytes(group->shape->format, group->shape->head_width);
        for (int64_t i = padded * 32; i < end; i += 64) { prefetch(next, i); }
    }
    for (int64_t start = 0; start < padded; start += CACHE_GROUP_ELEMENTS) {
        _Alignas(64) uint8_t weights[ATTEND_QUERIES * 32];
        float factors[ATTEND_QUERIES];
        const float *scales = scales_of(values, padded, start) + 32;
        quantize_weights(count, group, first, page, scales, weights, factors);
        if (start + CACHE_GROUP_ELEMENTS <= padded) {
            add_int8_values(
                count, CACHE_GROUP_ELEMENTS / 16, group, first, page, start, fours, weights, factors);
            continue;
        }
        for (int64_t i = start; i < padded; i += 16) {
            add_int8_values(count, 1, group, first, page, i, fours, weights, factors);
        }
    }
}
