// One variant of attention over the pages of the cache: what both formats of pages share.

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

// A page of one head of keys and values.
INLINE uint8_t *page_of(const kernel_attention *shape, int32_t page, int64_t head) {
    size_t head_bytes = page_head_bytes(shape->format, shape->head_width);
    return shape->pages + (size_t)page * shape->page_byte_count + (size_t)head * head_bytes;
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
    // Queries in 8 bits, (queries, padded head), with scales and sums, (queries, groups), where
    // pages have 8 bits.
    int8_t *quants;
    float query_scale[ATTEND_QUERIES_MAX][KERNEL_HEAD_WIDTH_MAX / CACHE_GROUP_ELEMENTS];
    int32_t query_sum[ATTEND_QUERIES_MAX][KERNEL_HEAD_WIDTH_MAX / CACHE_GROUP_ELEMENTS];
} attend_group;

// Positions that the queries `first..<first + count` can see.
INLINE int64_t visible_positions(int count, const attend_group *group, int first) {
    int64_t last = 0;
    for (int q = first; q < first + count; q++) {
        last = group->position[q] > last ? group->position[q] : last;
    }
    return last + 1;
}

// Hides the positions of a page that query q does not see.
INLINE void mask_page(const attend_group *group, int q, int64_t page, float *scores) {
    int64_t end = group->position[q] + 1 - page * 32;
    int64_t start = first_visible(group->shape, group->position[q]) - page * 32;
    for (int64_t i = end < 0 ? 0 : end; i < 32; i++) { scores[i] = -INFINITY; }
    for (int64_t i = 0; i < start && i < 32; i++) { scores[i] = -INFINITY; }
}

// Asks for a line of the page that is read next, if there is one.
INLINE void prefetch(const uint8_t *next, int64_t offset) {
    if (next) { __builtin_prefetch(next + offset, 0, 3); }
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

#define FOR_QUERIES(function)                                                                     \
    for (int first = 0; first < group->count; first += ATTEND_QUERIES) {                          \
        const uint8_t *coming = first == 0 ? next : NULL;                                         \
        switch (group->count - first) {                                                           \
            case 1: function(1, group, first, page, coming); break;                               \
            case 2: function(2, group, first, page, coming); break;                               \
            case 3: function(3, group, first, page, coming); break;                               \
            case 4: function(4, group, first, page, coming); break;                               \
            case 5: function(5, group, first, page, coming); break;                               \
            default: function(6, group, first, page, coming); break;                              \
        }                                                                                         \
    }

#include "AttentionFloat.h"

#include "AttentionInt8.h"

// Norms, rotates and scales the queries of a row, and stores its keys and values.
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
    int64_t slot = position % KERNEL_PAGE_POSITIONS;
    _Alignas(64) float key[KERNEL_HEAD_WIDTH_MAX], value[KERNEL_HEAD_WIDTH_MAX];
    memset(key, 0, (size_t)padded * 4);
    memset(value, 0, (size_t)padded * 4);
    for (int32_t head = 0; head < shape->kv_heads; head++) {
        int64_t at = (row * shape->kv_heads + head) * width;
        memcpy(key, job->keys + at, (size_t)width * 4);
        memcpy(value, job->values + at, (size_t)width * 4);
        if (shape->key_norm) { norm_head(key, shape->key_norm, width, shape->norm_epsilon); }
        rotate(shape, position, key, 1.0f);
        uint8_t *to = page_of(shape, page, head);
        if (shape->format == KERNEL_CACHE_F32) {
            store_floats((float *)to, padded, slot, key, value);
        } else {
            store_int8(to, padded, slot, key, value);
        }
    }
}

// A page is read once for all queries: pages outside, queries inside.
static void attend_together(attend_group *group) {
    bool exact = group->shape->format == KERNEL_CACHE_F32;
    int64_t pages = ceil_div(visible_positions(group->count, group, 0), 32), begin = pages;
    for (int q = 0; q < group->count; q++) {
        int64_t page = first_visible(group->shape, group->position[q]) / 32;
        begin = page < begin ? page : begin;
        if (!exact) { quantize_query(group, q); }
    }
    group->page_first = begin;
    for (int64_t page = begin; page < pages; page++) {
        const uint8_t *next =
            page + 1 < pages ? page_of(group->shape, group->pages[page + 1], group->head) : NULL;
        if (exact) { FOR_QUERIES(score_floats) } else { FOR_QUERIES(score_int8) }
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
        const uint8_t *next =
            page + 1 < pages ? page_of(group->shape, group->pages[page + 1], group->head) : NULL;
        if (exact) { FOR_QUERIES(add_floats) } else { FOR_QUERIES(add_int8) }
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
    group.quants = (int8_t *)(sums + ATTEND_QUERIES_MAX * padded);
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
