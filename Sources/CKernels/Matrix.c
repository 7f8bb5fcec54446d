// Packed matrices.
//
// Sixteen columns lie side by side in a strip, so that one vector register holds one number of
// each. A strip of block type is, for each block of 32 along the depth, eight groups of 64 bytes;
// byte 4 * c + t of group g is element 4 * g + t of column c. With 4 bits, group g (g < 4) sits in
// the low halves of the bytes and group g + 4 in the high halves. After all blocks come the
// scales: per block 16 halves, then, if the layout has them, 16 halves of minima or of scales of
// the blocks' second halves.
// A strip of floats is 16 floats for each element along the depth.
// Columns that fill up the last strip are zero.
#include <math.h>

#include "Source.h"

static inline __attribute__((always_inline)) void expand_blocks(
    int32_t source, const uint8_t *row, int64_t count, float *out) {
    int offset = source_offset(source);
    bool is_signed = kernel_matrix_layout(source) == KERNEL_LAYOUT_I8;
    for (int64_t index = 0; index < count / 32; index++) {
        source_block block;
        read_block(source, row, index, &block);
        for (int i = 0; i < 32; i++) {
            int quant = is_signed ? (int8_t)block.quants[i] : block.quants[i];
            out[index * 32 + i] =
                block.scales[i / 16] * (float)(quant - offset) + block.minimum;
        }
    }
}

// Calls `function` with the block type as a constant, so that it is compiled for each by itself.
#define FOR_BLOCK_SOURCE(function, ...)                                                           \
    switch (source) {                                                                             \
        case KERNEL_SOURCE_Q4_0: function(KERNEL_SOURCE_Q4_0, __VA_ARGS__); break;                \
        case KERNEL_SOURCE_Q4_1: function(KERNEL_SOURCE_Q4_1, __VA_ARGS__); break;                \
        case KERNEL_SOURCE_Q5_0: function(KERNEL_SOURCE_Q5_0, __VA_ARGS__); break;                \
        case KERNEL_SOURCE_Q5_1: function(KERNEL_SOURCE_Q5_1, __VA_ARGS__); break;                \
        case KERNEL_SOURCE_Q8_0: function(KERNEL_SOURCE_Q8_0, __VA_ARGS__); break;                \
        case KERNEL_SOURCE_Q4_K: function(KERNEL_SOURCE_Q4_K, __VA_ARGS__); break;                \
        case KERNEL_SOURCE_Q5_K: function(KERNEL_SOURCE_Q5_K, __VA_ARGS__); break;                \
        default: function(KERNEL_SOURCE_Q6_K, __VA_ARGS__); break;                                \
    }

void kernel_row_expand(int32_t source, const void *row, int64_t count, float *out) {
    const uint8_t *bytes = row;
    switch (source) {
        case KERNEL_SOURCE_F32: memcpy(out, row, (size_t)count * 4); return;
        case KERNEL_SOURCE_F16:
            for (int64_t i = 0; i < count; i++) { out[i] = load_half(bytes + 2 * i); }
            return;
        case KERNEL_SOURCE_BF16:
            for (int64_t i = 0; i < count; i++) {
                out[i] = float_from_bits((uint32_t)load16(bytes + 2 * i) << 16);
            }
            return;
        default: FOR_BLOCK_SOURCE(expand_blocks, bytes, count, out)
    }
}

void kernel_row_quantize(const float *values, int64_t count, void *row) {
    uint8_t *to = row;
    for (int64_t block = 0; block < count / 32; block++, values += 32, to += 34) {
        float greatest = 0, difference = 0;
        for (int i = 0; i < 32; i++) {
            greatest = fabsf(values[i]) > greatest ? fabsf(values[i]) : greatest;
            // Zero for a finite number, no number for any other.
            difference += values[i] - values[i];
        }
        uint16_t half = half_from_float(greatest / 127.0f + difference);
        float scale = float_from_half(half);
        memcpy(to, &half, 2);
        for (int i = 0; i < 32; i++) {
            float quant = scale > 0 && isfinite(scale) ? rintf(values[i] / scale) : 0;
            quant = quant > 127 ? 127 : quant < -127 ? -127 : quant;
            to[2 + i] = (uint8_t)(int8_t)quant;
        }
    }
}

