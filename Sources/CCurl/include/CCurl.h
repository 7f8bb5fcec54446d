/// Typed setters for libcurl. `curl_easy_setopt`, `curl_easy_getinfo` and `curl_multi_setopt`
/// are variadic, which Swift cannot import; each function below fixes one C type.
#pragma once
#include <curl/curl.h>

typedef size_t (*docket_curl_write)(char *_Nullable bytes, size_t size, size_t count,
                                    void *_Nullable context);
typedef int (*docket_curl_progress)(void *_Nullable context, curl_off_t, curl_off_t, curl_off_t,
                                    curl_off_t);

CURLcode docket_curl_set_long(CURL *_Nonnull handle, CURLoption option, long value);
CURLcode docket_curl_set_off(CURL *_Nonnull handle, CURLoption option, curl_off_t value);
/// libcurl copies the text.
CURLcode docket_curl_set_text(CURL *_Nonnull handle, CURLoption option,
                              const char *_Nullable value);
/// The list and whatever `value` points to must outlive the transfer.
CURLcode docket_curl_set_pointer(CURL *_Nonnull handle, CURLoption option, void *_Nullable value);
CURLcode docket_curl_set_list(CURL *_Nonnull handle, CURLoption option,
                              struct curl_slist *_Nullable value);
/// Copies `count` bytes as the request's body.
CURLcode docket_curl_set_body(CURL *_Nonnull handle, const void *_Nullable bytes, size_t count);
/// Sets who gets the head's lines and the body's pieces.
CURLcode docket_curl_set_sinks(CURL *_Nonnull handle, docket_curl_write _Nonnull head,
                               docket_curl_write _Nonnull body, void *_Nonnull context);
/// Sets who is asked about once a second whether to go on; anything but 0 ends the transfer.
CURLcode docket_curl_set_progress(CURL *_Nonnull handle, docket_curl_progress _Nonnull progress,
                                  void *_Nonnull context);

CURLcode docket_curl_get_long(CURL *_Nonnull handle, CURLINFO info, long *_Nonnull value);
/// The caller frees the list.
CURLcode docket_curl_get_list(CURL *_Nonnull handle, CURLINFO info,
                              struct curl_slist *_Nullable *_Nonnull value);
CURLcode docket_curl_get_off(CURL *_Nonnull handle, CURLINFO info, curl_off_t *_Nonnull value);

CURLMcode docket_curl_multi_set_long(CURLM *_Nonnull handle, CURLMoption option, long value);

/// Lets the easy handles that use the share remember such things together.
CURLSHcode docket_curl_share(CURLSH *_Nonnull share, curl_lock_data what);

/// Takes the next finished transfer.
///
/// Returns its easy handle, or NULL where there is none; `code` is how it ended.
CURL *_Nullable docket_curl_next_done(CURLM *_Nonnull handle, CURLcode *_Nonnull code);
