/* SPDX-License-Identifier: BSD-2-Clause */
/* crowd.c - people made up by number, and databases full of them */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crowd.h"
#include "people/clue.h"
#include "people/store.h"

/* 2024-01-01, when all of them became known. */
#define MET_AT 1704067200

/* An eighth has a short form of another, as in real address books. */
static const char *const first_names[64] = {
	"Robert",   "Anna",     "Jan",     "Maria",   "Bob",     "Elena",  "Pavel",
	"Sofia",    "Thomas",   "Julia",   "Marek",   "Laura",   "Bill",   "Ingrid",
	"Diego",    "Chiara",   "Stefan",  "Fatima",  "Hugo",    "Amelie", "Liz",
	"Ravi",     "Noor",     "Camille", "Andreas", "Yuki",    "Omar",   "Greta",
	"Mike",     "Priya",    "Lars",    "Beatriz", "Nikolai", "Hanna",  "Carlos",
	"Emma",     "Jim",      "Astrid",  "Kofi",    "Milena",  "Matteo", "Aisha",
	"Viktor",   "Clara",    "Kate",    "Emil",    "Leila",   "Georg",  "Rafael",
	"Johanna",  "Tariq",    "Irena",   "Dave",    "Ana",     "Sven",   "Louise",
	"Mateus",   "Katarina", "William", "Esther",  "Steve",   "Oskar",  "Mirjam",
	"Philippe",
};

static const char *const syllables[32] = {
	"ba", "ber", "co",  "dal", "den", "er", "fel", "gar", "ha", "hol", "is",
	"ka", "kov", "lan", "ler", "lo",  "ma", "mer", "mon", "na", "ner", "os",
	"pe", "ran", "ri",  "sa",  "sen", "ta", "tor", "va",  "vi", "zen",
};

void
crowd_die(const char *what, const char *why)
{
	fprintf(stderr, "bench_people: %s: %s\n", what, why);
	exit(1);
}

/* An odd factor and a shift that are undone: no two numbers become one. */
static guint32
mixed(guint32 number)
{
	guint32 mix = (number * 0x2545f491U) % CROWD_MAX;

	mix ^= mix >> 13;

	return (mix * 0x9e3779b1U) % CROWD_MAX;
}

static void
write_last_name(char *out, guint32 number)
{
	*out = '\0';
	for (int i = 0; i < 4; i++, number /= 32)
		strcat(out, syllables[number % 32]);
	out[0] = g_ascii_toupper(out[0]);
}

void
figure_init(Figure *figure, const Crowd *crowd, guint32 number)
{
	guint32 mix = mixed(number);
	const char *first = first_names[mix % 64];
	char last[32];
	char *lower;

	write_last_name(last, mix / 64);
	g_snprintf(figure->name, sizeof(figure->name), "%s %s", first, last);
	g_snprintf(figure->company, sizeof(figure->company), "%s%s %s GmbH",
		   syllables[mix / 7 % 32], syllables[mix / 91 % 32], "Systems");
	g_snprintf(figure->owner, sizeof(figure->owner), "user%06u@example.net",
		   number % crowd->owners);
	g_snprintf(figure->address, sizeof(figure->address), "%s.%s@site%u.example",
		   first, last, mix % 5003);
	for (lower = figure->address; *lower != '\0'; lower++)
		*lower = g_ascii_tolower(*lower);
	g_snprintf(figure->profile, sizeof(figure->profile),
		   "https://www.linkedin.com/in/%s-%s-%07x", first, last, mix);
	for (lower = figure->profile; *lower != '\0'; lower++)
		*lower = g_ascii_tolower(*lower);
}

void
plain_run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		crowd_die(sql, sqlite3_errmsg(db));
}

sqlite3_stmt *
plain_prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
			       NULL) != SQLITE_OK)
		crowd_die(sql, sqlite3_errmsg(db));

	return statement;
}

static sqlite3 *
open_file(const char *path, int flags)
{
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(path, &db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | flags,
			    NULL) != SQLITE_OK)
		crowd_die(path, sqlite3_errmsg(db));

	return db;
}

sqlite3 *
plain_open(const char *path)
{
	sqlite3 *db = open_file(path, 0);

	plain_run(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
		      "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;");

	return db;
}

/* For the bulk alone: a file that is lost is made again. */
static void
hurry(sqlite3 *db)
{
	plain_run(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
		      "PRAGMA cache_size = -1500000; BEGIN");
}

static void
bind_text(sqlite3_stmt *statement, int place, const char *text)
{
	sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
}

static void
insert(sqlite3_stmt *statement)
{
	if (sqlite3_step(statement) != SQLITE_DONE)
		crowd_die("insert", sqlite3_errmsg(sqlite3_db_handle(statement)));
	sqlite3_reset(statement);
}

