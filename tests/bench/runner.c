/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Runs a program with its output thrown away and prints what it cost:
 * microseconds from start to end and of processor time, peak memory in kB, exit
 * code. Small, since the peak of a process begins with that of the one it came
 * from. */

#define _GNU_SOURCE

#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t
runner_now (void)
{
  struct timespec now;

  (void) clock_gettime (CLOCK_MONOTONIC, &now);
  return (int64_t) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t
runner_us (const struct timeval *time)
{
  return (int64_t) time->tv_sec * 1000000 + time->tv_usec;
}

int
main (int argc, char **argv)
{
  posix_spawn_file_actions_t actions;
  struct rusage usage;
  int64_t start;
  pid_t pid;
  int status;

  if (argc < 2) {
    fprintf (stderr, "Usage: runner PROGRAM [ARGUMENT...]\n");
    return 2;
  }
  if (posix_spawn_file_actions_init (&actions) != 0
      || posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO,
          "/dev/null", O_WRONLY, 0) != 0
      || posix_spawn_file_actions_adddup2 (&actions, STDOUT_FILENO,
          STDERR_FILENO) != 0)
    return 1;

  start = runner_now ();
  if (posix_spawnp (&pid, argv[1], &actions, NULL, argv + 1, environ) != 0) {
    fprintf (stderr, "%s cannot be started\n", argv[1]);
    return 1;
  }
  if (wait4 (pid, &status, 0, &usage) != pid)
    return 1;
  printf ("%" PRId64 " %" PRId64 " %ld %d\n", runner_now () - start,
      runner_us (&usage.ru_utime) + runner_us (&usage.ru_stime),
      usage.ru_maxrss,
      WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status));
  (void) posix_spawn_file_actions_destroy (&actions);
  return 0;
}
