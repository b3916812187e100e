/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What every element has to stand: states, properties, removal, also while data
 * flows. The elements are those of all plugins that this project has built. */

#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>

#define SOURCE "gst-plugins-cheapcam"

#define N_ROUNDS 5

static void
states_free_factories (GList * factories)
{
  gst_plugin_feature_list_free (factories);
}

/* Transfer full. */
static GList *
states_get_factories (void)
{
  GstRegistry *registry = gst_registry_get ();
  GList *plugins = gst_registry_get_plugin_list (registry);
  GList *factories = NULL;

  for (GList * l = plugins; l; l = l->next) {
    GList *features;

    if (!g_str_equal (gst_plugin_get_source (l->data), SOURCE))
      continue;
    features = gst_registry_get_feature_list_by_plugin (registry,
        gst_plugin_get_name (l->data));
    for (GList * f = features; f; f = f->next) {
      if (GST_IS_ELEMENT_FACTORY (f->data))
        factories = g_list_prepend (factories, gst_object_ref (f->data));
    }
    gst_plugin_feature_list_free (features);
  }
  gst_plugin_list_free (plugins);
  fail_unless (factories != NULL, "no element of ours was found");
  return factories;
}

static GstElement *
states_make (GstElementFactory * factory)
{
  GstElement *element = gst_element_factory_create (factory, NULL);

  fail_unless (element != NULL, "%s", GST_OBJECT_NAME (factory));
  return gst_object_ref_sink (element);
}

static void
states_set (GstElement * element, GstState state)
{
  GstStateChangeReturn ret = gst_element_set_state (element, state);

  fail_unless (ret != GST_STATE_CHANGE_FAILURE, "%s: %s",
      GST_OBJECT_NAME (element), gst_element_state_get_name (state));
  if (state == GST_STATE_NULL)
    fail_unless (ret == GST_STATE_CHANGE_SUCCESS, "%s",
        GST_OBJECT_NAME (element));
}

GST_START_TEST (test_states_go_up_and_down)
{
  GList *factories = states_get_factories ();

  for (GList * l = factories; l; l = l->next) {
    g_autoptr (GstElement) element = states_make (l->data);
    g_autoptr (GstBus) bus = __i__ ? gst_bus_new () : NULL;

    gst_element_set_bus (element, bus);
    for (guint i = 0; i < N_ROUNDS; i++) {
      states_set (element, GST_STATE_PLAYING);
      states_set (element, GST_STATE_NULL);
    }
    for (guint i = 0; i < N_ROUNDS; i++) {
      states_set (element, GST_STATE_PAUSED);
      states_set (element, GST_STATE_READY);
    }
    states_set (element, GST_STATE_NULL);
    gst_element_set_bus (element, NULL);
  }
  states_free_factories (factories);
}

GST_END_TEST;

/* Properties. */

static void
states_set_string (GObject * object, const gchar * name, const gchar * string)
{
  g_object_set (object, name, string, NULL);
}

static void
states_try_strings (GObject * object, GParamSpec * pspec)
{
  g_autofree gchar *text = g_strnfill (100000, 'x');

  states_set_string (object, pspec->name, NULL);
  states_set_string (object, pspec->name, "");
  states_set_string (object, pspec->name, "\xff\x01 %s%n/../");
  states_set_string (object, pspec->name, text);
  states_set_string (object, pspec->name, NULL);
}

/* A value that counts, or is chosen: what was set is what is read. */
static void
states_try_value (GObject * object, GParamSpec * pspec, const GValue * value)
{
  g_auto (GValue) read = G_VALUE_INIT;

  g_object_set_property (object, pspec->name, value);
  if (!(pspec->flags & G_PARAM_READABLE))
    return;
  g_value_init (&read, pspec->value_type);
  g_object_get_property (object, pspec->name, &read);
  fail_unless (g_param_values_cmp (pspec, value, &read) == 0, "%s.%s",
      G_OBJECT_TYPE_NAME (object), pspec->name);
}

/* Every value there is, of those types that have few. Returns whether it is one
 * of them. */
