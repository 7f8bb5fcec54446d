/// Element types as a model file holds them, a block of 32 elements at a time.
///
/// Source: ggml's `ggml-common.h`, block layouts.
#pragma once
#include "Half.h"
#include "Internal.h"

/// value = scale of its half * (quant - offset) + minimum.
typedef struct {
    uint8_t quants[KERNEL_BLOCK_ELEMENTS];
    float scales[2];
    float minimum;
} source_block;

static inline uint16_t load16(const uint8_t *p) {
    uint16_t value;
    memcpy(&value, p, 2);
    return value;
}

static inline float load_half(const uint8_t *p) { return float_from_half(load16(p)); }

/// Bytes of a row of `count` elements.
static inline int64_t source_row_bytes(int32_t source, int64_t count) {
    switch (source) {
        case KERNEL_SOURCE_F32: return count * 4;
        case KERNEL_SOURCE_F16:
        case KERNEL_SOURCE_BF16: return count * 2;
        case KERNEL_SOURCE_Q4_0: return count / 32 * 18;
        case KERNEL_SOURCE_Q4_1: return count / 32 * 20;
        case KERNEL_SOURCE_Q5_0: return count / 32 * 22;
        case KERNEL_SOURCE_Q5_1: return count / 32 * 24;
        case KERNEL_SOURCE_Q8_0: return count / 32 * 34;
        case KERNEL_SOURCE_Q4_K: return count / 256 * 144;
        case KERNEL_SOURCE_Q5_K: return count / 256 * 176;
        default: return count / 256 * 210;
    }
}

/// What is subtracted from a quant; 8-bit quants count as signed where it is zero.
static inline int source_offset(int32_t source) {
    switch (source) {
        case KERNEL_SOURCE_Q4_0: return 8;
        case KERNEL_SOURCE_Q6_K: return 32;
        default: return 0;
    }
}

/// Types of one block of 32: a scale, perhaps a minimum, perhaps fifth bits, then quants.
static inline __attribute__((always_inline)) void read_simple(
    int32_t source, const uint8_t *from, source_block *out) {
    out->scales[0] = out->scales[1] = load_half(from);
    out->minimum = 0;
    from += 2;
    if (source == KERNEL_SOURCE_Q8_0) {
        memcpy(out->quants, from, 32);
        return;
    }
    if (source == KERNEL_SOURCE_Q4_1 || source == KERNEL_SOURCE_Q5_1) {
        out->minimum = load_half(from);
        from += 2;
    }
    uint32_t fifth = 0;
    bool has_fifth = source == KERNEL_SOURCE_Q5_0 || source == KERNEL_SOURCE_Q5_1;
    if (has_fifth) {
        memcpy(&fifth, from, 4);
        from += 4;
    }
    for (int i = 0; i < 16; i++) {
        out->quants[i] = from[i] & 15;
        out->quants[i + 16] = from[i] >> 4;
    }
    if (!has_fifth) { return; }
    // Without a minimum, 16 is subtracted: the quants are signed.
    uint8_t offset = source == KERNEL_SOURCE_Q5_0 ? 16 : 0;
    for (int i = 0; i < 32; i++) {
        out->quants[i] = (uint8_t)((out->quants[i] | (fifth >> i & 1) << 4) - offset);
    }
}

/// Q4_K and Q5_K: eight blocks share two halves, and have scales and minima of 6 bits each.
static inline __attribute__((always_inline)) void read_scaled(
    int32_t source, const uint8_t *from, int block, source_block *out) {
    const uint8_t *packed = from + 4;
    int scale, minimum;
    if (block < 4) {
        scale = packed[block] & 63;
        minimum = packed[block + 4] & 63;
    } else {
        scale = (packed[block + 4] & 15) | packed[block - 4] >> 6 << 4;
        minimum = packed[block + 4] >> 4 | packed[block] >> 6 << 4;
    }
    out->scales[0] = out->scales[1] = load_half(from) * (float)scale;
    out->minimum = -(load_half(from + 2) * (float)minimum);
    const uint8_t *fifth = from + 16;
    const uint8_t *quants = fifth + (source == KERNEL_SOURCE_Q5_K ? 32 : 0) + block / 2 * 32;
    int shift = block % 2 * 4;
    for (int i = 0; i < 32; i++) { out->quants[i] = quants[i] >> shift & 15; }
    if (source != KERNEL_SOURCE_Q5_K) { return; }
    for (int i = 0; i < 32; i++) {
        out->quants[i] = (uint8_t)(out->quants[i] | (fifth[i] >> block & 1) << 4);
    }
}

/// Q6_K: eight blocks share one half; each half block has a signed scale of 8 bits.
static inline __attribute__((always_inline)) void read_q6(
    const uint8_t *from, int block, source_block *out) {
    int part = block / 4, quarter = block % 4;
    const uint8_t *low = from + part * 64 + quarter % 2 * 32;
    const uint8_t *high = from + 128 + part * 32;
    const int8_t *scales = (const int8_t *)(from + 192 + part * 8 + quarter * 2);
    float scale = load_half(from + 208);
    out->scales[0] = scale * (float)scales[0];
    out->scales[1] = scale * (float)scales[1];
    out->minimum = 0;
    for (int i = 0; i < 32; i++) {
        int bits = high[i] >> quarter * 2 & 3;
        out->quants[i] = (uint8_t)((low[i] >> quarter / 2 * 4 & 15) | bits << 4);
    }
}

/// Reads block `block` of a row.
static inline __attribute__((always_inline)) void read_block(
    int32_t source, const uint8_t *row, int64_t block, source_block *out) {
    switch (source) {
        case KERNEL_SOURCE_Q4_K:
        case KERNEL_SOURCE_Q5_K:
            read_scaled(
                source, row + source_row_bytes(source, block / 8 * 256), block % 8, out);
            return;
        case KERNEL_SOURCE_Q6_K:
            read_q6(row + source_row_bytes(source, block / 8 * 256), block % 8, out);
            return;
        default: read_simple(source, row + source_row_bytes(source, block * 32), out);
    }
}
