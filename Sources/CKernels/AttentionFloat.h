// Pages of floats: keys as (element, 32 positions), then values as (position, element).

INLINE void store_floats(
    float *keys, int64_t padded, int64_t slot, const float *key, const float *value) {
    float *values = keys + padded * 32 + slot * padded;
    for (int64_t i = 0; i < padded; i++) { keys[i * 32 + slot] = key[i]; }
    memcpy(values, value, (size_t)padded * 4);
}

INLINE void score_floats(
    int count, const attend_group *group, int first, int64_t page, const uint8_t *next) {
    if (page * 32 >= visible_positions(count, group, first)) { return; }
    const float *keys = (const float *)page_of(group->shape, group->pages[page], group->head);
    const float *query[ATTEND_QUERIES];
    vf low[ATTEND_QUERIES], high[ATTEND_QUERIES];
    for (int q = 0; q < count; q++) {
        query[q] = group->query[first + q];
        low[q] = high[q] = splat(0);
    }
    for (int64_t i = 0; i < group->shape->head_width; i++) {
        prefetch(next, i * 128);
        prefetch(next, i * 128 + 64);
        vf left = load(keys + i * 32), right = load(keys + i * 32 + 16);
#pragma clang loop unroll(full)
        for (int q = 0; q < count; q++) {
            vf x = splat(query[q][i]);
            low[q] = fused(x, left, low[q]);
            high[q] = fused(x, right, high[q]);
        }
    }
    for (int q = 0; q < count; q++) {
        float *to = group->scores + (first + q) * group->scores_stride + page * 32;
        store(to, low[q]);
        store(to + 16, high[q]);
        mask_page(group, first + q, page, to);
    }
}

// Adds one page's share of elements `start..<start + 16 * parts` to the sums in `out`.
INLINE void add_float_values(
    int count, int parts, const attend_group *group, int first, int64_t page, int64_t start,
    const uint8_t *next) {
    int64_t positions = visible_positions(count, group, first) - page * 32;
    if (positions <= 0) { return; }
    int64_t end = positions < 32 ? positions : 32;
    int64_t padded = padded_head(group->shape->head_width);
    const float *values = (const float *)page_of(group->shape, group->pages[page], group->head)
        + padded * 32 + start;
    const float *weights = group->scores + first * group->scores_stride + page * 32;
    vf sum[ATTEND_QUERIES][4];
    for (int q = 0; q < count; q++) {
        for (int part = 0; part < parts; part++) {
            sum[q][part] = page > group->page_first
                ? load(group->out[first + q] + start + part * 16)
                : splat(0);
        }
    }
    for (int64_t i = 0; i < end; i++) {
        vf value[4];
        for (int part = 0; part < parts; part++) {
            prefetch(next, (padded * 32 + i * padded + start + part * 16) * 4);
            value[part] = load(values + i * padded + part * 16);
        }
#pragma clang loop unroll(full)
        for (int q = 0; q < count; q++) {
            vf weight = splat(weights[q * group->scores_stride + i]);
            for (int part = 0; part < parts; part++) {
                sum[q][part] = fused(weight, value[part], sum[q][part]);
            }
        }
    }
    for (int q = 0; q < count; q++) {
        for (int part = 0; part < parts; part++) {
            store(group->out[first + q] + start + part * 16, sum[q][part]);
        }
    }
}

INLINE void add_floats(
    int count, const attend_group *group, int first, int64_t page, const uint8_t *next) {
    int64_t padded = padded_head(group->shape->head_width), start = 0;
    for (; start + 64 <= padded; start += 64) {
        add_float_values(count, 4, group, first, page, start, next);
    }
    for (; start < padded; start += 16) {
        add_float_values(count, 1, group, first, page, start, next);
    }
}
