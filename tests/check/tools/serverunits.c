/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The parts of cheapcam-server that need no process. */

#include <glib/gstdio.h>
#include <gst/check/gstcheck.h>

#include "tools/server/camera.h"
#include "tools/server/config.h"
#include "tools/server/connlimit.h"
#include "tools/server/factory.h"
#include "tools/server/guard.h"
#include "tools/server/hub.h"
#include "tools/server/inlet.h"
#include "tools/server/nalunit.h"
#include "tools/server/throttle.h"
#include "tools/server/users.h"
#include "tools/server/viewer.h"

#define SECONDS(n) ((n) * G_TIME_SPAN_SECOND)

GST_START_TEST (test_transport_offers_are_filtered)
{
  static const struct
  {
    const gchar *offers;
    gboolean udp;
    const gchar *good;
  } cases[] = {
    {"RTP/AVP;unicast;client_port=5000-5001", TRUE,
        "RTP/AVP;unicast;client_port=5000-5001"},
    {"RTP/AVP;unicast;client_port=5000-5001", FALSE, NULL},
    {"rtp/avp/udp;unicast;client_port=5000", TRUE,
        "RTP/AVP;unicast;client_port=5000-5001"},
    {"RTP/AVP;client_port=65534", TRUE,
        "RTP/AVP;unicast;client_port=65534-65535"},
    {"RTP/AVP;unicast;client_port=65535", TRUE, NULL},
    {"RTP/AVP;unicast;client_port=65535-65535", TRUE,
        "RTP/AVP;unicast;client_port=65535-65535"},
    {" RTP/AVP/TCP ; unicast ; interleaved = 0 - 1 ", FALSE,
        "RTP/AVP/TCP;unicast;interleaved=0-1"},
    {"RTP/AVP/TCP;interleaved=4", FALSE,
        "RTP/AVP/TCP;unicast;interleaved=4-5"},
    {"RTP/AVP/TCP;interleaved=255", FALSE, NULL},
    {"RTP/AVP/TCP;interleaved=0 1", FALSE, NULL},
    {"RTP/AVP/TCP;ssrc=1;x=y", FALSE, "RTP/AVP/TCP;unicast"},
    {"RTP/AVP/TCP;unicast;interleaved=254-255", FALSE,
        "RTP/AVP/TCP;unicast;interleaved=254-255"},
    {"RTP/AVP/TCP", FALSE, "RTP/AVP/TCP;unicast"},
    {"RTP/AVP;unicast", TRUE, NULL},
    {"RTP/AVP;client_port=-1-99999", TRUE, NULL},
    {"RTP/AVP;client_port=0-1", TRUE, NULL},
    {"RTP/AVP;client_port=1-0", TRUE, NULL},
    {"RTP/AVP;client_port=65535-65536", TRUE, NULL},
    {"RTP/AVP;client_port=5000-5002", TRUE, NULL},
    {"RTP/AVP;client_port=+1-2", TRUE, NULL},
    {"RTP/AVP;client_port= 1-2", TRUE, "RTP/AVP;unicast;client_port=1-2"},
    {"RTP/AVP;client_port=18446744073709551617", TRUE, NULL},
    {"RTP/AVP;client_port=1-2;destination=10.0.0.9", TRUE,
        "RTP/AVP;unicast;client_port=1-2"},
    {"RTP/AVP;client_port=1-2;destination=10.0.0.8", TRUE, NULL},
    {"RTP/AVP/TCP;interleaved=255-256", TRUE, NULL},
    {"RTP/AVP/TCP;mode=record", TRUE, NULL},
    {"RTP/AVP/TCP;mode=\"PLAY\"", TRUE, "RTP/AVP/TCP;unicast"},
    {"RTP/AVP;multicast;port=5000-5001,RTP/AVP/TCP;unicast", TRUE,
        "RTP/AVP/TCP;unicast"},
    {"RTP/AVP;client_port=9-9,,RTP/AVP/TCP", TRUE,
        "RTP/AVP;unicast;client_port=9-9,RTP/AVP/TCP;unicast"},
    {"", TRUE, NULL},
    {",;=", TRUE, NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *good = guard_filter_transport (cases[i].offers,
        "10.0.0.9", cases[i].udp);

    fail_unless (g_strcmp0 (good, cases[i].good) == 0, "%s: %s",
        cases[i].offers, good ? good : "(none)");
  }
}

GST_END_TEST;

GST_START_TEST (test_only_ranges_of_a_live_stream_pass)
{
  static const gchar *const good[] = { "npt=0-", "npt=0.000-", "npt=now-",
    "npt=0.000-0.000", "npt=00:00:00-", "npt=10-20", NULL
  };
  static const gchar *const bad[] = { "", "npt", "npt=", "npt=-", "npt=x-",
    "npt=0-x", "npt=nan-", "npt=1e9-", "npt=-1-", "npt=0--1", "npt=0-1-2",
    "clock=20260101T000000Z-", "smpte=0:0:0-", " npt=0-", "NPT=0-", NULL
  };

  for (gsize i = 0; good[i]; i++)
    fail_unless (guard_check_range (good[i]), "%s", good[i]);
  for (gsize i = 0; bad[i]; i++)
    fail_if (guard_check_range (bad[i]), "%s", bad[i]);
}

GST_END_TEST;

static void
fail_logins (CheapcamThrottle * throttle, const gchar * address,
    const gchar * user, guint n, gint64 now)
{
  for (guint i = 0; i < n; i++) {
    fail_unless_equals_int64 (throttle_wait_time (throttle, address, user,
            now), 0);
    throttle_count_failure (throttle, address, user, now);
  }
  fail_unless (throttle_wait_time (throttle, address, user, now) > 0);
}

GST_START_TEST (test_failed_logins_are_throttled_by_network_and_user)
{
  CheapcamThrottle *throttle = throttle_new ();
  gint64 now = SECONDS (1000);

  fail_logins (throttle, "192.0.2.7", "anna", 5, now);
  fail_unless_equals_int64 (throttle_wait_time (throttle, "192.0.2.200",
          "anna", now), SECONDS (2));
  fail_unless (!throttle_wait_time (throttle, "192.0.2.7", "ben", now));
  fail_unless (!throttle_wait_time (throttle, "192.0.3.7", "anna", now));
  fail_unless (!throttle_wait_time (throttle, "2001:db8::1", "anna", now));

  now += SECONDS (2);
  fail_logins (throttle, "192.0.2.7", "anna", 1, now);

  fail_logins (throttle, "2001:db8::1", "anna", 5, now);
  fail_unless (throttle_wait_time (throttle, "2001:db8::ffff:2", "anna",
          now) > 0);
  fail_unless (!throttle_wait_time (throttle, "2001:db8:0:1::2", "anna", now));
  throttle_free (throttle);
}

GST_END_TEST;

GST_START_TEST (test_guessing_names_is_throttled_by_network)
{
  CheapcamThrottle *throttle = throttle_new ();
  gint64 now = SECONDS (1000);

  for (guint i = 0; i < 20; i++) {
    g_autofree gchar *user = g_strdup_printf ("user%u", i);

    fail_unless (!throttle_wait_time (throttle, "192.0.2.7", user, now));
    throttle_count_failure (throttle, "192.0.2.7", user, now);
  }
  fail_unless (throttle_wait_time (throttle, "192.0.2.8", "new", now) > 0);
  fail_unless (!throttle_wait_time (throttle, "192.0.3.8", "new", now));
  throttle_free (throttle);
}

GST_END_TEST;

GST_START_TEST (test_neighbours_do_not_throttle_who_was_there)
{
  CheapcamThrottle *throttle = throttle_new ();
  gint64 now = SECONDS (1000);

  throttle_note_success (throttle, "192.0.2.7", "anna");
  fail_logins (throttle, "192.0.2.200", "anna", 5, now);
  fail_unless (!throttle_wait_time (throttle, "192.0.2.7", "anna", now));
  fail_unless (throttle_wait_time (throttle, "192.0.2.8", "anna", now) > 0);

  /* nor may others guess without end where she was */
  fail_logins (throttle, "192.0.2.7", "anna", 20, now);
  fail_unless (!throttle_wait_time (throttle, "192.0.2.7", "anna",
          now + SECONDS (1)));
  throttle_free (throttle);
}

GST_END_TEST;

GST_START_TEST (test_throttle_remembers_so_many_and_no_more)
{
  CheapcamThrottle *throttle = throttle_new ();
  gint64 now = SECONDS (1000);

  for (guint i = 0; i < 20000; i++) {
    g_autofree gchar *address =
        g_strdup_printf ("10.%u.%u.1", i / 256, i % 256);

    throttle_count_failure (throttle, address, "anna", now);
    fail_unless (!throttle_wait_time (throttle, address, "anna", now));
    throttle_note_success (throttle, address, "anna");
  }
  /* what is over makes place */
  now += SECONDS (60);
  fail_logins (throttle, "192.0.2.7", "anna", 5, now);
  throttle_free (throttle);
}

GST_END_TEST;

GST_START_TEST (test_budget_is_for_bytes_without_a_request)
{
  CheapcamInletBudget *budget = inlet_budget_new ();
  gint64 now = SECONDS (50);

  fail_unless (inlet_budget_take (budget, 90 * 1024, now));
  fail_if (inlet_budget_take (budget, 10 * 1024, now));
  inlet_budget_refill (budget);
  fail_unless (inlet_budget_take (budget, 90 * 1024, now));
  /* RTCP that comes between requests */
  for (guint i = 0; i < 1000; i++) {
    now += SECONDS (1);
    fail_unless (inlet_budget_take (budget, 4096, now));
  }
  fail_if (inlet_budget_take (budget, G_MAXSIZE, now));
  fail_unless (inlet_budget_take (budget, 1, now + SECONDS (1000000)));
  g_free (budget);
}

GST_END_TEST;

GST_START_TEST (test_connections_are_counted)
{
  CheapcamConnLimit *limit = connlimit_new (3, 2);
  CheapcamConnTicket *a = connlimit_enter (limit, "10.0.0.1");
  CheapcamConnTicket *b = connlimit_enter (limit, "10.0.0.1");
  CheapcamConnTicket *c;

  fail_unless (a != NULL && b != NULL);
  fail_unless (connlimit_enter (limit, "10.0.0.1") == NULL);
  c = connlimit_enter (limit, "10.0.0.2");
  fail_unless (c != NULL);
  fail_unless (connlimit_enter (limit, "10.0.0.3") == NULL);
  connlimit_leave (a);
  a = connlimit_enter (limit, "10.0.0.1");
  fail_unless (a != NULL);
  connlimit_leave (a);
  fail_if (connlimit_wait_empty (limit, g_get_monotonic_time ()));
  connlimit_leave (b);
  connlimit_leave (c);
  fail_unless (connlimit_wait_empty (limit, g_get_monotonic_time ()));
  connlimit_unref (limit);
}

GST_END_TEST;

/* by hand: 4-byte lengths, then the units */
static const guint8 h264_idr[] = { 0, 0, 0, 2, 0x67, 0x42, 0, 0, 0, 2, 0x68,
  0xce, 0, 0, 0, 3, 0x65, 0x88, 0x84
};

static const guint8 h264_recovery[] = { 0, 0, 0, 5, 0x06, 0x06, 0x01, 0xc4,
  0x80, 0, 0, 0, 3, 0x41, 0x9a, 0x00
};

/* another message first, then a recovery point some frames from here */
static const guint8 h264_gradual[] = { 0, 0, 0, 9, 0x06, 0x05, 0x02, 0xaa,
  0xbb, 0x06, 0x01, 0x2c, 0x80, 0, 0, 0, 3, 0x41, 0x9a, 0x00
};

static const guint8 h265_cra[] = { 0, 0, 0, 3, 0x40, 0x01, 0x0c, 0, 0, 0, 3,
  0x2a, 0x01, 0xac
};
static const guint8 h265_idr[] = { 0, 0, 0, 3, 0x28, 0x01, 0xaf };
static const guint8 h265_rasl[] = { 0, 0, 0, 3, 0x10, 0x01, 0xe0 };
static const guint8 h265_trail[] = { 0, 0, 0, 3, 0x02, 0x01, 0xd0 };

GST_START_TEST (test_places_where_decoding_can_begin)
{
  guint8 any[64];
  GRand *chance = g_rand_new_with_seed (264);

#define CHECK(which, data, flags) fail_unless_equals_int \
  (nalunit_classify_ ## which (data, sizeof data), flags)
  CHECK (h264, h264_idr, HUB_FLAG_KEY);
  CHECK (h264, h264_recovery, HUB_FLAG_KEY | HUB_FLAG_OPEN);
  CHECK (h264, h264_gradual, 0);
  CHECK (h265, h265_idr, HUB_FLAG_KEY);
  CHECK (h265, h265_cra, HUB_FLAG_KEY | HUB_FLAG_OPEN);
  CHECK (h265, h265_rasl, HUB_FLAG_LEADING);
  CHECK (h265, h265_trail, 0);
#undef CHECK

  /* no truncation of it is one, and no nonsense is read beyond its end */
  for (gsize i = 0; i < sizeof h264_idr; i++) {
    g_autofree guint8 *cut = g_memdup2 (h264_idr, i);

    fail_unless_equals_int (nalunit_classify_h264 (cut, i), 0);
  }
  for (guint i = 0; i < 20000; i++) {
    gsize size = g_rand_int_range (chance, 0, sizeof any);
    g_autofree guint8 *data = NULL;

    for (gsize k = 0; k < size; k++)
      any[k] = g_rand_int_range (chance, 0, 2) ? 0 : g_rand_int (chance);
    data = g_memdup2 (any, size);
    nalunit_classify_h264 (data, size);
    nalunit_classify_h265 (data, size);
  }
  g_rand_free (chance);
}

GST_END_TEST;

GST_START_TEST (test_passwords_are_not_shown)
{
  static const gchar *const cases[][2] = {
    {"rtsp://me:secret@cam/x", "rtsp://me:***@cam/x"},
    {"rtsp://me:se@cr:et@cam/x", "rtsp://me:***@cam/x"},
    {"rtsp://me@cam/x", "rtsp://me@cam/x"},
    {"rtsp://cam/x@y:z", "rtsp://cam/x@y:z"},
    {"rtsp://me:a/secret@cam/x", "rtsp://me:***@cam/x"},
    {"http://cam/x?password=secret", "http://cam/x?***"},
    {"http://me:secret@cam/x?user=a there", "http://me:***@cam/x?*** there"},
    {"no rtsp://a:b@c here, http://d:e@f/ there",
        "no rtsp://a:***@c here, http://d:***@f/ there"},
    {"://", "://"},
    {"plain", "plain"},
    {"", ""},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *shown = camera_hide_password (cases[i][0]);

    fail_unless_equals_string (shown, cases[i][1]);
  }
}

GST_END_TEST;

GST_START_TEST (test_users_are_verified)
{
  g_autofree gchar *path = NULL;
  g_autofree gchar *hash = users_hash ("secret", 6, NULL);
  g_autofree gchar *other = users_hash ("secret", 6, NULL);
  g_autofree gchar *text = g_strdup_printf ("# us\n\nme:%s\r\n", hash);
  g_autoptr (CheapcamUsers) users = NULL;
  int fd = g_file_open_tmp ("cheapcam-users-XXXXXX", &path, NULL);

  fail_unless (fd >= 0);
  g_close (fd, NULL);
  fail_unless (g_file_set_contents (path, text, -1, NULL));
  users = users_load (path, NULL);
  fail_unless (users == NULL);  /* g_file_set_contents() makes it 0666 */
  g_chmod (path, 0600);
  users = users_load (path, NULL);
  fail_unless (users != NULL);
  fail_if (g_str_equal (hash, other));
  fail_unless (users_verify (users, "me", "secret"));
  fail_if (users_verify (users, "me", "Secret"));
  fail_if (users_verify (users, "me", ""));
  fail_if (users_verify (users, "you", "secret"));
  g_unlink (path);
}

GST_END_TEST;

static CheapcamHub *
serverunits_new_hub (guint * video, guint * audio)
{
  CheapcamHub *hub = hub_new ("cam", 0);

  hub_begin_run (hub);
  *video = hub_add_stream (hub, TRUE);
  *audio = hub_add_stream (hub, FALSE);
  hub_no_more_streams (hub);
  return hub;
}

/* number: also the time in milliseconds */
static void
serverunits_push (CheapcamHub * hub, guint stream, guint number, HubFlags flags)
{
  static GstStaticCaps video_caps = GST_STATIC_CAPS ("image/jpeg");
  static GstStaticCaps audio_caps = GST_STATIC_CAPS ("audio/x-alaw");
  g_autoptr (GstCaps) caps =
      gst_static_caps_get (stream == 0 ? &video_caps : &audio_caps);
  GstBuffer *buffer = gst_buffer_new_and_alloc (16);

  GST_BUFFER_PTS (buffer) = number * GST_MSECOND;
  GST_BUFFER_DURATION (buffer) = GST_MSECOND;
  hub_push (hub, stream, buffer, caps, flags);
}

static void
serverunits_expect (CheapcamViewer * viewer, guint stream, guint number)
{
  g_autoptr (HubItem) item = viewer_pop (viewer, stream);

  fail_unless (item != NULL);
  fail_unless_equals_uint64 (GST_BUFFER_PTS (item->buffer),
      number * GST_MSECOND);
}

/* Whatever comes next was not there before. */
static void
serverunits_expect_no_more (CheapcamHub * hub, CheapcamViewer * viewer,
    guint stream, guint number)
{
  serverunits_push (hub, stream, number, HUB_FLAG_KEY);
  serverunits_expect (viewer, stream, number);
}

GST_START_TEST (test_viewer_begins_at_the_last_key_frame)
{
  guint video, audio;
  g_autoptr (CheapcamHub) hub = serverunits_new_hub (&video, &audio);
  g_autoptr (CheapcamViewer) viewer = NULL;

  fail_unless (viewer_new (hub) == NULL);
  serverunits_push (hub, video, 100, 0);        /* before the first key: lost */
  fail_unless (viewer_new (hub) == NULL);
  serverunits_push (hub, video, 110, HUB_FLAG_KEY);
  serverunits_push (hub, audio, 111, HUB_FLAG_KEY);
  serverunits_push (hub, video, 120, 0);
  serverunits_push (hub, video, 130, HUB_FLAG_KEY);
  serverunits_push (hub, audio, 129, HUB_FLAG_KEY);
  serverunits_push (hub, audio, 131, HUB_FLAG_KEY);
  serverunits_push (hub, video, 140, 0);

  viewer = viewer_new (hub);
  fail_unless (viewer != NULL);
  fail_unless_equals_int (viewer_n_streams (viewer), 2);
  viewer_play (viewer);
  serverunits_push (hub, video, 150, 0);
  serverunits_expect (viewer, 0, 130);
  serverunits_expect (viewer, 0, 140);
  serverunits_expect (viewer, 0, 150);
  serverunits_expect (viewer, 1, 131);
  serverunits_expect_no_more (hub, viewer, 1, 160);
  viewer_hold (viewer);
}

GST_END_TEST;

GST_START_TEST (test_viewer_goes_on_where_it_was)
{
  guint video, audio;
  g_autoptr (CheapcamHub) hub = serverunits_new_hub (&video, &audio);
  g_autoptr (CheapcamViewer) viewer = NULL;

  serverunits_push (hub, video, 100, HUB_FLAG_KEY);
  serverunits_push (hub, audio, 100, HUB_FLAG_KEY);
  serverunits_push (hub, video, 110, 0);
  viewer = viewer_new (hub);
  viewer_play (viewer);
  serverunits_expect (viewer, 0, 100);
  viewer_hold (viewer);
  serverunits_push (hub, video, 120, 0);
  viewer_play (viewer);
  serverunits_expect (viewer, 0, 110);
  serverunits_expect (viewer, 0, 120);

  /* too late for that: all anew from a key */
  serverunits_push (hub, video, 130, 0);
  viewer_hold (viewer);
  serverunits_push (hub, video, 140, HUB_FLAG_KEY);
  serverunits_push (hub, video, 150, 0);
  viewer_play (viewer);
  serverunits_expect (viewer, 0, 140);
  serverunits_expect (viewer, 0, 150);
  serverunits_expect_no_more (hub, viewer, 0, 160);
  viewer_hold (viewer);
}

GST_END_TEST;

GST_START_TEST (test_leading_pictures_are_left_out_where_they_need_more)
{
  guint video, audio;
  g_autoptr (CheapcamHub) hub = serverunits_new_hub (&video, &audio);
  g_autoptr (CheapcamViewer) early = NULL;
  g_autoptr (CheapcamViewer) late = NULL;

  serverunits_push (hub, audio, 100, HUB_FLAG_KEY);
  serverunits_push (hub, video, 100, HUB_FLAG_KEY);
  early = viewer_new (hub);
  viewer_play (early);
  serverunits_push (hub, video, 140, HUB_FLAG_KEY | HUB_FLAG_OPEN);
  serverunits_push (hub, video, 120, HUB_FLAG_LEADING);
  serverunits_push (hub, video, 150, 0);
  late = viewer_new (hub);
  viewer_play (late);
  serverunits_expect (early, 0, 100);
  serverunits_expect (early, 0, 140);
  serverunits_expect (early, 0, 120);
  serverunits_expect (early, 0, 150);
  serverunits_expect (late, 0, 140);
  serverunits_expect (late, 0, 150);

  /* nor are they of use after the camera has begun anew */
  hub_begin_run (hub);
  serverunits_push (hub, video, 200, 0);
  serverunits_push (hub, video, 220, HUB_FLAG_KEY | HUB_FLAG_OPEN);
  serverunits_push (hub, video, 210, HUB_FLAG_LEADING);
  serverunits_push (hub, video, 230, 0);
  serverunits_expect (early, 0, 220);
  serverunits_expect (early, 0, 230);
  viewer_hold (early);
  viewer_hold (late);
}

GST_END_TEST;

GST_START_TEST (test_audio_never_goes_back)
{
  guint video, audio;
  g_autoptr (CheapcamHub) hub = serverunits_new_hub (&video, &audio);
  g_autoptr (CheapcamViewer) viewer = NULL;

  serverunits_push (hub, video, 100, HUB_FLAG_KEY);
  serverunits_push (hub, audio, 100, HUB_FLAG_KEY);
  viewer = viewer_new (hub);
  viewer_play (viewer);
  serverunits_push (hub, audio, 110, HUB_FLAG_KEY);
  serverunits_push (hub, audio, 105, HUB_FLAG_KEY);
  serverunits_push (hub, audio, 111, HUB_FLAG_KEY);
  serverunits_expect (viewer, 1, 100);
  serverunits_expect (viewer, 1, 110);
  serverunits_expect (viewer, 1, 111);
  viewer_hold (viewer);
}

GST_END_TEST;

static gboolean
serverunits_set (gpointer flag)
{
  *(gboolean *) flag = TRUE;
  return G_SOURCE_REMOVE;
}

GST_START_TEST (test_who_waits_for_a_camera_is_told_once)
{
  guint video, audio, id;
  g_autoptr (CheapcamHub) hub = serverunits_new_hub (&video, &audio);
  g_autoptr (GMainContext) context = g_main_context_new ();
  gboolean told = FALSE, gone = FALSE;

  hub_add_waiter (hub, context, serverunits_set, &told, NULL);
  id = hub_add_waiter (hub, context, serverunits_set, &gone, NULL);
  hub_remove_waiter (hub, id);
  serverunits_push (hub, video, 100, HUB_FLAG_KEY);
  while (g_main_context_iteration (context, FALSE));
  fail_if (told);
  serverunits_push (hub, audio, 100, HUB_FLAG_KEY);
  while (g_main_context_iteration (context, FALSE));
  fail_unless (told);
  fail_if (gone);

  hub_end_run (hub);
  fail_if (hub_is_ready (hub));
  told = FALSE;
  serverunits_push (hub, video, 200, HUB_FLAG_KEY);
  while (g_main_context_iteration (context, FALSE));
  fail_if (told);
}

GST_END_TEST;

GST_START_TEST (test_camera_of_another_kind_ends_its_viewers)
{
  guint video, audio;
  g_autoptr (CheapcamHub) hub = serverunits_new_hub (&video, &audio);
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (CheapcamViewer) viewer = NULL;
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("video/x-h264");
  gboolean gone = FALSE;

  serverunits_push (hub, video, 100, HUB_FLAG_KEY);
  serverunits_push (hub, audio, 100, HUB_FLAG_KEY);
  viewer = viewer_new (hub);
  viewer_set_gone_func (viewer, context, serverunits_set, &gone, NULL);
  viewer_play (viewer);
  hub_push (hub, video, gst_buffer_new (), caps, 0);
  while (g_main_context_iteration (context, FALSE));
  fail_unless (gone);
  viewer_hold (viewer);
}

GST_END_TEST;

GST_START_TEST (test_what_cannot_be_sent_is_not_tried_again_at_once)
{
  guint video, audio;
  g_autoptr (CheapcamHub) hub = serverunits_new_hub (&video, &audio);
  g_autoptr (GstCaps) other = gst_caps_from_string ("image/jpeg, width=8");
  GstBuffer *buffer = gst_buffer_new_and_alloc (16);
  gint64 now = SECONDS (1000);

  serverunits_push (hub, video, 100, HUB_FLAG_KEY);
  fail_if (hub_is_unsendable (hub, now));
  hub_note_unsendable (hub, now);
  fail_unless (hub_is_unsendable (hub, now));
  serverunits_push (hub, video, 101, HUB_FLAG_KEY);
  fail_unless (hub_is_unsendable (hub, now + SECONDS (29)));
  fail_if (hub_is_unsendable (hub, now + SECONDS (31)));

  /* another format, or a camera that begins anew, may do better */
  hub_note_unsendable (hub, now);
  GST_BUFFER_PTS (buffer) = GST_SECOND;
  hub_push (hub, video, buffer, other, HUB_FLAG_KEY);
  fail_if (hub_is_unsendable (hub, now));
  hub_note_unsendable (hub, now);
  hub_end_run (hub);
  fail_if (hub_is_unsendable (hub, now));
}

GST_END_TEST;

static gpointer
serverunits_prepare (gpointer media)
{
  g_autoptr (GstRTSPThreadPool) threads = gst_rtsp_thread_pool_new ();
  GstRTSPThread *thread = gst_rtsp_thread_pool_get_thread (threads,
      GST_RTSP_THREAD_TYPE_MEDIA, NULL);

  return GINT_TO_POINTER (gst_rtsp_media_prepare (media, thread));
}

GST_START_TEST (test_medium_that_gives_nothing_to_send_is_remembered)
{
  guint video, audio;
  g_autoptr (CheapcamHub) hub = serverunits_new_hub (&video, &audio);
  g_autoptr (GstRTSPMediaFactory) factory = factory_new (hub, FALSE);
  g_autoptr (GstCaps) caps = gst_caps_from_string ("image/jpeg, "
      "parsed=(boolean)true, width=16, height=16, sampling=YCbCr-4:2:0");
  GstBuffer *garbage = gst_buffer_new_and_alloc (16);
  GstRTSPUrl *url = NULL;
  GstRTSPMedia *media;
  GThread *thread;

  gst_buffer_memset (garbage, 0, 0, 16);
  GST_BUFFER_PTS (garbage) = GST_SECOND;
  hub_push (hub, video, garbage, caps, HUB_FLAG_KEY);
  serverunits_push (hub, audio, 1000, HUB_FLAG_KEY);
  gst_rtsp_url_parse ("rtsp://127.0.0.1/cam", &url);
  media = gst_rtsp_media_factory_construct (factory, url);
  fail_unless (media != NULL);
  thread = g_thread_new ("prepare", serverunits_prepare, media);
  while (!hub_is_unsendable (hub, g_get_monotonic_time ()))
    g_main_context_iteration (NULL, TRUE);
  fail_if (GPOINTER_TO_INT (g_thread_join (thread)));
  gst_rtsp_url_free (url);
  g_object_unref (media);
}

GST_END_TEST;

GST_START_TEST (test_config_has_safe_defaults)
{
  g_autoptr (CheapcamConfig) config = config_new ();

  fail_unless_equals_string (config->address, "127.0.0.1");
  fail_unless_equals_int (config->port, 8554);
  fail_unless (config->users_file == NULL);
  fail_if (config->insecure);
  fail_unless (config->max_connections > 0);
  fail_unless (config->request_timeout_s > 0);
  fail_if (config_check (config, NULL));        /* no camera */
}

GST_END_TEST;

static Suite *
serverunits_suite (void)
{
  Suite *s = suite_create ("serverunits");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_transport_offers_are_filtered);
  tcase_add_test (tc, test_only_ranges_of_a_live_stream_pass);
  tcase_add_test (tc, test_failed_logins_are_throttled_by_network_and_user);
  tcase_add_test (tc, test_guessing_names_is_throttled_by_network);
  tcase_add_test (tc, test_neighbours_do_not_throttle_who_was_there);
  tcase_add_test (tc, test_throttle_remembers_so_many_and_no_more);
  tcase_add_test (tc, test_budget_is_for_bytes_without_a_request);
  tcase_add_test (tc, test_connections_are_counted);
  tcase_add_test (tc, test_places_where_decoding_can_begin);
  tcase_add_test (tc, test_passwords_are_not_shown);
  tcase_add_test (tc, test_users_are_verified);
  tcase_add_test (tc, test_viewer_begins_at_the_last_key_frame);
  tcase_add_test (tc, test_viewer_goes_on_where_it_was);
  tcase_add_test (tc, test_leading_pictures_are_left_out_where_they_need_more);
  tcase_add_test (tc, test_audio_never_goes_back);
  tcase_add_test (tc, test_who_waits_for_a_camera_is_told_once);
  tcase_add_test (tc, test_camera_of_another_kind_ends_its_viewers);
  tcase_add_test (tc, test_what_cannot_be_sent_is_not_tried_again_at_once);
  tcase_add_test (tc, test_medium_that_gives_nothing_to_send_is_remembered);
  tcase_add_test (tc, test_config_has_safe_defaults);
  return s;
}

GST_CHECK_MAIN (serverunits);
