/* SPDX-License-Identifier: BSD-2-Clause */
/* sqlite-schema.c - the tables of the SQLite engine, and all it asks of them */

#include "config.h"

#include <sqlite3.h>

#include "people/clue.h"
#include "people/contact.h"
#include "people/sqlite-connection.h"
#include "people/sqlite-schema.h"
#include "people/store.h"

#define APPLICATION_ID 0x494e5649 /* "INVI" */

/* An index that the first migration made in its first hours. */
#define ANCIENT "SELECT count(*) FROM sqlite_schema WHERE name = 'identity_look'"

/* Is a text written with letters and marks apart?  Most keys are ASCII. */
#define SPLIT(text) text " GLOB '*[^ -~]*' AND composed(" text ") <> " text

/*
 * Each brings the file from the version before it; the last makes that of today.
 * The column look has the search_key of an Identity.
 */
static const char *const migrations[] = {
	"CREATE TABLE owner (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE) "
	"STRICT;"
	"CREATE TABLE identity ("
	" person INTEGER NOT NULL, clue INTEGER NOT NULL, value TEXT NOT NULL,"
	" owner INTEGER NOT NULL, look TEXT NOT NULL, shown TEXT, source INTEGER NOT "
	"NULL,"
	" first INTEGER NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL,"
	" PRIMARY KEY (person, clue, value)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX identity_clue ON identity (owner, clue);"
	/* The traces of invitations; the table keeps its first name. */
	"CREATE TABLE mark ("
	" owner INTEGER NOT NULL, mark TEXT NOT NULL, seen INTEGER NOT NULL,"
	" PRIMARY KEY (owner, mark)) STRICT, WITHOUT ROWID;",
	"CREATE TABLE bulk ("
	" inviter TEXT NOT NULL, owner INTEGER NOT NULL, fingerprint BLOB NOT NULL,"
	" seen INTEGER NOT NULL,"
	" PRIMARY KEY (inviter, owner, fingerprint)) STRICT, WITHOUT ROWID;",
	/* How many people an owner has, so that there can be a limit. */
	"ALTER TABLE owner ADD COLUMN people INTEGER NOT NULL DEFAULT 0;"
	"UPDATE owner SET people = (SELECT count(DISTINCT person)"
	" FROM identity AS i INDEXED BY identity_clue WHERE i.owner = owner.id);"
	"CREATE TRIGGER person_added AFTER INSERT ON identity"
	" WHEN (SELECT count(*) FROM identity WHERE person = NEW.person) = 1"
	" BEGIN UPDATE owner SET people = people + 1 WHERE id = NEW.owner; END;"
	"CREATE TRIGGER person_gone AFTER DELETE ON identity"
	" WHEN NOT EXISTS (SELECT 1 FROM identity WHERE person = OLD.person)"
	" BEGIN UPDATE owner SET people = people - 1 WHERE id = OLD.owner; END;",
	"CREATE TABLE lesson ("
	" owner INTEGER NOT NULL, fingerprint BLOB NOT NULL, class TEXT NOT NULL,"
	" seen INTEGER NOT NULL, PRIMARY KEY (owner, fingerprint)) STRICT, WITHOUT "
	"ROWID;",
	/*
	 * The list of invitations.  key: the owner's number, and in its low 32 bits that
	 * of the invitation, so that an owner's rows stand side by side.  invited: the
	 * last number that an invitation of the owner got.
	 */
	"CREATE TABLE invitation ("
	" key INTEGER PRIMARY KEY, state INTEGER NOT NULL, why INTEGER NOT NULL,"
	" state_when INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,"
	" reminders INTEGER NOT NULL, worth INTEGER NOT NULL, trust INTEGER NOT NULL,"
	" network TEXT, request TEXT, verdict TEXT, answer TEXT, relation TEXT,"
	" authenticity TEXT, name TEXT, name_key TEXT, profile TEXT, profile_key TEXT,"
	" address TEXT, headline TEXT, company TEXT, subject TEXT, message_id TEXT,"
	" page TEXT, hint TEXT, language TEXT, note TEXT, reply TEXT, reasons TEXT)"
	" STRICT;"
	"CREATE TABLE invitation_clue ("
	" owner INTEGER NOT NULL, clue INTEGER NOT NULL, id INTEGER NOT NULL,"
	" PRIMARY KEY (owner, clue, id)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE invitation_past ("
	" owner INTEGER NOT NULL, network TEXT NOT NULL, verdict TEXT NOT NULL,"
	" state INTEGER NOT NULL, count INTEGER NOT NULL,"
	" PRIMARY KEY (owner, network, verdict, state)) STRICT, WITHOUT ROWID;"
	"ALTER TABLE owner ADD COLUMN invited INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE owner ADD COLUMN invitations INTEGER NOT NULL DEFAULT 0;",
	/* Keys of profiles are composed now, and so is what they are found by. */
	"INSERT INTO identity AS i"
	" (person, clue, value, owner, look, shown, source, first, last, count)"
	" SELECT person, clue_number(composed(look)), value, owner, composed(look),"
	" shown, source, first, last, count FROM identity WHERE " SPLIT(
	    "look") " AND"
		    " look GLOB 'p*'"
		    " ON CONFLICT DO UPDATE SET"
		    " source = iif(excluded.first < i.first, excluded.source, i.source),"
		    " first = min(i.first, excluded.first),"
		    " last = max(i.last, excluded.last), count = i.count + "
		    "excluded.count;"
		    "DELETE FROM identity WHERE " SPLIT(
			"look") " AND look GLOB 'p*';"
				"INSERT OR IGNORE INTO invitation_clue (owner, clue, id)"
				" SELECT key >> 32, clue_number('p' || "
				"composed(profile_key)), key & 4294967295"
				" FROM invitation WHERE trust > 0 AND " SPLIT(
				    "profile_key") ";"
						   "UPDATE invitation SET profile_key = "
						   "composed(profile_key)"
						   " WHERE " SPLIT("profile_key") ";",
	/* A period is the number of a day.  sent: NULL where no mail was handed over. */
	"CREATE TABLE digest ("
	" owner INTEGER NOT NULL, period INTEGER NOT NULL, claimed INTEGER NOT NULL,"
	" sent INTEGER, PRIMARY KEY (owner, period)) STRICT, WITHOUT ROWID;",
	/*
	 * An invitation that comes changes no row of its owner's: invited and invitations
	 * stay as they were when one was dropped last, and those with greater numbers,
	 * which have no gaps, have come since.  A former program would take invited for
	 * the last number, and so give one twice.
	 */
	"SELECT 1;",
};

