// One variant of the product of packed weights and inputs.

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

// A panel of `rows` rows times one strip of `matrix`; `layout` and `rows` are constants where it
// is inlined. `coming` is the way in bytes from this strip to the one that is read next, whose
// lines are asked for on the way; 0 if that one is near already.
INLINE void multiply_blocks(
    int32_t layout, int rows, const kernel_inputs *inputs, const kernel_matrix *matrix,
    int64_t first, int64_t strip, int64_t coming, vf *total) {
    const kernel_activations *in = inputs->quantized;
    int64_t depth = matrix->depth, blocks = depth / 32;
    const uint8_t *quants = (const uint8_t *)matrix->data + strip * strip_bytes(layout, depth);
    const uint16_t *scales = (const uint16_t *)(quants + strip_quant_bytes(layout, depth));
    int64_t origin = first * blocks;
    const int8_t *x = in->quants + origin * 32;
    const float *x_scales = in->scales + origin;
    const int32_t *x_sums = in->sums + origin, *x_half_sums = in->half_sums + origin;
    const float *x_scaled_sums = in->scaled_sums + origin;
    int bias = layout_bias(layout);
    bool has_halves = layout == KERNEL_LAYOUT_I6;
    bool has_minimum = layout == KERNEL_LAYOUT_U4_MIN || layout == KERNEL_LAYOUT_U8_MIN;
    vf sums[KERNEL_PANEL_ROWS];
    for (int r = 0; r < rows; r++) { sums[r] = splat(0); }
    for (int64_t block = 0; block < blocks; block++) {
        if (coming) {
            int64_t lines = layout_bits(layout) == 4 ? 4 : 8;
            for (int64_t line = 0; line < lines; line++) {
                __builtin_prefetch(quants + coming + line * 64, 0, 3);
            }
            __builtin_prefetch((const uint8_t *)scales + coming, 0, 3);
        }
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
                sums[r] = fused(__builtin_convertvector(front, vf), scale * x_scale, sums[r]);
                sums[r] = fused(__builtin_convertvector(back, vf), second * x_scale, sums[r]);
                continue;
            }
            vi sum = bias ? splat_int(-bias * x_sums[r]) : splat_int(0);
            sum = add_groups(layout, 0, 8, sum, weights, row);
            sums[r] = fused(__builtin_convertvector(sum, vf), scale * x_scale, sums[r]);
            if (has_minimum) { sums[r] = fused(second, splat(x_scaled_sums[r]), sums[r]); }
        }
        x += rows * 32;
        x_scales += rows;
        x_sums += rows;
        x_half_sums += rows;
        x_scaled_sums += rows;
    }
    for (int r = 0; r < rows; r++) { total[r] = sums[r]; }
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
    int32_t layout, int rows, const kernel_inputs *inputs, const kernel_matrix *matrix,
    int64_t first, int64_t strip, int64_t coming, vf *total) {
    int64_t depth = matrix->depth, element = strip_bytes(layout, 1);
    const uint8_t *weights = (const uint8_t *)matrix->data + strip * strip_bytes(layout, depth);
    const float *x = inputs->floats + first * depth;
    vf sums[KERNEL_PANEL_ROWS];
    for (int r = 0; r < rows; r++) { sums[r] = splat(0); }
    for (int64_t k = 0; k < depth; k++) {
        if (coming) { __builtin_prefetch(weights + k * element + coming, 0, 3); }
        vf weight = load_floats(layout, weights, k);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            sums[r] = fused(splat(x[r * depth + k]), weight, sums[r]);
        }
    }
    for (int r = 0; r < rows; r++) { total[r] = sums[r]; }
}

#define FOR_ROWS(multiply, layout)                                                                \
    switch (rows) {                                                                               \
        case 1: multiply(layout, 1, inputs, matrix, first, strip, coming, total); break;          \
        case 2: multiply(layout, 2, inputs, matrix, first, strip, coming, total); break;          \
        case 3: multiply(layout, 3, inputs, matrix, first, strip, coming, total); break;          \
        case 4: multiply(layout, 4, inputs, matrix, first, strip, coming, total); break;          \
        case 5: multiply(layout, 5, inputs, matrix, first, strip, coming, total); break;          \
        case 6: multiply(layout, 6, inputs, matrix, first, strip, coming, total); break;          \
        case 7: multiply(layout, 7, inputs, matrix, first, strip, coming, total); break;          \
        default: multiply(layout, 8, inputs, matrix, first, strip, coming, total); break;         \
    }
#define LAYOUT_FUNCTION(name, multiply, layout)                                                   \
    static void name(                                                                             \
        int rows, const kernel_inputs *inputs, const kernel_matrix *matrix, int64_t first,        \
        int64_t strip, int64_t coming, vf *total) {                                               \
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

// `rows` rows times one strip; total(rows).
static void multiply_strip(
    int rows, const kernel_inputs *inputs, const kernel_matrix *matrix, int64_t first,
    int64_t strip, int64_t coming, vf *total) {
    static void (*const by_layout[])(
        int, const kernel_inputs *, const kernel_matrix *, int64_t, int64_t, int64_t, vf *) = {
        [KERNEL_LAYOUT_F32] = multiply_f32, [KERNEL_LAYOUT_F16] = multiply_f16,
        [KERNEL_LAYOUT_BF16] = multiply_bf16, [KERNEL_LAYOUT_I4] = multiply_i4,
        [KERNEL_LAYOUT_U4_MIN] = multiply_u4, [KERNEL_LAYOUT_I8] = multiply_i8,
        [KERNEL_LAYOUT_U8_MIN] = multiply_u8, [KERNEL_LAYOUT_I6] = multiply_i6};
    by_layout[matrix->layout](rows, inputs, matrix, first, strip, coming, total);
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

static void multiply_unit(const multiply_job *job, int64_t unit) {
    const kernel_matrix *matrix = &job->product->matrix;
    int64_t bytes = strip_bytes(matrix->layout, matrix->depth);
    int64_t strips = ceil_div(matrix->columns, KERNEL_STRIP_COLUMNS);
    int64_t strip_first = unit / job->row_chunks * job->strips;
    int64_t strip_end = strip_first + job->strips < strips ? strip_first + job->strips : strips;
    int64_t row_first = unit % job->row_chunks * MULTIPLY_ROWS;
    int64_t row_end = row_first + MULTIPLY_ROWS < job->rows ? row_first + MULTIPLY_ROWS : job->rows;
    // The unit after this one is most likely another thread's.
    int64_t leap = (job->strips * (job->threads - 1) + 1) * bytes;
    vf total[KERNEL_PANEL_ROWS];
    for (int64_t row = row_first; row < row_end; row += KERNEL_PANEL_ROWS) {
        int rows = (int)(row_end - row < KERNEL_PANEL_ROWS ? row_end - row : KERNEL_PANEL_ROWS);
        for (int64_t strip = strip_first; strip < strip_end; strip++) {
            int64_t coming = row > row_first ? 0 : strip + 1 < strip_end ? bytes : leap;
            multiply_strip(rows, &job->inputs, matrix, row, strip, coming, total);
            for (int r = 0; r < rows; r++) { write_row(job->product, row + r, strip, total[r]); }
        }
    }
}
