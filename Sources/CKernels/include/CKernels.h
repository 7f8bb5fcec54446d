/// Arithmetic of a transformer's forward pass, on threads of its own.
///
/// Reading order: `kernel_context` (which instruction set, which threads), `kernel_matrix`
/// (weights as the kernels read them), `kernel_activations` (inputs as 8-bit numbers), then one
/// function per step of the forward pass.
///
/// Every result row depends on its own inputs alone: sums run along the inner dimension in one
/// fixed order, whatever the number of rows, threads or neighbours. The same row therefore has
/// the same bits in every batch. Instruction sets may differ from each other in the last bits.
///
/// Sizes are checked by the caller; the kernels check nothing.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Columns of a matrix that lie side by side in one strip.
#define KERNEL_STRIP_COLUMNS 16
/// Elements of a row that share one scale.
#define KERNEL_BLOCK_ELEMENTS 32
/// Rows of activations that are multiplied together.
#define KERNEL_PANEL_ROWS 8
/// Positions of one page of the key and value cache.
#define KERNEL_PAGE_POSITIONS 32
/// Alignment in bytes of every buffer given to a kernel.
#define KERNEL_ALIGNMENT 64

/// Instruction sets, the fastest last.
enum kernel_variant {
    KERNEL_VARIANT_PORTABLE = 0,
    KERNEL_VARIANT_AVX2 = 1,
    KERNEL_VARIANT_AVX512 = 2,
};

/// Whether this processor can run a variant.
bool kernel_variant_is_available(int32_t variant);
/// Name of a variant for people: `portable`, `avx2`, `avx512-vnni`.
const char *_Nonnull kernel_variant_name(int32_t variant);
/// The fastest variant this processor can run.
int32_t kernel_variant_best(void);

/// A variant and a team of threads; used by one caller at a time.
typedef struct kernel_context kernel_context;

/// Starts `threads - 1` threads; the caller of a kernel is the remaining one.
///
/// With `idle`, they and the calling thread ask for `SCHED_IDLE`, so that interactive work goes
/// first; a refusal is ignored. Null when the variant is unavailable or memory or threads are.
kernel_context *_Nullable kernel_context_create(int32_t variant, int32_t threads, bool idle);
void kernel_context_destroy(kernel_context *_Nonnull context);
int32_t kernel_context_variant(const kernel_context *_Nonnull context);
/// Reserves what attention needs beside its arguments, for heads of that width and positions
/// below that bound; false when memory is out.
bool kernel_context_reserve(
    kernel_context *_Nonnull context, int64_t positions, int32_t head_width);
/// Bytes that a context of so many threads reserves then.
int64_t kernel_reserve_byte_count(int32_t threads, int64_t positions, int32_t head_width);
/// Gives the calling thread the lowest scheduling class; a refusal is ignored.
void kernel_thread_make_idle(void);

/// Runs `body(argument, unit, thread)` for each unit in `0..<units` (below 2^31), on all threads.
void kernel_parallel_for(
    kernel_context *_Nonnull context, int64_t units, const void *_Nullable argument,
    void (*_Nonnull body)(const void *_Nullable argument, int64_t unit, int32_t thread));

/// Aligned, zeroed memory whose pages cost nothing until they are touched; null when refused.
void *_Nullable kernel_memory_allocate(size_t byte_count);
void kernel_memory_free(void *_Nullable memory, size_t byte_count);

/// Element types of a row as a model file holds it.
enum kernel_source {
    KERNEL_SOURCE_F32 = 0,
    KERNEL_SOURCE_F16 = 1,
    KERNEL_SOURCE_BF16 = 2,
    KERNEL_SOURCE_Q4_0 = 3,
    KERNEL_SOURCE_Q4_1 = 4,
    KERNEL_SOURCE_Q8_0 = 5,
    KERNEL_SOURCE_Q5_0 = 6,
    KERNEL_SOURCE_Q5_1 = 7,
    KERNEL_SOURCE_Q4_K = 8,
    KERNEL_SOURCE_Q5_K = 9,
    KERNEL_SOURCE_Q6_K = 10,
};

/// Expands one row of `count` elements, a whole number of the type's blocks.
void kernel_row_expand(
    int32_t source, const void *_Nonnull row, int64_t count, float *_Nonnull out);
/// Writes one row of `count` elements, a multiple of 32, as Q8_0; numbers that are not finite
/// give blocks that `kernel_matrix_pack` refuses.
void kernel_row_quantize(const float *_Nonnull values, int64_t count, void *_Nonnull row);