/* As sqlite-invitation.c reads and binds them. */
#define INVITATION_SHORT                                                                 \
	"state, why, state_when, first, last, reminders, worth, trust, network, "        \
	"request,"                                                                       \
	" verdict, answer, relation, authenticity, name, name_key, profile, "            \
	"profile_key,"                                                                   \
	" address, headline, company, subject, message_id, page, hint, language"
#define INVITATION_ALL INVITATION_SHORT ", note, reply, reasons"
#define INVITATION_ID  "key & 4294967295"
#define INVITATION_OF                                                                    \
	" FROM invitation WHERE key BETWEEN ?1 << 32 AND (?1 << 32) + 4294967295"
#define INVITATION_FROM                                                                  \
	" FROM invitation WHERE key BETWEEN (SELECT id << 32 FROM owner WHERE address =" \
	" ?1) AND (SELECT (id << 32) + 4294967295 FROM owner WHERE address = ?1)"
#define INVITATION_ONE " WHERE key = (?1 << 32) + ?2"
#define INVITATION_TOP "(SELECT max(key) & 4294967295" INVITATION_OF ")"

/*
 * A statement that may change several rows, or is an INSERT of a SELECT or has RETURNING,
 * can be undone alone: SQLite takes 64 KB and copies each page before it is changed.
 * Of those that each invitation runs none is such.
 */