static void
fill_owners(sqlite3 *db, const Crowd *crowd)
{
	sqlite3_stmt *statement =
	    plain_prepare(db, "INSERT INTO owner (id, address) VALUES (?1, ?2)");

	for (guint32 i = 0; i < crowd->owners; i++) {
		Figure figure;

		figure_init(&figure, crowd, i);
		sqlite3_bind_int64(statement, 1, i + 1);
		bind_text(statement, 2, figure.owner);
		insert(statement);
	}
	sqlite3_finalize(statement);
}

static void
put(sqlite3_stmt *statement, IdentityKind kind, const char *look, const char *value,
    const char *shown)
{
	g_autofree char *clue = store_clue(kind, look);

	bind_text(statement, 3, clue);
	bind_text(statement, 4, value);
	bind_text(statement, 5, shown);
	sqlite3_bind_int64(statement, 8, clue_number(clue));
	insert(statement);
}

/* StorePerson after person, so that the table fills page after page. */
static void
put_figure(sqlite3_stmt *statement, const NameRules *rules, const Figure *figure)
{
	const char *profile = figure->profile + strlen("https://www.");
	g_autofree char *company = name_company_key(rules, figure->company);
	g_auto(Name) name = { 0 };

	name_init(&name, rules, figure->name);
	put(statement, IDENTITY_ADDRESS, figure->address, "", figure->address);
	put(statement, IDENTITY_COMPANY, company, "", figure->company);
	put(statement, IDENTITY_NAME, name.shapes[0], name.keys[0], figure->name);
	if (name.hint != NULL)
		put(statement, IDENTITY_NAME, name.hint, "", "");
	put(statement, IDENTITY_PROFILE, profile, "", figure->profile);
}

static void
fill_identities(sqlite3 *db, const Crowd *crowd, const NameRules *rules)
{
	sqlite3_stmt *statement = plain_prepare(
	    db, "INSERT INTO identity (person, owner, look, value, shown, source, first,"
		" last, count, clue) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, 1, ?8)");

	sqlite3_bind_int(statement, 6, SOURCE_CONNECTION);
	sqlite3_bind_int64(statement, 7, MET_AT);
	for (guint32 i = 0; i < crowd->people; i++) {
		Figure figure;

		figure_init(&figure, crowd, i);
		sqlite3_bind_int64(statement, 1, i + 1);
		sqlite3_bind_int64(statement, 2, i % crowd->owners + 1);
		put_figure(statement, rules, &figure);
	}
	sqlite3_finalize(statement);
}

/* Sorting once is quicker than a place for each: the same index, made at the end. */
void
crowd_fill_store(const Crowd *crowd, const NameRules *rules, const char *path)
{
	sqlite3 *db = open_file(path, 0);
	sqlite3_stmt *index = plain_prepare(
	    db, "SELECT sql FROM sqlite_schema WHERE name = 'identity_clue'");
	g_autofree char *sql = NULL;

	if (sqlite3_step(index) != SQLITE_ROW)
		crowd_die(path, "not the store's schema");
	sql = g_strdup((const char *)sqlite3_column_text(index, 0));
	sqlite3_finalize(index);
	hurry(db);
	plain_run(db, "DROP INDEX identity_clue");
	fill_owners(db, crowd);
	fill_identities(db, crowd, rules);
	plain_run(db, "COMMIT");
	plain_run(db, sql);
	sqlite3_close(db);
}

void
crowd_fill_plain(const Crowd *crowd, const char *path)
{
	sqlite3 *db = open_file(path, SQLITE_OPEN_CREATE);
	sqlite3_stmt *statement;

	hurry(db);
	plain_run(db,
		  "CREATE TABLE person (owner TEXT NOT NULL, address TEXT NOT NULL,"
		  " name TEXT, company TEXT, profile TEXT, first INTEGER, last INTEGER,"
		  " count INTEGER, PRIMARY KEY (owner, address))");
	statement = plain_prepare(db, "INSERT INTO person (owner, address, name, company,"
				      " profile, first, last, count)"
				      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 1)");
	sqlite3_bind_int64(statement, 6, MET_AT);
	for (guint32 i = 0; i < crowd->people; i++) {
		Figure figure;

		figure_init(&figure, crowd, i);
		bind_text(statement, 1, figure.owner);
		bind_text(statement, 2, figure.address);
		bind_text(statement, 3, figure.name);
		bind_text(statement, 4, figure.company);
		bind_text(statement, 5, figure.profile);
		insert(statement);
	}
	sqlite3_finalize(statement);
	plain_run(db, "COMMIT; VACUUM");
	sqlite3_close(db);
}
