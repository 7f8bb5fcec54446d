// Threads that wait by spinning first, because a forward pass hands out work every few
// microseconds, and then asleep, because an idle engine must cost nothing.
//
// A unit of work is claimed by a compare-and-swap on `ticket`, which holds the number of the job
// beside the number of the next unit: a thread that was away while its job ended cannot claim a
// unit of the next one with the old job's function. Nobody waits for a thread that claimed
// nothing.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "Internal.h"

#define SPINS_BEFORE_SLEEP 4000

typedef void (*unit_body)(const void *argument, int64_t unit, int32_t thread);

typedef struct {
    kernel_context *context;
    int32_t index;
    pthread_t thread;
} member;

struct kernel_context {
    int32_t variant;
    int32_t threads;
    bool idle;
    const kernel_table *table;
    float *scratch;
    member *members;
    int32_t started;
    _Alignas(64) _Atomic(uint64_t) ticket;
    _Atomic(const void *) argument;
    _Atomic(unit_body) body;
    _Atomic(uint32_t) units;
    _Alignas(64) _Atomic(uint32_t) done;
    _Atomic(uint32_t) caller_sleeps;
    _Alignas(64) _Atomic(uint32_t) bell;
    _Atomic(uint32_t) sleepers;
    _Atomic(bool) stopping;
};

static void relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void futex_wait(_Atomic(uint32_t) *word, uint32_t expected) {
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, NULL, NULL, 0);
}

static void futex_wake(_Atomic(uint32_t) *word, int32_t count) {
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, NULL, NULL, 0);
}

// Claims and does units of the job that is open now, until none is left.
static void work(kernel_context *context, int32_t thread) {
    uint64_t ticket = atomic_load_explicit(&context->ticket, memory_order_acquire);
    for (;;) {
        unit_body body = atomic_load_explicit(&context->body, memory_order_relaxed);
        const void *argument = atomic_load_explicit(&context->argument, memory_order_relaxed);
        uint32_t units = atomic_load_explicit(&context->units, memory_order_relaxed);
        uint32_t unit = (uint32_t)ticket;
        // Success proves that the three loads belong to this job: they change only when all its
        // units are done, and this one is not.
        if (unit >= units) { return; }
        if (!atomic_compare_exchange_weak_explicit(
                &context->ticket, &ticket, ticket + 1, memory_order_acq_rel,
                memory_order_acquire)) {
            continue;
        }
        body(argument, unit, thread);
        uint32_t done = atomic_fetch_add_explicit(&context->done, 1, memory_order_seq_cst) + 1;
        if (done == units && atomic_load_explicit(&context->caller_sleeps, memory_order_seq_cst)) {
            futex_wake(&context->done, 1);
        }
        ticket = atomic_load_explicit(&context->ticket, memory_order_acquire);
    }
}

static void *run_member(void *raw) {
    member *self = raw;
    kernel_context *context = self->context;
    if (context->idle) { kernel_thread_make_idle(); }
    uint32_t heard = 0;
    while (!atomic_load_explicit(&context->stopping, memory_order_acquire)) {
        uint32_t bell = atomic_load_explicit(&context->bell, memory_order_acquire);
        for (int32_t spin = 0; bell == heard && spin < SPINS_BEFORE_SLEEP; spin++) {
            relax();
            bell = atomic_load_explicit(&context->bell, memory_order_acquire);
        }
        if (bell == heard) {
            atomic_fetch_add_explicit(&context->sleepers, 1, memory_order_seq_cst);
            futex_wait(&context->bell, heard);
            atomic_fetch_sub_explicit(&context->sleepers, 1, memory_order_seq_cst);
            continue;
        }
        heard = bell;
        work(context, self->index);
    }
    return NULL;
}

static void ring(kernel_context *context) {
    atomic_fetch_add_explicit(&context->bell, 1, memory_order_seq_cst);
    if (atomic_load_explicit(&context->sleepers, memory_order_seq_cst) > 0) {
        futex_wake(&context->bell, INT32_MAX);
    }
}