static gboolean
states_try_choices (GObject * object, GParamSpec * pspec)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, pspec->value_type);
  if (G_IS_PARAM_SPEC_ENUM (pspec)) {
    GEnumClass *klass = G_PARAM_SPEC_ENUM (pspec)->enum_class;

    for (guint i = 0; i < klass->n_values; i++) {
      g_value_set_enum (&value, klass->values[i].value);
      states_try_value (object, pspec, &value);
    }
    return TRUE;
  }
  if (G_IS_PARAM_SPEC_FLAGS (pspec)) {
    GFlagsClass *klass = G_PARAM_SPEC_FLAGS (pspec)->flags_class;

    for (guint i = 0; i < klass->n_values; i++) {
      g_value_set_flags (&value, klass->values[i].value);
      states_try_value (object, pspec, &value);
    }
    g_value_set_flags (&value, klass->mask);
    states_try_value (object, pspec, &value);
    return TRUE;
  }
  if (!G_IS_PARAM_SPEC_BOOLEAN (pspec))
    return FALSE;
  g_value_set_boolean (&value, FALSE);
  states_try_value (object, pspec, &value);
  g_value_set_boolean (&value, TRUE);
  states_try_value (object, pspec, &value);
  return TRUE;
}

/* The least and the greatest value of a number. Anything is made to fit by
 * validation, so that no type needs to be known. */
static gboolean
states_get_limit (GParamSpec * pspec, gboolean greatest, GValue * ret_value)
{
  static const gdouble reals[] = { -G_MAXDOUBLE, G_MAXDOUBLE };
  static const gint64 integers[] = { G_MININT64, G_MAXINT64 };
  static const guint64 cardinals[] = { 0, G_MAXUINT64 };

  g_value_init (ret_value, pspec->value_type);
  if (G_IS_PARAM_SPEC_INT (pspec))
    g_value_set_int (ret_value, greatest ? G_MAXINT : G_MININT);
  else if (G_IS_PARAM_SPEC_UINT (pspec))
    g_value_set_uint (ret_value, greatest ? G_MAXUINT : 0);
  else if (G_IS_PARAM_SPEC_INT64 (pspec))
    g_value_set_int64 (ret_value, integers[greatest]);
  else if (G_IS_PARAM_SPEC_UINT64 (pspec))
    g_value_set_uint64 (ret_value, cardinals[greatest]);
  else if (G_IS_PARAM_SPEC_DOUBLE (pspec))
    g_value_set_double (ret_value, reals[greatest]);
  else if (G_IS_PARAM_SPEC_FLOAT (pspec))
    g_value_set_float (ret_value, greatest ? G_MAXFLOAT : -G_MAXFLOAT);
  else
    return FALSE;
  (void) g_param_value_validate (pspec, ret_value);
  return TRUE;
}

static void
states_try_limits (GObject * object, GParamSpec * pspec)
{
  for (guint i = 0; i < 2; i++) {
    g_auto (GValue) value = G_VALUE_INIT;

    if (states_get_limit (pspec, i > 0, &value))
      states_try_value (object, pspec, &value);
  }
}

static void
states_try_default (GObject * object, GParamSpec * pspec)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, pspec->value_type);
  g_param_value_set_default (pspec, &value);
  g_object_set_property (object, pspec->name, &value);
}

/* Names and parents are GStreamer's. */
static gboolean
states_is_ours (GParamSpec * pspec)
{
  return pspec->owner_type != GST_TYPE_OBJECT;
}

static gboolean
states_is_writable (GParamSpec * pspec, GstState state)
{
  if (!states_is_ours (pspec) || !(pspec->flags & G_PARAM_WRITABLE)
      || (pspec->flags & G_PARAM_CONSTRUCT_ONLY))
    return FALSE;
  return state <= GST_STATE_READY
      || (pspec->flags & (GST_PARAM_MUTABLE_PLAYING | GST_PARAM_MUTABLE_PAUSED))
      != 0;
}

