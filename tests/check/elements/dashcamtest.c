/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "dashcamtest.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <unistd.h>

#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

/* Not freed yet. */
static GList *alive;

/* It only ends a test that hangs: as long as the harness would wait, which does
 * not wait itself where it does not fork. */
static GstClockTime
dashcamtest_patience (void)
{
  const gchar *seconds = g_getenv ("CK_DEFAULT_TIMEOUT");
  const gchar *factor = g_getenv ("CK_TIMEOUT_MULTIPLIER");

  return GST_SECOND * (seconds ? g_ascii_strtoull (seconds, NULL, 10) : 60) *
      (factor ? g_ascii_strtoull (factor, NULL, 10) : 1);
}

/* Samples. */

gchar *
dashcamtest_path (const gchar * name)
{
  return g_build_filename (g_getenv ("CHEAPCAM_SAMPLES"), "dashcam", name,
      NULL);
}

GBytes *
dashcamtest_load (const gchar * name)
{
  g_autofree gchar *path = dashcamtest_path (name);
  gchar *data;
  gsize size;

  fail_unless (g_file_get_contents (path, &data, &size, NULL), "%s", path);
  return g_bytes_new_take (data, size);
}

const gchar *
dashcamtest_element (const gchar * name)
{
  g_autofree gchar *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".ts") ? "tsgpsdemux" : "nvtgpsdemux";
}

/* A number under one of two names, or what is given. */
static gdouble
dashcamtest_member (JsonObject * point, const gchar * name,
    const gchar * other, gdouble without)
{
  JsonNode *node = json_object_get_member (point, name);

  if (!node)
    node = json_object_get_member (point, other);
  return node && !JSON_NODE_HOLDS_NULL (node) ? json_node_get_double (node)
      : without;
}

static void
dashcamtest_read_point (JsonObject * object, DashcamtestPoint * ret_point)
{
  const gchar *time = json_object_get_string_member_with_default (object,
      "time", NULL);

  memset (ret_point, 0, sizeof *ret_point);
  if (!time)
    time = json_object_get_string_member_with_default (object, "GPSDateTime",
        "");
  ret_point->latitude = dashcamtest_member (object, "lat", "GPSLatitude", 0.0);
  ret_point->longitude = dashcamtest_member (object, "lon", "GPSLongitude",
      0.0);
  ret_point->speed = dashcamtest_member (object, "speed_kmh", "GPSSpeed", -1.0);
  ret_point->course = dashcamtest_member (object, "track_deg", "GPSTrack",
      -1.0);
  g_strlcpy (ret_point->time, time, sizeof ret_point->time);
  /* exiftool writes 2021:03:18 15:39:34Z */
  if (strlen (ret_point->time) > 10) {
    ret_point->time[4] = ret_point->time[7] = '-';
    ret_point->time[10] = 'T';
  }
  /* Which clock it is does not belong to the value. */
  ret_point->time[MIN (19, strlen (ret_point->time))] = '\0';
}

