// One variant of the product of packed weights and inputs.

// Sum of products of unsigned or small signed weights and signed inputs, four per lane.
#if VARIANT == 2
#define I8_BIAS 128
INLINE vi dot(vi sum, vb weights, int32_t inputs) {
    return (vi)_mm512_dpbusd_epi32((__m512i)sum, (__m512i)weights, _mm512_set1_epi32(inputs));
}
INLINE vi dot8(vi sum, vb weights, int32_t inputs) { return dot(sum, weights, inputs); }
#elif VARIANT == 1
#define I8_BIAS 0
typedef struct { __m256i low, high; } two_int;
INLINE __m256i dot_half(__m256i sum, __m256i magnitude, __m256i inputs) {
    __m256i pairs = _mm256_maddubs_epi16(magnitude, inputs);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}
INLINE vi dot(vi sum, vb weights, int32_t inputs) {
    two_int s, w;
    memcpy(&s, &sum, 64);
    memcpy(&w, &weights, 64);
    __m256i x = _mm256_set1_epi32(inputs);
    s.low = dot_half(s.low, w.low, x);
    s.high = dot_half(s.high, w.high, x);
    memcpy(&sum, &s, 64);
    return sum;
}
// Two products of full 8-bit factors do not fit 16 bits unless one is taken without its sign.
INLINE vi dot8(vi sum, vb weights, int32_t inputs) {
    two_int s, w;
    memcpy(&s, &sum, 64);
    memcpy(&w, &weights, 64);
    __m256i x = _mm256_set1_epi32(inputs);
    s.low = dot_half(s.low, _mm256_abs_epi8(w.low), _mm256_sign_epi8(x, w.low));
    s.high = dot_half(s.high, _mm256_abs_epi8(w.high), _mm256_sign_epi8(x, w.high));
    memcpy(&sum, &s, 64);
    return sum;
}
#else
#define I8_BIAS 0
INLINE vi dot(vi sum, vb weights, int32_t inputs) {
    int8_t x[4];
    memcpy(x, &inputs, 4);
    vi words = (vi)weights;
    for (int t = 0; t < 4; t++) { sum += (words << (24 - 8 * t) >> 24) * splat_int(x[t]); }
    return sum;
}
INLINE vi dot8(vi sum, vb weights, int32_t inputs) { return dot(sum, weights, inputs); }
#endif

INLINE int32_t load_four(const int8_t *p) {
    int32_t four;
    memcpy(&four, p, 4);
    return four;
}

INLINE void write_row(const kernel_product *product, int64_t row, int64_t strip, vf sum) {
    int64_t column = strip * KERNEL_STRIP_COLUMNS;
    float *out = product->out + row * product->stride + column;
    const float *bias = product->bias ? product->bias + column : NULL;
    int64_t present = product->matrix.columns - column;
    if (present >= KERNEL_STRIP_COLUMNS) {
        if (bias) { sum += load(bias); }
        store(out, product->accumulate ? load(out) + sum : sum);
        return;
    }
    for (int64_t i = 0; i < present; i++) {
        float one = bias ? sum[i] + bias[i] : sum[i];
        out[i] = product->accumulate ? out[i] + one : one;
    }
}

// What is subtracted from the quants of a layout, as the variant multiplies them.
INLINE int layout_bias(int32_t layout) {
    switch (layout) {
        case KERNEL_LAYOUT_I4: return 8;
        case KERNEL_LAYOUT_I8: return I8_BIAS;
        case KERNEL_LAYOUT_I6: return 32;
        default: return 0;
    }
}

// The elements of one block of a strip, four to a lane.
INLINE const uint8_t *load_weights(int32_t layout, const uint8_t *quants, vb *weights) {
    if (layout_bits(layout) == 4) {
        vi low = splat_int(0x0f0f0f0f);
        for (int g = 0; g < 4; g++) {
            vi packed = ((const vi *)quants)[g];
            weights[g] = (vb)(packed & low);
            weights[g + 4] = (vb)(packed >> 4 & low);
        }
        return quants + 256;
    }
    for (int g = 0; g < 8; g++) {
        weights[g] = ((const vb *)quants)[g];
        if (layout == KERNEL_LAYOUT_I8 && I8_BIAS != 0) {
            weights[g] = (vb)((vi)weights[g] ^ splat_int((int)0x80808080u));
        }
    }
    return quants + 512;
}

