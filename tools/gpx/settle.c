/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "settle.h"

#include <gst/gps/gstgpsunit-private.h>
#include <gst/gps/gstgpszone-private.h>

/* What an accelerometer writes tells nothing of the receiver's pace. */
static gboolean
settle_is_gps (const RecordingRecord * record)
{
  return !record->dialect || !record->dialect->is_acceleration;
}

static void
settle_init_clock (GpsClock * clock, const Recording * recording,
    const TrackOptions * options)
{
  static const GpsRecordClock clocks[] = {
    [TRACK_CLOCK_AUTO] = GPSRECORD_CLOCK_NONE,
    [TRACK_CLOCK_UTC] = GPSRECORD_CLOCK_UTC,
    [TRACK_CLOCK_LOCAL] = GPSRECORD_CLOCK_LOCAL,
  };
  GpsClockHints hints = { 0 };

  hints.has_name = recording->name && !recording->is_stdin
      && gpsclock_parse_name (recording->name, &hints.name_us);
  hints.has_creation = recording->creation_us > 0;
  hints.creation_us = recording->creation_us;
  hints.owner_clock = clocks[options->clock];
  hints.owner_offset_us = options->time_offset * G_USEC_PER_SEC;
  gpsclock_init (clock, &hints);
}

static void
settle_clock (Recording * recording, const TrackOptions * options)
{
  GpsClock clock;
  guint64 index = 0;

  settle_init_clock (&clock, recording, options);
  for (guint i = 0; i < recording->records->len; i++) {
    const RecordingRecord *record = spool_get (recording->records, i);

    if (settle_is_gps (record))
      gpsclock_feed (&clock, &record->record, record->dialect
          && record->dialect->is_utc, record->media_us);
  }
  if (options->zone)
    gst_gps_zone_settle (options->zone, &clock);
  for (guint i = 0; i < recording->records->len; i++) {
    RecordingRecord *record = spool_edit (recording->records, i);

    if (settle_is_gps (record))
      gpsclock_apply (&clock, index++, &record->record);
  }
  recording->verdict = clock.verdict;
  g_free (recording->verdict_text);
  recording->verdict_text = gst_gps_zone_describe (&clock.verdict,
      options->zone_name);
}

/* The dialect of the first fix, or NULL. */
static const Dialect *
settle_find_dialect (Recording * recording)
{
  for (guint i = 0; i < recording->records->len; i++) {
    const RecordingRecord *record = spool_get (recording->records, i);

    if (record->record.fields & GPSRECORD_POSITION)
      return record->dialect;
  }
  return NULL;
}

static void
settle_speed (Recording * recording)
{
  const Dialect *dialect = settle_find_dialect (recording);
  GpsCalibrate calibrate;

  if (!dialect)
    return;
  gpscalibrate_init (&calibrate, dialect->units);
  for (guint i = 0; i < recording->records->len; i++) {
    const RecordingRecord *record = spool_get (recording->records, i);

    if (record->dialect == dialect)
      (void) gpscalibrate_feed (&calibrate, &record->record, record->media_us);
  }
  for (guint i = 0; i < recording->records->len; i++) {
    RecordingRecord *record = spool_edit (recording->records, i);

    if (record->dialect == dialect)
      gpscalibrate_apply (&calibrate, &record->record);
  }
  recording->speed_verdict = calibrate.verdict;
  g_free (recording->speed_text);
  recording->speed_text = gst_gps_unit_describe (&calibrate);
}

void
settle_recording (Recording * recording, const TrackOptions * options)
{
  settle_speed (recording);
  settle_clock (recording, options);
}