GArray *
dashcamtest_load_points (const gchar * name)
{
  g_autofree gchar *path = dashcamtest_path (name);
  g_autofree gchar *expected = g_strconcat (path, ".expected.json", NULL);
  g_autofree gchar *exiftool = g_strconcat (path, ".exiftool.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  GArray *points = g_array_new (FALSE, FALSE, sizeof (DashcamtestPoint));
  JsonArray *array;

  fail_unless (json_parser_load_from_file (parser,
          g_file_test (expected, G_FILE_TEST_EXISTS) ? expected : exiftool,
          NULL), "%s", name);
  array = json_object_get_array_member (json_node_get_object
      (json_parser_get_root (parser)), "points");
  for (guint i = 0; i < json_array_get_length (array); i++) {
    DashcamtestPoint point;

    dashcamtest_read_point (json_array_get_object_element (array, i), &point);
    g_array_append_val (points, point);
  }
  return points;
}

/* Recording what leaves. */

static void
dashcamtest_pad_free (DashcamtestPad * pad)
{
  g_free (pad->name);
  g_ptr_array_unref (pad->items);
  g_free (pad);
}

static void
dashcamtest_item_free (gpointer item)
{
  gst_mini_object_unref (item);
}

DashcamtestPad *
dashcamtest_pad (Dashcamtest * self, const gchar * name)
{
  for (guint i = 0; i < self->pads->len; i++) {
    DashcamtestPad *pad = g_ptr_array_index (self->pads, i);

    if (g_str_equal (pad->name, name))
      return pad;
  }
  return NULL;
}

gboolean
dashcamtest_is_event (gpointer item, GstEventType type)
{
  return GST_IS_EVENT (item) && GST_EVENT_TYPE (item) == type;
}

static GstPadProbeReturn
dashcamtest_probe (GstPad * sinkpad, GstPadProbeInfo * info, gpointer user_data)
{
  Dashcamtest *self = user_data;
  const gchar *name = g_object_get_data (G_OBJECT (sinkpad), "pad");
  DashcamtestPad *pad;

  g_mutex_lock (&self->lock);
  pad = dashcamtest_pad (self, name);
  if (pad)
    g_ptr_array_add (pad->items, gst_mini_object_ref (GST_PAD_PROBE_INFO_DATA
            (info)));
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return GST_PAD_PROBE_OK;
}

static void
dashcamtest_add_pad (Dashcamtest * self, const gchar * name)
{
  DashcamtestPad *pad;

  g_mutex_lock (&self->lock);
  if (!dashcamtest_pad (self, name)) {
    pad = g_new0 (DashcamtestPad, 1);
    pad->name = g_strdup (name);
    pad->items = g_ptr_array_new_with_free_func (dashcamtest_item_free);
    g_ptr_array_add (self->pads, pad);
  }
  g_mutex_unlock (&self->lock);
}

void
dashcamtest_link_sink (Dashcamtest * self, GstPad * pad, const gchar * caps,
    gboolean with_queue)
{
  g_autofree gchar *text = g_strdup_printf ("%s capsfilter caps=\"%s\" ! "
      "fakesink name=sink sync=false async=false", with_queue ? "queue "
      "max-size-buffers=0 max-size-bytes=0 max-size-time=0 !" : "",
      caps ? caps : "ANY");
  GstElement *bin = gst_parse_bin_from_description (text, TRUE, NULL);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (bin), "sink");
  g_autoptr (GstPad) sinkpad = gst_element_get_static_pad (sink, "sink");
  g_autoptr (GstPad) entry = gst_element_get_static_pad (bin, "sink");

  dashcamtest_add_pad (self, GST_OBJECT_NAME (pad));
  g_object_set_data_full (G_OBJECT (sinkpad), "pad",
      g_strdup (GST_OBJECT_NAME (pad)), g_free);
  gst_pad_add_probe (sinkpad, GST_PAD_PROBE_TYPE_BUFFER
      | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM | GST_PAD_PROBE_TYPE_EVENT_FLUSH,
      dashcamtest_probe, self, NULL);
  gst_bin_add (GST_BIN (self->pipeline), bin);
  fail_unless (gst_element_sync_state_with_parent (bin));
  fail_unless_equals_int (gst_pad_link (pad, entry), GST_PAD_LINK_OK);
}

static guint
dashcamtest_kind (const gchar * name)
{
  if (g_str_has_prefix (name, "gps"))
    return DASHCAMTEST_GPS;
  if (g_str_has_prefix (name, "accel"))
    return DASHCAMTEST_ACCEL;
  if (g_str_has_prefix (name, "video"))
    return DASHCAMTEST_VIDEO;
  return g_str_has_prefix (name, "audio") ? DASHCAMTEST_AUDIO : 0;
}

static void
dashcamtest_pad_added (GstElement * demuxer, GstPad * pad, Dashcamtest * self)
{
  guint kind = dashcamtest_kind (GST_OBJECT_NAME (pad));

  if (self->link)
    self->link (pad, self->user_data);
  else if (self->links & kind)
    dashcamtest_link_sink (self, pad,
        kind == DASHCAMTEST_GPS ? self->gps_caps
        : kind == DASHCAMTEST_ACCEL ? self->accel_caps : NULL,
        (kind & DASHCAMTEST_MEDIA) != 0);
}

