// The operations of one variant, written once over the vectors of `Vector.h`.

// MARK: Quantizing

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
    vf magic = splat(0x1.8p23f);
    vi qa = (vi)(a * splat(inverse) + magic) - (vi)magic;
    vi qb = (vi)(b * splat(inverse) + magic) - (vi)magic;
    int8_t *to = out->quants + index * KERNEL_BLOCK_ELEMENTS;
    vi both = qa + qb;
    int32_t sum = 0;
    for (int i = 0; i < 16; i++) { sum += both[i]; }
    typedef int8_t quarter __attribute__((vector_size(16), aligned(16)));
    *(quarter *)to = __builtin_convertvector(qa, quarter);
    *(quarter *)(to + 16) = __builtin_convertvector(qb, quarter);
    out->scales[index] = scale;
    out->sums[index] = sum;
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
                store(out + i, load(x + i) * splat(factor) * load(job->weight + i));
            }
            for (; i < width; i++) { out[i] = x[i] * factor * job->weight[i]; }
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

INLINE vf swiglu(vf gate, vf up) {
    return gate / (splat(1.0f) + exponential(splat(0.0f) - gate)) * up;
}

static void gate_rows(const gate_job *job, int64_t unit) {
    int64_t width = job->width, span = GATE_BLOCKS * KERNEL_BLOCK_ELEMENTS;
    int64_t first = unit / job->segments * KERNEL_PANEL_ROWS;
    int64_t start = unit % job->segments * span;
    int64_t end = start + span < width ? start + span : width;
    for (int64_t row = first; row < first + KERNEL_PANEL_ROWS && row < job->rows; row++) {
        const float *gate = job->gate + row * width;
        const float *up = job->up ? job->up + row * width : NULL;
        int64_t i = start;
        for (; i + 32 <= end; i += 32) {
            vf a = load(gate + i), b = load(gate + i + 16);
            if (up) {
                a = swiglu(a, load(up + i));
                b = swiglu(b, load(up + i + 16));
            }
            if (job->floats) {
                store(job->floats + row * width + i, a);
                store(job->floats + row * width + i + 16, b);
            }
            if (job->quantized) { quantize_block(job->quantized, row, i / 32, a, b); }
        }
        for (; i < end; i++) {
            if (job->floats) {
                vf one = up ? swiglu(splat(gate[i]), splat(up[i])) : splat(gate[i]);
                job->floats[row * width + i] = one[0];
            }
        }
    }
}

// MARK: Multiplying

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

// MARK: Attention

// A page of one head: keys as (element, 32 positions), then values as (position, element).
INLINE uint16_t *page_of(const kernel_attention *shape, int32_t page, int64_t head) {
    int64_t head_halves = padded_head(shape->head_width) * 2 * KERNEL_PAGE_POSITIONS;
    return (uint16_t *)(shape->pages + (size_t)page * shape->page_byte_count) + head * head_halves;
}

INLINE void rotate(const kernel_attention *shape, int32_t position, float *x, float factor) {
    int32_t half = shape->rope_width / 2;
    const float *table = shape->rope_table + (int64_t)position * shape->rope_width;
    bool adjacent = shape->rope_kind == KERNEL_ROPE_ADJACENT;
    for (int32_t i = 0; i < half; i++) {
        float *a = x + (adjacent ? 2 * i : i), *b = adjacent ? a + 1 : a + half;
        float cosine = table[2 * i], sine = table[2 * i + 1];
        float rotated = (*a * cosine - *b * sine) * factor;
        *b = (*a * sine + *b * cosine) * factor;
        *a = rotated;
    }
    for (int32_t i = shape->rope_width; i < shape->head_width; i++) { x[i] *= factor; }
}

// Largest half: what is greater must not become infinite, for zero times infinity is no number.
INLINE vf clamp_half(vf v) {
    vf most = splat(65504.0f);
    v = choose(v > most, most, v);
    return choose(v < splat(-65504.0f), splat(-65504.0f), v);
}