static const char *const statements[SQL_LAST] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_FIND] = "SELECT person, look, value, source, first, last"
		     " FROM identity INDEXED BY identity_clue"
		     " WHERE owner = ?1 AND clue = ?2 AND look = ?3",
	[SQL_PERSON] = "SELECT person, look, value, shown, source, first, last, count"
		       " FROM identity WHERE person = ?1 AND owner ="
		       " (SELECT id FROM owner WHERE address = ?2)",
	[SQL_PERSONS] = "SELECT DISTINCT person FROM identity INDEXED BY identity_clue"
			" WHERE owner = (SELECT id FROM owner WHERE address = ?1)"
			" ORDER BY person",
	[SQL_PEOPLE] = "SELECT people FROM owner WHERE id = ?1",
	[SQL_NEXT_PERSON] = "SELECT coalesce(max(person), 0) + 1 FROM identity",
	[SQL_OWNER] = "SELECT id FROM owner WHERE address = ?1",
	[SQL_ADD_OWNER] = "INSERT INTO owner (address) VALUES (?1)",
	[SQL_OWNERS] = "SELECT address FROM owner",
	[SQL_RENEW] = "UPDATE identity SET source = iif(?4 < first, ?5, source),"
		      " first = min(first, ?4), last = max(last, ?4), count = count + 1"
		      " WHERE person = ?1 AND clue = ?2 AND value = ?3"
		      " AND (last < ?4 OR first > ?4)",
	[SQL_ADD] =
	    "INSERT OR IGNORE INTO identity"
	    " (person, clue, value, first, last, source, owner, look, shown, count)"
	    " SELECT ?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, 1"
	    " WHERE (SELECT count(*) FROM identity WHERE person = ?1) < ?9",
	[SQL_COUNT] = "SELECT count(*) FROM identity WHERE person = ?1",
	[SQL_COPY] =
	    "INSERT INTO identity AS i"
	    " (person, clue, value, owner, look, shown, source, first, last, count)"
	    " SELECT ?2, clue, value, owner, look, shown, source, first, last, count"
	    " FROM identity WHERE person = ?1 AND owner ="
	    " (SELECT id FROM owner WHERE address = ?3)"
	    " ON CONFLICT DO UPDATE SET"
	    " source = iif(excluded.first < i.first, excluded.source, i.source),"
	    " first = min(i.first, excluded.first),"
	    " last = max(i.last, excluded.last), count = i.count + excluded.count",
	[SQL_DROP] = "DELETE FROM identity WHERE person = ?1 AND owner ="
		     " (SELECT id FROM owner WHERE address = ?2)",
	[SQL_TRACE] =
	    "INSERT OR REPLACE INTO mark (owner, mark, seen) VALUES (?1, ?2, ?3)",
	[SQL_TRACED] = "SELECT 1 FROM mark WHERE owner = ?1 AND mark = ?2 AND seen >= ?3",
	[SQL_DROP_TRACES] = "DELETE FROM mark WHERE seen < ?1",
	[SQL_NOTE] = "INSERT INTO bulk (inviter, owner, fingerprint, seen)"
		     " VALUES (?1, ?2, ?3, ?4)"
		     " ON CONFLICT DO UPDATE SET seen = excluded.seen WHERE seen < ?5",
	[SQL_NOTE_COUNT] = "SELECT count(*) FROM bulk WHERE inviter = ?1",
	[SQL_NOTES] = "SELECT owner, fingerprint, seen FROM bulk"
		      " WHERE inviter = ?1 AND seen >= ?2 AND owner IS NOT"
		      " (SELECT id FROM owner WHERE address = ?3) ORDER BY owner",
	[SQL_DROP_NOTES] = "DELETE FROM bulk WHERE seen < ?1",
	[SQL_LESSONS] = "SELECT fingerprint, class, seen FROM lesson"
			" WHERE owner = (SELECT id FROM owner WHERE address = ?1)",
	[SQL_TEACH] = "INSERT OR REPLACE INTO lesson (owner, fingerprint, class, seen)"
		      " VALUES (?1, ?2, ?3, ?4)",
	[SQL_UNTEACH] = "DELETE FROM lesson WHERE owner = ?1 AND fingerprint = ?2",
	[SQL_STALE] = "SELECT person FROM identity WHERE person IN"
		      " (SELECT DISTINCT person FROM identity INDEXED BY identity_clue"
		      "  WHERE owner = (SELECT id FROM owner WHERE address = ?1))"
		      " GROUP BY person HAVING max(last) < ?2",
	[SQL_INVITATIONS] =
	    "SELECT " INVITATION_ID ", " INVITATION_ALL INVITATION_FROM " ORDER BY key",
	[SQL_INVITATIONS_BRIEF] =
	    "SELECT " INVITATION_ID ", " INVITATION_SHORT
	    ", substr(note, 1, 200), NULL, NULL" INVITATION_FROM " ORDER BY key",
	[SQL_INVITATIONS_PAST] =
	    "SELECT network, verdict, state, count FROM invitation_past"
	    " WHERE owner = (SELECT id FROM owner WHERE address = ?1)",
	[SQL_INVITATION] =
	    "SELECT " INVITATION_ID ", " INVITATION_ALL " FROM invitation WHERE key ="
	    " (SELECT (id << 32) + ?2 FROM owner WHERE address = ?1)",
	[SQL_INVITATION_FIND] =
	    "SELECT id FROM invitation_clue WHERE owner = ?1 AND clue = ?2",
	[SQL_INVITATION_NUMBER] =
	    "SELECT invited, invitations, " INVITATION_TOP " FROM owner WHERE id = ?1",
	[SQL_INVITATION_PUT] =
	    "INSERT OR REPLACE INTO invitation (key, " INVITATION_ALL ") VALUES"
	    " ((?1 << 32) + ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
	    " ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29,"
	    " ?30, ?31)",
	[SQL_INVITATION_CLUE] =
	    "INSERT OR IGNORE INTO invitation_clue (owner, clue, id) VALUES (?1, ?2, ?3)",
	[SQL_INVITATION_LEAST] = "SELECT " INVITATION_ID INVITATION_OF
				 " ORDER BY state = 0 AND max(last, state_when) >= ?3,"
				 " trust, worth, last, key DESC LIMIT ?2",
	[SQL_INVITATION_COUNT] =
	    "INSERT INTO invitation_past (owner, network, verdict, state, count)"
	    " SELECT ?1, coalesce(network, ''), coalesce(verdict, ''), state, 1"
	    " FROM invitation" INVITATION_ONE
	    " ON CONFLICT DO UPDATE SET count = count + 1",
	[SQL_INVITATION_DROP_CLUES] =
	    "DELETE FROM invitation_clue WHERE owner = ?1 AND id = ?2",
	[SQL_INVITATION_FEWER] =
	    "UPDATE owner SET"
	    " invitations = invitations + max(" INVITATION_TOP " - invited, 0) - 1,"
	    " invited = max(" INVITATION_TOP ", invited) WHERE id = ?1 AND EXISTS"
	    " (SELECT 1 FROM invitation" INVITATION_ONE ")",
	[SQL_INVITATION_DROP] = "DELETE FROM invitation" INVITATION_ONE,
	[SQL_INVITATION_DROP_CLUE] =
	    "DELETE FROM invitation_clue WHERE owner = ?1 AND clue = ?2 AND id = ?3",
	/* A clue of a forgotten one has the day on which it was, as a negative number. */
	[SQL_INVITATION_FORGET] = "UPDATE OR REPLACE invitation_clue SET id = -?3"
				  " WHERE owner = ?1 AND id = ?2",
	[SQL_INVITATION_FORGET_FORGOTTEN] = "DELETE FROM invitation_clue WHERE owner = ?1"
					    " AND id < 0 AND id > -?2",
	[SQL_INVITATION_FORGET_PAST] = "DELETE FROM invitation_past WHERE owner = ?1",
	[SQL_PURGE_REST] = "SELECT (SELECT count(*) FROM mark WHERE owner = id)"
			   " + (SELECT count(*) FROM invitation_clue AS c"
			   "    WHERE c.owner = owner.id AND c.id < 0),"
			   " (SELECT count(*) FROM bulk WHERE owner = id),"
			   " (SELECT count(*) FROM lesson WHERE owner = id),"
			   " (SELECT count(*) FROM digest WHERE owner = id)"
			   " FROM owner WHERE address = ?1",
	[SQL_PURGE_TRACES] = "DELETE FROM mark WHERE owner = ?1",
	[SQL_PURGE_NOTES] = "DELETE FROM bulk WHERE owner = ?1",
	[SQL_PURGE_LESSONS] = "DELETE FROM lesson WHERE owner = ?1",
	[SQL_PURGE_DIGESTS] = "DELETE FROM digest WHERE owner = ?1",
	[SQL_PURGE_OWNER] = "DELETE FROM owner WHERE id = ?1 AND people = 0"
			    " AND NOT EXISTS (SELECT 1" INVITATION_OF ")",
	[SQL_DIGEST_LAST] = "SELECT coalesce(max(sent), 0) FROM digest WHERE sent <= ?2"
			    " AND owner = (SELECT id FROM owner WHERE address = ?1)",
	[SQL_DIGEST_LEARNT] =
	    "SELECT person FROM identity WHERE person IN"
	    " (SELECT DISTINCT person FROM identity INDEXED BY identity_clue"
	    "  WHERE owner = (SELECT id FROM owner WHERE address = ?1))"
	    " GROUP BY person HAVING min(first) > ?2 ORDER BY min(first) DESC",
	/* One that lies further ahead than a week was claimed by a wrong clock. */
	[SQL_DIGEST_CLAIM] = "INSERT INTO digest (owner, period, claimed)"
			     " SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
			     " (SELECT 1 FROM digest WHERE owner = ?1"
			     "  AND period BETWEEN ?2 AND ?2 + 7)",
	[SQL_DIGEST_SENT] =
	    "UPDATE digest SET sent = ?3 WHERE owner = ?1 AND period = ?2",
	[SQL_DIGEST_RELEASE] = "DELETE FROM digest WHERE owner = ?1 AND period = ?2",
	[SQL_DIGEST_DROP] = "DELETE FROM digest WHERE owner = ?1 AND period < ?2",
	[SQL_DIGEST_DROP_UNSENT] =
	    "DELETE FROM digest WHERE owner = ?1 AND period < ?2 AND sent IS NULL",
};