static void
states_try_property (GstElement * element, GParamSpec * pspec, GstState state)
{
  GObject *object = G_OBJECT (element);
  g_auto (GValue) value = G_VALUE_INIT;

  if (pspec->flags & G_PARAM_READABLE) {
    g_value_init (&value, pspec->value_type);
    g_object_get_property (object, pspec->name, &value);
  }
  if (!states_is_writable (pspec, state))
    return;
  if (G_IS_PARAM_SPEC_STRING (pspec))
    states_try_strings (object, pspec);
  else if (!states_try_choices (object, pspec))
    states_try_limits (object, pspec);
  states_try_default (object, pspec);
}

/* A new object has what its properties say. */
static void
states_check_default (GstElement * element, GParamSpec * pspec)
{
  g_auto (GValue) value = G_VALUE_INIT;

  if (!states_is_ours (pspec)
      || (pspec->flags & G_PARAM_READWRITE) != G_PARAM_READWRITE
      || (pspec->flags & G_PARAM_CONSTRUCT))
    return;
  g_value_init (&value, pspec->value_type);
  g_object_get_property (G_OBJECT (element), pspec->name, &value);
  fail_unless (g_param_value_defaults (pspec, &value), "%s.%s",
      GST_OBJECT_NAME (element), pspec->name);
}

static const GstState states[] = {
  GST_STATE_NULL, GST_STATE_READY, GST_STATE_PAUSED, GST_STATE_PLAYING
};

GST_START_TEST (test_properties_take_all_their_values)
{
  GList *factories = states_get_factories ();

  for (GList * l = factories; l; l = l->next) {
    g_autoptr (GstElement) element = states_make (l->data);
    guint n = 0;
    g_autofree GParamSpec **pspecs = g_object_class_list_properties
        (G_OBJECT_GET_CLASS (element), &n);

    for (guint i = 0; i < n; i++)
      states_check_default (element, pspecs[i]);
    for (guint s = 0; s < G_N_ELEMENTS (states); s++) {
      states_set (element, states[s]);
      for (guint i = 0; i < n; i++)
        states_try_property (element, pspecs[i], states[s]);
    }
    states_set (element, GST_STATE_NULL);
  }
  states_free_factories (factories);
}

GST_END_TEST;

/* Its pipeline goes on without it. */
GST_START_TEST (test_element_is_removed_in_any_state)
{
  GList *factories = states_get_factories ();

  for (GList * l = factories; l; l = l->next) {
    g_autoptr (GstElement) pipeline = gst_pipeline_new (NULL);
    GstElement *element = states_make (l->data);

    gst_bin_add (GST_BIN (pipeline), element);
    states_set (pipeline, states[__i__]);
    fail_unless (gst_bin_remove (GST_BIN (pipeline), element));
    states_set (element, GST_STATE_NULL);
    /* messages on its bus hold the element */
    states_set (pipeline, GST_STATE_NULL);
    ASSERT_OBJECT_REFCOUNT (element, GST_OBJECT_NAME (l->data), 1);
    gst_object_unref (element);
  }
  states_free_factories (factories);
}

GST_END_TEST;

/* Goes with its pipeline. */
GST_START_TEST (test_pipeline_is_stopped_in_any_state)
{
  GList *factories = states_get_factories ();

  for (GList * l = factories; l; l = l->next) {
    g_autoptr (GstElement) pipeline = gst_pipeline_new (NULL);
    GstElement *element = gst_element_factory_create (l->data, NULL);

    gst_bin_add (GST_BIN (pipeline), element);
    states_set (pipeline, states[__i__]);
    states_set (pipeline, GST_STATE_NULL);
    ASSERT_OBJECT_REFCOUNT (element, GST_OBJECT_NAME (l->data), 1);
  }
  states_free_factories (factories);
}

GST_END_TEST;

