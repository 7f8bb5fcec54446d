// Hands the measurements of the machine's limits to all threads.
#include "Internal.h"

enum {
    // Bytes of one unit: enough that handing it out costs nothing beside it.
    read_unit_bytes = 1 << 20,
    // Units of spinning per thread: a thread that starts late leaves its share to the others.
    spin_units = 32,
};

typedef struct {
    const kernel_table *table;
    const uint8_t *memory;
    int64_t amount;
    int32_t *results;
} roofline_job;

static void run_read(const void *raw, int64_t unit, int32_t thread) {
    const roofline_job *job = raw;
    int64_t first = unit * read_unit_bytes;
    int64_t count = job->amount - first < read_unit_bytes ? job->amount - first : read_unit_bytes;
    job->results[thread * 16] ^= job->table->read(job->memory + first, count);
}

static void run_spin(const void *raw, int64_t unit, int32_t thread) {
    (void)unit;
    const roofline_job *job = raw;
    job->results[thread * 16] ^= job->table->spin(job->amount);
}

enum { threads_max = 256 };

static int32_t run(
    kernel_context *context, int64_t units, roofline_job *job,
    void (*body)(const void *, int64_t, int32_t)) {
    // One cache line per thread.
    _Alignas(64) int32_t results[threads_max * 16] = {0};
    job->table = kernel_context_table(context);
    job->results = results;
    kernel_parallel_for(context, units, job, body);
    int32_t result = 0;
    for (int32_t i = 0; i < threads_max; i++) { result ^= results[i * 16]; }
    return result;
}

int32_t kernel_roofline_read(kernel_context *context, const void *memory, int64_t byte_count) {
    roofline_job job = {.memory = memory, .amount = byte_count};
    return run(context, ceil_div(byte_count, read_unit_bytes), &job, run_read);
}

int64_t kernel_roofline_spin(kernel_context *context, int64_t rounds) {
    roofline_job job = {.amount = rounds};
    int64_t units = (int64_t)kernel_context_threads(context) * spin_units;
    // The sum is used, so that it has to be computed.
    int32_t sum = run(context, units, &job, run_spin);
    return units * rounds * SPIN_OPERATIONS + (sum == INT32_MIN);
}
