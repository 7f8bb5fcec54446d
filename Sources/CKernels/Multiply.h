// One variant of the product of packed weights and inputs.

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
    int32_t layout, int rows, const multiply_job *job, int64_t first, int64_t strip,
    int64_t coming) {
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
        if (coming) {
            int64_t lines = layout == KERNEL_LAYOUT_I8 ? 8 : 4;
            for (int64_t line = 0; line < lines; line++) {
                __builtin_prefetch(quants + coming + line * 64, 0, 3);
            }
            __builtin_prefetch((const uint8_t *)scales + coming, 0, 3);
        }
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

INLINE void multiply_floats(
    int rows, const multiply_job *job, int64_t first, int64_t strip, int64_t coming) {
    const kernel_product *product = job->product;
    int64_t depth = product->matrix.depth;
    const float *weights = (const float *)product->matrix.data + strip * depth * 16;
    const float *x = job->floats + first * depth;
    vf total[KERNEL_PANEL_ROWS];
    for (int r = 0; r < rows; r++) { total[r] = splat(0); }
    for (int64_t k = 0; k < depth; k++) {
        if (coming) { __builtin_prefetch((const uint8_t *)(weights + k * 16) + coming, 0, 3); }
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
    static void name(                                                                             \
        int rows, const multiply_job *job, int64_t first, int64_t strip, int64_t coming) {           \
        FOR_ROWS(layout)                                                                          \
    }
#define CALL_F32(r) multiply_floats(r, job, first, strip, coming)
#define CALL_I4(r) multiply_blocks(KERNEL_LAYOUT_I4, r, job, first, strip, coming)
#define CALL_U4(r) multiply_blocks(KERNEL_LAYOUT_U4_MIN, r, job, first, strip, coming)
#define CALL_I8(r) multiply_blocks(KERNEL_LAYOUT_I8, r, job, first, strip, coming)
LAYOUT_FUNCTION(multiply_f32, CALL_F32)
LAYOUT_FUNCTION(multiply_i4, CALL_I4)
LAYOUT_FUNCTION(multiply_u4, CALL_U4)
LAYOUT_FUNCTION(multiply_i8, CALL_I8)

static void multiply_unit(const multiply_job *job, int64_t unit) {
    static void (*const by_layout[])(int, const multiply_job *, int64_t, int64_t, int64_t) = {
        multiply_f32, multiply_i4, multiply_u4, multiply_i8};
    int32_t layout = job->product->matrix.layout;
    int64_t coming = strip_bytes(layout, job->product->matrix.depth);
    int64_t strips = ceil_div(job->product->matrix.columns, KERNEL_STRIP_COLUMNS);
    int64_t strip_first = unit / job->row_chunks * job->strips;
    int64_t strip_end = strip_first + job->strips < strips ? strip_first + job->strips : strips;
    int64_t row_first = unit % job->row_chunks * MULTIPLY_ROWS;
    int64_t row_end = row_first + MULTIPLY_ROWS < job->rows ? row_first + MULTIPLY_ROWS : job->rows;
    for (int64_t row = row_first; row < row_end; row += KERNEL_PANEL_ROWS) {
        int rows = (int)(row_end - row < KERNEL_PANEL_ROWS ? row_end - row : KERNEL_PANEL_ROWS);
        for (int64_t strip = strip_first; strip < strip_end; strip++) {
            by_layout[layout](rows, job, row, strip, row == row_first ? coming : 0);
        }
    }
}
