#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The most candidates `docket_language_candidates` gives.
enum { docket_language_candidates_max = 16, docket_language_code_bytes = 8 };

typedef struct {
    /// As CLD2 has it, such as "en" or "zh-Hant"; "un" where it has none.
    char code[docket_language_code_bytes];
    bool is_reliable;
    /// Bytes of the text that are words.
    int32_t word_bytes;
    /// Share of those in this language, 0 to 100.
    int32_t percent;
} docket_language_guess;

typedef struct {
    char code[docket_language_code_bytes];
} docket_language_candidate;

/// CLD2's guess; `text` is valid UTF-8, shorter than 2 GiB. Thread-safe.
docket_language_guess docket_language_guess_main(const char *_Nonnull text, size_t length);

/// What exttextcat holds possible, likeliest first; returns how many. Thread-safe: takes turns.
int32_t docket_language_candidates(
    const char *_Nonnull text, size_t length,
    docket_language_candidate *_Nonnull candidates);

#ifdef __cplusplus
}
#endif
