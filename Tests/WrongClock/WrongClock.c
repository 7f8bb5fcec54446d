#define _GNU_SOURCE
#include "WrongClock.h"

#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long offset(void) {
    const char *text = getenv("DOCKET_WRONG_CLOCK");
    return text ? atol(text) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int code = (int)syscall(SYS_clock_gettime, clock, now);
    if (code == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += offset();
    return code;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    int code = (int)syscall(SYS_gettimeofday, now, zone);
    if (code == 0 && now) now->tv_sec += offset();
    return code;
}

time_t time(time_t *now) {
    struct timespec seconds;
    clock_gettime(CLOCK_REALTIME, &seconds);
    if (now) *now = seconds.tv_sec;
    return seconds.tv_sec;
}
