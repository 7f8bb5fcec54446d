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
} norm_job;

/// Elementwise work on panels of rows, a segment of blocks at a time.
typedef struct {
    int64_t rows;
    int64_t width;
    const float *gate;
    const float *up;
    float *floats;
    const kernel_activations *quantized;
    int64_t segments;
} gate_job;

typedef struct {
    int64_t rows;
    const float *floats;
    const kernel_activations *quantized;
    const kernel_product *product;
    /// Units of work: `row_chunks` per group of `strips` strips.
    int64_t strips;
    int64_t row_chunks;
    int64_t unit_first;
    int64_t unit_count;
} multiply_job;

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
    const float *logits;
    int32_t *indices;
    double *sums;
} logits_job;

/// One instruction set's implementation; each function does one unit of a job.
typedef struct {
    void (*multiply)(const multiply_job *job, int64_t unit);
    void (*norm)(const norm_job *job, int64_t panel);
    void (*gate)(const gate_job *job, int64_t unit);
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
/// Bytes of weights that one unit of work keeps in the first-level cache.
#define MULTIPLY_STRIP_BYTES 24576
/// Blocks of a row in one unit of elementwise work.
#define GATE_BLOCKS 16
/// Multiplications and additions of one round of spinning.
#define SPIN_OPERATIONS 16384
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
/// Floats of scratch per thread: scores of all positions, and sums.
static inline int64_t attend_floats(int64_t positions, int64_t head_width) {
    return ATTEND_QUERIES_MAX
        * (round_up(positions, KERNEL_PAGE_POSITIONS) + padded_head(head_width));
}
/// Bytes of one strip's quants and of the whole strip.
static inline int64_t strip_quant_bytes(int32_t layout, int64_t depth) {
    switch (layout) {
        case KERNEL_LAYOUT_F32: return depth * 16 * 4;
        case KERNEL_LAYOUT_I8: return depth * 16;
        default: return depth * 8;
    }
}
static inline int64_t strip_bytes(int32_t layout, int64_t depth) {
    int64_t quants = strip_quant_bytes(layout, depth);
    switch (layout) {
        case KERNEL_LAYOUT_F32: return quants;
        case KERNEL_LAYOUT_U4_MIN: return quants + depth / 32 * 64;
        default: return quants + round_up(depth / 32 * 32, 64);
    }
}