static void store_row(const store_job *job, int64_t row) {
    const kernel_attention *shape = job->shape;
    int64_t width = shape->head_width, padded = padded_head(width);
    int32_t position = job->places[row].position;
    for (int32_t head = 0; head < shape->heads; head++) {
        rotate(
            shape, position, job->queries + (row * shape->heads + head) * width, shape->scale);
    }
    int32_t page = job->page_table[job->places[row].pages_first + position / KERNEL_PAGE_POSITIONS];
    int32_t slot = position % KERNEL_PAGE_POSITIONS;
    float line[1024 + 16];
    uint16_t halves[16];
    for (int32_t head = 0; head < shape->kv_heads; head++) {
        uint16_t *keys = page_of(shape, page, head);
        uint16_t *values = keys + padded * KERNEL_PAGE_POSITIONS + slot * padded;
        memset(line, 0, (size_t)padded * 4);
        memcpy(line, job->keys + (row * shape->kv_heads + head) * width, (size_t)width * 4);
        rotate(shape, position, line, 1.0f);
        for (int64_t i = 0; i < padded; i += 16) {
            halves_store(halves, clamp_half(load(line + i)));
            for (int64_t j = 0; j < 16; j++) {
                keys[(i + j) * KERNEL_PAGE_POSITIONS + slot] = halves[j];
            }
        }
        memcpy(line, job->values + (row * shape->kv_heads + head) * width, (size_t)width * 4);
        for (int64_t i = 0; i < padded; i += 16) {
            halves_store(values + i, clamp_half(load(line + i)));
        }
    }
}

// Queries of one head of keys that are attended together, `ATTEND_QUERIES` at a time.
typedef struct {
    const kernel_attention *shape;
    const int32_t *pages;
    int64_t head;
    int count;
    const float *query[ATTEND_QUERIES_MAX];
    float *out[ATTEND_QUERIES_MAX];
    int32_t position[ATTEND_QUERIES_MAX];
    // (queries, positions)
    float *scores;
    int64_t scores_stride;
} attend_group;

// Positions that the queries `first..<first + count` can see.
INLINE int64_t visible_positions(int count, const attend_group *group, int first) {
    int64_t last = 0;
    for (int q = first; q < first + count; q++) {
        last = group->position[q] > last ? group->position[q] : last;
    }
    return last + 1;
}

// Asks for the line of the next page that the line at `here` corresponds to.
INLINE void prefetch(const uint16_t *next, int64_t offset) {
    if (next) { __builtin_prefetch(next + offset, 0, 3); }
}

INLINE void score_page(
    int count, const attend_group *group, int first, int64_t page, const uint16_t *next) {
    if (page * 32 >= visible_positions(count, group, first)) { return; }
    const uint16_t *keys = page_of(group->shape, group->pages[page], group->head);
    const float *query[ATTEND_QUERIES];
    vf low[ATTEND_QUERIES], high[ATTEND_QUERIES];
    for (int q = 0; q < count; q++) {
        query[q] = group->query[first + q];
        low[q] = high[q] = splat(0);
    }
    for (int64_t i = 0; i < group->shape->head_width; i++) {
        prefetch(next, i * 32);
        vf left = halves_load(keys + i * 32), right = halves_load(keys + i * 32 + 16);
#pragma clang loop unroll(full)
        for (int q = 0; q < count; q++) {
            vf x = splat(query[q][i]);
            low[q] = fused(x, left, low[q]);
            high[q] = fused(x, right, high[q]);
        }
    }
    for (int q = 0; q < count; q++) {
        float *to = group->scores + (first + q) * group->scores_stride + page * 32;
        store(to, low[q]);
        store(to + 16, high[q]);
        int64_t visible = group->position[first + q] + 1 - page * 32;
        for (int64_t i = visible < 0 ? 0 : visible; i < 32; i++) { to[i] = -INFINITY; }
    }
}

// Turns scores into weights, and returns the inverse of their sum.
INLINE float weigh(float *scores, int64_t count) {
    vf greatest = splat(-INFINITY);
    for (int64_t i = 0; i < count; i += 16) { greatest = max_of(load(scores + i), greatest); }
    vf top = splat(max_lanes(greatest)), sum = splat(0);
    for (int64_t i = 0; i < count; i += 16) {
        vf weight = exponential(load(scores + i) - top);
        store(scores + i, weight);
        sum += weight;
    }
    return 1.0f / add_lanes(sum);
}

// Adds one page's share of elements `start..<start + 16 * parts` to the sums in `out`.
INLINE void add_values(
    int count, int parts, const attend_group *group, int first, int64_t page, int64_t start,
    const uint16_t *next) {
    int64_t positions = visible_positions(count, group, first) - page * 32;
    if (positions <= 0) { return; }
    int64_t end = positions < 32 ? positions : 32;
    int64_t padded = padded_head(group->shape->head_width);
    const uint16_t *values =
        page_of(group->shape, group->pages[page], group->head) + padded * 32 + start;
    const float *weights = group->scores + first * group->scores_stride + page * 32;
    vf sum[ATTEND_QUERIES][4];
    for (int q = 0; q < count; q++) {
        for (int part = 0; part < parts; part++) {
            sum[q][part] =
                page > 0 ? load(group->out[first + q] + start + part * 16) : splat(0);
        }
    }
    for (int64_t i = 0; i < end; i++) {
        vf value[4];
        prefetch(next, padded * 32 + start + i * padded);
        prefetch(next, padded * 32 + start + i * padded + 32);
        for (int part = 0; part < parts; part++) {
            value[part] = halves_load(values + i * padded + part * 16);
        }
#pragma clang loop unroll(full)
        for (int q = 0; q < count; q++) {
            vf weight = splat(weights[q * group->scores_stride + i]);
            for (int part = 0; part < parts; part++) {
                sum[q][part] = fused(weight, value[part], sum[q][part]);
            }
        }
    }
    for (int q = 0; q < count; q++) {
        for (int part = 0; part < parts; part++) {
            store(group->out[first + q] + start + part * 16, sum[q][part]);
        }
    }
}

