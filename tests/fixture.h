/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	fixture - the mails of tests/mail, and what tests do with them
 *
 * DESCRIPTION
 *	fixture_mail() reads a mail as it travels, with CRLF.  fixture_pass()
 *	leads one through a session as an MTA does, fixture_applied() is the
 *	mail that the MTA delivers after the edits.
 *
 *	Whatever fails here ends the test; everything returned is the caller's.
 */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <stddef.h>

#include <check.h>
#include <glib.h>

#include "base/data.h"
#include "base/keyfile.h"
#include "judge/assess.h"
#include "mail/visible.h"
#include "edit/edits.h"
#include "milter/session.h"
#include "people/learn.h"

/* The owner of the mails, where a test needs one. */
#define FIXTURE_OWNER "marieke@example.net"

/* 2026-01-15, for tests have no clock. */
#define FIXTURE_NOW 1768435200

/* The columns of tests/mail/EXPECTED.tsv. */
typedef enum {
	EXPECTED_FILE,
	EXPECTED_NETWORK,
	EXPECTED_INVITATION,
	EXPECTED_REQUEST,
	EXPECTED_NOTICE,
	EXPECTED_REMINDER,
	EXPECTED_NOTE,
	EXPECTED_FORGED,
	EXPECTED_INVITER,
	EXPECTED_HEADLINE,
	EXPECTED_COMPANY,
	EXPECTED_LOCATION,
	EXPECTED_PROFILE,
	EXPECTED_RECIPIENT,
	EXPECTED_CONNECTIONS,
	EXPECTED_TEXT,
	EXPECTED_LAST
} Expected;

/* name: a path below tests/. */
char *fixture_path(const char *name);

/* The rows of EXPECTED.tsv: char ** of EXPECTED_LAST cells. */
GPtrArray *fixture_rows(void);

/* name: a path below tests/mail/. */
GString *fixture_mail(const char *name);

/* text: of a settings file. */
Settings *fixture_settings(const char *text);

/* Read the data once, before the tests that fork; for suites of many that need it. */
void fixture_load(void);

/* settings: the text of a settings file, or NULL for the defaults. */
Assessor *fixture_assessor(const char *settings);

/* What is said of a mail, which must be readable. */
Assessment *fixture_assess(Assessor *assessor, const GString *mail, const char *owner);

/* One data file, as data_load() hands it over. */
GPtrArray *fixture_files(const char *path, const char *text);

/* Give head and body to a session that has begun; returns its answer after the head. */
SessionNext fixture_send(Session *session, const GString *mail);

/* A whole transaction for one recipient; report: what the log tells, or NULL. */
Edits *fixture_pass(Assessor *assessor, const GString *mail, const char *recipient,
		    Report *report);

/*
 * What the log tells of the mail in one line, for the life of the test; "" for nothing.
 */
const char *fixture_summary(const Report *report);

GString *fixture_applied(const GString *mail, const Edits *edits);

/* The inserted or changed value of a field, or NULL; borrowed. */
const char *fixture_value(const Edits *edits, const char *name);

/* Lines joined by "/", an empty one as nothing, a link line as "[…]". */
char *fixture_lines(const Visible *visible);

/* Links as "label=url", separated by a space. */
char *fixture_links(const Visible *visible);

/* An invitation came to the owner; message_id and address may be NULL. */
void fixture_invited(Store *store, const char *owner, const char *message_id,
		     const char *address);

/* A note of this inviter came to the owner. */
bool fixture_bulk(Store *store, const char *owner, const char *inviter,
		  const Fingerprint *note, gint64 when, GError **error);

/* Fails where an edit holds what no header field or body may hold. */
void fixture_check_edits(const Edits *edits, const char *what);

/* An invitation from a name, as it stands in From, with a note in a plain text part. */
GString *fixture_invitation(const char *from_name, const char *note);

/* The text with a twin in place of each of the latin characters, in their order. */
char *fixture_with_twins(const char *text, const char *latin, const char *const *twins);

/* A new folder; it goes, with what is in it, when the suite ends, however it ends. */
char *fixture_folder(void);

/* A store whose file, in a new folder, is not there yet; its path where one is wanted. */
Store *fixture_store(StoreMode mode, char **path_out);

/*
 * One identity that was sent to, put in a transaction of its own: of *person, or
 * of somebody new where that is 0, with the number left in it.
 */
bool fixture_put(Store *store, const char *owner, gint64 *person, IdentityKind kind,
		 const char *search_key, gint64 seen, GError **error);

/* What a source says of one person; NULL and 0 where it says nothing. */
typedef struct {
	Source source;
	const char *name, *company, *address, *url;
	gint64 seen;
} FixtureContact;

/* What became of it, learnt at FIXTURE_NOW for FIXTURE_OWNER. */
Learnt fixture_learn(Store *store, const Assessor *assessor, const FixtureContact *said);

/* The people that an owner knows: "ann@example.org|Ann Lee", joined by "; ". */
char *fixture_people(Store *store, const char *owner);

/* Runs the suite; the exit status. */
int fixture_run(Suite *suite);

/* Does it lie in an image of the program's? */
bool fixture_is_in_image(DataImage image, const void *place);

#endif