static void
dashcamtest_no_more_pads (GstElement * demuxer, Dashcamtest * self)
{
  g_mutex_lock (&self->lock);
  self->no_more_pads = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* The pipeline. */

typedef struct
{
  GBytes *data;
  int fd;
} DashcamtestWriter;

static gpointer
dashcamtest_write (gpointer user_data)
{
  DashcamtestWriter *writer = user_data;
  gsize size, done = 0;
  const guint8 *data = g_bytes_get_data (writer->data, &size);

  while (done < size) {
    gssize n = write (writer->fd, data + done, size - done);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      break;
    done += (gsize) n;
  }
  close (writer->fd);
  g_bytes_unref (writer->data);
  g_free (writer);
  return NULL;
}

static GstElement *
dashcamtest_make_pipe (Dashcamtest * self, GBytes * data)
{
  DashcamtestWriter *writer = g_new (DashcamtestWriter, 1);
  GstElement *source = gst_check_setup_element ("fdsrc");
  int fds[2];

  fail_unless (g_unix_open_pipe (fds, FD_CLOEXEC, NULL));
  writer->data = g_bytes_ref (data);
  writer->fd = fds[1];
  self->pipe_fd = fds[0];
  g_object_set (source, "fd", fds[0], NULL);
  self->writer = g_thread_new ("writer", dashcamtest_write, writer);
  return source;
}

Dashcamtest *
dashcamtest_new (const gchar * element, GBytes * data, DashcamtestMode mode,
    guint links)
{
  Dashcamtest *self = g_new0 (Dashcamtest, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->pipe_fd = -1;
  self->links = links;
  self->pads = g_ptr_array_new_with_free_func ((GDestroyNotify)
      dashcamtest_pad_free);
  self->pipeline = gst_pipeline_new (NULL);
  if (mode == DASHCAMTEST_PIPE) {
    self->source = dashcamtest_make_pipe (self, data);
  } else {
    self->memory = dashcamtest_src_new (data, mode);
    self->source = GST_ELEMENT (self->memory);
  }
  self->demuxer = gst_check_setup_element (element);
  gst_bin_add_many (GST_BIN (self->pipeline), self->source, self->demuxer,
      NULL);
  fail_unless (gst_element_link (self->source, self->demuxer));
  g_signal_connect (self->demuxer, "pad-added",
      G_CALLBACK (dashcamtest_pad_added), self);
  g_signal_connect (self->demuxer, "no-more-pads",
      G_CALLBACK (dashcamtest_no_more_pads), self);
  alive = g_list_prepend (alive, self);
  return self;
}

static void
dashcamtest_set_state (Dashcamtest * self, GstState state)
{
  fail_unless (gst_element_set_state (self->pipeline,
          state) != GST_STATE_CHANGE_FAILURE);
}

void
dashcamtest_play (Dashcamtest * self)
{
  dashcamtest_set_state (self, GST_STATE_PLAYING);
}

void
dashcamtest_pause (Dashcamtest * self)
{
  dashcamtest_set_state (self, GST_STATE_PAUSED);
}

static void
dashcamtest_take_message (Dashcamtest * self, GstMessage * message)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *debug = NULL;

  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_ERROR:
      self->n_errors++;
      gst_message_parse_error (message, &error, &debug);
      GST_INFO ("error: %s (%s)", error->message, debug);
      if (!self->error)
        self->error = g_steal_pointer (&error);
      break;
    case GST_MESSAGE_WARNING:
      self->n_warnings++;
      gst_message_parse_warning (message, &error, &debug);
      GST_INFO ("warning: %s (%s)", error->message, debug);
      break;
    case GST_MESSAGE_EOS:
      self->n_eos++;
      break;
    default:
      break;
  }
}

gboolean
dashcamtest_wait (Dashcamtest * self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gboolean done = FALSE, at_end = FALSE;

  while (!done) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
        dashcamtest_patience (), GST_MESSAGE_ERROR | GST_MESSAGE_WARNING
        | GST_MESSAGE_EOS);

    fail_unless (message != NULL, "neither end nor error");
    dashcamtest_take_message (self, message);
    at_end = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    done = at_end || GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR;
  }
  return at_end;
}

