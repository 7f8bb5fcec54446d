// One variant of the gated product: two matrices, one output, which never leaves the cache as
// floats where the next product takes blocks.

INLINE vf bias_of(const float *bias, int64_t column, int64_t columns) {
    if (!bias || column >= columns) { return splat(0); }
    if (column + KERNEL_STRIP_COLUMNS <= columns) { return load(bias + column); }
    _Alignas(64) float lane[KERNEL_STRIP_COLUMNS] = {0};
    memcpy(lane, bias + column, (size_t)(columns - column) * 4);
    return load(lane);
}

INLINE void write_gated(
    const kernel_gated *gated, int64_t row, int64_t column, const vf *gate, const vf *up) {
    int64_t columns = gated->gate.columns;
    vf out[2];
    for (int half = 0; half < 2; half++) {
        int64_t from = column + half * KERNEL_STRIP_COLUMNS;
        vf a = gate[half] + bias_of(gated->gate_bias, from, columns);
        vf b = up[half] + bias_of(gated->up_bias, from, columns);
        out[half] = activate(gated->activation, a) * b;
    }
    if (gated->quantized) { quantize_block(gated->quantized, row, column / 32, out[0], out[1]); }
    if (gated->floats) {
        int64_t present = columns - column < 32 ? columns - column : 32;
        memcpy(gated->floats + row * columns + column, out, (size_t)present * 4);
    }
}

// A pair of strips of each matrix, which is one block of the output, for a panel of rows.
// `coming` is the way in strips from the second of them to the one that is read next.
INLINE void multiply_pair(
    const gated_job *job, int rows, int64_t row, int64_t strip, int64_t coming) {
    const kernel_gated *gated = job->gated;
    const kernel_matrix *matrices[2] = {&gated->gate, &gated->up};
    int64_t strips = ceil_div(gated->gate.columns, KERNEL_STRIP_COLUMNS);
    vf total[2][2][KERNEL_PANEL_ROWS];
    memset(total, 0, sizeof(total));
    for (int m = 0; m < 2; m++) {
        int64_t bytes = strip_bytes(matrices[m]->layout, matrices[m]->depth);
        for (int half = 0; half < 2 && strip + half < strips; half++) {
            int64_t ahead = coming == 0 ? 0 : half == 0 ? bytes : coming * bytes;
            multiply_strip(
                rows, &job->inputs, matrices[m], row, strip + half, ahead, total[m][half]);
        }
    }
    for (int r = 0; r < rows; r++) {
        vf gate[2] = {total[0][0][r], total[0][1][r]};
        vf up[2] = {total[1][0][r], total[1][1][r]};
        write_gated(gated, row + r, strip * KERNEL_STRIP_COLUMNS, gate, up);
    }
}

static void gated_unit(const gated_job *job, int64_t unit) {
    int64_t count = ceil_div(job->gated->gate.columns, 2 * KERNEL_STRIP_COLUMNS);
    int64_t pair_first = unit / job->row_chunks * job->pairs;
    int64_t pair_end = pair_first + job->pairs < count ? pair_first + job->pairs : count;
    int64_t row_first = unit % job->row_chunks * MULTIPLY_ROWS;
    int64_t row_end = row_first + MULTIPLY_ROWS < job->rows ? row_first + MULTIPLY_ROWS : job->rows;
    // The unit after this one is most likely another thread's.
    int64_t leap = 2 * job->pairs * (job->threads - 1) + 1;
    for (int64_t row = row_first; row < row_end; row += KERNEL_PANEL_ROWS) {
        int rows = (int)(row_end - row < KERNEL_PANEL_ROWS ? row_end - row : KERNEL_PANEL_ROWS);
        for (int64_t pair = pair_first; pair < pair_end; pair++) {
            int64_t coming = row > row_first ? 0 : pair + 1 < pair_end ? 1 : leap;
            multiply_pair(job, rows, row, pair * 2, coming);
        }
    }
}