int32_t kernel_matrix_layout(int32_t source) {
    switch (source) {
        case KERNEL_SOURCE_F32: return KERNEL_LAYOUT_F32;
        case KERNEL_SOURCE_F16: return KERNEL_LAYOUT_F16;
        case KERNEL_SOURCE_BF16: return KERNEL_LAYOUT_BF16;
        case KERNEL_SOURCE_Q4_0: return KERNEL_LAYOUT_I4;
        case KERNEL_SOURCE_Q4_1:
        case KERNEL_SOURCE_Q4_K: return KERNEL_LAYOUT_U4_MIN;
        case KERNEL_SOURCE_Q5_1:
        case KERNEL_SOURCE_Q5_K: return KERNEL_LAYOUT_U8_MIN;
        case KERNEL_SOURCE_Q6_K: return KERNEL_LAYOUT_I6;
        default: return KERNEL_LAYOUT_I8;
    }
}

bool kernel_layout_takes_floats(int32_t layout) { return layout_halves(layout) == 0; }

size_t kernel_matrix_byte_count(int32_t layout, int64_t columns, int64_t depth) {
    return (size_t)(ceil_div(columns, KERNEL_STRIP_COLUMNS) * strip_bytes(layout, depth));
}

static bool pack_floats(
    const uint8_t *rows, size_t row_bytes, int64_t depth, int64_t columns, float *strip) {
    float difference = 0;
    for (int64_t c = 0; c < columns; c++) {
        for (int64_t k = 0; k < depth; k++) {
            float *to = &strip[k * 16 + c];
            memcpy(to, rows + (size_t)c * row_bytes + (size_t)k * 4, 4);
            difference += *to - *to;
        }
    }
    return difference == 0;
}

// 16-bit floats of a kind whose infinities and non-numbers have all bits of `exponent`.
static bool pack_halves(
    uint16_t exponent, const uint8_t *rows, size_t row_bytes, int64_t depth, int64_t columns,
    uint16_t *strip) {
    bool finite = true;
    for (int64_t c = 0; c < columns; c++) {
        for (int64_t k = 0; k < depth; k++) {
            uint16_t element = load16(rows + (size_t)c * row_bytes + (size_t)k * 2);
            finite &= (element & exponent) != exponent;
            strip[k * 16 + c] = element;
        }
    }
    return finite;
}

static inline __attribute__((always_inline)) void pack_blocks(
    int32_t source, const uint8_t *rows, size_t row_bytes, int64_t depth, int64_t columns,
    uint8_t *strip, bool *finite) {
    int32_t layout = kernel_matrix_layout(source);
    int64_t halves = layout_halves(layout), block_bytes = 64 * layout_bits(layout);
    uint16_t *scales = (uint16_t *)(strip + strip_quant_bytes(layout, depth));
    for (int64_t c = 0; c < columns; c++) {
        for (int64_t index = 0; index < depth / 32; index++) {
            source_block block;
            read_block(source, rows + (size_t)c * row_bytes, index, &block);
            uint8_t *to = strip + index * block_bytes + c * 4;
            if (layout_bits(layout) == 4) {
                for (int i = 0; i < 16; i++) {
                    to[i / 4 * 64 + i % 4] =
                        (uint8_t)(block.quants[i] | block.quants[i + 16] << 4);
                }
            } else {
                for (int g = 0; g < 8; g++) { memcpy(to + g * 64, block.quants + g * 4, 4); }
            }
            uint16_t half[2] = {
                half_from_float(block.scales[0]),
                half_from_float(layout == KERNEL_LAYOUT_I6 ? block.scales[1] : block.minimum)};
            for (int64_t i = 0; i < halves; i++) {
                scales[(index * halves + i) * 16 + c] = half[i];
                *finite &= (half[i] & 0x7c00) != 0x7c00;
            }
        }
    }
}

bool kernel_matrix_pack(
    int32_t source, const void *rows, size_t row_byte_count, int64_t columns, int64_t depth,
    int64_t first, int64_t count, void *packed) {
    int64_t bytes = strip_bytes(kernel_matrix_layout(source), depth);
    bool finite = true;
    for (int64_t strip = first; strip < first + count; strip++) {
        const uint8_t *from = (const uint8_t *)rows + (size_t)(strip * 16) * row_byte_count;
        int64_t present = columns - strip * 16 < 16 ? columns - strip * 16 : 16;
        uint8_t *to = (uint8_t *)packed + strip * bytes;
        switch (source) {
            case KERNEL_SOURCE_F32:
                finite &= pack_floats(from, row_byte_count, depth, present, (float *)to);
                break;
            case KERNEL_SOURCE_F16:
            case KERNEL_SOURCE_BF16:
                finite &= pack_halves(
                    source == KERNEL_SOURCE_F16 ? 0x7c00 : 0x7f80, from, row_byte_count, depth,
                    present, (uint16_t *)to);
                break;
            default:
                FOR_BLOCK_SOURCE(pack_blocks, from, row_byte_count, depth, present, to, &finite)
        }
    }
    return finite;
}
