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
    int64_t present = product->matrix.columns - column;
    if (present >= KERNEL_STRIP_COLUMNS) {
        store(out, product->accumulate ? load(out) + sum : sum);
        return;
    }
    for (int64_t i = 0; i < present; i++) {
        out[i] = product->accumulate ? out[i] + sum[i] : sum[i];
    }
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
    const int32_t *x_sums = in->sums + origin;
    const float *x_scaled_sums = in->scaled_sums + origin;
    int bias = layout == KERNEL_LAYOUT_I4 ? 8 : layout == KERNEL_LAYOUT_I8 ? I8_BIAS : 0;
    vf total[KERNEL_PANEL_ROWS];
    for (int r = 0; r < rows; r++) { total[r] = splat(0); }
    for (int64_t block = 0; block < blocks; block++) {
        vb weights[8];
        if (layout == KERNEL_LAYOUT_I8) {
            for (int g = 0; g < 8; g++) {
                weights[g] = ((const vb *)quants)[g];
                if (I8_BIAS) { weights[g] = (vb)((vi)weights[g] ^ splat_int((int)0x80808080u)); }
            }
            quants += 512;
        } else {
            vi low = splat_int(0x0f0f0f0f);
            for (int g = 0; g < 4; g++) {
                vi packed = ((const vi *)quants)[g];
                weights[g] = (vb)(packed & low);
                weights[g + 4] = (vb)(packed >> 4 & low);
            }
            quants += 256;
        }
        vf scale = halves_load(scales), minimum = splat(0);
        scales += 16;
        if (layout == KERNEL_LAYOUT_U4_MIN) {
            minimum = halves_load(scales);
            scales += 16;
        }
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            vi sum = bias ? splat_int(-bias * x_sums[r]) : splat_int(0);
#pragma clang loop unroll(full)
            for (int g = 0; g < 8; g++) {
                int32_t four = load_four(x + r * 32 + g * 4);
                sum = layout == KERNEL_LAYOUT_I8 ? dot8(sum, weights[g], four)
                                                 : dot(sum, weights[g], four);
            }
            total[r] = fused(
                __builtin_convertvector(sum, vf), scale * splat(x_scales[r]), total[r]);
            if (layout == KERNEL_LAYOUT_U4_MIN) {
                total[r] = fused(minimum, splat(x_scaled_sums[r]), total[r]);
            }
        }
        x += rows * 32;
        x_scales += rows;
        x_sums += rows;
        x_scaled_sums += rows;
    }
    for (int r = 0; r < rows; r++) { write_row(product, first + r, strip, total[r]); }
}

INLINE void multiply_floats(int rows, const multiply_job *job, int64_t first, int64_t strip) {
    const kernel_product *product = job->product;
    int64_t depth = product->matrix.depth;
    const float *weights = (const float *)product->matrix.data + strip * depth * 16;
    const float *x = job->floats + first * depth;
    vf total[KERNEL_PANEL_ROWS];
    for (int r = 0; r < rows; r++) { total[r] = splat(0); }
    for (int64_t k = 0; k < depth; k++) {
        vf weight = load(weights + k * 16);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            total[r] = fused(splat(x[r * depth + k]), weight, total[r]);
        }
    }
    for (int r = 0; r < rows; r++) { write_row(product, first + r, strip, total[r]); }
}

#define FOR_ROWS(call)                                                                            \
    switch (rows) {                                                                               \
        case 1: call(1); break;                                                                   \
        case 2: call(2); break;                                                                   \
        case 3: call(3); break;                                                                   \
        case 4: call(4); break;                                                                   \
        case 5: call(5); break;                                                                   \
        case 6: call(6); break;                                                                   \
        case 7: call(7); break;                                                                   \
        default: call(8); break;                                                                  \
    }
#define LAYOUT_FUNCTION(name, layout)                                                             \
    static void name(int rows, const multiply_job *job, int64_t first, int64_t strip) {           \
        FOR_ROWS(layout)                                                                          \
    }
#define CALL_F32(r) multiply_floats(r, job, first, strip)
#define CALL_I4(r) multiply_blocks(KERNEL_LAYOUT_I4, r, job, first, strip)
#define CALL_U4(r) multiply_blocks(KERNEL_LAYOUT_U4_MIN, r, job, first, strip)
#define CALL_I8(r) multiply_blocks(KERNEL_LAYOUT_I8, r, job, first, strip)
LAYOUT_FUNCTION(multiply_f32, CALL_F32)
LAYOUT_FUNCTION(multiply_i4, CALL_I4)
LAYOUT_FUNCTION(multiply_u4, CALL_U4)
LAYOUT_FUNCTION(multiply_i8, CALL_I8)

static void multiply_unit(const multiply_job *job, int64_t unit) {
    static void (*const by_layout[])(int, const multiply_job *, int64_t, int64_t) = {
        multiply_f32, multiply_i4, multiply_u4, multiply_i8};
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
