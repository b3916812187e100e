/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>
#include <signal.h>

#include "wire/dialect.h"

G_BEGIN_DECLS

typedef struct
{
  GpsRecord record;
  const gchar *source;          /* dialect, never freed */
} RecordingRecord;

/* What one file was. */
typedef struct
{
  GArray *records;              /* RecordingRecord, in the order of the file, voids included */
  guint n_fixes;                /* records with a position */
  guint n_unknown;              /* GPS blocks that nobody could read */
  const Dialect *unreadable;    /* dialect of such blocks, where it was recognised */
  const gchar *container;       /* "MP4", "MPEG-TS" */
} Recording;

#define RECORDING_ERROR (recording_error_quark ())
GQuark recording_error_quark (void);

typedef enum
{
  RECORDING_ERROR_FORMAT,       /* neither MP4 nor MPEG-TS */
  RECORDING_ERROR_TOO_LARGE     /* more records than any drive has */
} RecordingError;

/* Reads the GPS records of what fd gives: of a file only the parts needed, of
 * a pipe all to its end. Where *stop becomes non-zero, that is the end. name is
 * for messages. Returns NULL with the error set when nothing could be read. */
Recording *recording_read (gint fd, const gchar * name,
    const volatile sig_atomic_t * stop, GError ** error);

void recording_free (Recording * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recording, recording_free)

G_END_DECLS