INLINE void add_page(
    int count, const attend_group *group, int first, int64_t page, const uint16_t *next) {
    int64_t padded = padded_head(group->shape->head_width), start = 0;
    for (; start + 64 <= padded; start += 64) {
        add_values(count, 4, group, first, page, start, next);
    }
    for (; start < padded; start += 16) {
        add_values(count, 1, group, first, page, start, next);
    }
}

#define FOR_QUERIES(function)                                                                     \
    for (int first = 0; first < group->count; first += ATTEND_QUERIES) {                          \
        const uint16_t *coming = first == 0 ? next : NULL;                                        \
        switch (group->count - first) {                                                           \
            case 1: function(1, group, first, page, coming); break;                               \
            case 2: function(2, group, first, page, coming); break;                               \
            case 3: function(3, group, first, page, coming); break;                               \
            case 4: function(4, group, first, page, coming); break;                               \
            case 5: function(5, group, first, page, coming); break;                               \
            default: function(6, group, first, page, coming); break;                              \
        }                                                                                         \
    }

// A page is read once for all queries: pages outside, queries inside.
static void attend_together(const attend_group *group) {
    int64_t pages = ceil_div(visible_positions(group->count, group, 0), 32);
    for (int64_t page = 0; page < pages; page++) {
        const uint16_t *next =
            page + 1 < pages ? page_of(group->shape, group->pages[page + 1], group->head) : NULL;
        FOR_QUERIES(score_page)
    }
    float factor[ATTEND_QUERIES_MAX];
    for (int q = 0; q < group->count; q++) {
        int64_t positions = round_up(group->position[q] + 1, 32);
        factor[q] = weigh(group->scores + q * group->scores_stride, positions);
        // Its neighbours may see further.
        float *rest = group->scores + q * group->scores_stride;
        for (int64_t i = positions; i < pages * 32; i++) { rest[i] = 0; }
    }
    for (int64_t page = 0; page < pages; page++) {
        const uint16_t *next =
            page + 1 < pages ? page_of(group->shape, group->pages[page + 1], group->head) : NULL;
        FOR_QUERIES(add_page)
    }
    for (int q = 0; q < group->count; q++) {
        for (int64_t i = 0; i < group->shape->head_width; i++) { group->out[q][i] *= factor[q]; }
    }
}

static void attend_unit(const attend_job *job, int64_t unit, int32_t thread) {
    const kernel_attention *shape = job->shape;
    const kernel_tile *tile = &job->tiles[unit / shape->kv_heads];
    attend_group group = {.shape = shape, .head = unit % shape->kv_heads};
    group.pages = job->page_table + job->places[tile->row].pages_first;
    group.scores = job->scratch + thread * job->scratch_floats;
    group.scores_stride = job->scratch_positions;
    int64_t width = shape->head_width, padded = padded_head(width);
    float *sums = group.scores + ATTEND_QUERIES_MAX * job->scratch_positions;
    int32_t shared = shape->heads / shape->kv_heads;
    float *target[ATTEND_QUERIES_MAX];
    for (int32_t i = 0; i < tile->row_count * shared; i++) {
        int32_t row = tile->row + i / shared;
        int64_t at = (row * (int64_t)shape->heads + group.head * shared + i % shared) * width;
        group.query[group.count] = job->queries + at;
        group.out[group.count] = sums + group.count * padded;
        group.position[group.count] = job->places[row].position;
        target[group.count++] = job->out + at;
        if (group.count < ATTEND_QUERIES_MAX && i + 1 < tile->row_count * shared) { continue; }
        attend_together(&group);
        for (int q = 0; q < group.count; q++) {
            memcpy(target[q], group.out[q], (size_t)width * sizeof(float));
        }
        group.count = 0;
    }
}

// MARK: Logits

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
    for (i = 0; i < job->width && x[i] != top; i++) {}
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

const kernel_table TABLE = {
    .multiply = multiply_unit,
    .norm = norm_rows,
    .gate = gate_rows,
    .store = store_row,
    .attend = attend_unit,
    .argmax = argmax_row,
    .log_sum_exp = log_sum_exp_row,
};
