/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "settle.h"

#include <gst/gps/gstgpszone-private.h>

static RecordingRecord *
settle_get_record (Recording * recording, guint at)
{
  return &g_array_index (recording->records, RecordingRecord, at);
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

  settle_init_clock (&clock, recording, options);
  for (guint i = 0; i < recording->records->len; i++) {
    const RecordingRecord *record = settle_get_record (recording, i);

    gpsclock_feed (&clock, &record->record, record->is_utc, record->media_us);
  }
  if (options->zone)
    gst_gps_zone_settle (options->zone, &clock);
  for (guint i = 0; i < recording->records->len; i++)
    gpsclock_apply (&clock, i, &settle_get_record (recording, i)->record);
  recording->verdict = clock.verdict;
  g_free (recording->verdict_text);
  recording->verdict_text = gst_gps_zone_describe (&clock.verdict,
      options->zone_name);
}

void
settle_recording (Recording * recording, const TrackOptions * options)
{
  settle_clock (recording, options);
}