/// Layouts of a packed matrix; see `Matrix.c`.
enum kernel_layout {
    /// Floats as they are.
    KERNEL_LAYOUT_F32 = 0,
    KERNEL_LAYOUT_F16 = 1,
    KERNEL_LAYOUT_BF16 = 2,
    /// 4 bits, value = scale * (quant - 8).
    KERNEL_LAYOUT_I4 = 3,
    /// 4 bits, value = scale * quant + minimum.
    KERNEL_LAYOUT_U4_MIN = 4,
    /// 8 bits, value = scale * quant.
    KERNEL_LAYOUT_I8 = 5,
    /// 7 bits in a byte, value = scale * quant + minimum.
    KERNEL_LAYOUT_U8_MIN = 6,
    /// 6 bits in a byte, value = scale * (quant - 32), with a scale for each half of a block.
    KERNEL_LAYOUT_I6 = 7,
};

/// Weights of shape (columns, depth): `columns` outputs of `depth` inputs each.
typedef struct {
    int32_t layout;
    int32_t columns;
    int32_t depth;
    const void *_Nonnull data;
} kernel_matrix;

/// The layout that holds a source type without loss, but for products of two scales, which are
/// rounded to a half.
int32_t kernel_matrix_layout(int32_t source);
/// Whether products of a layout read floats, and not 8-bit blocks.
bool kernel_layout_takes_floats(int32_t layout);
/// Bytes of a packed matrix.
size_t kernel_matrix_byte_count(int32_t layout, int64_t columns, int64_t depth);
/// Packs strips `first..<first + count` of a matrix whose rows lie `row_byte_count` apart; false
/// when a number among them is not finite, or a scale is too large for a half.
bool kernel_matrix_pack(
    int32_t source, const void *_Nonnull rows, size_t row_byte_count, int64_t columns,
    int64_t depth, int64_t first, int64_t count, void *_Nonnull packed);

/// Inputs of a multiplication as 8-bit blocks of 32, in panels of 8 rows.
///
/// A panel of r rows (8, fewer in the last one) holds, for each block, r * 32 quants, r scales,
/// r sums of the quants, r sums of the first 16 of them and r products of scale and sum; panel p
/// begins where 8 * p whole rows would end.
typedef struct {
    int64_t rows;
    int64_t depth;
    int8_t *_Nonnull quants;
    float *_Nonnull scales;
    int32_t *_Nonnull sums;
    int32_t *_Nonnull half_sums;
    float *_Nonnull scaled_sums;
} kernel_activations;

/// One product of a group that shares its inputs.
typedef struct {
    kernel_matrix matrix;
    /// Row r of the result begins at `out + r * stride`.
    float *_Nonnull out;
    int64_t stride;
    /// Added to each row of the result when not null: `columns` floats.
    const float *_Nullable bias;
    /// Adds to what `out` holds.
    bool accumulate;
} kernel_product;

/// out(rows, columns) = inputs(rows, depth) * matrix(columns, depth) transposed, for each product.
///
/// Products whose layout takes floats read `floats` (rows, depth), the others `quantized`.
void kernel_multiply(
    kernel_context *_Nonnull context, int64_t rows, const float *_Nullable floats,
    const kernel_activations *_Nullable quantized, const kernel_product *_Nonnull products,
    int32_t product_count);

/// Root-mean-square norm of each row of x(rows, width), times weight(width); fills the outputs
/// that are not null.
void kernel_norm(
    kernel_context *_Nonnull context, int64_t rows, int64_t width, const float *_Nonnull x,
    const float *_Nonnull weight, float epsilon, float *_Nullable floats,
    const kernel_activations *_Nullable quantized);

/// Adds the root-mean-square norm of each row of x(rows, width), times weight(width), to `sums`.
void kernel_norm_add(
    kernel_context *_Nonnull context, int64_t rows, int64_t width, const float *_Nonnull x,
    const float *_Nonnull weight, float epsilon, float *_Nonnull sums);

/// Quantizes x of the shape (rows, depth) of the result.
void kernel_quantize(
    kernel_context *_Nonnull context, const float *_Nonnull x,
    const kernel_activations *_Nonnull quantized);

/// What is done to a gate before it multiplies.
enum kernel_activation {
    /// x * sigmoid(x).
    KERNEL_ACTIVATION_SILU = 0,
    /// The tanh form of GELU (Hendrycks and Gimpel, arXiv:1606.08415).
    KERNEL_ACTIVATION_GELU = 1,
};

/// Two matrices of one shape (columns, depth), the gate and what it lets through.
typedef struct {
    kernel_matrix gate;
    kernel_matrix up;
    /// Added to the products(columns); null: nothing.
    const float *_Nullable gate_bias;
    const float *_Nullable up_bias;
    int32_t activation;
    /// Results (rows, columns), in the forms that are not null; those of the second kind only for
    /// whole blocks of columns, and not in the memory of the inputs.
    float *_Nullable floats;
    const kernel_activations *_Nullable quantized;
} kernel_gated;

