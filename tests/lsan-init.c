/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What GLib and GStreamer allocate for good, allocated before the leak checker
 * counts: the registry with its tracers, and room in GLib's quark table, which
 * keeps each copy that it outgrows. The stacks of such leaks end in libraries
 * without frame pointers: a suppression could only name them with the slow
 * unwinder, which makes some tests eight times slower. */

#include <gst/gst.h>
#include <sanitizer/lsan_interface.h>

#define N_QUARKS 16384

static void lsan_init (void) __attribute__((constructor));

/* The linker calls it before the constructors of all libraries. */
static void (*const lsan_before_libraries) (void)
    __attribute__((section (".preinit_array"), used)) = __lsan_disable;

static void
lsan_init (void)
{
  gst_init (NULL, NULL);
  for (guint i = 0; i < N_QUARKS; i++) {
    gchar name[32];

    g_snprintf (name, sizeof name, "lsan-init-%u", i);
    g_quark_from_string (name);
  }
  __lsan_enable ();
}
