// Divides each operation into units of work and hands them to the variant's table.
#include "Internal.h"

bool kernel_variant_is_available(int32_t variant) {
    switch (variant) {
        case KERNEL_VARIANT_PORTABLE: return true;
#if defined(__x86_64__)
        case KERNEL_VARIANT_AVX2:
            return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
                && __builtin_cpu_supports("f16c");
        case KERNEL_VARIANT_AVX512:
            return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
                && __builtin_cpu_supports("avx512vnni");
#endif
        default: return false;
    }
}

const char *kernel_variant_name(int32_t variant) {
    switch (variant) {
        case KERNEL_VARIANT_AVX512: return "avx512-vnni";
        case KERNEL_VARIANT_AVX2: return "avx2";
        default: return "portable";
    }
}

int32_t kernel_variant_best(void) {
    for (int32_t variant = KERNEL_VARIANT_AVX512; variant > 0; variant--) {
        if (kernel_variant_is_available(variant)) { return variant; }
    }
    return KERNEL_VARIANT_PORTABLE;
}

typedef struct {
    const kernel_table *table;
    const void *job;
    int32_t count;
} request;

static void run_multiply(const void *raw, int64_t unit, int32_t thread) {
    (void)thread;
    const request *all = raw;
    const multiply_job *job = all->job;
    while (unit >= job->unit_first + job->unit_count) { job++; }
    all->table->multiply(job, unit - job->unit_first);
}

// How many of `count` parts, of so many bytes of weights each, make one unit of work.
static int64_t parts_per_unit(
    const kernel_context *context, int64_t rows, int64_t count, int64_t bytes) {
    int64_t parts = MULTIPLY_STRIP_BYTES / bytes;
    if (rows <= KERNEL_PANEL_ROWS) {
        int64_t units = (int64_t)kernel_context_threads(context) * MULTIPLY_STREAM_UNITS;
        parts = ceil_div(count, units);
        if (parts > MULTIPLY_STREAM_BYTES / bytes) { parts = MULTIPLY_STREAM_BYTES / bytes; }
    }
    return parts < 1 ? 1 : parts;
}

void kernel_multiply(
    kernel_context *context, int64_t rows, const float *floats,
    const kernel_activations *quantized, const kernel_product *products, int32_t product_count) {
    enum { products_max = 8 };
    multiply_job jobs[products_max];
    while (product_count > 0) {
        int32_t group = product_count < products_max ? product_count : products_max;
        int64_t units = 0;
        for (int32_t i = 0; i < group; i++) {
            const kernel_matrix *matrix = &products[i].matrix;
            int64_t count = ceil_div(matrix->columns, KERNEL_STRIP_COLUMNS);
            int64_t strips = parts_per_unit(
                context, rows, count, strip_bytes(matrix->layout, matrix->depth));
            jobs[i] = (multiply_job){
                .rows = rows, .inputs = {floats, quantized}, .product = &products[i],
                .threads = kernel_context_threads(context), .strips = strips, .row_chunks = ceil_div(rows, MULTIPLY_ROWS),
                .unit_first = units};
            jobs[i].unit_count = jobs[i].row_chunks * ceil_div(count, strips);
            units += jobs[i].unit_count;
        }
        request all = {kernel_context_table(context), jobs, group};
        kernel_parallel_for(context, units, &all, run_multiply);
        products += group;
        product_count -= group;
    }
}

static void run_norm(const void *raw, int64_t unit, int32_t thread) {
    (void)thread;
    const request *all = raw;
    all->table->norm(all->job, unit);
}

void kernel_norm(
    kernel_context *context, int64_t rows, int64_t width, const float *x, const float *weight,
    float epsilon, float *floats, const kernel_activations *quantized) {
    norm_job job = {rows, width, x, weight, epsilon, floats, quantized, false};
    request all = {kernel_context_table(context), &job, 1};
    kernel_parallel_for(context, ceil_div(rows, KERNEL_PANEL_ROWS), &all, run_norm);
}

void kernel_norm_add(
    kernel_context *context, int64_t rows, int64_t width, const float *x, const float *weight,
    float epsilon, float *sums) {
    norm_job job = {rows, width, x, weight, epsilon, sums, NULL, true};
    request all = {kernel_context_table(context), &job, 1};
    kernel_parallel_for(context, ceil_div(rows, KERNEL_PANEL_ROWS), &all, run_norm);
}

static void run_gated(const void *raw, int64_t unit, int32_t thread) {
    (void)thread;
    const request *all = raw;
    all->table->gated(all->job, unit);
}