static gint64
dashcamtest_deadline (void)
{
  return g_get_monotonic_time () + dashcamtest_patience () / GST_USECOND;
}

static guint
dashcamtest_count_unlocked (Dashcamtest * self, const gchar * name)
{
  DashcamtestPad *pad = dashcamtest_pad (self, name);
  guint n = 0;

  for (guint i = 0; pad && i < pad->items->len; i++)
    n += GST_IS_BUFFER (g_ptr_array_index (pad->items, i));
  return n;
}

guint
dashcamtest_count (Dashcamtest * self, const gchar * pad)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = dashcamtest_count_unlocked (self, pad);
  g_mutex_unlock (&self->lock);
  return n;
}

void
dashcamtest_wait_buffers (Dashcamtest * self, const gchar * pad,
    guint n_buffers)
{
  gint64 deadline = dashcamtest_deadline ();
  gboolean in_time = TRUE;

  g_mutex_lock (&self->lock);
  while (dashcamtest_count_unlocked (self, pad) < n_buffers && in_time)
    in_time = g_cond_wait_until (&self->changed, &self->lock, deadline);
  g_mutex_unlock (&self->lock);
  fail_unless (in_time, "%s gave fewer than %u buffers", pad, n_buffers);
}

GPtrArray *
dashcamtest_items (Dashcamtest * self, const gchar * name)
{
  DashcamtestPad *pad;
  GPtrArray *items = g_ptr_array_new_with_free_func (dashcamtest_item_free);

  g_mutex_lock (&self->lock);
  pad = dashcamtest_pad (self, name);
  for (guint i = 0; pad && i < pad->items->len; i++) {
    gpointer item = g_ptr_array_index (pad->items, i);

    if (dashcamtest_is_event (item, GST_EVENT_FLUSH_STOP))
      g_ptr_array_set_size (items, 0);
    else
      g_ptr_array_add (items, gst_mini_object_ref (item));
  }
  g_mutex_unlock (&self->lock);
  return items;
}

/* Needs the lock. */
static gboolean
dashcamtest_has_event (Dashcamtest * self, const gchar * name,
    GstEventType type)
{
  DashcamtestPad *pad = dashcamtest_pad (self, name);

  for (guint i = pad ? pad->items->len : 0; i > 0; i--) {
    gpointer item = g_ptr_array_index (pad->items, i - 1);

    if (dashcamtest_is_event (item, type))
      return TRUE;
    if (dashcamtest_is_event (item, GST_EVENT_FLUSH_STOP))
      return FALSE;
  }
  return FALSE;
}

void
dashcamtest_wait_event (Dashcamtest * self, const gchar * pad,
    GstEventType type)
{
  gint64 deadline = dashcamtest_deadline ();
  gboolean in_time = TRUE;

  g_mutex_lock (&self->lock);
  while (!dashcamtest_has_event (self, pad, type) && in_time)
    in_time = g_cond_wait_until (&self->changed, &self->lock, deadline);
  g_mutex_unlock (&self->lock);
  fail_unless (in_time, "%s gave no %s", pad, gst_event_type_get_name (type));
}

void
dashcamtest_wait_no_more_pads (Dashcamtest * self)
{
  gint64 deadline = dashcamtest_deadline ();
  gboolean in_time = TRUE;

  g_mutex_lock (&self->lock);
  while (!self->no_more_pads && in_time)
    in_time = g_cond_wait_until (&self->changed, &self->lock, deadline);
  g_mutex_unlock (&self->lock);
  fail_unless (in_time, "no end of pads");
}

void
dashcamtest_stop (Dashcamtest * self)
{
  fail_unless_equals_int (gst_element_set_state (self->pipeline,
          GST_STATE_NULL), GST_STATE_CHANGE_SUCCESS);
}

/* Where the harness does not fork, it waits for the tasks that a test leaves
 * behind: one that failed would never end. */
static void
dashcamtest_teardown (void)
{
  while (alive)
    dashcamtest_free (alive->data);
}

TCase *
dashcamtest_add_case (Suite * suite)
{
  TCase *tc = tcase_create ("general");

  /* who writes into a pipe that is no longer read is told by write() */
  signal (SIGPIPE, SIG_IGN);
  tcase_add_checked_fixture (tc, NULL, dashcamtest_teardown);
  suite_add_tcase (suite, tc);
  return tc;
}

