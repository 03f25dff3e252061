/* SPDX-License-Identifier: BSD-2-Clause */
/* check_store_trouble.c - does the store survive what happens to files and programs? */

#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "fixture.h"
#include "people/bulk.h"
#include "people/store.h"

#define JANE "jane@example.org"

/* Somebody waits: an answer to the MTA, well within its patience. */
#define SECOND G_USEC_PER_SEC

/* Somebody new; false with error set. */
static bool
add(Store *store, const char *address, GError **error)
{
	gint64 id = 0;

	return fixture_put(store, JANE, &id, IDENTITY_ADDRESS, address, FIXTURE_NOW,
			   error);
}

static void
must_add(Store *store, const char *address)
{
	g_autoptr(GError) error = NULL;

	ck_assert_msg(add(store, address, &error), "%s: %s", address,
		      error != NULL ? error->message : "");
}

static bool
is_there(Store *store, const char *address, GError **error)
{
	g_autofree char *clue = store_clue(IDENTITY_ADDRESS, address);
	const char *const clues[] = { clue };
	g_autoptr(GArray) hits = NULL;

	return store_find(store, JANE, clues, 1, &hits, error) && hits->len == 1;
}

static void
must_find(Store *store, const char *address)
{
	g_autoptr(GError) error = NULL;

	ck_assert_msg(is_there(store, address, &error), "%s: %s", address,
		      error != NULL ? error->message : "not found");
}

/* Another program's connection to the file. */
static sqlite3 *
open_raw(const char *path)
{
	sqlite3 *db = NULL;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);

	return db;
}

static void
run_raw(const char *path, const char *sql)
{
	sqlite3 *db = open_raw(path);
	char *why = NULL;

	ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, &why) == SQLITE_OK, "%s: %s", sql,
		      why);
	sqlite3_close(db);
}

/* The first column of the first row. */
static char *
ask_raw(const char *path, const char *sql)
{
	sqlite3 *db = open_raw(path);
	sqlite3_stmt *statement = NULL;
	char *answer;

	ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
	answer = g_strdup((const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);

	return answer;
}

static void
check_whole(const char *path)
{
	g_autofree char *got = ask_raw(path, "PRAGMA integrity_check");

	ck_assert_str_eq(got, "ok");
}

static void
check_people(const char *path, size_t want)
{
	g_autofree char *people =
	    ask_raw(path, "SELECT count(DISTINCT person) FROM identity");
	g_autofree char *looks =
	    ask_raw(path, "SELECT count(DISTINCT look) FROM identity");
	g_autofree char *number = g_strdup_printf("%zu", want);

	ck_assert_str_eq(people, number);
	ck_assert_str_eq(looks, number);
}

START_TEST(the_file_is_nobody_elses_to_read)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	mode_t mask = umask(0);

	must_add(store, "a@example.org");
	umask(mask);
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *file = g_strconcat(path, ends[i], NULL);
		struct stat info;

		ck_assert_msg(stat(file, &info) == 0, "no %s", file);
		ck_assert_msg((info.st_mode & 0777) == 0600, "%s: got %o, want 600", file,
			      info.st_mode & 0777);
	}
}
END_TEST

START_TEST(a_new_file_says_what_it_is)
{
	g_autofree char *path = NULL, *id = NULL, *version = NULL, *journal = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(GError) error = NULL;

	ck_assert(store_open(store, &error));
	id = ask_raw(path, "PRAGMA application_id");
	version = ask_raw(path, "PRAGMA user_version");
	journal = ask_raw(path, "PRAGMA journal_mode");
	ck_assert_str_eq(id, "1229870665");
	ck_assert_str_eq(version, "8");
	ck_assert_str_eq(journal, "wal");
}
END_TEST

/* As the first version left it, with somebody in it. */
START_TEST(a_file_of_the_first_version_is_brought_to_this_one)
{
	static const Fingerprint note = { { 1, 2 } };
	g_autofree char *path = NULL, *version = NULL, *people = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(Store) later = store_new(path, _i == 0 ? STORE_SERVE : STORE_READ);
	g_autoptr(GError) error = NULL;
	size_t recipients = 0, days;

	must_add(store, "ann@example.org");
	g_clear_pointer(&store, store_unref);
	run_raw(path,
		"DROP TABLE digest; DROP TABLE invitation; DROP TABLE invitation_clue;"
		"DROP TABLE invitation_past; ALTER TABLE owner DROP COLUMN invited;"
		"ALTER TABLE owner DROP COLUMN invitations;"
		"DROP TABLE lesson; DROP TABLE bulk; DROP TRIGGER person_added;"
		"DROP TRIGGER person_gone; ALTER TABLE owner DROP COLUMN people;"
		"PRAGMA user_version = 1");
	ck_assert_msg(store_check(later, &error), "%s",
		      error != NULL ? error->message : "");
	must_find(later, "ann@example.org");
	version = ask_raw(path, "PRAGMA user_version");
	ck_assert_str_eq(version, "8");
	ck_assert(
	    fixture_bulk(later, "omar@example.org", "pann", &note, FIXTURE_NOW, &error));
	ck_assert(bulk_find(later, JANE, "pann", &note, FIXTURE_NOW, &recipients, &days,
			    &error));
	ck_assert_uint_eq(recipients, 2);
	people = ask_raw(path, "SELECT people FROM owner WHERE address = '" JANE "'");
	ck_assert_str_eq(people, "1");
	check_whole(path);
}
END_TEST

