// One variant of attention over the pages of the cache.

// A page of one head: keys as (element, 32 positions), then values as (position, element).
INLINE uint16_t *page_of(const kernel_attention *shape, int32_t page, int64_t head) {
    int64_t head_halves = padded_head(shape->head_width) * 2 * KERNEL_PAGE_POSITIONS;
    return (uint16_t *)(shape->pages + (size_t)page * shape->page_byte_count) + head * head_halves;
}

INLINE void rotate(const kernel_attention *shape, int32_t position, float *x, float factor) {
    int32_t half = shape->rope_width / 2;
    const float *table = shape->rope_table + (int64_t)position * shape->rope_width;
    bool adjacent = shape->rope_kind == KERNEL_ROPE_ADJACENT;
    for (int32_t i = 0; i < half; i++) {
        float *a = x + (adjacent ? 2 * i : i), *b = adjacent ? a + 1 : a + half;
        float cosine = table[2 * i], sine = table[2 * i + 1];
        float rotated = (*a * cosine - *b * sine) * factor;
        *b = (*a * sine + *b * cosine) * factor;
        *a = rotated;
    }
    for (int32_t i = shape->rope_width; i < shape->head_width; i++) { x[i] *= factor; }
}

INLINE void norm_head(float *x, const float *weight, int64_t width, float epsilon) {
    float sum = 0;
    for (int64_t i = 0; i < width; i++) { sum += x[i] * x[i]; }
    float factor = 1.0f / sqrtf(sum / (float)width + epsilon);
    for (int64_t i = 0; i < width; i++) { x[i] *= factor * weight[i]; }
}

// First position that a row at `position` sees.
INLINE int64_t first_visible(const kernel_attention *shape, int64_t position) {
    return shape->window > 0 && position >= shape->window ? position - shape->window + 1 : 0;
}

// Largest half: what is greater must not become infinite, for zero times infinity is no number.
INLINE vf clamp_half(vf v) {
    vf most = splat(65504.0f);
    v = choose(v > most, most, v);
    return choose(v < splat(-65504.0f), splat(-65504.0f), v);
}

static void store_row(const store_job *job, int64_t row) {
    const kernel_attention *shape = job->shape;
    int64_t width = shape->head_width, padded = padded_head(width);
    int32_t position = job->places[row].position;
    for (int32_t head = 0; head < shape->heads; head++) {
        float *query = job->queries + (row * shape->heads + head) * width;
        if (shape->query_norm) {
            norm_head(query, shape->query_norm, width, shape->norm_epsilon);
        }
        rotate(shape, position, query, shape->scale);
    }
    int32_t page = job->page_table[job->places[row].pages_first + position / KERNEL_PAGE_POSITIONS];
    int32_t slot = position % KERNEL_PAGE_POSITIONS;
    float line[1024 + 16];
    uint16_t halves[16];
    for (int32_t head = 0; head < shape->kv_heads; head++) {
        uint16_t *keys = page_of(shape, page, head);
        uint16_t *values = keys + padded * KERNEL_PAGE_POSITIONS + slot * padded;
        memset(line, 0, (size_t)padded * 4);
        memcpy(line, job->keys + (row * shape->kv_heads + head) * width, (size_t)width * 4);
        if (shape->key_norm) { norm_head(line, shape->key_norm, width, shape->norm_epsilon); }
        rotate(shape, position, line, 1.0f);
        for (int64_t i = 0; i < padded; i += 16) {
            halves_store(halves, clamp_half(load(line + i)));
            for (int64_t j = 0; j < 16; j++) {
                keys[(i + j) * KERNEL_PAGE_POSITIONS + slot] = halves[j];
            }
        }
        memcpy(line, job->values + (row * shape->kv_heads + head) * width, (size_t)width * 4);
        for (int64_t i = 0; i < padded; i += 16) {
            halves_store(values + i, clamp_half(load(line + i)));
        }
    }
}