// The products of the groups `first..<end` of one block with one row, upon `sum`.
INLINE vi add_groups(
    int32_t layout, int first, int end, vi sum, const vb *weights, const int8_t *x) {
#pragma clang loop unroll(full)
    for (int g = first; g < end; g++) {
        int32_t four = load_four(x + g * 4);
        sum = layout == KERNEL_LAYOUT_I8 ? dot8(sum, weights[g], four)
                                         : dot(sum, weights[g], four);
    }
    return sum;
}

// A panel of `rows` rows times one strip; `layout` and `rows` are constants where it is inlined.
INLINE void multiply_blocks(
    int32_t layout, int rows, const multiply_job *job, int64_t first, int64_t strip) {
    const kernel_product *product = job->product;
    const kernel_activations *in = job->quantized;
    int64_t depth = product->matrix.depth, blocks = depth / 32;
    const uint8_t *quants =
        (const uint8_t *)product->matrix.data + strip * strip_bytes(layout, depth);
    const uint16_t *scales = (const uint16_t *)(quants + strip_quant_bytes(layout, depth));
    int64_t origin = first * blocks;
    const int8_t *x = in->quants + origin * 32;
    const float *x_scales = in->scales + origin;
    const int32_t *x_sums = in->sums + origin, *x_half_sums = in->half_sums + origin;
    const float *x_scaled_sums = in->scaled_sums + origin;
    int bias = layout_bias(layout);
    bool has_halves = layout == KERNEL_LAYOUT_I6;
    bool has_minimum = layout == KERNEL_LAYOUT_U4_MIN || layout == KERNEL_LAYOUT_U8_MIN;
    vf total[KERNEL_PANEL_ROWS];
    for (int r = 0; r < rows; r++) { total[r] = splat(0); }
    for (int64_t block = 0; block < blocks; block++) {
        vb weights[8];
        quants = load_weights(layout, quants, weights);
        vf scale = halves_load(scales), second = splat(0);
        scales += 16;
        if (has_minimum || has_halves) {
            second = halves_load(scales);
            scales += 16;
        }
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            const int8_t *row = x + r * 32;
            vf x_scale = splat(x_scales[r]);
            if (has_halves) {
                vi front = splat_int(-bias * x_half_sums[r]);
                vi back = splat_int(-bias * (x_sums[r] - x_half_sums[r]));
                front = add_groups(layout, 0, 4, front, weights, row);
                back = add_groups(layout, 4, 8, back, weights, row);
                total[r] = fused(__builtin_convertvector(front, vf), scale * x_scale, total[r]);
                total[r] = fused(__builtin_convertvector(back, vf), second * x_scale, total[r]);
                continue;
            }
            vi sum = bias ? splat_int(-bias * x_sums[r]) : splat_int(0);
            sum = add_groups(layout, 0, 8, sum, weights, row);
            total[r] = fused(__builtin_convertvector(sum, vf), scale * x_scale, total[r]);
            if (has_minimum) { total[r] = fused(second, splat(x_scaled_sums[r]), total[r]); }
        }
        x += rows * 32;
        x_scales += rows;
        x_sums += rows;
        x_half_sums += rows;
        x_scaled_sums += rows;
    }
    for (int r = 0; r < rows; r++) { write_row(product, first + r, strip, total[r]); }
}

// One element of each column of a strip of floats.
INLINE vf load_floats(int32_t layout, const uint8_t *weights, int64_t k) {
    if (layout == KERNEL_LAYOUT_F32) { return load((const float *)weights + k * 16); }
    const uint16_t *words = (const uint16_t *)weights + k * 16;
    if (layout == KERNEL_LAYOUT_F16) { return halves_load(words); }
    typedef uint16_t vh __attribute__((vector_size(32), aligned(32)));
    return (vf)(__builtin_convertvector(*(const vh *)words, vi) << 16);
}

