/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What happens to a stream of a camera before it reaches the hub, and to a
 * stream of the hub before it reaches RTP: one table row per format. */

#include "chain.h"

#include <string.h>

/* Formats that reach the viewers as they are; of JPEG only what RTP can carry,
 * which shows in its pictures. PCMU and PCMA are 8 kHz mono here. */
#define JPEG_CAPS \
  "image/jpeg, parsed=(boolean)true, width=(int)[ 1, MAX ], " \
  "height=(int)[ 1, MAX ]"
#define AAC_CAPS \
  "audio/mpeg, mpegversion=(int){ 2, 4 }, stream-format=(string){ raw, adts }"
#define MP3_CAPS "audio/mpeg, mpegversion=(int)1"
#define OPUS_CAPS "audio/x-opus, channel-mapping-family=(int)0"
#define PCMU_CAPS "audio/x-mulaw, rate=(int)8000, channels=(int)1"
#define PCMA_CAPS "audio/x-alaw, rate=(int)8000, channels=(int)1"

/* The parsers put parameter sets before each key frame. The payloaders could
 * (config-interval=-1), but put them before each slice of it, which decoders
 * take for the start of another picture. */
#define H264_OUT \
  "h264parse config-interval=-1 ! capsfilter caps=\"video/x-h264, " \
  "stream-format=(string)avc, alignment=(string)au\""
#define H265_OUT \
  "h265parse config-interval=-1 ! capsfilter caps=\"video/x-h265, " \
  "stream-format=(string)hvc1, alignment=(string)au\""
/* The encoders take even sizes only. */
#define EVEN_I420 \
  "video/x-raw, format=(string)I420, width=(int)[ 2, 16384, 2 ], " \
  "height=(int)[ 2, 16384, 2 ]"
/* Scaled once, not for each repetition. */
#define STILL_OUT \
  "videoconvert ! videoscale ! " EVEN_I420 " ! imagefreeze ! " \
  "video/x-raw, framerate=(fraction)5/1 ! "
#define AAC_OUT \
  "aacparse ! capsfilter caps=\"audio/mpeg, stream-format=(string)raw\""

typedef struct
{
  ChainKind kind;
  const gchar *caps;
  /* NULL-terminated alternatives, the first that can be made is taken */
  const gchar *chains[4];
  const gchar *payloader;
} ChainRow;

static const ChainRow rows[] = {
  {CHAIN_VIDEO, "video/x-h264", {H264_OUT},
      "rtph264pay config-interval=0 aggregate-mode=zero-latency"},
  {CHAIN_VIDEO, "video/x-h265", {H265_OUT},
      "rtph265pay config-interval=0 aggregate-mode=zero-latency"},
  {CHAIN_VIDEO, JPEG_CAPS, {"identity silent=true"}, "rtpjpegpay"},
  {CHAIN_AUDIO, AAC_CAPS, {AAC_OUT}, "rtpmp4gpay"},
  {CHAIN_AUDIO, MP3_CAPS, {"mpegaudioparse"}, "rtpmpapay max-ptime=40000000"},
  {CHAIN_AUDIO, OPUS_CAPS, {"opusparse", "identity silent=true"},
      "rtpopuspay"},
  {CHAIN_AUDIO, PCMU_CAPS, {"identity silent=true"}, "rtppcmupay"},
  {CHAIN_AUDIO, PCMA_CAPS, {"identity silent=true"}, "rtppcmapay"},
  {CHAIN_VIDEO, "video/x-raw(ANY)",
        {"videoconvert ! videoscale ! " EVEN_I420 " ! "
              "x264enc name=encoder tune=zerolatency speed-preset=veryfast "
              "pass=qual quantizer=23 bitrate=8192 ! " H264_OUT,
            "videoconvert ! videoscale ! " EVEN_I420 " ! "
              "openh264enc name=encoder complexity=low ! " H264_OUT},
      NULL},
  {CHAIN_AUDIO, "audio/x-raw(ANY)",
        {"audioconvert ! audioresample ! audio/x-raw, "
              "rate=(int)[ 8000, 48000 ], channels=(int)[ 1, 2 ] ! "
              "voaacenc ! " AAC_OUT,
            "audioconvert ! audioresample ! audio/x-raw, "
              "rate=(int)[ 8000, 48000 ], channels=(int)[ 1, 2 ] ! "
              "avenc_aac ! " AAC_OUT},
      NULL},
};