void kernel_multiply_gated(
    kernel_context *context, int64_t rows, const float *floats,
    const kernel_activations *quantized, const kernel_gated *gated) {
    gated_job job = {
        .rows = rows, .inputs = {floats, quantized}, .gated = gated,
        .threads = kernel_context_threads(context), .row_chunks = ceil_div(rows, MULTIPLY_ROWS)};
    request all = {kernel_context_table(context), &job, 1};
    int64_t count = ceil_div(gated->gate.columns, 2 * KERNEL_STRIP_COLUMNS);
    int64_t bytes = 2 * strip_bytes(gated->gate.layout, gated->gate.depth)
        + 2 * strip_bytes(gated->up.layout, gated->up.depth);
    job.pairs = parts_per_unit(context, rows, count, bytes);
    kernel_parallel_for(context, ceil_div(count, job.pairs) * job.row_chunks, &all, run_gated);
}

static void run_quantize(const void *raw, int64_t unit, int32_t thread) {
    (void)thread;
    const request *all = raw;
    all->table->quantize(all->job, unit);
}

void kernel_quantize(
    kernel_context *context, const float *x, const kernel_activations *quantized) {
    quantize_job job = {x, quantized};
    request all = {kernel_context_table(context), &job, 1};
    kernel_parallel_for(
        context, ceil_div(quantized->rows, KERNEL_PANEL_ROWS), &all, run_quantize);
}

static void run_softcap(const void *raw, int64_t unit, int32_t thread) {
    (void)thread;
    const request *all = raw;
    all->table->softcap(all->job, unit);
}

void kernel_softcap(
    kernel_context *context, int64_t rows, int64_t width, float cap, float *values) {
    softcap_job job = {width, cap, values};
    request all = {kernel_context_table(context), &job, 1};
    kernel_parallel_for(context, rows, &all, run_softcap);
}

size_t kernel_page_byte_count(int32_t format, int32_t kv_heads, int32_t head_width) {
    return (size_t)kv_heads * page_head_bytes(format, head_width);
}

enum { store_rows = 8 };

static void run_store(const void *raw, int64_t unit, int32_t thread) {
    (void)thread;
    const request *all = raw;
    const store_job *job = all->job;
    for (int64_t row = unit * store_rows; row < (unit + 1) * store_rows && row < job->rows; row++) {
        all->table->store(job, row);
    }
}

void kernel_attention_store(
    kernel_context *context, const kernel_attention *attention, int64_t rows,
    const kernel_row *places, const int32_t *page_table, float *queries, const float *keys,
    const float *values) {
    store_job job = {attention, rows, places, page_table, queries, keys, values};
    request all = {kernel_context_table(context), &job, 1};
    kernel_parallel_for(context, ceil_div(rows, store_rows), &all, run_store);
}

static void run_attend(const void *raw, int64_t unit, int32_t thread) {
    const request *all = raw;
    all->table->attend(all->job, unit, thread);
}

void kernel_attention_attend(
    kernel_context *context, const kernel_attention *attention, int64_t tile_count,
    const kernel_tile *tiles, const kernel_row *places, const int32_t *page_table,
    const float *queries, float *out, int64_t positions) {
    attend_job job = {
        attention, tiles, places, page_table, queries, out,
        round_up(positions, KERNEL_PAGE_POSITIONS), kernel_context_scratch(context),
        attend_floats(positions, attention->head_width)};
    request all = {kernel_context_table(context), &job, 1};
    kernel_parallel_for(context, tile_count * attention->kv_heads, &all, run_attend);
}

static void run_argmax(const void *raw, int64_t unit, int32_t thread) {
    (void)thread;
    const request *all = raw;
    all->table->argmax(all->job, unit);
}

void kernel_argmax(
    kernel_context *context, int64_t rows, int64_t width, const float *logits, int32_t *out) {
    logits_job job = {width, logits, out, NULL};
    request all = {kernel_context_table(context), &job, 1};
    kernel_parallel_for(context, rows, &all, run_argmax);
}

static void run_log_sum_exp(const void *raw, int64_t unit, int32_t thread) {
    (void)thread;
    const request *all = raw;
    all->table->log_sum_exp(all->job, unit);
}

void kernel_log_sum_exp(
    kernel_context *context, int64_t rows, int64_t width, const float *logits, double *out) {
    logits_job job = {width, logits, NULL, out};
    request all = {kernel_context_table(context), &job, 1};
    kernel_parallel_for(context, rows, &all, run_log_sum_exp);
}
