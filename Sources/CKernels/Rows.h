// One variant of what works row by row: quantizing, norms, activations, logits.

// Quantizes one block of 32 into its place in a panel.
INLINE void quantize_block(
    const kernel_activations *out, int64_t row, int64_t block, vf a, vf b) {
    int64_t panel = row / KERNEL_PANEL_ROWS, in_panel = row % KERNEL_PANEL_ROWS;
    int64_t first = panel * KERNEL_PANEL_ROWS;
    int64_t rows = out->rows - first < KERNEL_PANEL_ROWS ? out->rows - first : KERNEL_PANEL_ROWS;
    int64_t blocks = out->depth / KERNEL_BLOCK_ELEMENTS;
    int64_t index = first * blocks + block * rows + in_panel;
    vi no_sign = splat_int(0x7fffffff);
    float greatest = max_lanes(max_of((vf)((vi)a & no_sign), (vf)((vi)b & no_sign)));
    // Below this the inverse would overflow, and the block is as good as zero.
    float inverse = greatest > 1e-30f ? 127.0f / greatest : 0;
    float scale = greatest > 1e-30f ? greatest / 127.0f : 0;
    vi qa = rounded(a * splat(inverse)), qb = rounded(b * splat(inverse));
    int8_t *to = out->quants + index * KERNEL_BLOCK_ELEMENTS;
    int32_t half_sum, rest;
    add_int_lanes(qa, qb, &half_sum, &rest);
    int32_t sum = half_sum + rest;
    bytes_store(to, qa);
    bytes_store(to + 16, qb);
    out->scales[index] = scale;
    out->sums[index] = sum;
    out->half_sums[index] = half_sum;
    out->scaled_sums[index] = scale * (float)sum;
}

static void norm_rows(const norm_job *job, int64_t panel) {
    int64_t first = panel * KERNEL_PANEL_ROWS, width = job->width;
    for (int64_t row = first; row < first + KERNEL_PANEL_ROWS && row < job->rows; row++) {
        const float *x = job->x + row * width;
        vf squares = splat(0);
        int64_t i = 0;
        for (; i + 16 <= width; i += 16) {
            vf v = load(x + i);
            squares = fused(v, v, squares);
        }
        float sum = add_lanes(squares);
        for (; i < width; i++) { sum += x[i] * x[i]; }
        float factor = 1.0f / sqrtf(sum / (float)width + job->epsilon);
        if (job->floats) {
            float *out = job->floats + row * width;
            for (i = 0; i + 16 <= width; i += 16) {
                vf v = load(x + i) * splat(factor) * load(job->weight + i);
                store(out + i, job->adds ? load(out + i) + v : v);
            }
            for (; i < width; i++) {
                float v = x[i] * factor * job->weight[i];
                out[i] = job->adds ? out[i] + v : v;
            }
        }
        if (!job->quantized) { continue; }
        for (int64_t block = 0; block < width / KERNEL_BLOCK_ELEMENTS; block++) {
            const float *from = x + block * 32, *weight = job->weight + block * 32;
            quantize_block(
                job->quantized, row, block, load(from) * splat(factor) * load(weight),
                load(from + 16) * splat(factor) * load(weight + 16));
        }
    }
}

INLINE vf sigmoid(vf x) { return splat(1.0f) / (splat(1.0f) + exponential(splat(0.0f) - x)); }

INLINE vf activate(int32_t activation, vf x) {
    if (activation == KERNEL_ACTIVATION_SILU) { return x * sigmoid(x); }
    // (1 + tanh(y)) / 2 is sigmoid(2 * y).
    vf cubic = splat(0x1.6e4e26p-5f) * x * x * x;
    return x * sigmoid(splat(0x1.988454p+0f) * (x + cubic));
}

static void quantize_rows(const quantize_job *job, int64_t panel) {
    int64_t first = panel * KERNEL_PANEL_ROWS, width = job->quantized->depth;
    for (int64_t row = first; row < first + KERNEL_PANEL_ROWS && row < job->quantized->rows; row++) {
        const float *x = job->x + row * width;
        for (int64_t i = 0; i < width; i += 32) {
            quantize_block(job->quantized, row, i / 32, load(x + i), load(x + i + 16));
        }
    }
}

INLINE vf softcap(vf x, float cap) {
    // tanh(y) is 2 * sigmoid(2 * y) - 1.
    return splat(cap) * (splat(2.0f) * sigmoid(x * splat(2.0f / cap)) - splat(1.0f));
}

static void softcap_row(const softcap_job *job, int64_t row) {
    float *x = job->values + row * job->width;
    int64_t i = 0;
    for (; i + 16 <= job->width; i += 16) { store(x + i, softcap(load(x + i), job->cap)); }
    for (; i < job->width; i++) {
        vf one = softcap(splat(x[i]), job->cap);
        x[i] = one[0];
    }
}

static void argmax_row(const logits_job *job, int64_t row) {
    const float *x = job->logits + row * job->width;
    vf greatest = splat(-INFINITY), difference = splat(0);
    int64_t i = 0;
    for (; i + 16 <= job->width; i += 16) {
        vf v = load(x + i);
        greatest = max_of(greatest, v);
        // Zero for a finite number, no number for any other.
        difference += v - v;
    }
    float top = max_lanes(greatest), strange = add_lanes(difference);
    for (; i < job->width; i++) {
        top = x[i] > top ? x[i] : top;
        strange += x[i] - x[i];
    }
    job->indices[row] = -1;
    if (strange != 0) { return; }
    for (i = 0; i + 16 <= job->width && max_lanes(load(x + i)) < top; i += 16) {}
    while (x[i] != top) { i++; }
    job->indices[row] = (int32_t)i;
}

static void log_sum_exp_row(const logits_job *job, int64_t row) {
    const float *x = job->logits + row * job->width;
    float top = x[0];
    for (int64_t i = 1; i < job->width; i++) { top = x[i] > top ? x[i] : top; }
    double sum = 0;
    int64_t i = 0;
    for (; i + 16 <= job->width; i += 16) {
        sum += (double)add_lanes(exponential(load(x + i) - splat(top)));
    }
    for (; i < job->width; i++) {
        vf one = exponential(splat(x[i] - top));
        sum += (double)one[0];
    }
    job->sums[row] = (double)top + log(sum);
}