const char *
sqlite_schema_text(Sql sql)
{
	return statements[sql];
}

static bool
get_number(SqliteConnection *connection, const char *sql, int *number_out, GError **error)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(connection->db, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*number_out = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);

	return code == SQLITE_ROW || sqlite_connection_fail(connection, code, error);
}

bool
sqlite_schema_check(SqliteConnection *connection, int *version_out, GError **error)
{
	int application, version, tables, ancient;

	/* All of one moment, for another process may be making the file. */
	if (!sqlite_connection_exec(connection, "SAVEPOINT version", error) ||
	    !get_number(connection, "PRAGMA application_id", &application, error) ||
	    !get_number(connection, "PRAGMA user_version", &version, error) ||
	    !get_number(connection, "SELECT count(*) FROM sqlite_schema", &tables,
			error) ||
	    !get_number(connection, ANCIENT, &ancient, error) ||
	    !sqlite_connection_exec(connection, "RELEASE version", error))
		return false;
	if (application != APPLICATION_ID && (application != 0 || tables > 0)) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN,
			    "%s: a database of another program; name another file in "
			    "[people] store",
			    connection->path);
		return false;
	}
	if (ancient > 0) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN,
			    "%s: written before version 0.1.0; have the program that "
			    "wrote it export its people, name another file in [people] "
			    "store, and import them",
			    connection->path);
		return false;
	}
	if (version > (int)G_N_ELEMENTS(migrations)) {
		g_set_error(
		    error, STORE_ERROR, STORE_ERROR_NEWER,
		    "%s: written by a later version of invite-milter (schema %d, "
		    "known up to %zu); install that version, or name another file",
		    connection->path, version, G_N_ELEMENTS(migrations));
		return false;
	}
	*version_out = version;

	return true;
}