/* What comes before the encoder, if the pictures are not raw yet. */
static const gchar *const heads[] = {
  [CHAIN_RAW] = "",
  [CHAIN_JPEG] = "jpegdec ! ",
  [CHAIN_STILL] = STILL_OUT,
  [CHAIN_STILL_JPEG] = "jpegdec ! " STILL_OUT,
};

/* A JPEG has to be cut into pictures to be looked at, but nobody takes
 * jpegparse by itself. */
void
chain_init (void)
{
  GstPluginFeature *feature =
      gst_registry_lookup_feature (gst_registry_get (), "jpegparse");

  if (feature) {
    gst_plugin_feature_set_rank (feature, GST_RANK_PRIMARY + 1);
    gst_object_unref (feature);
  }
}

static const ChainRow *
chain_find (GstCaps * caps)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GstCaps) row_caps = gst_caps_from_string (rows[i].caps);

    if (gst_caps_can_intersect (caps, row_caps))
      return &rows[i];
  }
  return NULL;
}

/* Where autoplugging stops: at what can be sent as it is, else at raw; for
 * video at raw alone if only_raw_video. */
GstCaps *
chain_wanted_caps (gboolean only_raw_video)
{
  GstCaps *caps = gst_caps_new_empty ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (only_raw_video && rows[i].kind == CHAIN_VIDEO && rows[i].payloader)
      continue;
    gst_caps_append (caps, gst_caps_from_string (rows[i].caps));
  }
  return caps;
}

ChainKind
chain_kind (GstCaps * caps)
{
  const ChainRow *row = chain_find (caps);

  return row ? row->kind : CHAIN_NONE;
}

/* A key frame every two seconds, whatever the frame rate. */
static GstPadProbeReturn
chain_set_key_interval (GstPad * pad, GstPadProbeInfo * info, gpointer encoder)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  gint num = 0, den = 1;
  guint frames;
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  gst_structure_get_fraction (gst_caps_get_structure (caps, 0), "framerate",
      &num, &den);
  frames = num > 0 && den > 0 ? CLAMP (2 * num / den, 1, 240) : 30;
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (encoder),
          "key-int-max"))
    g_object_set (encoder, "key-int-max", frames, NULL);
  else
    g_object_set (encoder, "gop-size", frames, NULL);
  return GST_PAD_PROBE_OK;
}

static void
chain_prepare_encoder (GstElement * bin)
{
  GstElement *encoder = gst_bin_get_by_name (GST_BIN (bin), "encoder");
  GstPad *pad;

  if (encoder == NULL)
    return;
  pad = gst_element_get_static_pad (encoder, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      chain_set_key_interval, encoder, NULL);
  gst_object_unref (pad);
  gst_object_unref (encoder);
}

/* Whether a stream of these caps is encoded on its way to the hub. */
gboolean
chain_encodes (GstCaps * caps)
{
  const ChainRow *row = chain_find (caps);

  return row != NULL && row->payloader == NULL;
}

static GstElement *
chain_make (const ChainRow * row, const gchar * head, GError ** error)
{
  GstElement *bin = NULL;

  for (gsize i = 0; row->chains[i] && bin == NULL; i++) {
    g_autofree gchar *text = g_strconcat (head, row->chains[i], NULL);

    g_clear_error (error);
    bin = gst_parse_bin_from_description_full (text, TRUE, NULL,
        GST_PARSE_FLAG_FATAL_ERRORS | GST_PARSE_FLAG_PLACE_IN_BIN, error);
  }
  if (bin)
    chain_prepare_encoder (bin);
  return bin;
}

/* A bin (floating) from a stream of these caps to what the hub takes. */
GstElement *
chain_new (GstCaps * caps, GError ** error)
{
  const ChainRow *row = chain_find (caps);

  g_return_val_if_fail (row != NULL, NULL);
  return chain_make (row, "", error);
}

/* The same for video that is to be encoded. */
GstElement *
chain_new_encoder (ChainHead head, GError ** error)
{
  g_autoptr (GstCaps) raw = gst_caps_new_empty_simple ("video/x-raw");

  return chain_make (chain_find (raw), heads[head], error);
}

/* A payloader (floating) for a stream of the hub; NULL if there is none. */
GstElement *
chain_new_payloader (GstCaps * caps)
{
  const ChainRow *row = chain_find (caps);

  if (row == NULL || row->payloader == NULL)
    return NULL;
  return gst_parse_launch_full (row->payloader, NULL,
      GST_PARSE_FLAG_FATAL_ERRORS, NULL);
}