START_TEST(who_only_reads_or_checks_makes_no_file)
{
	g_autofree char *path = NULL, *people = NULL;
	g_autoptr(Store) store = fixture_store(STORE_READ, &path);
	g_autoptr(Store) other = store_new(path, STORE_SERVE);
	g_autoptr(GError) error = NULL;

	ck_assert(!is_there(store, "a@example.org", &error));
	ck_assert_ptr_null(error);
	people = fixture_people(store, JANE);
	ck_assert_str_eq(people, "");
	ck_assert(store_check(store, &error));
	ck_assert(store_check(other, &error));
	ck_assert_msg(!g_file_test(path, G_FILE_TEST_EXISTS), "%s was made", path);

	/* Once there is one, it is read. */
	must_add(other, "a@example.org");
	must_find(store, "a@example.org");
	ck_assert(store_check(store, &error));
}
END_TEST

START_TEST(a_link_to_nowhere_makes_no_file_elsewhere)
{
	g_autofree char *path = NULL, *target = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(GError) error = NULL;

	target = g_strconcat(path, ".elsewhere", NULL);
	ck_assert_int_eq(symlink(target, path), 0);
	ck_assert(!store_open(store, &error));
	ck_assert_int_eq(error->code, STORE_ERROR_MISSING);
	ck_assert(!g_file_test(target, G_FILE_TEST_EXISTS));
}
END_TEST

/* What stands where the store should be. */
static void
spoil_header(const char *path)
{
	int fd = open(path, O_WRONLY);

	ck_assert_int_eq(pwrite(fd, "This is a poem of sixteen lines", 31, 0), 31);
	close(fd);
}

/* All pages but for the header, that a database begins with. */
static void
spoil_pages(const char *path)
{
	g_autofree char *junk = g_strnfill(64 * 1024, '\xaa');
	struct stat info;
	int fd = open(path, O_WRONLY);

	ck_assert_int_eq(fstat(fd, &info), 0);
	ck_assert(pwrite(fd, junk, (size_t)MIN(info.st_size, 64 * 1024) - 100, 100) > 0);
	close(fd);
}

static void
spoil_rows(const char *path)
{
	g_autofree char *junk = g_strnfill(4096, '\xaa');
	struct stat info;
	int fd = open(path, O_WRONLY);

	ck_assert_int_eq(fstat(fd, &info), 0);
	for (off_t at = 4096; at < info.st_size; at += 4096)
		ck_assert(pwrite(fd, junk, 4096, at) == 4096);
	close(fd);
}

static void
cut_short(const char *path)
{
	ck_assert_int_eq(truncate(path, 4096 + 100), 0);
}

static void
cut_in_header(const char *path)
{
	ck_assert_int_eq(truncate(path, 50), 0);
}

static void
write_poem(const char *path)
{
	ck_assert(g_file_set_contents(path, "Roses are red\n", -1, NULL));
}

static void
make_foreign(const char *path)
{
	run_raw(path, "PRAGMA application_id = 1");
}

static void
make_nameless(const char *path)
{
	g_unlink(path);
	run_raw(path, "CREATE TABLE bookmarks (url TEXT)");
}

static void
make_newer(const char *path)
{
	run_raw(path, "PRAGMA user_version = 99");
}

static void
make_folder(const char *path)
{
	g_unlink(path);
	ck_assert_int_eq(g_mkdir(path, 0700), 0);
}

static void
remove_folder(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);

	g_unlink(path);
	ck_assert_int_eq(g_rmdir(folder), 0);
}

static const struct {
	const char *name;
	void (*spoil)(const char *path);
	StoreError error;
	const char *remedy;
} faults[] = {
	{ "header", spoil_header, STORE_ERROR_DAMAGED, "move it away" },
	{ "pages", spoil_pages, STORE_ERROR_DAMAGED, "move it away" },
	{ "rows", spoil_rows, STORE_ERROR_DAMAGED, "move it away" },
	{ "cut short", cut_short, STORE_ERROR_DAMAGED, "move it away" },
	{ "cut in its header", cut_in_header, STORE_ERROR_DAMAGED, "move it away" },
	{ "a poem", write_poem, STORE_ERROR_DAMAGED, "move it away" },
	{ "another program's", make_foreign, STORE_ERROR_FOREIGN, "name another file" },
	{ "a nameless program's", make_nameless, STORE_ERROR_FOREIGN,
	  "name another file" },
	{ "newer", make_newer, STORE_ERROR_NEWER, "install that version" },
	{ "a folder", make_folder, STORE_ERROR_MISSING, "folder" },
	{ "nowhere", remove_folder, STORE_ERROR_MISSING, "make its folder" },
};

