/// 16-bit floats and their bits, for what is no hot path.
#pragma once
#include <stdint.h>
#include <string.h>

static inline float float_from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

static inline uint32_t bits_from_float(float value) {
    uint32_t bits;
    memcpy(&bits, &value, 4);
    return bits;
}

static inline float float_from_half(uint16_t half) {
    uint32_t sign = (uint32_t)(half & 0x8000) << 16;
    uint32_t magnitude = half & 0x7fff;
    if (magnitude >= 0x7c00) {
        return float_from_bits(sign | 0x7f800000u | (magnitude & 0x3ff) << 13);
    }
    // Shifted into place, the exponent is 112 too small; the product is exact, subnormals too.
    float value = float_from_bits(magnitude << 13) * 0x1p112f;
    return sign ? -value : value;
}

/// The nearest half, the even one of two; infinite from 65520 on, and no number for none.
static inline uint16_t half_from_float(float value) {
    uint32_t bits = bits_from_float(value);
    uint32_t sign = bits >> 16 & 0x8000;
    bits &= 0x7fffffff;
    if (bits > 0x7f800000) { return (uint16_t)(sign | 0x7e00); }
    if (bits >= 0x477ff000) { return (uint16_t)(sign | 0x7c00); }
    if (bits < 0x38800000) {
        // Below the smallest normal half: let the addition round to a multiple of 2^-24.
        uint32_t half = bits_from_float(float_from_bits(bits) + 0.5f) - 0x3f000000;
        return (uint16_t)(sign | half);
    }
    return (uint16_t)(sign | (bits - 0x38000000 + 0x0fff + (bits >> 13 & 1)) >> 13);
}