void
dashcamtest_forget (Dashcamtest * self)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->pads->len; i++)
    g_ptr_array_set_size (((DashcamtestPad *) g_ptr_array_index (self->pads,
                i))->items, 0);
  g_mutex_unlock (&self->lock);
}

void
dashcamtest_free (Dashcamtest * self)
{
  alive = g_list_remove (alive, self);
  dashcamtest_stop (self);
  gst_object_unref (self->pipeline);
  if (self->pipe_fd >= 0)
    close (self->pipe_fd);
  if (self->writer)
    g_thread_join (self->writer);
  g_ptr_array_unref (self->pads);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

/* Looking at what has left. */

GByteArray *
dashcamtest_document (Dashcamtest * self, const gchar * name)
{
  g_autoptr (GPtrArray) items = dashcamtest_items (self, name);
  GByteArray *document = g_byte_array_new ();

  for (guint i = 0; i < items->len; i++) {
    gpointer item = g_ptr_array_index (items, i);
    GstMapInfo map;

    if (!GST_IS_BUFFER (item))
      continue;
    fail_unless (gst_buffer_map (item, &map, GST_MAP_READ));
    g_byte_array_append (document, map.data, (guint) map.size);
    gst_buffer_unmap (item, &map);
  }
  return document;
}

/* The running time of a buffer, or NONE outside of its segment. */
static GstClockTime
dashcamtest_running_time (GstEvent * segment_event, GstBuffer * buffer)
{
  const GstSegment *segment;

  fail_unless (segment_event != NULL, "a buffer before the first segment");
  gst_event_parse_segment (segment_event, &segment);
  return gst_segment_to_running_time (segment, GST_FORMAT_TIME,
      GST_BUFFER_PTS (buffer));
}

GArray *
dashcamtest_fixes (Dashcamtest * self, const gchar * name)
{
  g_autoptr (GPtrArray) items = dashcamtest_items (self, name);
  GArray *fixes = g_array_new (FALSE, FALSE, sizeof (DashcamtestFix));
  GstEvent *segment = NULL;

  for (guint i = 0; i < items->len; i++) {
    gpointer item = g_ptr_array_index (items, i);
    GstGpsMeta *meta = GST_IS_BUFFER (item) ? gst_buffer_get_gps_meta (item)
        : NULL;
    DashcamtestFix fix;

    if (dashcamtest_is_event (item, GST_EVENT_SEGMENT))
      segment = item;
    if (!meta)
      continue;
    fix.pts = GST_BUFFER_PTS (item);
    fix.running_time = dashcamtest_running_time (segment, item);
    fix.duration = GST_BUFFER_DURATION (item);
    fix.discont = GST_BUFFER_IS_DISCONT (item);
    fix.fix = meta->fix;
    g_array_append_val (fixes, fix);
  }
  return fixes;
}

GstEvent *
dashcamtest_event (Dashcamtest * self, const gchar * name, GstEventType type)
{
  GstEvent *event = NULL;
  DashcamtestPad *pad;

  g_mutex_lock (&self->lock);
  pad = dashcamtest_pad (self, name);
  for (guint i = 0; pad && i < pad->items->len && !event; i++) {
    gpointer item = g_ptr_array_index (pad->items, i);

    if (dashcamtest_is_event (item, type))
      event = gst_event_ref (item);
  }
  g_mutex_unlock (&self->lock);
  return event;
}

guint
dashcamtest_count_events (Dashcamtest * self, const gchar * name,
    GstEventType type)
{
  DashcamtestPad *pad;
  guint n = 0;

  g_mutex_lock (&self->lock);
  pad = dashcamtest_pad (self, name);
  for (guint i = 0; pad && i < pad->items->len; i++) {
    gpointer item = g_ptr_array_index (pad->items, i);

    n += dashcamtest_is_event (item, type);
  }
  g_mutex_unlock (&self->lock);
  return n;
}

gchar *
dashcamtest_checksum (Dashcamtest * self, const gchar * name)
{
  g_autoptr (GPtrArray) items = dashcamtest_items (self, name);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < items->len; i++) {
    gpointer item = g_ptr_array_index (items, i);
    guint64 values[4];
    GstMapInfo map;

    if (!GST_IS_BUFFER (item))
      continue;
    values[0] = GST_BUFFER_PTS (item);
    values[1] = GST_BUFFER_DTS (item);
    values[2] = GST_BUFFER_DURATION (item);
    values[3] = GST_BUFFER_FLAGS (item) & ~GST_BUFFER_FLAG_TAG_MEMORY;
    fail_unless (gst_buffer_map (item, &map, GST_MAP_READ));
    g_checksum_update (sum, (const guchar *) values, sizeof values);
    g_checksum_update (sum, map.data, (gssize) map.size);
    gst_buffer_unmap (item, &map);
  }
  return g_strdup (g_checksum_get_string (sum));
}