INLINE void multiply_floats(
    int32_t layout, int rows, const multiply_job *job, int64_t first, int64_t strip) {
    const kernel_product *product = job->product;
    int64_t depth = product->matrix.depth;
    const uint8_t *weights =
        (const uint8_t *)product->matrix.data + strip * strip_bytes(layout, depth);
    const float *x = job->floats + first * depth;
    vf total[KERNEL_PANEL_ROWS];
    for (int r = 0; r < rows; r++) { total[r] = splat(0); }
    for (int64_t k = 0; k < depth; k++) {
        vf weight = load_floats(layout, weights, k);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            total[r] = fused(splat(x[r * depth + k]), weight, total[r]);
        }
    }
    for (int r = 0; r < rows; r++) { write_row(product, first + r, strip, total[r]); }
}

#define FOR_ROWS(multiply, layout)                                                                \
    switch (rows) {                                                                               \
        case 1: multiply(layout, 1, job, first, strip); break;                                    \
        case 2: multiply(layout, 2, job, first, strip); break;                                    \
        case 3: multiply(layout, 3, job, first, strip); break;                                    \
        case 4: multiply(layout, 4, job, first, strip); break;                                    \
        case 5: multiply(layout, 5, job, first, strip); break;                                    \
        case 6: multiply(layout, 6, job, first, strip); break;                                    \
        case 7: multiply(layout, 7, job, first, strip); break;                                    \
        default: multiply(layout, 8, job, first, strip); break;                                   \
    }
#define LAYOUT_FUNCTION(name, multiply, layout)                                                   \
    static void name(int rows, const multiply_job *job, int64_t first, int64_t strip) {           \
        FOR_ROWS(multiply, layout)                                                                \
    }
LAYOUT_FUNCTION(multiply_f32, multiply_floats, KERNEL_LAYOUT_F32)
LAYOUT_FUNCTION(multiply_f16, multiply_floats, KERNEL_LAYOUT_F16)
LAYOUT_FUNCTION(multiply_bf16, multiply_floats, KERNEL_LAYOUT_BF16)
LAYOUT_FUNCTION(multiply_i4, multiply_blocks, KERNEL_LAYOUT_I4)
LAYOUT_FUNCTION(multiply_u4, multiply_blocks, KERNEL_LAYOUT_U4_MIN)
LAYOUT_FUNCTION(multiply_i8, multiply_blocks, KERNEL_LAYOUT_I8)
LAYOUT_FUNCTION(multiply_u8, multiply_blocks, KERNEL_LAYOUT_U8_MIN)
LAYOUT_FUNCTION(multiply_i6, multiply_blocks, KERNEL_LAYOUT_I6)

static void multiply_unit(const multiply_job *job, int64_t unit) {
    static void (*const by_layout[])(int, const multiply_job *, int64_t, int64_t) = {
        [KERNEL_LAYOUT_F32] = multiply_f32, [KERNEL_LAYOUT_F16] = multiply_f16,
        [KERNEL_LAYOUT_BF16] = multiply_bf16, [KERNEL_LAYOUT_I4] = multiply_i4,
        [KERNEL_LAYOUT_U4_MIN] = multiply_u4, [KERNEL_LAYOUT_I8] = multiply_i8,
        [KERNEL_LAYOUT_U8_MIN] = multiply_u8, [KERNEL_LAYOUT_I6] = multiply_i6};
    int64_t strips = ceil_div(job->product->matrix.columns, KERNEL_STRIP_COLUMNS);
    int64_t strip_first = unit / job->row_chunks * job->strips;
    int64_t strip_end = strip_first + job->strips < strips ? strip_first + job->strips : strips;
    int64_t row_first = unit % job->row_chunks * MULTIPLY_ROWS;
    int64_t row_end = row_first + MULTIPLY_ROWS < job->rows ? row_first + MULTIPLY_ROWS : job->rows;
    for (int64_t row = row_first; row < row_end; row += KERNEL_PANEL_ROWS) {
        int rows = (int)(row_end - row < KERNEL_PANEL_ROWS ? row_end - row : KERNEL_PANEL_ROWS);
        for (int64_t strip = strip_first; strip < strip_end; strip++) {
            by_layout[job->product->matrix.layout](rows, job, row, strip);
        }
    }
}