// Queries of one head of keys that are attended together, `ATTEND_QUERIES` at a time.
typedef struct {
    const kernel_attention *shape;
    const int32_t *pages;
    int64_t head;
    // The first page that one of the queries sees.
    int64_t page_first;
    int count;
    const float *query[ATTEND_QUERIES_MAX];
    float *out[ATTEND_QUERIES_MAX];
    int32_t position[ATTEND_QUERIES_MAX];
    // (queries, positions)
    float *scores;
    int64_t scores_stride;
} attend_group;

// Positions that the queries `first..<first + count` can see.
INLINE int64_t visible_positions(int count, const attend_group *group, int first) {
    int64_t last = 0;
    for (int q = first; q < first + count; q++) {
        last = group->position[q] > last ? group->position[q] : last;
    }
    return last + 1;
}

// Asks for the line of the next page that the line at `here` corresponds to.
INLINE void prefetch(const uint16_t *next, int64_t offset) {
    if (next) { __builtin_prefetch(next + offset, 0, 3); }
}

INLINE void score_page(
    int count, const attend_group *group, int first, int64_t page, const uint16_t *next) {
    if (page * 32 >= visible_positions(count, group, first)) { return; }
    const uint16_t *keys = page_of(group->shape, group->pages[page], group->head);
    const float *query[ATTEND_QUERIES];
    vf low[ATTEND_QUERIES], high[ATTEND_QUERIES];
    for (int q = 0; q < count; q++) {
        query[q] = group->query[first + q];
        low[q] = high[q] = splat(0);
    }
    for (int64_t i = 0; i < group->shape->head_width; i++) {
        prefetch(next, i * 32);
        vf left = halves_load(keys + i * 32), right = halves_load(keys + i * 32 + 16);
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
        int64_t visible = group->position[first + q] + 1 - page * 32;
        for (int64_t i = visible < 0 ? 0 : visible; i < 32; i++) { to[i] = -INFINITY; }
        int64_t hidden = first_visible(group->shape, group->position[first + q]) - page * 32;
        for (int64_t i = 0; i < hidden && i < 32; i++) { to[i] = -INFINITY; }
    }
}

// Turns scores into weights, and returns the inverse of their sum.
INLINE float weigh(float *scores, int64_t count) {
    vf greatest = splat(-INFINITY);
    for (int64_t i = 0; i < count; i += 16) { greatest = max_of(load(scores + i), greatest); }
    vf top = splat(max_lanes(greatest)), sum = splat(0);
    for (int64_t i = 0; i < count; i += 16) {
        vf weight = exponential(load(scores + i) - top);
        store(scores + i, weight);
        sum += weight;
    }
    return 1.0f / add_lanes(sum);
}

