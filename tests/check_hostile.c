/* SPDX-License-Identifier: BSD-2-Clause */
/* check_hostile.c - does the memory stay the same, whatever mails a sender makes up? */

#include "config.h"

#include <malloc.h>
#include <stdlib.h>

#include <check.h>
#include <glib.h>

#include "hostile.h"
#include "mail/message.h"

/* Twenty thousand mails in all: the first of each shape fill caches. */
#define WARM_UP  100
#define MEASURED 400

/* What GMime loses for one address is 8 kB, and what it keeps of a name 400 bytes. */
#define MAX_GROWTH (MEASURED * 20)

START_TEST(hostile_mails_leave_nothing_behind)
{
	size_t before = 0, after;

	message_init();
	for (unsigned i = 0; i < WARM_UP + MEASURED; i++) {
		g_autofree char *mail = hostile_mail((size_t)_i, i);

		if (i == WARM_UP)
			before = mallinfo2().uordblks;
		hostile_read(mail);
	}
	after = mallinfo2().uordblks;
	ck_assert_msg(after <= before + MAX_GROWTH,
		      "%s: %d mails grew by %zu bytes, want %d at most",
		      hostile_shape((size_t)_i), MEASURED, after - before, MAX_GROWTH);
}
END_TEST

static Suite *
hostile_suite(void)
{
	Suite *suite = suite_create("hostile");
	TCase *memory = tcase_create("memory");

	/* Each runs in a process of its own. */
	tcase_add_loop_test(memory, hostile_mails_leave_nothing_behind, 0,
			    (int)hostile_count());
	suite_add_tcase(suite, memory);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(hostile_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