/* The error of a command that must fail, and what it must tell. */
static void
check_fault(int row, const char *path, const char *command, bool is_well,
	    const GError *error)
{
	g_autofree char *folder = g_path_get_dirname(path);

	ck_assert_msg(!is_well, "%s: %s went well", faults[row].name, command);
	ck_assert_msg(error->domain == STORE_ERROR &&
			  error->code == (int)faults[row].error,
		      "%s: %s: got %d, want %d: %s", faults[row].name, command,
		      error->code, (int)faults[row].error, error->message);
	ck_assert_msg(strstr(error->message, folder) != NULL &&
			  strstr(error->message, faults[row].remedy) != NULL,
		      "%s: %s: %s", faults[row].name, command, error->message);
}

/* Ask and tell. */
static void
check_commands(int row, Store *store, const char *path)
{
	g_autoptr(GError) asked = NULL, told = NULL;
	bool is_well = is_there(store, "person-7@example.org", &asked);

	check_fault(row, path, "asking", is_well, asked);
	is_well = add(store, "new@example.org", &told);
	check_fault(row, path, "telling", is_well, told);
}

static void
add_people(Store *store, int count)
{
	for (int i = 0; i < count; i++) {
		g_autofree char *address = g_strdup_printf("person-%d@example.org", i);

		must_add(store, address);
	}
}

START_TEST(a_file_of_another_kind_is_told_with_its_remedy)
{
	g_autofree char *path = NULL, *copy = NULL, *folder = NULL;
	gsize length;
	g_autoptr(Store) first = fixture_store(STORE_SERVE, &path);
	g_autoptr(Store) store = store_new(path, STORE_SERVE);
	g_autoptr(Store) reader = store_new(path, STORE_READ);

	add_people(first, 20);
	g_clear_pointer(&first, store_unref);
	ck_assert(g_file_get_contents(path, &copy, &length, NULL));
	faults[_i].spoil(path);
	check_commands(_i, store, path);
	check_commands(_i, store, path);
	if (faults[_i].spoil != remove_folder && faults[_i].spoil != make_folder)
		check_commands(_i, reader, path);

	/* As the remedy says: and all goes on without a new start. */
	folder = g_path_get_dirname(path);
	g_mkdir(folder, 0700);
	g_rmdir(path);
	ck_assert(g_file_set_contents(path, copy, (gssize)length, NULL));
	g_usleep(SECOND / 5);
	must_find(store, "person-7@example.org");
	must_add(store, "new@example.org");
	check_whole(path);
}
END_TEST

static const struct {
	void (*spoil)(const char *path);
	StoreError error;
	const char *remedy;
} checks[] = {
	{ spoil_header, STORE_ERROR_DAMAGED, "move it away" },
	{ make_foreign, STORE_ERROR_FOREIGN, "name another file" },
	{ make_newer, STORE_ERROR_NEWER, "install that version" },
	{ make_folder, STORE_ERROR_MISSING, "folder" },
	{ remove_folder, STORE_ERROR_MISSING, "install -d" },
};

START_TEST(a_check_tells_what_a_start_would)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(GError) error = NULL;

	add_people(store, 2);
	g_clear_pointer(&store, store_unref);
	store = store_new(path, STORE_SERVE);
	ck_assert(store_check(store, &error));
	checks[_i].spoil(path);
	ck_assert(!store_check(store, &error));
	ck_assert_msg(error->code == (int)checks[_i].error &&
			  strstr(error->message, checks[_i].remedy) != NULL,
		      "row %d: %d: %s", _i, error->code, error->message);
}
END_TEST

START_TEST(an_empty_file_becomes_a_store)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);

	ck_assert(g_file_set_contents(path, "", 0, NULL));
	must_add(store, "a@example.org");
	must_find(store, "a@example.org");
}
END_TEST

/* Runs in a process of its own; true where the work was well. */
typedef bool Work(const char *path, int out);

static pid_t
start(Work *work, const char *path, int *in_out)
{
	int ends[2];
	pid_t child;

	ck_assert_int_eq(pipe(ends), 0);
	child = fork();
	ck_assert_int_ne(child, -1);
	if (child == 0) {
		close(ends[0]);
		_exit(work(path, ends[1]) ? 0 : 1);
	}
	close(ends[1]);
	if (in_out != NULL)
		*in_out = ends[0];
	else
		close(ends[0]);

	return child;
}

