/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>

#include "wire/dialect.h"
#include "wire/gpsclock.h"

#include "spool.h"

G_BEGIN_DECLS typedef struct
{
  GpsRecord record;
  const gchar *source;          /* dialect, never freed */
  guint64 offset;               /* where its block or packet stands in the file */
  gint64 media_us;              /* when the media come to it, since their beginning, or -1: not known */
  const Dialect *dialect;       /* or NULL: none that anything is known of */
} RecordingRecord;

/* What one file was. */
typedef struct
{
  gchar *name;
  gboolean is_stdin;            /* so that the name is none */
  const gchar *container;       /* "MP4", "MPEG-TS" */
  guint64 size;                 /* bytes, of a pipe those that came */
  Spool *records;               /* RecordingRecord, in the order of the file, voids included; NULL: they were taken */
  guint n_fixes;                /* records with a position */
  const gchar *source;          /* dialect of the first of them */
  guint n_unknown;              /* GPS blocks that nobody could read */
  guint n_unreadable;           /* of these, blocks of a dialect that is recognised: */
  const Dialect *unreadable;
  guint n_encrypted;            /* records whose position is encrypted */
  const Dialect *encrypted;     /* that wrote the first of them */
  guint n_no_hemisphere;        /* records whose position lacks its hemispheres */
  const Dialect *no_hemisphere;
  guint n_assumed;              /* records whose position is blurred in a manner that is assumed */
  const Dialect *assumed;
  gint64 creation_us;           /* creation time that the file tells, since 1970, or 0 */
  GpsClockVerdict verdict;      /* what settle_recording() made of the times */
  gchar *verdict_text;          /* the same for people, or NULL: not yet settled */
  GpsCalibrateVerdict speed_verdict;    /* what it made of the speeds */
  gchar *speed_text;            /* the same for people, or NULL: nothing to be said */
  gboolean needs_file;          /* a track was past when its index came, in a pipe */
  GError *damage;               /* why there may be less than was recorded, or NULL */
} Recording;

/* What the reading depends on. */
typedef struct
{
  gint stop_fd;                 /* as soon as it can be read, that is the end; -1: never */
  void (*count) (guint64 n_bytes, gpointer user_data);  /* called for what was read, or NULL */
  gpointer count_data;
  DialectOptions dialect;       /* what the owner knows of the camera */
} RecordingOptions;

#define RECORDING_ERROR (recording_error_quark ())
GQuark recording_error_quark (void);

typedef enum
{
  RECORDING_ERROR_FORMAT,       /* neither MP4 nor MPEG-TS */
  RECORDING_ERROR_TOO_LARGE     /* more records than any drive has */
} RecordingError;

/* Reads the GPS records of what fd gives: of a file only the parts needed, of
 * a pipe all to its end. name is for messages. Returns NULL with the error set
 * when nothing could be read; no message has the name in it. Several threads
 * may read at a time. */
Recording *recording_read (gint fd, const gchar * name,
    const RecordingOptions * options, GError ** error);

/* Opens a file for recording_read() without ever waiting, not even for the
 * writer of a FIFO. Returns -1 with the error set on failure. */
gint recording_open (const gchar * name, GError ** error);

/* Whether the file looks like an MP4, a MOV or an MPEG-TS. */
gboolean recording_probe (const gchar * name);

/* What there is to say of it, as one line, or NULL. */
gchar *recording_describe (const Recording * self);

void recording_free (Recording * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recording, recording_free)
    G_END_DECLS