// Adds one page's share of elements `start..<start + 16 * parts` to the sums in `out`.
INLINE void add_values(
    int count, int parts, const attend_group *group, int first, int64_t page, int64_t start,
    const uint16_t *next) {
    int64_t positions = visible_positions(count, group, first) - page * 32;
    if (positions <= 0) { return; }
    int64_t end = positions < 32 ? positions : 32;
    int64_t padded = padded_head(group->shape->head_width);
    const uint16_t *values =
        page_of(group->shape, group->pages[page], group->head) + padded * 32 + start;
    const float *weights = group->scores + first * group->scores_stride + page * 32;
    vf sum[ATTEND_QUERIES][4];
    for (int q = 0; q < count; q++) {
        for (int part = 0; part < parts; part++) {
            sum[q][part] =
                page > group->page_first ? load(group->out[first + q] + start + part * 16) : splat(0);
        }
    }
    for (int64_t i = 0; i < end; i++) {
        vf value[4];
        prefetch(next, padded * 32 + start + i * padded);
        prefetch(next, padded * 32 + start + i * padded + 32);
        for (int part = 0; part < parts; part++) {
            value[part] = halves_load(values + i * padded + part * 16);
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

INLINE void add_page(
    int count, const attend_group *group, int first, int64_t page, const uint16_t *next) {
    int64_t padded = padded_head(group->shape->head_width), start = 0;
    for (; start + 64 <= padded; start += 64) {
        add_values(count, 4, group, first, page, start, next);
    }
    for (; start < padded; start += 16) {
        add_values(count, 1, group, first, page, start, next);
    }
}

#define FOR_QUERIES(function)                                                                     \
    for (int first = 0; first < group->count; first += ATTEND_QUERIES) {                          \
        const uint16_t *coming = first == 0 ? next : NULL;                                        \
        switch (group->count - first) {                                                           \
            case 1: function(1, group, first, page, coming); break;                               \
            case 2: function(2, group, first, page, coming); break;                               \
            case 3: function(3, group, first, page, coming); break;                               \
            case 4: function(4, group, first, page, coming); break;                               \
            case 5: function(5, group, first, page, coming); break;                               \
            default: function(6, group, first, page, coming); break;                              \
        }                                                                                         \
    }

// A page is read once for all queries: pages outside, queries inside.
static void attend_together(attend_group *group) {
    int64_t pages = ceil_div(visible_positions(group->count, group, 0), 32), begin = pages;
    for (int q = 0; q < group->count; q++) {
        int64_t page = first_visible(group->shape, group->position[q]) / 32;
        begin = page < begin ? page : begin;
    }
    group->page_first = begin;
    for (int64_t page = begin; page < pages; page++) {
        const uint16_t *next =
            page + 1 < pages ? page_of(group->shape, group->pages[page + 1], group->head) : NULL;
        FOR_QUERIES(score_page)
    }
    float factor[ATTEND_QUERIES_MAX];
    for (int q = 0; q < group->count; q++) {
        int64_t positions = round_up(group->position[q] + 1, 32);
        factor[q] =
            weigh(group->scores + q * group->scores_stride + begin * 32, positions - begin * 32);
        // Its neighbours may see further.
        float *rest = group->scores + q * group->scores_stride;
        for (int64_t i = positions; i < pages * 32; i++) { rest[i] = 0; }
    }
    for (int64_t page = begin; page < pages; page++) {
        const uint16_t *next =
            page + 1 < pages ? page_of(group->shape, group->pages[page + 1], group->head) : NULL;
        FOR_QUERIES(add_page)
    }
    for (int q = 0; q < group->count; q++) {
        for (int64_t i = 0; i < group->shape->head_width; i++) { group->out[q][i] *= factor[q]; }
    }
}

static void attend_unit(const attend_job *job, int64_t unit, int32_t thread) {
    const kernel_attention *shape = job->shape;
    const kernel_tile *tile = &job->tiles[unit / shape->kv_heads];
    attend_group group = {.shape = shape, .head = unit % shape->kv_heads};
    group.pages = job->page_table + job->places[tile->row].pages_first;
    group.scores = job->scratch + thread * job->scratch_floats;
    group.scores_stride = job->scratch_positions;
    int64_t width = shape->head_width, padded = padded_head(width);
    float *sums = group.scores + ATTEND_QUERIES_MAX * job->scratch_positions;
    int32_t shared = shape->heads / shape->kv_heads;
    float *target[ATTEND_QUERIES_MAX];
    for (int32_t i = 0; i < tile->row_count * shared; i++) {
        int32_t row = tile->row + i / shared;
        int64_t at = (row * (int64_t)shape->heads + group.head * shared + i % shared) * width;
        group.query[group.count] = job->queries + at;
        group.out[group.count] = sums + group.count * padded;
        group.position[group.count] = job->places[row].position;
        target[group.count++] = job->out + at;
        if (group.count < ATTEND_QUERIES_MAX && i + 1 < tile->row_count * shared) { continue; }
        attend_together(&group);
        for (int q = 0; q < group.count; q++) {
            memcpy(target[q], group.out[q], (size_t)width * sizeof(float));
        }
        group.count = 0;
    }
}