static bool
ended_well(pid_t child)
{
	int status;

	return waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}

static bool
knock_without_rights(const char *path, int out)
{
	g_autoptr(Store) store = store_new(path, STORE_SERVE);
	g_autoptr(GError) asked = NULL, told = NULL, checked = NULL;

	(void)out;
	if (setresgid(65534, 65534, 65534) != 0 || setresuid(65534, 65534, 65534) != 0)
		return false;

	return !is_there(store, "a@example.org", &asked) && asked != NULL &&
	       asked->code == STORE_ERROR_MISSING &&
	       strstr(asked->message, "user") != NULL &&
	       !add(store, "a@example.org", &told) && told->code == STORE_ERROR_MISSING &&
	       !store_check(store, &checked) && checked->code == STORE_ERROR_MISSING;
}

/* Only root can become another user, and only another one is kept out. */
START_TEST(a_file_that_is_not_ours_to_read_is_told)
{
	g_autofree char *path = NULL, *folder = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);

	if (geteuid() != 0)
		return;
	must_add(store, "a@example.org");
	folder = g_path_get_dirname(path);
	chmod(folder, 0755);
	ck_assert(ended_well(start(knock_without_rights, path, NULL)));
}
END_TEST

static bool
read_without_writing(const char *path, int out)
{
	g_autoptr(Store) store = store_new(path, STORE_SERVE);
	g_autoptr(GError) told = NULL;

	(void)out;
	if (setresgid(65534, 65534, 65534) != 0 || setresuid(65534, 65534, 65534) != 0)
		return false;

	return !add(store, "b@example.org", &told) && told->code == STORE_ERROR_MISSING &&
	       strstr(told->message, "user") != NULL;
}

START_TEST(a_file_that_is_not_ours_to_write_is_told)
{
	g_autofree char *path = NULL, *folder = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);

	if (geteuid() != 0)
		return;
	must_add(store, "a@example.org");
	folder = g_path_get_dirname(path);
	chmod(folder, 0755);
	chmod(path, 0644);
	ck_assert(ended_well(start(read_without_writing, path, NULL)));
}
END_TEST

/* Who works may wait for long. */
typedef struct {
	Store *store;
	bool is_well;
	atomic_bool is_over;
} Patient;

static void *
add_patiently(void *context)
{
	Patient *patient = context;

	patient->is_well = add(patient->store, "patient@example.org", NULL);
	patient->is_over = true;

	return NULL;
}

START_TEST(who_serves_and_is_kept_waiting_is_told_so_before_who_works)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(Store) working = store_new(path, STORE_WORK);
	g_autoptr(GError) error = NULL;
	Patient patient = { .store = working };
	GThread *thread;
	sqlite3 *db;

	must_add(store, "a@example.org");
	must_add(working, "w@example.org");
	db = open_raw(path);
	ck_assert_int_eq(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL),
			 SQLITE_OK);
	thread = g_thread_new(NULL, add_patiently, &patient);
	for (int i = 0; i < 3; i++) {
		g_clear_error(&error);
		ck_assert(!add(store, "b@example.org", &error));
		ck_assert_msg(error->code == STORE_ERROR_BUSY &&
				  strstr(error->message, "try again") != NULL,
			      "%s", error->message);
		/* A reader waits for nobody. */
		must_find(store, "a@example.org");
		ck_assert(!patient.is_over);
	}
	sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	sqlite3_close(db);
	g_thread_join(thread);
	ck_assert(patient.is_well);
	must_find(store, "patient@example.org");
	must_add(store, "b@example.org");
	must_find(store, "b@example.org");
}
END_TEST

static void
remove_files(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm" };

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *file = g_strconcat(path, ends[i], NULL);

		g_remove(file);
	}
}

/* Else what is learnt went into the removed file, and was lost with the next start. */
START_TEST(a_file_that_was_removed_is_made_anew)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(_i == 0 ? STORE_SERVE : STORE_WORK, &path);
	g_autoptr(GError) error = NULL;

	must_add(store, "a@example.org");
	remove_files(path);
	must_add(store, "b@example.org");
	must_find(store, "b@example.org");
	ck_assert(!is_there(store, "a@example.org", &error));
	check_people(path, 1);
	check_whole(path);
}
END_TEST

START_TEST(another_file_in_its_place_is_noticed)
{
	g_autofree char *path = NULL, *other = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(Store) copy = fixture_store(STORE_SERVE, &other);
	g_autoptr(GError) error = NULL;

	must_add(copy, "old@example.org");
	g_clear_pointer(&copy, store_unref);
	must_add(store, "a@example.org");
	remove_files(path);
	ck_assert_int_eq(g_rename(other, path), 0);
	/* A reader looks for the file a hundred times a second at most. */
	g_usleep(20 * 1000);
	must_find(store, "old@example.org");
	ck_assert(!is_there(store, "a@example.org", &error));
	must_add(store, "b@example.org");
	check_people(path, 2);
	check_whole(path);
}
END_TEST