static void
answer_composed(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *text = (const char *)sqlite3_value_text(values[0]);

	(void)count;
	if (text != NULL)
		sqlite3_result_text(context, contact_key_composed(text), -1, g_free);
}

static void
answer_clue_number(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *text = (const char *)sqlite3_value_text(values[0]);

	(void)count;
	if (text != NULL)
		sqlite3_result_int64(context, clue_number(text));
}

/* What the migrations ask of us. */
static bool
add_functions(SqliteConnection *connection, GError **error)
{
	static const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
	int code = sqlite3_create_function(connection->db, "composed", 1, flags, NULL,
					   answer_composed, NULL, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_create_function(connection->db, "clue_number", 1, flags,
					       NULL, answer_clue_number, NULL, NULL);

	return code == SQLITE_OK || sqlite_connection_fail(connection, code, error);
}

bool
sqlite_schema_migrate(SqliteConnection *connection, GError **error)
{
	int version;

	if (!sqlite_schema_check(connection, &version, error))
		return false;
	if (version == (int)G_N_ELEMENTS(migrations))
		return true;
	/* If two processes begin at once, the second finds the work done. */
	if (!add_functions(connection, error) ||
	    !sqlite_connection_exec(connection, "BEGIN IMMEDIATE", error) ||
	    !sqlite_schema_check(connection, &version, error))
		return false;
	for (; version < (int)G_N_ELEMENTS(migrations); version++) {
		g_autofree char *number = g_strdup_printf(
		    "PRAGMA user_version = %d; PRAGMA application_id = %d", version + 1,
		    APPLICATION_ID);

		if (!sqlite_connection_exec(connection, migrations[version], error) ||
		    !sqlite_connection_exec(connection, number, error))
			return false;
	}

	return sqlite_connection_exec(connection, "COMMIT", error);
}
