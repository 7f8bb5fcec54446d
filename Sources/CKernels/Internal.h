/// What the files of this target share: the operations of a variant, and the team's insides.
#pragma once
#include "CKernels.h"

typedef struct {
    int64_t rows;
    int64_t width;
    const float *x;
    const float *weight;
    float epsilon;
    float *floats;
    const kernel_activations *quantized;
    // Whether `floats` is added to.
    bool adds;
} norm_job;

typedef struct {
    const float *x;
    const kernel_activations *quantized;
} quantize_job;

/// What products are taken of, in the forms that the matrices ask for.
typedef struct {
    const float *floats;
    const kernel_activations *quantized;
} kernel_inputs;

typedef struct {
    int64_t rows;
    kernel_inputs inputs;
    const kernel_product *product;
    int32_t threads;
    /// Units of work: `row_chunks` per group of `strips` strips.
    int64_t strips;
    int64_t row_chunks;
    int64_t unit_first;
    int64_t unit_count;
} multiply_job;

typedef struct {
    int64_t rows;
    kernel_inputs inputs;
    const kernel_gated *gated;
    int32_t threads;
    /// Units of work: `row_chunks` per group of `pairs` pairs of strips.
    int64_t pairs;
    int64_t row_chunks;
} gated_job;

typedef struct {
    const kernel_attention *shape;
    int64_t rows;
    const kernel_row *places;
    const int32_t *page_table;
    float *queries;
    const float *keys;
    const float *values;
} store_job;

typedef struct {
    const kernel_attention *shape;
    const kernel_tile *tiles;
    const kernel_row *places;
    const int32_t *page_table;
    const float *queries;
    float *out;
    int64_t scratch_positions;
    /// Scratch of thread t begins at `scratch + t * scratch_floats`.
    float *scratch;
    int64_t scratch_floats;
} attend_job;

typedef struct {
    int64_t width;
    float cap;
    float *values;
} softcap_job;

typedef struct {
    int64_t width;
    const float *logits;
    int32_t *indices;
    double *sums;
} logits_job;

/// One instruction set's implementation; each function does one unit of a job.
typedef struct {
    void (*multiply)(const multiply_job *job, int64_t unit);
    void (*gated)(const gated_job *job, int64_t unit);
    void (*norm)(const norm_job *job, int64_t panel);
    void (*quantize)(const quantize_job *job, int64_t panel);
    void (*softcap)(const softcap_job *job, int64_t row);
    void (*store)(const store_job *job, int64_t row);
    void (*attend)(const attend_job *job, int64_t unit, int32_t thread);
    void (*argmax)(const logits_job *job, int64_t row);
    void (*log_sum_exp)(const logits_job *job, int64_t row);
    int32_t (*read)(const void *memory, int64_t byte_count);
    int32_t (*spin)(int64_t rounds);
} kernel_table;

extern const kernel_table kernel_table_portable;
#if defined(__x86_64__)
extern const kernel_table kernel_table_avx2;
extern const kernel_table kernel_table_avx512;
#endif

/// Rows of a product that one unit of work multiplies at most; whole panels.
#define MULTIPLY_ROWS 128
/// Bytes of weights that one unit of work keeps in the first-level cache, for rows to come.
#define MULTIPLY_STRIP_BYTES 24576
/// Bytes of weights in one unit of work at most when they are used once.
#define MULTIPLY_STREAM_BYTES 262144
/// Units of such work for each thread: claiming one costs as much as reading some kilobytes.
#define MULTIPLY_STREAM_UNITS 2
/// Multiplications and additions of one round of spinning.
#define SPIN_OPERATIONS 16384
/// Elements of a head that share one scale in a cache of 8 bits.
#define CACHE_GROUP_ELEMENTS 32
/// Query vectors whose sums fit the registers together.
#define ATTEND_QUERIES 6
/// Query vectors that share one read of keys and values.
#define ATTEND_QUERIES_MAX 24

const kernel_table *kernel_context_table(const kernel_context *context);
int32_t kernel_context_threads(const kernel_context *context);
/// What `kernel_context_reserve` reserved; null before.
float *kernel_context_scratch(kernel_context *context);

static inline int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }
static inline int64_t round_up(int64_t a, int64_t b) { return ceil_div(a, b) * b; }
/// Elements of a head as the cache holds it.
static inline int64_t padded_head(int64_t head_width) { return round_up(head_width, 16); }
/// Bytes of one head's keys and values in one page.
static inline size_t page_head_bytes(int32_t format, int64_t head_width) {
    size_t elements = (size_t)padded_head(head_width) * 2 * KERNEL_PAGE_POSITIONS;
    size_t groups = (size_t)ceil_div(padded_head(head_width), CACHE_GROUP_ELEMENTS);
    return format == KERNEL_CACHE_F32
        ? elements * 4
        : elements + groups * 2 * KERNEL_PAGE_POSITIONS * sizeof(float);
}
/// Floats of scratch per thread: scores of all positions, sums, and quantized queries.
static inline int64_t attend_floats(int64_t positions, int64_t head_width) {
    int64_t padded = padded_head(head_width);
    return ATTEND_QUERIES_MAX
        * (round_up(positions, KERNEL_PAGE_POSITIONS) + padded + padded / 4);
}
/// Bits of one element of a packed matrix.
static inline int64_t layout_bits(int32_t layout) {
    switch (layout) {
        case KERNEL_LAYOUT_F32: return 32;
        case KERNEL_LAYOUT_F16:
        case KERNEL_LAYOUT_BF16: return 16;
        case KERNEL_LAYOUT_I4:
        case KERNEL_LAYOUT_U4_MIN: return 4;
        default: return 8;
    }
}
/// Halves that accompany a block of one column: scales, then minimum.
static inline int64_t layout_halves(int32_t layout) {
    switch (layout) {
        case KERNEL_LAYOUT_I4:
        case KERNEL_LAYOUT_I8: return 1;
        case KERNEL_LAYOUT_U4_MIN:
        case KERNEL_LAYOUT_U8_MIN:
        case KERNEL_LAYOUT_I6: return 2;
        default: return 0;
    }
}
/// Bytes of one strip's elements and of the whole strip.
static inline int64_t strip_quant_bytes(int32_t layout, int64_t depth) {
    return depth * KERNEL_STRIP_COLUMNS * layout_bits(layout) / 8;
}
static inline int64_t strip_bytes(int32_t layout, int64_t depth) {
    int64_t halves = depth / KERNEL_BLOCK_ELEMENTS * layout_halves(layout);
    int64_t bytes = strip_quant_bytes(layout, depth) + halves * KERNEL_STRIP_COLUMNS * 2;
    return round_up(bytes, KERNEL_ALIGNMENT);
}
