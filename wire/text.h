/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Numbers and words in bytes that are mostly ASCII. No locale, no NUL at the
 * end needed. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the text (without its NUL) lies at offset. */
bool text_has (const uint8_t * data, size_t size, size_t offset,
    const char *text);

/* Offset of the first place where the text lies, or size. */
size_t text_find (const uint8_t * data, size_t size, const char *text);

/* The number that n digits at offset make; n at most 9. False when one of them
 * is no digit, or they do not lie in data. */
bool text_digits (const uint8_t * data, size_t size, size_t offset, size_t n,
    uint32_t * ret_number);

/* A decimal number that data begins with, such as "-12.5": a sign or none,
 * digits, maybe a point and more digits; no exponent. Returns how many bytes it
 * has, or 0: there is none, or it has more than 18 digits. */
size_t text_decimal (const uint8_t * data, size_t size, double *ret_number);

/* Where the value of a member of an object of JSON begins, behind its
 * quotation mark if it is a text; or size. name has its quotation marks. */
size_t text_find_member (const uint8_t * json, size_t size, const char *name);

/* The number that the member is, or that stands in its text. */
bool text_get_member (const uint8_t * json, size_t size, const char *name,
    double *ret_number);