void kernel_parallel_for(
    kernel_context *context, int64_t units, const void *argument, unit_body body) {
    if (units <= 1 || context->started == 0) {
        for (int64_t unit = 0; unit < units; unit++) { body(argument, unit, 0); }
        return;
    }
    uint64_t job = (atomic_load_explicit(&context->ticket, memory_order_relaxed) >> 32) + 1;
    // No unit of the old job is open: first close the ticket, so that no thread pairs it with
    // the new job's values.
    atomic_store_explicit(&context->ticket, job << 32 | UINT32_MAX, memory_order_seq_cst);
    atomic_store_explicit(&context->body, body, memory_order_relaxed);
    atomic_store_explicit(&context->argument, argument, memory_order_relaxed);
    atomic_store_explicit(&context->units, (uint32_t)units, memory_order_relaxed);
    atomic_store_explicit(&context->done, 0, memory_order_relaxed);
    atomic_store_explicit(&context->ticket, (job + 1) << 32, memory_order_seq_cst);
    ring(context);
    work(context, 0);
    uint32_t done = atomic_load_explicit(&context->done, memory_order_acquire);
    for (int32_t spin = 0; done < units && spin < SPINS_BEFORE_SLEEP; spin++) {
        relax();
        done = atomic_load_explicit(&context->done, memory_order_acquire);
    }
    if (done >= units) { return; }
    atomic_store_explicit(&context->caller_sleeps, 1, memory_order_seq_cst);
    while ((done = atomic_load_explicit(&context->done, memory_order_seq_cst)) < units) {
        futex_wait(&context->done, done);
    }
    atomic_store_explicit(&context->caller_sleeps, 0, memory_order_seq_cst);
}

static const kernel_table *table_of(int32_t variant) {
    switch (variant) {
#if defined(__x86_64__)
        case KERNEL_VARIANT_AVX512: return &kernel_table_avx512;
        case KERNEL_VARIANT_AVX2: return &kernel_table_avx2;
#endif
        default: return &kernel_table_portable;
    }
}

kernel_context *kernel_context_create(int32_t variant, int32_t threads, bool idle) {
    if (!kernel_variant_is_available(variant) || threads < 1) { return NULL; }
    kernel_context *context = aligned_alloc(64, (size_t)round_up(sizeof(kernel_context), 64));
    member *members = calloc((size_t)threads, sizeof(member));
    if (!context || !members) {
        free(context);
        free(members);
        return NULL;
    }
    *context = (kernel_context){.variant = variant, .threads = threads, .idle = idle};
    context->table = table_of(variant);
    context->members = members;
    for (int32_t index = 1; index < threads; index++) {
        members[index] = (member){.context = context, .index = index};
        if (pthread_create(&members[index].thread, NULL, run_member, &members[index]) != 0) {
            kernel_context_destroy(context);
            return NULL;
        }
        context->started = index;
    }
    return context;
}

void kernel_context_destroy(kernel_context *context) {
    atomic_store_explicit(&context->stopping, true, memory_order_seq_cst);
    ring(context);
    for (int32_t index = 1; index <= context->started; index++) {
        pthread_join(context->members[index].thread, NULL);
    }
    free(context->scratch);
    free(context->members);
    free(context);
}

int32_t kernel_context_variant(const kernel_context *context) { return context->variant; }
int32_t kernel_context_threads(const kernel_context *context) { return context->threads; }
const kernel_table *kernel_context_table(const kernel_context *context) { return context->table; }

float *kernel_context_scratch(kernel_context *context) { return context->scratch; }

int64_t kernel_reserve_byte_count(int32_t threads, int64_t positions, int32_t head_width) {
    return round_up(attend_floats(positions, head_width) * threads * 4, 64);
}

bool kernel_context_reserve(kernel_context *context, int64_t positions, int32_t head_width) {
    free(context->scratch);
    context->scratch = aligned_alloc(
        64, (size_t)kernel_reserve_byte_count(context->threads, positions, head_width));
    return context->scratch != NULL;
}

void kernel_thread_make_idle(void) {
    struct sched_param parameters = {0};
    (void)pthread_setschedparam(pthread_self(), SCHED_IDLE, &parameters);
}

void *kernel_memory_allocate(size_t byte_count) {
    void *memory = mmap(
        NULL, byte_count ? byte_count : 1, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) { return NULL; }
    // Large pages spare the address translation of long strides; a refusal only costs time.
    (void)madvise(memory, byte_count, MADV_HUGEPAGE);
    return memory;
}

void kernel_memory_free(void *memory, size_t byte_count) {
    munmap(memory, byte_count ? byte_count : 1);
}