static void *
find_nobody(void *context)
{
	g_autoptr(GError) error = NULL;
	gint64 *took = g_new(gint64, 1), began = g_get_monotonic_time();

	ck_assert(!is_there(context, "a@example.org", &error));
	ck_assert_msg(g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY), "%s",
		      error != NULL ? error->message : "no error");
	*took = g_get_monotonic_time() - began;

	return took;
}

/* In turn they would wait MANY times as long as one. */
#define MANY 200

/* Mails come at once; a backup has the whole file for itself. */
START_TEST(many_who_cannot_open_it_do_not_wait_for_each_other)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autofree gint64 *alone = NULL;
	GThread *threads[MANY];
	gint64 most = 0;
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL),
			 SQLITE_OK);
	alone = find_nobody(store);
	g_usleep(SECOND / 5);
	for (int i = 0; i < MANY; i++)
		threads[i] = g_thread_new(NULL, find_nobody, store);
	for (int i = 0; i < MANY; i++) {
		g_autofree gint64 *took = g_thread_join(threads[i]);

		most = MAX(most, *took);
	}
	sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(db);
	ck_assert_msg(most < *alone * MANY / 4, "%d ms, and %d ms alone",
		      (int)(most / 1000), (int)(*alone / 1000));
	g_usleep(SECOND / 5);
	must_add(store, "a@example.org");
	must_find(store, "a@example.org");
}
END_TEST

/* A reader's long look keeps nobody from writing. */
START_TEST(a_reader_keeps_nobody_waiting)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	sqlite3 *db;

	must_add(store, "a@example.org");
	db = open_raw(path);
	ck_assert_int_eq(
	    sqlite3_exec(db, "BEGIN; SELECT count(*) FROM identity", NULL, NULL, NULL),
	    SQLITE_OK);
	must_add(store, "b@example.org");
	sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	sqlite3_close(db);
}
END_TEST

#define THREADS    8
#define PER_THREAD 40

/* One thread of several; asserting is for the first one. */
typedef struct {
	Store *store;
	bool is_serving; /* and may be told that it is busy, by its like */
	int number;
	int failures;
	char *failure;
} Crew;

static void
fail_crew(Crew *crew, GError **error)
{
	crew->failures++;
	g_free(crew->failure);
	crew->failure = g_strdup(*error != NULL ? (*error)->message : "not found");
	g_clear_error(error);
}

/*
 * Each person's number is the largest one and one: a lost update would make two people
 * one.
 */
static void *
write_and_read(void *context)
{
	Crew *crew = context;

	for (int i = 0; i < PER_THREAD; i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *address =
		    g_strdup_printf("person-%d-%d@example.org", crew->number, i);

		while (!add(crew->store, address, &error) && crew->is_serving &&
		       g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY))
			g_clear_error(&error);
		if (error != NULL)
			fail_crew(crew, &error);
		else if (!is_there(crew->store, address, &error))
			fail_crew(crew, &error);
	}

	return NULL;
}

/* shared: one store for all, of this mode; else each has its own, as processes have. */
static void
run_crew(const char *path, Store *shared, StoreMode mode)
{
	Crew crew[THREADS] = { 0 };
	GThread *threads[THREADS];

	for (int i = 0; i < THREADS; i++) {
		crew[i].store =
		    shared != NULL ? store_ref(shared) : store_new(path, mode);
		crew[i].is_serving = mode == STORE_SERVE;
		crew[i].number = i;
		threads[i] = g_thread_new(NULL, write_and_read, &crew[i]);
	}
	for (int i = 0; i < THREADS; i++) {
		g_thread_join(threads[i]);
		store_unref(crew[i].store);
		ck_assert_msg(crew[i].failures == 0, "thread %d: %d failures: %s", i,
			      crew[i].failures, crew[i].failure);
	}
	check_people(path, (size_t)THREADS * PER_THREAD);
	check_whole(path);
}

/* _i is the mode. */
START_TEST(threads_of_one_store_lose_nothing)
{
	static const StoreMode modes[] = { STORE_WORK, STORE_SERVE };
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(modes[_i], &path);

	run_crew(path, store, modes[_i]);
}
END_TEST

START_TEST(stores_that_make_their_file_at_once_lose_nothing)
{
	g_autofree char *path = NULL;

	store_unref(fixture_store(STORE_WORK, &path));
	run_crew(path, NULL, STORE_WORK);
}
END_TEST

#define PER_PROCESS 100

