#pragma once
#include <libpq-fe.h>
#include <spawn.h>

/// Swift does not import character-literal macros.
static const int docket_pg_diag_sqlstate = PG_DIAG_SQLSTATE;
static const int docket_pg_diag_message_primary = PG_DIAG_MESSAGE_PRIMARY;

/// glibc hides these behind _GNU_SOURCE, which Swift's own module of it leaves undefined.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *_Nonnull actions,
                                             int from);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *_Nonnull actions,
                                         const char *_Nonnull path);
static const short docket_posix_spawn_setsid = 0x80;