const gchar *
dashcamtest_find (Dashcamtest * self, const gchar * prefix)
{
  for (guint i = 0; i < self->pads->len; i++) {
    DashcamtestPad *pad = g_ptr_array_index (self->pads, i);

    if (g_str_has_prefix (pad->name, prefix))
      return pad->name;
  }
  return NULL;
}

const gchar *
dashcamtest_stock (const gchar * sample)
{
  return g_str_equal (dashcamtest_element (sample), "tsgpsdemux") ? "tsdemux"
      : "qtdemux";
}

static void
dashcamtest_check_fix (const GstGpsFix * fix, const DashcamtestPoint * point,
    const gchar * name)
{
  g_autofree gchar *time = gst_gps_fix_format_time (fix);

  fail_unless (fabs (fix->latitude - point->latitude) < 1e-6, "%s: %f", name,
      fix->latitude);
  fail_unless (fabs (fix->longitude - point->longitude) < 1e-6, "%s: %f",
      name, fix->longitude);
  if (point->speed >= 0.0)
    fail_unless (fabs (fix->speed * 3.6 - point->speed) < 0.1, "%s: %f", name,
        fix->speed);
  if (point->course >= 0.0)
    fail_unless (fabs (fix->course - point->course) < 0.1, "%s: %f", name,
        fix->course);
  if (point->time[0])
    fail_unless (time && g_str_has_prefix (time, point->time), "%s: %s, not "
        "%s", name, time, point->time);
}

void
dashcamtest_check_fixes (GArray * fixes, GArray * points, const gchar * name)
{
  fail_unless (fixes->len == points->len, "%s: %u fixes, not %u", name,
      fixes->len, points->len);
  for (guint i = 0; i < points->len; i++)
    dashcamtest_check_fix (&g_array_index (fixes, DashcamtestFix, i).fix,
        &g_array_index (points, DashcamtestPoint, i), name);
}

Dashcamtest *
dashcamtest_run (const gchar * sample, DashcamtestMode mode, guint links,
    const gchar * gps_caps)
{
  g_autoptr (GBytes) data = dashcamtest_load (sample);
  Dashcamtest *self = dashcamtest_new (dashcamtest_element (sample), data,
      mode, links);

  self->gps_caps = gps_caps;
  dashcamtest_play (self);
  fail_unless (dashcamtest_wait (self), "%s: %s", sample,
      self->error ? self->error->message : "no error");
  return self;
}

gboolean
dashcamtest_is_gpx (GByteArray * document)
{
  g_autofree gchar *path = g_build_filename (g_getenv ("CHEAPCAM_SCHEMAS"),
      "all11.xsd", NULL);
  xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt (path);
  xmlSchemaPtr schema = xmlSchemaParse (parser);
  xmlSchemaValidCtxtPtr validator = xmlSchemaNewValidCtxt (schema);
  xmlDocPtr doc = xmlReadMemory ((const char *) document->data,
      (int) document->len, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
  gboolean is_valid = doc && xmlSchemaValidateDoc (validator, doc) == 0;

  xmlFreeDoc (doc);
  xmlSchemaFreeValidCtxt (validator);
  xmlSchemaFree (schema);
  xmlSchemaFreeParserCtxt (parser);
  xmlSchemaCleanupTypes ();
  return is_valid;
}