/* Who holds a message of a bin's child holds the child. */
GST_START_TEST (test_children_outlive_their_bin)
{
  GList *factories = states_get_factories ();

  for (GList * l = factories; l; l = l->next) {
    GstElement *element = states_make (l->data);
    GList *children = NULL;

    if (GST_IS_BIN (element))
      children = g_list_copy (GST_BIN_CHILDREN (element));
    for (GList * c = children; c; c = c->next)
      gst_object_ref (c->data);
    states_set (element, GST_STATE_PAUSED);
    states_set (element, GST_STATE_NULL);
    gst_object_unref (element);
    g_list_free_full (children, gst_object_unref);
  }
  states_free_factories (factories);
}

GST_END_TEST;

/* While data flows. */

static gboolean
states_has_pad (GstElementFactory * factory, GstPadDirection direction,
    GstPadPresence presence)
{
  const GList *l = gst_element_factory_get_static_pad_templates (factory);

  for (; l; l = l->next) {
    const GstStaticPadTemplate *templ = l->data;

    if (templ->direction == direction && templ->presence == presence)
      return TRUE;
  }
  return FALSE;
}

/* One that takes a recording. */
static gboolean
states_is_demuxer (GstElementFactory * factory)
{
  return gst_element_factory_list_is_type (factory,
      GST_ELEMENT_FACTORY_TYPE_DEMUXER)
      && states_has_pad (factory, GST_PAD_SINK, GST_PAD_ALWAYS)
      && states_has_pad (factory, GST_PAD_SRC, GST_PAD_SOMETIMES);
}

/* What runs beside the pushing: one property after the other, back and forth. */
static void
states_start_properties (GstHarness * harness, GPtrArray * threads)
{
  guint n = 0;
  g_autofree GParamSpec **pspecs = g_object_class_list_properties
      (G_OBJECT_GET_CLASS (harness->element), &n);

  for (guint i = 0; i < n; i++) {
    for (guint k = 0; k < 2; k++) {
      g_auto (GValue) value = G_VALUE_INIT;

      if (states_is_writable (pspecs[i], GST_STATE_PLAYING)
          && states_get_limit (pspecs[i], k > 0, &value))
        g_ptr_array_add (threads, gst_harness_stress_property_start
            (harness, pspecs[i]->name, &value));
    }
  }
}

#define N_BUFFERS 2000

/* Bytes of a recording, or of none. */
static void
states_push (GstHarness * harness, const gchar * data, gsize size)
{
  gsize at = 0;

  for (guint i = 0; i < N_BUFFERS; i++) {
    gsize part = MIN (size - at, 1 + i * 7919 % 4096);

    (void) gst_harness_push (harness, gst_buffer_new_memdup (data + at, part));
    at = (at + part) % size;
  }
}

static const gchar *const recordings[] = {
  "synthetic/ts_viofo_a119v3.ts",
  "synthetic/mp4_fgps03_viofo_a119v3.mp4"
};

static gchar *
states_recording (guint at)
{
  return g_build_filename (g_getenv ("CHEAPCAM_SAMPLES"), "dashcam",
      recordings[at], NULL);
}

static void
states_stress (GstElementFactory * factory, const gchar * path)
{
  g_autofree gchar *data = NULL;
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  GstHarness *harness = gst_harness_new_with_padnames (GST_OBJECT_NAME
      (factory), "sink", NULL);
  g_autoptr (GstCaps) caps = gst_pad_peer_query_caps (harness->srcpad, NULL);
  gsize size;

  fail_unless (g_file_get_contents (path, &data, &size, NULL), "%s", path);
  gst_harness_set_src_caps (harness, gst_caps_fixate (gst_caps_copy (caps)));
  states_start_properties (harness, threads);
  states_push (harness, data, size);
  for (guint i = 0; i < threads->len; i++)
    (void) gst_harness_stress_thread_stop (g_ptr_array_index (threads, i));
  gst_harness_teardown (harness);
}

GST_START_TEST (test_properties_change_while_data_flows)
{
  GList *factories = states_get_factories ();
  g_autofree gchar *path = states_recording (__i__);

  for (GList * l = factories; l; l = l->next) {
    if (states_is_demuxer (l->data))
      states_stress (l->data, path);
  }
  states_free_factories (factories);
}

GST_END_TEST;

/* No bin has them: while one looks who follows whom, it takes a link that is
 * just made for a loop. */