static bool
add_as(Store *store, int process)
{
	for (int i = 0; i < PER_PROCESS; i++) {
		g_autofree char *address =
		    g_strdup_printf("person-%d-%d@example.org", process, i);

		if (!add(store, address, NULL))
			return false;
	}

	return true;
}

static bool
add_in_child(const char *path, int out)
{
	g_autoptr(Store) store = store_new(path, STORE_WORK);

	(void)out;

	return add_as(store, 1);
}

START_TEST(another_process_writes_meanwhile)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_WORK, &path);
	pid_t child = start(add_in_child, path, NULL);
	bool is_well = add_as(store, 0);

	ck_assert(ended_well(child));
	ck_assert(is_well);
	check_people(path, 2 * PER_PROCESS);
	check_whole(path);
}
END_TEST

#define BATCH 10

/* Where in a batch to be killed; -1: from outside, whenever it comes. */
typedef struct {
	int number;
	int fatal;
} Batch;

static bool
put_batch(StoreWriter *writer, void *context, GError **error)
{
	const Batch *batch = context;

	for (int i = 0; i < BATCH; i++) {
		g_autofree char *address =
		    g_strdup_printf("person-%d-%d@example.org", batch->number, i);
		const Identity identity = { .kind = IDENTITY_ADDRESS,
					    .search_key = address,
					    .value = (char *)"",
					    .shown = address };
		gint64 id;
		StorePut put;

		if (!store_writer_new_person(writer, &id, error) ||
		    !store_writer_put(writer, JANE, id, &identity, 1, 1, &put, error))
			return false;
		if (i == batch->fatal)
			kill(getpid(), SIGKILL);
	}

	return true;
}

/* Batch after batch, each reported when it is answered. */
static bool
learn_until_killed(const char *path, int out)
{
	g_autoptr(Store) store = store_new(path, STORE_WORK);

	for (int number = 0; number < 1000; number++) {
		Batch batch = { number, number == 5 ? BATCH / 2 : -1 };

		/* Whether this one dies by its own hand, the path's round says. */
		if (!g_str_has_suffix(path, "0") && number == 5)
			batch.fatal = -1;
		if (!store_change(store, put_batch, &batch, NULL) ||
		    write(out, &number, sizeof(number)) != sizeof(number))
			return false;
	}

	return true;
}

/* How many batches were reported, killing after some of them. */
static int
kill_after(pid_t child, int in, int reports)
{
	int number, count = 0;

	while (count < reports && read(in, &number, sizeof(number)) == sizeof(number))
		count++;
	kill(child, SIGKILL);
	while (read(in, &number, sizeof(number)) == sizeof(number))
		count++;
	close(in);
	waitpid(child, NULL, 0);

	return count;
}

/* _i: in each round it is killed somewhat later. */
START_TEST(what_was_answered_outlives_a_kill)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *name = g_strdup_printf("people-%d", _i);
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *rest = NULL;
	g_autoptr(Store) store = NULL;
	int in, reported;
	size_t people;
	pid_t child = start(learn_until_killed, path, &in);

	if (_i % 3 == 1)
		g_usleep((gulong)_i * 700);
	reported = kill_after(child, in, _i % 3 == 1 ? 0 : _i + 1);
	store = store_new(path, STORE_WORK);
	must_add(store, "after@example.org");
	for (int i = 0; i < reported * BATCH; i++) {
		g_autofree char *address =
		    g_strdup_printf("person-%d-%d@example.org", i / BATCH, i % BATCH);

		must_find(store, address);
	}
	check_whole(path);
	rest = ask_raw(path, "SELECT count(DISTINCT person) FROM identity");
	people = (size_t)g_ascii_strtoull(rest, NULL, 10) - 1;
	/* One more may have been whole and not reported yet; a part of one never. */
	ck_assert_msg(people == (size_t)reported * BATCH ||
			  people == (size_t)(reported + 1) * BATCH,
		      "round %d: %zu people of %d batches", _i, people, reported);
	if (g_str_has_suffix(path, "0") && reported > 5)
		ck_abort_msg("round %d: was not killed within a batch", _i);
}
END_TEST

/* Fills what it may, tells how much it learnt, and goes on when there is room. */
static bool
learn_until_full(const char *path, int out)
{
	g_autoptr(Store) store = store_new(path, STORE_SERVE);
	struct rlimit limit;
	g_autoptr(GError) error = NULL;
	int count = 0;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = 256 * 1024;
	if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
		return false;
	for (; count < 100000; count++) {
		g_autofree char *address =
		    g_strdup_printf("person-%d@example.org", count);

		if (!add(store, address, &error))
			break;
	}
	if (error == NULL || strstr(error->message, path) == NULL ||
	    (error->code != STORE_ERROR_SYSTEM && error->code != STORE_ERROR_FULL) ||
	    !is_there(store, "person-0@example.org", NULL))
		return false;

	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_FSIZE, &limit);

	return add(store, "room@example.org", NULL) &&
	       write(out, &count, sizeof(count)) == sizeof(count);
}

