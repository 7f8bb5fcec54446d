// OpenBLAS picks its kernels for the processor it finds, unless `OPENBLAS_CORETYPE` names
// another: one that is slower here, or one this processor cannot run. It reads the variable
// while the program is being loaded, so it has to be gone by then: this runs before the
// initializers of all shared libraries.
#if defined(__linux__)
#include <stddef.h>

static void forget_core_type(int count, char **arguments, char **environment) {
    (void)count;
    (void)arguments;
    static const char name[] = "OPENBLAS_CORETYPE=";
    char **kept = environment;
    for (char **entry = environment; *entry; entry++) {
        size_t same = 0;
        while (name[same] && (*entry)[same] == name[same]) { same++; }
        if (name[same]) { *kept++ = *entry; }
    }
    *kept = NULL;
}

__attribute__((section(".preinit_array"), used)) static void (*const forget_first)(
    int, char **, char **) = forget_core_type;
#endif
