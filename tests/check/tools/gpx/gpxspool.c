/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/gpx/spool.h"

#include <gst/check/gstcheck.h>

#include <signal.h>
#include <sys/resource.h>

/* Megabytes of elements, far more than a list keeps in memory. */
#define MANY 150000

typedef struct
{
  guint number;
  guint key;
  gchar filler[48];
} Element;

static void
add (Spool * list, guint number, guint key)
{
  Element element = { number, key, "" };

  spool_add (list, &element);
}

/* Keys come in no order, and many of them several times. */
static Spool *
new_list (guint n)
{
  Spool *list = spool_new (sizeof (Element));

  for (guint i = 0; i < n; i++)
    add (list, i, i * 7919 % 10007);
  return list;
}

static gint
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Element *x = a;
  const Element *y = b;

  return (x->key > y->key) - (x->key < y->key);
}

static void
assert_as_added (Spool * list, guint n)
{
  assert_equals_int (list->len, n);
  for (guint i = 0; i < n; i++) {
    const Element *element = spool_get (list, i);

    fail_unless (element->number == i && element->key == i * 7919 % 10007);
  }
}

static void
assert_is_sorted (Spool * list)
{
  guint n = list->len;
  guint64 sum = 0;
  Element last;

  for (guint i = 0; i < n; i++) {
    const Element *element = spool_get (list, i);

    fail_unless (i == 0 || element->key > last.key
        || (element->key == last.key && element->number > last.number));
    sum += element->number;
    last = *element;
  }
  fail_unless (sum == (guint64) n * (n - 1) / 2);
}

static void
assert_sorts (Spool * list)
{
  guint n = list->len;

  spool_sort (list, compare);
  assert_equals_int (list->len, n);
  assert_is_sorted (list);
}

static void
assert_is_small (const Spool * list)
{
  fail_unless (list->capacity * list->size < 256 * 1024);
}

/* Of which pieces and runs are whole, or not. */
static const guint lengths[] = { 0, 1, 16, 17, 1024, 1170, 18724, 18725, 37449,
  MANY
};

GST_START_TEST (test_elements_stay_as_they_were_added)
{
  g_autoptr (Spool) list = new_list (lengths[__i__]);

  assert_as_added (list, lengths[__i__]);
  assert_is_small (list);
}

GST_END_TEST;

GST_START_TEST (test_equals_keep_their_order)
{
  g_autoptr (Spool) list = new_list (lengths[__i__]);

  if (list->len > 0)
    assert_sorts (list);
  assert_is_small (list);
}

GST_END_TEST;

GST_START_TEST (test_changes_last)
{
  g_autoptr (Spool) list = new_list (MANY);

  for (guint i = 0; i < MANY; i += 1000)
    ((Element *) spool_edit (list, i))->key = MANY;
  add (list, MANY, 0);
  for (guint i = 0; i < MANY; i++) {
    const Element *element = spool_get (list, i);

    assert_equals_int (element->number, i);
    assert_equals_int (element->key, i % 1000 == 0 ? MANY : i * 7919 % 10007);
  }
  assert_equals_int (((const Element *) spool_get (list, MANY))->number, MANY);
}

GST_END_TEST;

GST_START_TEST (test_last_one_can_be_changed_while_others_come)
{
  g_autoptr (Spool) list = spool_new (sizeof (Element));

  for (guint i = 0; i < MANY; i++) {
    add (list, 0, i * 7919 % 10007);
    ((Element *) spool_edit (list, i))->number = i;
  }
  assert_as_added (list, MANY);
}

GST_END_TEST;

/* No file can become longer than that. Nothing may be asserted then: the test
 * keeps its place in a file, too. */
static void
limit_files (rlim_t size)
{
  struct rlimit limit = { size, RLIM_INFINITY };

  (void) signal (SIGXFSZ, SIG_IGN);
  (void) setrlimit (RLIMIT_FSIZE, &limit);
}

/* For nothing, for half a window, and for much more. */
static const rlim_t limits[] = { 0, 40000, 3000000 };

GST_START_TEST (test_full_disk_loses_nothing)
{
  g_autoptr (Spool) list = NULL;

  limit_files (limits[__i__]);
  list = new_list (MANY);
  limit_files (RLIM_INFINITY);
  assert_equals_int (list->fd, -1);
  assert_as_added (list, MANY);
  assert_sorts (list);
}

GST_END_TEST;

GST_START_TEST (test_disk_that_fills_while_sorting_loses_nothing)
{
  g_autoptr (Spool) list = new_list (MANY);

  limit_files (limits[__i__]);
  spool_sort (list, compare);
  limit_files (RLIM_INFINITY);
  assert_is_sorted (list);
  add (list, MANY, 0);
  assert_sorts (list);
}

GST_END_TEST;

GST_START_TEST (test_no_file_can_be_opened)
{
  struct rlimit limit, none;
  g_autoptr (Spool) list = NULL;

  fail_unless (getrlimit (RLIMIT_NOFILE, &limit) == 0);
  none = limit;
  none.rlim_cur = 0;
  (void) setrlimit (RLIMIT_NOFILE, &none);
  list = new_list (MANY);
  (void) setrlimit (RLIMIT_NOFILE, &limit);
  assert_equals_int (list->fd, -1);
  assert_as_added (list, MANY);
  for (guint i = MANY; i < 4 * MANY; i++)
    add (list, i, i * 7919 % 10007);
  fail_unless (list->fd >= 0);
  assert_as_added (list, 4 * MANY);
}

GST_END_TEST;

static Suite *
gpxspool_suite (void)
{
  Suite *s = suite_create ("gpxspool");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_loop_test (tc, test_elements_stay_as_they_were_added, 0,
      G_N_ELEMENTS (lengths));
  tcase_add_loop_test (tc, test_equals_keep_their_order, 0,
      G_N_ELEMENTS (lengths));
  tcase_add_test (tc, test_changes_last);
  tcase_add_test (tc, test_last_one_can_be_changed_while_others_come);
  tcase_add_loop_test (tc, test_full_disk_loses_nothing, 0,
      G_N_ELEMENTS (limits));
  tcase_add_loop_test (tc, test_disk_that_fills_while_sorting_loses_nothing, 0,
      G_N_ELEMENTS (limits));
  tcase_add_test (tc, test_no_file_can_be_opened);
  return s;
}

GST_CHECK_MAIN (gpxspool);