/// activation(inputs * gate) * (inputs * up), each matrix transposed; inputs as for
/// `kernel_multiply`.
void kernel_multiply_gated(
    kernel_context *_Nonnull context, int64_t rows, const float *_Nullable floats,
    const kernel_activations *_Nullable quantized, const kernel_gated *_Nonnull gated);

/// cap * tanh(value / cap) for each of values(rows, width), in place.
void kernel_softcap(
    kernel_context *_Nonnull context, int64_t rows, int64_t width, float cap,
    float *_Nonnull values);

/// Which elements of a head rotate together.
enum kernel_rope { KERNEL_ROPE_ADJACENT = 0, KERNEL_ROPE_HALVES = 1 };

/// How the cache holds keys and values.
enum kernel_cache_format {
    /// 8 bits, with one scale for each key and each value of a head.
    KERNEL_CACHE_I8 = 0,
    /// 32-bit floats.
    KERNEL_CACHE_F32 = 1,
};

/// Elements of a head at most.
#define KERNEL_HEAD_WIDTH_MAX 1024

/// Shape of attention in one layer.
typedef struct {
    int32_t format;
    int32_t heads;
    int32_t kv_heads;
    int32_t head_width;
    /// Elements of a head that rotate; even.
    int32_t rope_width;
    int32_t rope_kind;
    /// Factor on the query.
    float scale;
    /// Positions that a row sees, its own the last of them; 0: all up to its own.
    int32_t window;
    /// Weights(head_width) of a norm of each query and key before they rotate; null: none.
    const float *_Nullable query_norm;
    const float *_Nullable key_norm;
    float norm_epsilon;
    /// (positions, rope_width / 2) pairs of cosine and sine.
    const float *_Nonnull rope_table;
    /// The layer's pages; page p begins at `pages + p * page_byte_count`.
    uint8_t *_Nonnull pages;
    /// Bytes from one page of this layer to the next.
    size_t page_byte_count;
} kernel_attention;

/// Where one row of a batch stands in its sequence.
typedef struct {
    int32_t position;
    /// Index of the sequence's first entry in the page table.
    int32_t pages_first;
} kernel_row;

/// Bytes of one page of one layer.
size_t kernel_page_byte_count(int32_t format, int32_t kv_heads, int32_t head_width);

/// Norms, rotates and scales queries(rows, heads * head_width) in place, norms and rotates keys
/// and writes keys and values(rows, kv_heads * head_width) into the rows' pages.
void kernel_attention_store(
    kernel_context *_Nonnull context, const kernel_attention *_Nonnull attention, int64_t rows,
    const kernel_row *_Nonnull places, const int32_t *_Nonnull page_table,
    float *_Nonnull queries, const float *_Nonnull keys, const float *_Nonnull values);

/// Consecutive rows of one sequence that are attended together.
typedef struct {
    int32_t row;
    int32_t row_count;
} kernel_tile;

/// Rows of a tile at most.
#define KERNEL_TILE_ROWS 8

/// Causal attention: out(rows, heads * head_width) from the pages each row's sequence holds up
/// to and including its own position, as far back as the window reaches. `positions` bounds every position, and was reserved.
void kernel_attention_attend(
    kernel_context *_Nonnull context, const kernel_attention *_Nonnull attention,
    int64_t tile_count, const kernel_tile *_Nonnull tiles, const kernel_row *_Nonnull places,
    const int32_t *_Nonnull page_table, const float *_Nonnull queries, float *_Nonnull out,
    int64_t positions);

/// Index of the greatest logit of each row of logits(rows, width), the first of equals; -1 when
/// a row holds a value that is not finite.
void kernel_argmax(
    kernel_context *_Nonnull context, int64_t rows, int64_t width, const float *_Nonnull logits,
    int32_t *_Nonnull out);

/// log(sum(exp(row))) of each row of logits(rows, width).
void kernel_log_sum_exp(
    kernel_context *_Nonnull context, int64_t rows, int64_t width, const float *_Nonnull logits,
    double *_Nonnull out);

/// Reads `byte_count` bytes once on all threads, in steps of 64; what it returns depends on them.
int32_t kernel_roofline_read(
    kernel_context *_Nonnull context, const void *_Nonnull memory, int64_t byte_count);

/// Computes dot products of 8-bit numbers in registers on all threads, `rounds` rounds in each of
/// several units per thread.
///
/// Returns how many multiplications and additions that were.
int64_t kernel_roofline_spin(kernel_context *_Nonnull context, int64_t rounds);