START_TEST(a_file_that_may_not_grow_loses_nothing)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	int in, count = 0;
	pid_t child = start(learn_until_full, path, &in);

	ck_assert_int_eq(read(in, &count, sizeof(count)), sizeof(count));
	ck_assert(ended_well(child));
	ck_assert_int_gt(count, 10);
	check_people(path, (size_t)count + 1);
	check_whole(path);
	must_find(store, "room@example.org");
}
END_TEST

/* A disk that is full while this says so: SQLite's own, but for writing. */
static bool is_full;
static int (*real_write)(sqlite3_file *, const void *, int, sqlite3_int64);
static sqlite3_vfs *real_vfs;

static int
write_unless_full(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 at)
{
	return is_full ? SQLITE_FULL : real_write(file, bytes, length, at);
}

static int
open_on_disk(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
	     int *flags_out)
{
	static sqlite3_io_methods database, other;
	sqlite3_io_methods *methods =
	    (flags & SQLITE_OPEN_MAIN_DB) != 0 ? &database : &other;
	int code = real_vfs->xOpen(real_vfs, name, file, flags, flags_out);

	(void)vfs;
	if (file->pMethods != NULL) {
		*methods = *file->pMethods;
		real_write = methods->xWrite;
		methods->xWrite = write_unless_full;
		file->pMethods = methods;
	}

	return code;
}

START_TEST(a_full_disk_is_told_and_then_there_is_room)
{
	static sqlite3_vfs vfs;
	g_autofree char *path = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(GError) error = NULL;

	real_vfs = sqlite3_vfs_find(NULL);
	vfs = *real_vfs;
	vfs.zName = "disk";
	vfs.xOpen = open_on_disk;
	ck_assert_int_eq(sqlite3_vfs_register(&vfs, 1), SQLITE_OK);

	store = fixture_store(STORE_SERVE, &path);
	must_add(store, "a@example.org");
	is_full = true;
	for (int i = 0; i < 3; i++) {
		g_clear_error(&error);
		ck_assert(!add(store, "b@example.org", &error));
		ck_assert_msg(error->code == STORE_ERROR_FULL &&
				  strstr(error->message, "make room") != NULL,
			      "%d: %s", error->code, error->message);
		must_find(store, "a@example.org");
	}
	is_full = false;
	must_add(store, "b@example.org");
	check_people(path, 2);
	check_whole(path);
	g_clear_pointer(&store, store_unref);
	sqlite3_vfs_unregister(&vfs);
}
END_TEST

static bool
forget_one(StoreWriter *writer, void *context, GError **error)
{
	return store_writer_forget(writer, JANE, *(gint64 *)context, error);
}

/* How often the bytes stand in the file or beside it. */
static size_t
count_bytes(const char *path, const char *bytes)
{
	static const char *const ends[] = { "", "-wal", "-journal" };
	size_t count = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *file = g_strconcat(path, ends[i], NULL);
		g_autofree char *text = NULL;
		gsize length = 0;
		const char *at;

		if (!g_file_get_contents(file, &text, &length, NULL))
			continue;
		at = text;
		while ((at = memmem(at, length - (size_t)(at - text), bytes,
				    strlen(bytes))) != NULL) {
			count++;
			at++;
		}
	}

	return count;
}

#define CROWD 1500

/* Addresses in no order, so that pages fill up, split and are balanced. */
static char *
crowd_address(int number)
{
	guint32 mixed = (guint32)number * 2654435761u;

	return g_strdup_printf("%08x.person.of.%.*s@example.org", mixed,
			       (int)(mixed % 97),
			       "a-long-name-that-makes-rows-of-all-lengths-so-that-"
			       "cells-are-moved-about-between-the-pages-of-it");
}

/* _i: every _i + 2nd of the crowd is forgotten, or all. */
START_TEST(what_is_forgotten_is_in_no_byte_of_the_files)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_WORK, &path);
	g_autoptr(GError) error = NULL;
	gint64 ids[CROWD] = { 0 };
	int step = _i == 0 ? 1 : _i + 1;

	for (int i = 0; i < CROWD; i++) {
		g_autofree char *address = crowd_address(i);

		/* Half of them are seen in two turns, so that rows go between others. */
		if (i % 2 == 0)
			ck_assert(fixture_put(store, JANE, &ids[i], IDENTITY_ADDRESS,
					      address, FIXTURE_NOW, NULL));
	}
	for (int i = 0; i < CROWD; i++) {
		g_autofree char *address = crowd_address(i);

		ck_assert(fixture_put(store, JANE, &ids[i],
				      i % 2 == 1 ? IDENTITY_ADDRESS : IDENTITY_NAME,
				      address, FIXTURE_NOW, NULL));
	}
	for (int i = 0; i < CROWD; i += step)
		ck_assert(store_change(store, forget_one, &ids[i], &error));
	ck_assert(store_scrub(store, &error));
	for (int i = 0; i < CROWD; i++) {
		g_autofree char *address = crowd_address(i);
		size_t count = count_bytes(path, address);

		ck_assert_msg((count == 0) == (i % step == 0),
			      "%s of %s stands there %zu times", address,
			      i % step == 0 ? "one forgotten" : "one kept", count);
	}
	check_whole(path);
}
END_TEST

