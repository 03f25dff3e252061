/* SPDX-License-Identifier: BSD-2-Clause */
/* check_packet.c - is what the MTA sends a packet that libmilter can take? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "milter/packet.h"

/* A string of bytes with its length, the NUL that C adds left out. */
#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *bytes;
	size_t length;
	PacketPlace place;
	const char *why; /* NULL: it is whole */
} packets[] = {
	{ BYTES("\0\0\0\15O\0\0\0\6\0\0\1\377\0\37\377\377"), PACKET_OPENS, NULL },
	{ BYTES("\0\0\0\14O\0\0\0\6\0\0\1\377\0\37\377"), PACKET_OPENS, "too short" },
	{ BYTES("\0\0\0\1Q"), PACKET_OPENS, "before the negotiation" },
	{ BYTES("\0\0\0\5Ma@b\0"), PACKET_OPENS, "before the negotiation" },
	{ BYTES("\0\0\0\1Q"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\1A"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\1K"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\1N"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\1T"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\1E"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\4Bx\0y"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\1B"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\0"), PACKET_FOLLOWS, "without a command" },
	{ BYTES("\0\0\0\1x"), PACKET_FOLLOWS, "does not have" },
	{ BYTES("\0\0\0\1\0"), PACKET_FOLLOWS, "does not have" },
	{ BYTES("GET / HTTP/1.0\r\n"), PACKET_FOLLOWS, "more bytes" },
	{ BYTES("\0\20\0\2B"), PACKET_FOLLOWS, "more bytes" },
	{ BYTES("\0\0\0\6Ch\0004\0\1"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\4Ch\0U"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\4Chos"), PACKET_FOLLOWS, "without its strings" },
	{ BYTES("\0\0\0\1C"), PACKET_FOLLOWS, "too short" },
	{ BYTES("\0\0\0\3Hh\0"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\4Hh\0x"), PACKET_FOLLOWS, "without an end" },
	{ BYTES("\0\0\0\3Hhh"), PACKET_FOLLOWS, "without its strings" },
	{ BYTES("\0\0\0\5Ma@b\0"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\7Ma@b\0x\0"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\1M"), PACKET_FOLLOWS, "too short" },
	{ BYTES("\0\0\0\5Ra@b\0"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\5Ra@bc"), PACKET_FOLLOWS, "without its strings" },
	{ BYTES("\0\0\0\5Lx\0y\0"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\4Lx\0\0"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\3Lx\0"), PACKET_FOLLOWS, "without its strings" },
	{ BYTES("\0\0\0\6Lx\0y\0z"), PACKET_FOLLOWS, "without an end" },
	{ BYTES("\0\0\0\6UVRFY\0"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\2DM"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\6DMi\0q\0"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\5DMi\0\0"), PACKET_FOLLOWS, NULL },
	{ BYTES("\0\0\0\1D"), PACKET_FOLLOWS, "too short" },
	{ BYTES("\0\0\0\4DMi\0"), PACKET_FOLLOWS, "odd number" },
	{ BYTES("\0\0\0\10DMi\0q\0x\0"), PACKET_FOLLOWS, "odd number" },
	{ BYTES("\0\0\0\5DMi\0q"), PACKET_FOLLOWS, "without an end" },
	{ BYTES("\0\0\0\3DMi"), PACKET_FOLLOWS, "without an end" },
};

START_TEST(a_packet_is_good_or_has_a_reason)
{
	/* The end of the memory is the end of the packet, for tools that look. */
	g_autofree char *bytes = g_memdup2(packets[_i].bytes, packets[_i].length);
	size_t length = packets[_i].length, size = 0;
	const char *why = "";
	PacketState state = packet_read(bytes, length, packets[_i].place, &size, &why);

	if (packets[_i].why == NULL) {
		ck_assert_msg(state == PACKET_WHOLE, "packet %d: state %d, %s", _i, state,
			      why);
		ck_assert_uint_eq(size, length);
	} else {
		ck_assert_msg(state == PACKET_BAD, "packet %d: state %d", _i, state);
		ck_assert_msg(strstr(why, packets[_i].why) != NULL,
			      "packet %d: got \"%s\", want \"%s\"", _i, why,
			      packets[_i].why);
	}
}
END_TEST

START_TEST(a_good_packet_is_cut_before_its_last_byte)
{
	size_t size;
	const char *why;

	if (packets[_i].why != NULL)
		return;
	for (size_t length = 0; length < packets[_i].length; length++) {
		g_autofree char *bytes = g_memdup2(packets[_i].bytes, length);

		ck_assert_msg(packet_read(bytes, length, packets[_i].place, &size,
					  &why) == PACKET_CUT,
			      "packet %d, %zu bytes", _i, length);
		ck_assert_uint_eq(size, length < 4 ? 0 : packets[_i].length);
	}
}
END_TEST

START_TEST(only_the_first_packet_is_looked_at)
{
	size_t size = 0;
	const char *why = NULL;

	ck_assert_int_eq(
	    packet_read(BYTES("\0\0\0\1A\0\0\0\4DMi\0"), PACKET_FOLLOWS, &size, &why),
	    PACKET_WHOLE);
	ck_assert_uint_eq(size, 5);
}
END_TEST

START_TEST(the_longest_packet_is_taken)
{
	g_autofree char *bytes = g_malloc0(5 + PACKET_MAX_BYTES);
	size_t size = 0;
	const char *why = NULL;

	memcpy(bytes, "\0\20\0\1B", 5);
	ck_assert_int_eq(
	    packet_read(bytes, 5 + PACKET_MAX_BYTES, PACKET_FOLLOWS, &size, &why),
	    PACKET_WHOLE);
	ck_assert_uint_eq(size, 5 + PACKET_MAX_BYTES);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("packet");
	TCase *cases = tcase_create("packet");

	tcase_add_loop_test(cases, a_packet_is_good_or_has_a_reason, 0,
			    G_N_ELEMENTS(packets));
	tcase_add_loop_test(cases, a_good_packet_is_cut_before_its_last_byte, 0,
			    G_N_ELEMENTS(packets));
	tcase_add_test(cases, only_the_first_packet_is_looked_at);
	tcase_add_test(cases, the_longest_packet_is_taken);
	suite_add_tcase(suite, cases);

	return fixture_run(suite);
}
