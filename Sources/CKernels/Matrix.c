// Packed matrices.
//
// Sixteen columns lie side by side in a strip, so that one vector register holds one number of
// each. A strip of block type is, for each block of 32 along the depth, eight groups of 64 bytes;
// byte 4 * c + t of group g is element 4 * g + t of column c. With 4 bits, group g (g < 4) sits in
// the low halves of the bytes and group g + 4 in the high halves. After all blocks come the
// scales: per block 16 halves, then, if the layout has them, 16 halves of minima.
// A strip of floats is 16 floats for each element along the depth.
// Columns that fill up the last strip are zero.
#include <string.h>

#include "Internal.h"

static uint16_t load16(const uint8_t *p) {
    uint16_t value;
    memcpy(&value, p, 2);
    return value;
}

static float float_from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

static float float_from_half(uint16_t half) {
    uint32_t sign = (uint32_t)(half & 0x8000) << 16;
    uint32_t magnitude = half & 0x7fff;
    if (magnitude >= 0x7c00) {
        return float_from_bits(sign | 0x7f800000u | (magnitude & 0x3ff) << 13);
    }
    // Shifted into place, the exponent is 112 too small; the product is exact, subnormals too.
    float value = float_from_bits(magnitude << 13) * 0x1p112f;
    return sign ? -value : value;
}

static size_t source_block_bytes(int32_t source) {
    switch (source) {
        case KERNEL_SOURCE_Q4_0: return 18;
        case KERNEL_SOURCE_Q4_1: return 20;
        default: return 34;
    }
}

static void expand_block(int32_t source, const uint8_t *block, float *out) {
    float scale = float_from_half(load16(block));
    if (source == KERNEL_SOURCE_Q8_0) {
        for (int i = 0; i < 32; i++) { out[i] = scale * (float)(int8_t)block[2 + i]; }
        return;
    }
    float minimum = 0;
    int offset = 8;
    const uint8_t *quants = block + 2;
    if (source == KERNEL_SOURCE_Q4_1) {
        minimum = float_from_half(load16(block + 2));
        offset = 0;
        quants = block + 4;
    }
    for (int i = 0; i < 16; i++) {
        out[i] = scale * (float)((quants[i] & 15) - offset) + minimum;
        out[i + 16] = scale * (float)((quants[i] >> 4) - offset) + minimum;
    }
}

void kernel_row_expand(int32_t source, const void *row, int64_t count, float *out) {
    const uint8_t *bytes = row;
    switch (source) {
        case KERNEL_SOURCE_F32: memcpy(out, row, (size_t)count * 4); return;
        case KERNEL_SOURCE_F16:
            for (int64_t i = 0; i < count; i++) { out[i] = float_from_half(load16(bytes + 2 * i)); }
            return;
        case KERNEL_SOURCE_BF16:
            for (int64_t i = 0; i < count; i++) {
                out[i] = float_from_bits((uint32_t)load16(bytes + 2 * i) << 16);
            }
            return;
        default:
            for (int64_t block = 0; block < count / 32; block++) {
                expand_block(
                    source, bytes + (size_t)block * source_block_bytes(source), out + block * 32);
            }
    }
}

int32_t kernel_matrix_layout(int32_t source) {
    switch (source) {
        case KERNEL_SOURCE_Q4_0: return KERNEL_LAYOUT_I4;
        case KERNEL_SOURCE_Q4_1: return KERNEL_LAYOUT_U4_MIN;
        case KERNEL_SOURCE_Q8_0: return KERNEL_LAYOUT_I8;
        default: return KERNEL_LAYOUT_F32;
    }
}

size_t kernel_matrix_byte_count(int32_t layout, int64_t columns, int64_t depth) {
    return (size_t)(ceil_div(columns, KERNEL_STRIP_COLUMNS) * strip_bytes(layout, depth));
}

static bool pack_floats(
    int32_t source, const uint8_t *rows, size_t row_bytes, int64_t depth, int64_t columns,
    float *strip) {
    size_t element = source == KERNEL_SOURCE_F32 ? 4 : 2;
    float difference = 0;
    for (int64_t c = 0; c < columns; c++) {
        const uint8_t *row = rows + (size_t)c * row_bytes;
        for (int64_t k = 0; k < depth; k++) {
            float *to = &strip[k * 16 + c];
            kernel_row_expand(source, row + (size_t)k * element, 1, to);
            // Zero for a finite number, no number for any other.
            difference += *to - *to;
        }
    }
    return difference == 0;
}

// Four bits keep their order: byte i of a block of the file holds elements i and i + 16, which
// are the low and the high half of the strip's byte as well.
static bool pack_blocks(
    int32_t source, const uint8_t *rows, size_t row_bytes, int64_t depth, int64_t columns,
    uint8_t *strip) {
    size_t block_bytes = source_block_bytes(source);
    int64_t quant_bytes = source == KERNEL_SOURCE_Q8_0 ? 32 : 16;
    size_t header = block_bytes - (size_t)quant_bytes;
    uint8_t *scales = strip + depth / 32 * quant_bytes * 16;
    bool finite = true;
    for (int64_t c = 0; c < columns; c++) {
        for (int64_t block = 0; block < depth / 32; block++) {
            const uint8_t *from = rows + (size_t)c * row_bytes + (size_t)block * block_bytes;
            uint8_t *to = strip + block * quant_bytes * 16;
            for (int64_t group = 0; group < quant_bytes / 4; group++) {
                memcpy(to + group * 64 + c * 4, from + header + group * 4, 4);
            }
            for (size_t half = 0; half < header / 2; half++) {
                size_t row = (size_t)block * header / 2 + half;
                memcpy(scales + row * 32 + c * 2, from + 2 * half, 2);
                finite = finite && (load16(from + 2 * half) & 0x7c00) != 0x7c00;
            }
        }
    }
    return finite;
}

bool kernel_matrix_pack(
    int32_t source, const void *rows, size_t row_byte_count, int64_t columns, int64_t depth,
    int64_t first, int64_t count, void *packed) {
    int32_t layout = kernel_matrix_layout(source);
    int64_t bytes = strip_bytes(layout, depth);
    bool finite = true;
    for (int64_t strip = first; strip < first + count; strip++) {
        const uint8_t *from = (const uint8_t *)rows + (size_t)(strip * 16) * row_byte_count;
        int64_t present = columns - strip * 16 < 16 ? columns - strip * 16 : 16;
        uint8_t *to = (uint8_t *)packed + strip * bytes;
        if (layout == KERNEL_LAYOUT_F32) {
            finite &= pack_floats(source, from, row_byte_count, depth, present, (float *)to);
        } else {
            finite &= pack_blocks(source, from, row_byte_count, depth, present, to);
        }
    }
    return finite;
}