static void
states_link_sink (GstElement * element, GstPad * pad, gpointer user_data)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) sinkpad = gst_element_get_static_pad (sink, "sink");

  g_object_set (sink, "async", FALSE, NULL);
  states_set (sink, GST_STATE_PLAYING);
  (void) gst_pad_link (pad, sinkpad);
  g_object_set_data (G_OBJECT (pad), "sink", gst_object_ref_sink (sink));
}

static void
states_drop_sink (GstElement * element, GstPad * pad, gpointer user_data)
{
  GstElement *sink = g_object_steal_data (G_OBJECT (pad), "sink");

  if (!sink)
    return;
  states_set (sink, GST_STATE_NULL);
  gst_object_unref (sink);
}

static void
states_tell_no_more_pads (GstElement * element, gpointer user_data)
{
  (void) gst_element_post_message (element,
      gst_message_new_application (GST_OBJECT (element),
          gst_structure_new_empty ("no-more-pads")));
}

static void
states_wait_links (GstBus * bus)
{
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
      GST_CLOCK_TIME_NONE, GST_MESSAGE_APPLICATION | GST_MESSAGE_ERROR);
}

#define N_PLAYS 40

static void
states_play (GstElementFactory * factory, const gchar * path, gboolean linked)
{
  g_autoptr (GstBus) bus = gst_bus_new ();
  g_autoptr (GstElement) source =
      gst_object_ref_sink (gst_element_factory_make ("filesrc", NULL));
  g_autoptr (GstElement) element = states_make (factory);

  g_object_set (source, "location", path, NULL);
  gst_element_set_bus (element, bus);
  fail_unless (gst_element_link_pads (source, "src", element, "sink"));
  g_signal_connect (element, "no-more-pads",
      G_CALLBACK (states_tell_no_more_pads), NULL);
  if (linked) {
    g_signal_connect (element, "pad-added", G_CALLBACK (states_link_sink),
        NULL);
    g_signal_connect (element, "pad-removed", G_CALLBACK (states_drop_sink),
        NULL);
  }
  for (guint i = 0; i < N_PLAYS; i++) {
    states_set (element, i % 2 ? GST_STATE_PLAYING : GST_STATE_PAUSED);
    states_set (source, i % 2 ? GST_STATE_PLAYING : GST_STATE_PAUSED);
    if (i % 3 == 0)
      states_wait_links (bus);
    states_set (element, i % 4 ? GST_STATE_READY : GST_STATE_NULL);
    states_set (source, GST_STATE_READY);
    gst_bus_set_flushing (bus, TRUE);
    gst_bus_set_flushing (bus, FALSE);
  }
  states_set (element, GST_STATE_NULL);
  states_set (source, GST_STATE_NULL);
  gst_element_set_bus (element, NULL);
}

GST_START_TEST (test_states_change_while_data_flows)
{
  GList *factories = states_get_factories ();
  g_autofree gchar *path = states_recording (__i__);

  for (GList * l = factories; l; l = l->next) {
    if (!states_is_demuxer (l->data))
      continue;
    states_play (l->data, path, FALSE);
    states_play (l->data, path, TRUE);
  }
  states_free_factories (factories);
}

GST_END_TEST;

static Suite *
states_suite (void)
{
  Suite *s = suite_create ("states");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_loop_test (tc, test_states_go_up_and_down, 0, 2);
  tcase_add_test (tc, test_properties_take_all_their_values);
  tcase_add_loop_test (tc, test_element_is_removed_in_any_state, 0,
      G_N_ELEMENTS (states));
  tcase_add_loop_test (tc, test_pipeline_is_stopped_in_any_state, 0,
      G_N_ELEMENTS (states));
  tcase_add_test (tc, test_children_outlive_their_bin);
  tcase_add_loop_test (tc, test_properties_change_while_data_flows, 0,
      G_N_ELEMENTS (recordings));
  tcase_add_loop_test (tc, test_states_change_while_data_flows, 0,
      G_N_ELEMENTS (recordings));
  return s;
}

GST_CHECK_MAIN (states);
