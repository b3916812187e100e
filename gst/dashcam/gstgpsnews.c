/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsnews.h"

#include "gstgpssummary.h"
#include "gstgpstags.h"

struct _GstGpsNews
{
  /* set in new */
  GstGpsTrack *track;
  const GstGpsSettings *settings;

  const Dialect *unreadable;    /* of blocks that nobody can decode, or NULL */
  GstStructure *told[2];        /* the last summary before the end, and at it */
  GstTagList *tags;             /* NULL: there is no fix yet */
  guint generation;             /* of the tags */
  GstClockTime tagged;          /* when those of now were told, or NONE: they are to be told */
};

GstGpsNews *
gst_gps_news_new (GstGpsTrack * track, const GstGpsSettings * settings)
{
  GstGpsNews *self = g_new0 (GstGpsNews, 1);

  self->track = track;
  self->settings = settings;
  gst_gps_news_clear (self);
  return self;
}

void
gst_gps_news_free (GstGpsNews * self)
{
  gst_gps_news_clear (self);
  g_free (self);
}

void
gst_gps_news_clear (GstGpsNews * self)
{
  self->unreadable = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (self->told); i++)
    g_clear_pointer (&self->told[i], gst_structure_free);
  g_clear_pointer (&self->tags, gst_tag_list_unref);
  self->generation = 0;
  self->tagged = GST_CLOCK_TIME_NONE;
}

void
gst_gps_news_found_unreadable (GstGpsNews * self, const Dialect * dialect)
{
  self->unreadable = dialect;
}

/* The summary. */

typedef struct
{
  GstGpsNews *news;
  GstGpsSummary summary;
} GstGpsNewsSummary;

static gboolean
gst_gps_news_add (const GstGpsTrackEntry * entry, unsigned events,
    gpointer user_data)
{
  GstGpsNewsSummary *data = user_data;
  GstGpsFix fix;

  if (events & GPSCLEAN_VOID) {
    gst_gps_summary_add (&data->summary, NULL, events);
  } else {
    gst_gps_track_make_fix (data->news->track, entry, &fix);
    gst_gps_summary_add (&data->summary, &fix, events);
    data->summary.is_assumed |= (entry->record.fields & GPSRECORD_ASSUMED) != 0;
  }
  return TRUE;
}

GstStructure *
gst_gps_news_summarize (GstGpsNews * self, const gchar * pad, gboolean at_end)
{
  GstGpsNewsSummary data = { self, };
  g_autoptr (GstStructure) structure = NULL;

  gst_gps_summary_init (&data.summary);
  data.summary.unreadable = self->unreadable;
  gst_gps_track_foreach (self->track, gst_gps_news_add, &data);
  structure = gst_gps_summary_to_structure (&data.summary, pad, at_end);
  gst_gps_verdict_describe (gst_gps_track_get_verdict (self->track), structure);
  gst_gps_speeds_describe (gst_gps_track_get_speeds (self->track), structure);
  if (self->told[at_end] && gst_structure_is_equal (self->told[at_end],
          structure))
    return NULL;
  g_clear_pointer (&self->told[at_end], gst_structure_free);
  self->told[at_end] = gst_structure_copy (structure);
  return g_steal_pointer (&structure);
}

/* Tags. */

static void
gst_gps_news_set_tags (GstGpsNews * self, const GstGpsFix * fix)
{
  GstTagList *tags = gst_gps_tags_new (fix, self->tags);

  g_clear_pointer (&self->tags, gst_tag_list_unref);
  self->tags = tags;
  self->generation++;
  self->tagged = GST_CLOCK_TIME_NONE;
}

static gboolean
gst_gps_news_take_first (const GstGpsTrackEntry * entry, unsigned events,
    gpointer user_data)
{
  GstGpsNews *self = user_data;
  GstGpsFix fix;

  if (!(events & GPSCLEAN_KEEP)
      || !(entry->record.fields & GPSRECORD_POSITION))
    return TRUE;
  gst_gps_track_make_fix (self->track, entry, &fix);
  gst_gps_news_set_tags (self, &fix);
  return FALSE;
}

/* Those of the first fix, as soon as there is one. */
static gboolean
gst_gps_news_has_tags (GstGpsNews * self)
{
  if (!self->tags && gst_gps_track_has_place (self->track))
    gst_gps_track_foreach (self->track, gst_gps_news_take_first, self);
  return self->tags != NULL;
}

GstTagList *
gst_gps_news_take_tags (GstGpsNews * self, const GstGpsFix * fix,
    GstClockTime time)
{
  GstClockTime interval = self->settings->tag_interval;

  if (!gst_gps_news_has_tags (self))
    return NULL;
  if (interval > 0 && GST_CLOCK_TIME_IS_VALID (self->tagged)
      && !(fix->fields & GST_GPS_FIX_FIELD_POSITION_ENCRYPTED)
      && (GstClockTime) ABS (GST_CLOCK_DIFF (self->tagged, time)) >= interval)
    gst_gps_news_set_tags (self, fix);
  if (GST_CLOCK_TIME_IS_VALID (self->tagged))
    return NULL;
  self->tagged = time;
  return gst_tag_list_ref (self->tags);
}

GstTagList *
gst_gps_news_get_tags (GstGpsNews * self, guint * generation)
{
  if (!gst_gps_news_has_tags (self) || *generation == self->generation)
    return NULL;
  *generation = self->generation;
  return gst_tag_list_ref (self->tags);
}
