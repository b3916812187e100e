/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Feeds a fuzz target the files it is given, and those of the folders it is
 * given, once each, and the beginning of each cut short. */

#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum
{
  FUZZ_MAIN_HEAD = 64           /* bytes of a file that are cut at each place */
};

static unsigned n_files;

/* The first n bytes, and the last one, which some targets take for a mode. In
 * memory of just that size, so that sanitizers see what is read beyond it. */
static void
fuzz_main_cut (const uint8_t * data, size_t size, size_t n)
{
  uint8_t *cut = malloc (n + 1);

  if (!cut)
    return;
  memcpy (cut, data, n);
  cut[n] = data[size - 1];
  (void) LLVMFuzzerTestOneInput (cut, n + 1);
  free (cut);
}

static int
fuzz_main_file (const char *path)
{
  FILE *file = fopen (path, "rb");
  struct stat info;
  uint8_t *data;
  size_t size;

  if (!file || fstat (fileno (file), &info) < 0 || info.st_size < 0) {
    perror (path);
    if (file)
      fclose (file);
    return 1;
  }
  size = (size_t) info.st_size;
  /* of just that size, so that sanitizers see what is read beyond it */
  data = malloc (size ? size : 1);
  if (!data || fread (data, 1, size, file) != size) {
    fprintf (stderr, "%s: cannot be read\n", path);
    free (data);
    fclose (file);
    return 1;
  }
  fclose (file);
  (void) LLVMFuzzerTestOneInput (data, size);
  for (size_t n = 0; n < FUZZ_MAIN_HEAD && n + 1 < size; n++)
    fuzz_main_cut (data, size, n);
  free (data);
  n_files++;
  return 0;
}

static int
fuzz_main_folder (const char *path)
{
  DIR *folder = opendir (path);
  struct dirent *entry;
  int status = 0;

  if (!folder) {
    perror (path);
    return 1;
  }
  while (status == 0 && (entry = readdir (folder)) != NULL) {
    char name[4096];

    if (entry->d_name[0] == '.')
      continue;
    if (snprintf (name, sizeof name, "%s/%s", path, entry->d_name) <
        (int) sizeof name)
      status = fuzz_main_file (name);
  }
  closedir (folder);
  return status;
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    struct stat info;
    int status;

    if (stat (argv[i], &info) < 0) {
      /* the samples are not part of the project */
      fprintf (stderr, "%s: not there, passed over\n", argv[i]);
      continue;
    }
    status = S_ISDIR (info.st_mode) ? fuzz_main_folder (argv[i]) :
        fuzz_main_file (argv[i]);
    if (status != 0)
      return status;
  }
  printf ("%u files\n", n_files);
  return n_files > 0 ? 0 : 1;
}
