#include "CLanguage.h"

#include <algorithm>
#include <cstring>
#include <mutex>

#include <cld2/public/compact_lang_det.h>
#include <libexttextcat/textcat.h>

namespace {

void copy_code(char *target, const char *source, size_t length) {
    length = std::min(length, size_t(docket_language_code_bytes - 1));
    std::memcpy(target, source, length);
    target[length] = '\0';
}

// A handle keeps the text it works on, so one serves one caller at a time.
std::mutex classifier_turn;

struct Classifier {
    void *handle;
    candidate_t *output;

    // The slash matters: the library puts directory and file name together as they are.
    Classifier()
        : handle(special_textcat_Init(
              "/usr/share/libexttextcat/fpdb.conf", "/usr/share/libexttextcat/")),
          output(handle ? textcat_GetClassifyFullOutput(handle) : nullptr) {}
};

}  // namespace

docket_language_guess docket_language_guess_main(const char *text, size_t length) {
    CLD2::Language languages[3];
    int percents[3];
    double scores[3];
    int word_bytes = 0;
    bool is_reliable = false;
    CLD2::Language language = CLD2::ExtDetectLanguageSummary(
        text, int(length), true, nullptr, 0, languages, percents, scores, nullptr, &word_bytes,
        &is_reliable);
    docket_language_guess guess = {};
    const char *code = CLD2::LanguageCode(language);
    copy_code(guess.code, code, std::strlen(code));
    guess.is_reliable = is_reliable;
    guess.word_bytes = word_bytes;
    guess.percent = percents[0];
    return guess;
}

int32_t docket_language_candidates(
    const char *text, size_t length, docket_language_candidate *candidates) {
    std::lock_guard<std::mutex> turn(classifier_turn);
    static Classifier classifier;
    if (!classifier.output) return 0;
    int count = textcat_ClassifyFull(classifier.handle, text, length, classifier.output);
    count = std::clamp(count, 0, int(docket_language_candidates_max));
    for (int index = 0; index < count; index++) {
        const char *name = classifier.output[index].name;
        copy_code(candidates[index].code, name, std::strcspn(name, "-"));
    }
    return count;
}
