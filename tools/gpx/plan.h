/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "files.h"

G_BEGIN_DECLS
/* Where the documents go when each file has its own. */

/* Whether output (NULL: beside each file) means a folder. */
gboolean plan_is_folder (const gchar * output);

/* Refuses a document that would take the place of one of the files, however
 * damaged that is and whatever its name. output: NULL or "-" for standard
 * output. */
gboolean plan_check_input (GPtrArray * files, const gchar * output,
    GError ** error);

/* Sets FilesItem.output, no two of them equal, and makes the folder if it is
 * not there. Tells of the files whose document cannot be written, or exists
 * and is not to be overwritten, and takes them out. Returns FALSE when the
 * folder cannot be used. */
gboolean plan_outputs (GPtrArray * files, const gchar * folder,
    const gchar * suffix, gboolean force, FilesTell tell, gpointer user_data);

G_END_DECLS
