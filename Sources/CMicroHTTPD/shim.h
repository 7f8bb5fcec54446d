/// libmicrohttpd, with a typed name for each thing that Swift cannot import: variadic functions
/// and macros with a cast.
#pragma once
#include <microhttpd.h>

static const int64_t docket_mhd_end_with_error = MHD_CONTENT_READER_END_WITH_ERROR;
static const int64_t docket_mhd_end_of_stream = MHD_CONTENT_READER_END_OF_STREAM;
static const uint64_t docket_mhd_size_unknown = MHD_SIZE_UNKNOWN;

/// What one daemon is started with; all callbacks get `context` as their closure.
struct docket_mhd_options {
    void *_Nonnull context;
    MHD_AccessHandlerCallback _Nonnull access;
    void *_Nullable (*_Nonnull uri)(void *_Nullable context, const char *_Nullable uri,
                                    struct MHD_Connection *_Nullable connection);
    MHD_RequestCompletedCallback _Nonnull completed;
    MHD_NotifyConnectionCallback _Nonnull connection;
    int listen_socket;
    unsigned int connections_max;
    unsigned int idle_seconds;
    size_t connection_memory_bytes;
};

/// Leaves a URL as it was sent.
static inline size_t docket_mhd_keep_escapes(void *context, struct MHD_Connection *connection,
                                             char *text) {
    (void)context;
    (void)connection;
    size_t length = 0;
    while (text[length] != 0) length++;
    return length;
}

/// Starts one polling thread on a listening socket, which the daemon owns from then on.
static inline struct MHD_Daemon *_Nullable docket_mhd_start(
    const struct docket_mhd_options *_Nonnull options) {
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
        options->access, options->context,
        MHD_OPTION_LISTEN_SOCKET, options->listen_socket,
        MHD_OPTION_CONNECTION_LIMIT, options->connections_max,
        MHD_OPTION_CONNECTION_TIMEOUT, options->idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->connection_memory_bytes,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_UNESCAPE_CALLBACK, docket_mhd_keep_escapes, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, options->uri, options->context,
        MHD_OPTION_NOTIFY_COMPLETED, options->completed, options->context,
        MHD_OPTION_NOTIFY_CONNECTION, options->connection, options->context,
        MHD_OPTION_END);
}

/// The connection's socket, or -1.
static inline int docket_mhd_socket(struct MHD_Connection *_Nonnull connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

/// The peer's address, or NULL.
static inline const struct sockaddr *_Nullable docket_mhd_peer(
    struct MHD_Connection *_Nonnull connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info == NULL ? NULL : info->client_addr;
}