START_TEST(who_reads_while_somebody_is_forgotten_hides_no_bytes_for_ever)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(GError) error = NULL;
	gint64 id = 0;
	sqlite3 *db;

	ck_assert(fixture_put(store, JANE, &id, IDENTITY_ADDRESS, "ann.lee@example.org",
			      FIXTURE_NOW, NULL));
	db = open_raw(path);
	sqlite3_exec(db, "BEGIN; SELECT count(*) FROM identity", NULL, NULL, NULL);
	ck_assert(store_change(store, forget_one, &id, &error));
	ck_assert_msg(store_scrub(store, &error), "%s", error->message);
	sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	sqlite3_close(db);
	ck_assert(store_scrub(store, &error));
	ck_assert_uint_eq(count_bytes(path, "ann.lee"), 0);
}
END_TEST

static void *
write_for_a_while(void *context)
{
	sqlite3 *db = context;

	g_usleep(SECOND / 3);
	sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);

	return NULL;
}

START_TEST(forgetting_waits_for_who_writes)
{
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(GError) error = NULL;
	GThread *thread;
	sqlite3 *db;
	gint64 id = 0;

	ck_assert(fixture_put(store, JANE, &id, IDENTITY_ADDRESS, "ann.lee@example.org",
			      FIXTURE_NOW, NULL));
	ck_assert(store_change(store, forget_one, &id, &error));
	db = open_raw(path);
	sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	thread = g_thread_new(NULL, write_for_a_while, db);
	ck_assert_msg(store_scrub(store, &error), "%s", error->message);
	g_thread_join(thread);
	sqlite3_close(db);
	ck_assert_uint_eq(count_bytes(path, "ann.lee"), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("store-trouble");
	TCase *file = tcase_create("file"), *several = tcase_create("several"),
	      *end = tcase_create("end");

	tcase_add_test(file, the_file_is_nobody_elses_to_read);
	tcase_add_test(file, a_new_file_says_what_it_is);
	tcase_add_loop_test(file, a_file_of_the_first_version_is_brought_to_this_one, 0,
			    2);
	tcase_add_test(file, who_only_reads_or_checks_makes_no_file);
	tcase_add_test(file, a_link_to_nowhere_makes_no_file_elsewhere);
	tcase_add_loop_test(file, a_file_of_another_kind_is_told_with_its_remedy, 0,
			    G_N_ELEMENTS(faults));
	tcase_add_loop_test(file, a_check_tells_what_a_start_would, 0,
			    G_N_ELEMENTS(checks));
	tcase_add_test(file, an_empty_file_becomes_a_store);
	tcase_add_loop_test(file, a_file_that_was_removed_is_made_anew, 0, 2);
	tcase_add_test(file, another_file_in_its_place_is_noticed);
	tcase_add_test(file, a_file_that_is_not_ours_to_read_is_told);
	tcase_add_test(file, a_file_that_is_not_ours_to_write_is_told);
	suite_add_tcase(suite, file);
	tcase_set_timeout(several, 60);
	tcase_add_test(several,
		       who_serves_and_is_kept_waiting_is_told_so_before_who_works);
	tcase_add_test(several, many_who_cannot_open_it_do_not_wait_for_each_other);
	tcase_add_test(several, a_reader_keeps_nobody_waiting);
	tcase_add_loop_test(several, threads_of_one_store_lose_nothing, 0, 2);
	tcase_add_test(several, stores_that_make_their_file_at_once_lose_nothing);
	tcase_add_test(several, another_process_writes_meanwhile);
	suite_add_tcase(suite, several);
	tcase_set_timeout(end, 60);
	tcase_add_loop_test(end, what_was_answered_outlives_a_kill, 0, 21);
	tcase_add_test(end, a_file_that_may_not_grow_loses_nothing);
	tcase_add_test(end, a_full_disk_is_told_and_then_there_is_room);
	tcase_add_loop_test(end, what_is_forgotten_is_in_no_byte_of_the_files, 0, 3);
	tcase_add_test(end, forgetting_waits_for_who_writes);
	tcase_add_test(end,
		       who_reads_while_somebody_is_forgotten_hides_no_bytes_for_ever);
	suite_add_tcase(suite, end);

	return fixture_run(suite);
}
