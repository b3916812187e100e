/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Bytes as files and as pipes, for the tests that read recordings. */

#include "tests/check/libs/wiretest.h"
#include "tools/gpx/recording.h"

#include <sys/mman.h>
#include <unistd.h>

/* The sample at that place below the samples, or NULL where there are none. */
static inline GByteArray *
gpxtest_load (const gchar * name)
{
  const gchar *folder = g_getenv ("CHEAPCAM_SAMPLES");
  g_autofree gchar *path = NULL;
  gchar *data;
  gsize size;

  if (!folder || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return NULL;
  path = g_build_filename (folder, "dashcam", name, NULL);
  fail_unless (g_file_get_contents (path, &data, &size, NULL), "no %s", path);
  return g_byte_array_new_take ((guint8 *) data, size);
}

/* stop_fd: -1 for never. */
static inline Recording *
gpxtest_read (gint fd, const gchar * name, gint stop_fd, GError ** error)
{
  RecordingOptions options = { 0, };

  options.stop_fd = stop_fd;
  return recording_read (fd, name, &options, error);
}

/* What recording_read() gave keeps its promises, whatever the bytes were. */
static inline Recording *
gpxtest_check (Recording * recording, const GError * error)
{
  guint n_fixes = 0;

  fail_unless ((recording == NULL) == (error != NULL));
  for (guint i = 0; recording && i < recording->records->len; i++) {
    const RecordingRecord *record = spool_get (recording->records, i);

    fail_unless (record->source != NULL);
    wiretest_assert_plausible (&record->record);
    n_fixes += (record->record.fields & GPSRECORD_POSITION) != 0;
  }
  if (recording) {
    assert_equals_int (recording->n_fixes, n_fixes);
    fail_unless ((recording->source != NULL) == (n_fixes > 0));
  }
  return recording;
}

/* A file without a name. */
static inline gint
gpxtest_open (const guint8 * data, gsize size)
{
  gint fd = memfd_create ("recording", MFD_CLOEXEC);

  fail_unless (fd >= 0);
  fail_unless (write (fd, data, size) == (gssize) size);
  fail_unless (lseek (fd, 0, SEEK_SET) == 0);
  return fd;
}

static inline Recording *
gpxtest_read_file (const guint8 * data, gsize size, GError ** error)
{
  gint fd = gpxtest_open (data, size);
  Recording *recording = gpxtest_read (fd, "file", -1, error);

  close (fd);
  return gpxtest_check (recording, *error);
}

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize step;                   /* most that is written at a time */
  gint fd;
} GpxTestWriter;

static inline gpointer
gpxtest_write (gpointer user_data)
{
  GpxTestWriter *self = user_data;

  for (gsize i = 0; i < self->size;) {
    gssize n = write (self->fd, self->data + i, MIN (self->step,
            self->size - i));

    if (n <= 0)
      break;                    /* nobody wants to know the rest */
    i += (gsize) n;
  }
  close (self->fd);
  return NULL;
}


static inline Recording *
gpxtest_read_pipe (const guint8 * data, gsize size, gsize step, GError ** error)
{
  GpxTestWriter writer = { data, size, step, -1 };
  Recording *recording;
  GThread *thread;
  gint fds[2];

  fail_unless (pipe (fds) == 0);
  writer.fd = fds[1];
  thread = g_thread_new ("writer", gpxtest_write, &writer);
  recording = gpxtest_read (fds[0], "pipe", -1, error);
  close (fds[0]);
  g_thread_join (thread);
  return gpxtest_check (recording, *error);
}

/* All records, for comparing. */
static inline gchar *
gpxtest_summarise (const Recording * recording)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < recording->records->len; i++) {
    const RecordingRecord *record = spool_get (recording->records, i);

    g_string_append (text, record->source);
    wiretest_print_record (text, &record->record);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

/* The same without voids. */
static inline gchar *
gpxtest_summarise_fixes (const Recording * recording)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < recording->records->len; i++) {
    const RecordingRecord *record = spool_get (recording->records, i);

    if (record->record.fields & GPSRECORD_POSITION)
      wiretest_print_record (text, &record->record);
  }
  return g_string_free (text, FALSE);
}

static inline GByteArray *
gpxtest_new_noise (guint32 seed, gsize size)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GByteArray *noise = g_byte_array_sized_new ((guint) size);

  for (gsize i = 0; i < size; i++) {
    guint8 byte = (guint8) g_rand_int (rand);

    g_byte_array_append (noise, &byte, 1);
  }
  return noise;
}
