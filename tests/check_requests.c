/* SPDX-License-Identifier: BSD-2-Clause */
/* check_requests.c - is each request answered, for whoever may ask it and nobody else? */

#include "config.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "fixture.h"
#include "requests/requests.h"
#include "people/contact-json.h"

#define JANE FIXTURE_OWNER
#define OMAR "omar@example.net"
#define ANN  "ann@example.org"

static const AccessClient jane = { JANE, false };
static const AccessClient omar = { OMAR, false };
static const AccessClient nobody = { NULL, false };
static const AccessClient root = { NULL, true };

/* Lines of the answer; 0: as many as there are. */
typedef struct {
	GString *text;
	size_t wanted, told;
} Listener;

static bool
listen_to(void *context, const char *line)
{
	Listener *listener = context;

	ck_assert_msg(strchr(line, '\n') == NULL, "a line break in %s", line);
	g_string_append_printf(listener->text, "%s%s", listener->told > 0 ? "\n" : "",
			       line);

	return ++listener->told != listener->wanted;
}

static char *
answer(Store *store, Assessor *assessor, const AccessClient *client, const char *request)
{
	g_autoptr(GString) text = g_string_new(NULL);
	Listener listener = { text, 0, 0 };

	requests_answer(store, assessor, client, request, FIXTURE_NOW, listen_to,
			&listener);

	return g_strdup(text->str);
}

/* Asks and wants this answer, to the letter. */
static void
ask(Store *store, Assessor *assessor, const AccessClient *client, const char *request,
    const char *want)
{
	g_autofree char *got = answer(store, assessor, client, request);

	ck_assert_msg(g_str_equal(got, want), "%s: got %s, want %s", request, got, want);
}

#define LEARN_ANN                                                                        \
	"{\"do\":\"learn\",\"contacts\":[{\"source\":\"sent\",\"name\":\"Ann Lee\","     \
	"\"company\":\"Example Ltd\",\"addresses\":[\"Ann@example.org\"],"               \
	"\"urls\":[\"https://www.linkedin.com/in/ann-lee\"],\"seen\":1000}]}"
#define IDENTITY(kind, value)                                                            \
	"{\"kind\":\"" kind "\",\"value\":\"" value                                      \
	"\",\"source\":\"sent\",\"first\":1000,\"last\":1000,\"count\":1}"
#define URL "https://www.linkedin.com/in/ann-lee"
#define TOLD_ANN                                                                         \
	"{\"person\":[" IDENTITY("address", ANN) "," IDENTITY(                           \
	    "profile",                                                                   \
	    URL) "," IDENTITY("name",                                                    \
			      "Ann Lee") "," IDENTITY("company",                         \
						      "Example Ltd") "]}\n{\"end\":1}"
#define NEW  "{\"learnt\":[\"new\"]}"
#define NONE "{\"end\":0}"

/* By what somebody is found: all that is known of them, however it is written. */
static const struct {
	const char *who;
	bool is_found;
} searches[] = {
	{ ANN, true },
	{ "Ann@Example.ORG", true },
	{ "Ann Lee", true },
	{ "LEE, Ann", true },
	{ "Dr. Ann Lee", true },
	{ "https://www.linkedin.com/in/ann-lee", true },
	{ "http://nl.linkedin.com/in/Ann-Lee/?trk=x", true },
	{ "linkedin.com/in/ann-lee", true },
	{ "Ann", false },
	{ "Bo Lee", false },
	{ "Example Ltd", false },
	{ "bo@example.org", false },
	{ "@", false },
	{ "", false },
	{ "https://example.org/", false },
	{ "\xd0\x90nn Lee", false },
	{ "%", false },
};

START_TEST(somebody_is_found_by_address_profile_or_name)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *find =
	    g_strdup_printf("{\"do\":\"find\",\"who\":\"%s\"}", searches[_i].who);
	g_autofree char *forget =
	    g_strdup_printf("{\"do\":\"forget\",\"who\":\"%s\"}", searches[_i].who);
	bool is_nobody = searches[_i].who[0] == '\0';

	ask(store, assessor, &jane, LEARN_ANN, NEW);
	ask(store, assessor, &jane, find, searches[_i].is_found ? TOLD_ANN : NONE);
	ask(store, assessor, &omar, find, NONE);
	ask(store, assessor, &jane, forget,
	    is_nobody
		? "{\"error\":\"forget whom? Name an address, a profile or a name\"}"
	    : searches[_i].is_found ? "{\"forgotten\":1}"
				    : "{\"forgotten\":0}");
	ask(store, assessor, &jane, "{\"do\":\"find\"}",
	    searches[_i].is_found ? NONE : TOLD_ANN);
}
END_TEST

START_TEST(an_owner_is_told_the_mark_of_their_banners)
{
	g_autoptr(Assessor) assessor = fixture_assessor(
	    "[suggestion]\nmark = all\n[recipient " JANE "]\nmark = heron-27\n");
	g_autoptr(Assessor) without = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);

	ask(store, assessor, &jane, "{\"do\":\"mark\"}", "{\"mark\":\"heron-27\"}");
	ask(store, assessor, &omar, "{\"do\":\"mark\"}", "{\"mark\":\"all\"}");
	ask(store, assessor, &omar, "{\"do\":\"mark\",\"owner\":\"" JANE "\"}",
	    "{\"refused\":\"right\",\"error\":\"this mailbox is not yours\"}");
	ask(store, without, &jane, "{\"do\":\"mark\"}",
	    "{\"error\":\"there is no secret to make a mark of: not looked for\"}");
}
END_TEST

START_TEST(everybody_is_told_when_nobody_is_named)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *got = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	Listener listener = { text, 1, 0 };

	ask(store, assessor, &jane, "{\"do\":\"find\"}", NONE);
	ask(store, assessor, &jane, LEARN_ANN, NEW);
	ask(store, assessor, &jane,
	    "{\"do\":\"learn\",\"contacts\":[{\"name\":\"Bo Berg\"},{\"name\":\"Cy "
	    "Orr\"}]}",
	    "{\"learnt\":[\"new\",\"new\"]}");
	got = answer(store, assessor, &jane, "{\"do\":\"find\"}");
	ck_assert(g_str_has_prefix(got, "{\"person\":[{\"kind\":\"address\""));
	ck_assert_ptr_nonnull(strstr(got, "\"value\":\"Bo Berg\",\"source\":\"added\""));
	ck_assert(g_str_has_suffix(got, "{\"end\":3}"));

	/* A client that listens no more is told no more people. */
	requests_answer(store, assessor, &jane, "{\"do\":\"find\"}", FIXTURE_NOW,
			listen_to, &listener);
	ck_assert_msg(strstr(text->str, "Bo Berg") == NULL, "%s", text->str);
}
END_TEST

/* Each contact has its word, in their order. */
START_TEST(each_contact_is_told_what_became_of_it)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);

	ask(store, assessor, &jane, LEARN_ANN, NEW);
	ask(store, assessor, &jane, LEARN_ANN, "{\"learnt\":[\"known already\"]}");
	ask(store, assessor, &jane,
	    "{\"do\":\"learn\",\"contacts\":["
	    "{\"name\":\"Ann L. "
	    "Lee\",\"addresses\":[\"ann@example.org\",\"a@example.com\"]},"
	    "{\"addresses\":[\"" JANE "\"]},7,{\"addresses\":[\"a@linkedin.com\"]},"
	    "{\"addresses\":[\"noreply@example.org\"]},{\"company\":\"Example\"},null,"
	    "{\"addresses\":[\"bo@example.org\"]}]}",
	    "{\"learnt\":[\"updated\",\"the owner's own address\","
	    "\"no name, address or profile\",\"a network's address\","
	    "\"an address that nobody reads\",\"no name, address or profile\","
	    "\"no name, address or profile\",\"new\"]}");
	ask(store, assessor, &jane, "{\"do\":\"learn\",\"contacts\":[]}",
	    "{\"learnt\":[]}");
	ask(store, assessor, &jane, "{\"do\":\"learn\"}", "{\"learnt\":[]}");
}
END_TEST

START_TEST(nobody_is_seen_tomorrow)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *want =
	    g_strdup_printf("\"first\":%d,\"last\":%d,", FIXTURE_NOW, FIXTURE_NOW);
	g_autofree char *late = NULL, *early = NULL;

	ask(store, assessor, &jane,
	    "{\"do\":\"learn\",\"contacts\":[{\"name\":\"Ann "
	    "Lee\",\"seen\":9999999999999}]}",
	    NEW);
	ask(store, assessor, &jane,
	    "{\"do\":\"learn\",\"contacts\":[{\"name\":\"Bo Lee\",\"seen\":-5}]}", NEW);
	late = answer(store, assessor, &jane, "{\"do\":\"find\",\"who\":\"Ann Lee\"}");
	early = answer(store, assessor, &jane, "{\"do\":\"find\",\"who\":\"Bo Lee\"}");
	ck_assert_msg(strstr(late, want) != NULL, "%s", late);
	ck_assert_msg(strstr(early, want) != NULL, "%s", early);
}
END_TEST

#define ERROR(text)    "{\"error\":\"" text "\"}"
#define NO_RIGHT(text) "{\"refused\":\"right\",\"error\":\"" text "\"}"
#define NO_OBJECT      ERROR("the request is no JSON object")
#define NO_COMMAND                                                                       \
	ERROR("no such request; there are learn, find, forget, known, stranger, teach, " \
	      "relation, mark, invitations, invitation, close, record, "                 \
	      "expire")
#define NO_MAILBOX                                                                       \
	NO_RIGHT("nobody knows which mailbox is yours; the administrator sets [people] " \
		 "domain, "                                                              \
		 "or an alias for your login")
#define NOT_YOURS NO_RIGHT("this mailbox is not yours")
#define NO_OWNER                                                                         \
	"{\"refused\":\"owner\",\"error\":\"whose people? Name the mailbox with "        \
	"--owner "                                                                       \
	"user@domain\"}"
#define ROOT_ALONE NO_RIGHT("only root may forget somebody at all owners")

static const struct {
	const AccessClient *client;
	const char *request, *want;
} requests[] = {
	/* Clients, and the owners they may name. */
	{ &jane, "{\"do\":\"find\"}", NONE },
	{ &jane, "{\"do\":\"find\",\"owner\":\"" JANE "\"}", NONE },
	{ &jane, "{\"do\":\"find\",\"owner\":\"Marieke+x@Example.NET\"}", NONE },
	{ &jane, "{\"do\":\"find\",\"owner\":\"" OMAR "\"}", NOT_YOURS },
	{ &jane, "{\"do\":\"learn\",\"owner\":\"" OMAR "\",\"contacts\":[]}", NOT_YOURS },
	{ &jane, "{\"do\":\"forget\",\"owner\":\"" OMAR "\",\"who\":\"a@b\"}",
	  NOT_YOURS },
	{ &jane, "{\"do\":\"find\",\"owner\":\"\"}", NOT_YOURS },
	{ &jane, "{\"do\":\"forget\",\"who\":\"a@b\",\"everywhere\":true}", ROOT_ALONE },
	{ &jane, "{\"do\":\"find\",\"everywhere\":true}", ROOT_ALONE },
	{ &nobody, "{\"do\":\"find\"}", NO_MAILBOX },
	{ &nobody, "{\"do\":\"find\",\"owner\":\"" JANE "\"}", NO_MAILBOX },
	{ &nobody, "{\"do\":\"forget\",\"who\":\"a@b\",\"everywhere\":true}",
	  ROOT_ALONE },
	{ &root, "{\"do\":\"find\",\"owner\":\"" JANE "\"}", NONE },
	{ &root, "{\"do\":\"find\"}", NO_OWNER },
	{ &root, "{\"do\":\"forget\",\"who\":\"a@b\"}", NO_OWNER },
	{ &root, "{\"do\":\"forget\",\"who\":\"a@b\",\"everywhere\":true}",
	  "{\"forgotten\":0}" },
	/* Everywhere is for forgetting alone. */
	{ &root,
	  "{\"do\":\"learn\",\"everywhere\":true,\"contacts\":[{\"addresses\":[\"a@b\"]}]"
	  "}",
	  NO_OWNER },
	{ &root, "{\"do\":\"find\",\"everywhere\":true}", NO_OWNER },
	{ &root, "{\"do\":\"find\",\"everywhere\":true,\"who\":\"a@b\"}", NO_OWNER },
	{ &root, "{\"do\":\"forget\",\"everywhere\":true}",
	  ERROR("forget whom? Name an address, a profile or a name") },
	/* What is no request. */
	{ &jane, "", NO_OBJECT },
	{ &jane, "{", NO_OBJECT },
	{ &jane, "[]", NO_OBJECT },
	{ &jane, "null", NO_OBJECT },
	{ &jane, "\"find\"", NO_OBJECT },
	{ &jane, "{\"do\":\"find\xff\"}", NO_OBJECT },
	{ &jane, "{}", NO_COMMAND },
	{ &jane, "{\"do\":\"dance\"}", NO_COMMAND },
	{ &jane, "{\"do\":7}", NO_COMMAND },
	{ &jane, "{\"do\":null}", NO_COMMAND },
	{ &jane, "{\"do\":{\"find\":1}}", NO_COMMAND },
	{ &jane, "{\"do\":\"find\",\"who\":\"[{[{[{[{[{[{\\\"[{[{[{'/*\"}", NONE },
	/* Values of another type than theirs. */
	{ &jane, "{\"do\":\"find\",\"owner\":7}", NONE },
	{ &jane, "{\"do\":\"find\",\"owner\":[\"" OMAR "\"]}", NONE },
	{ &jane, "{\"do\":\"find\",\"who\":{}}", NONE },
	{ &jane, "{\"do\":\"find\",\"who\":null}", NONE },
	{ &jane, "{\"do\":\"find\",\"who\":\"\\ud800@\\u0000b\"}", NONE },
	{ &jane, "{\"do\":\"learn\",\"contacts\":{}}", "{\"learnt\":[]}" },
	{ &jane, "{\"do\":\"learn\",\"contacts\":\"Ann\"}", "{\"learnt\":[]}" },
	{ &jane,
	  "{\"do\":\"learn\",\"contacts\":[{\"name\":7,\"company\":[],\"addresses\":\"a@"
	  "b\","
	  "\"urls\":{},\"answered\":[1,null,{}],\"seen\":\"x\",\"source\":9}]}",
	  "{\"learnt\":[\"no name, address or profile\"]}" },
	{ &jane, "{\"do\":\"learn\",\"contacts\":[{\"addresses\":[7,null,[],\"a@b\"]}]}",
	  NEW },
	{ &jane, "{\"do\":\"forget\"}",
	  ERROR("forget whom? Name an address, a profile or a name") },
	{ &jane, "{\"do\":\"forget\",\"who\":\"a@b\",\"everywhere\":\"yes\"}",
	  "{\"forgotten\":0}" },
};

START_TEST(a_request_is_answered_to_whom_it_is_due)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);

	ask(store, assessor, requests[_i].client, requests[_i].request,
	    requests[_i].want);
}
END_TEST

START_TEST(a_request_for_too_many_is_refused)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GString) request = g_string_new("{\"do\":\"learn\",\"contacts\":[{}");
	g_autofree char *want = g_strdup_printf(
	    "{\"error\":\"at most %d contacts in one request\"}", LEARN_BATCH);
	g_autofree char *got = NULL;

	for (int i = 1; i <= LEARN_BATCH; i++)
		g_string_append(request, ",{}");
	g_string_append(request, "]}");
	got = answer(store, assessor, &jane, request->str);
	ck_assert_str_eq(got, want);
}
END_TEST

/* A text, and one more often than a request may have. */
static const struct {
	const char *start, *more, *end;
	size_t times;
	const char *want;
} large[] = {
	{ "{\"do\":\"find\",\"x\":[", "{},", "1]}", REQUESTS_MAX_TOKENS,
	  ERROR("the request has too many values") },
	{ "{\"do\":\"find\",\"x\":[", "\"\",", "1]}", REQUESTS_MAX_TOKENS,
	  ERROR("the request has too many values") },
	{ "{\"do\":\"find\",\"x\":[", "1,", "1]}", REQUESTS_MAX_TOKENS / 2, NONE },
	{ "{\"do\":\"find\",\"who\":\"", "a", "\"}", REQUESTS_MAX_OTHER,
	  ERROR("the request is too long") },
	{ "{\"do\":\"find\",\"who\":\"", "a", "\"}", REQUESTS_MAX_OTHER / 2, NONE },
	/* A mail is long, and says nothing to whom it does not concern. */
	{ "{\"do\":\"find\",\"mail\":\"", "a", "\"}", REQUESTS_MAX_OTHER, NONE },
	{ "{\"do\":\"find\",\"mail\":\"", "a", "\"}", REQUESTS_MAX_LENGTH,
	  ERROR("the request is too long") },
};

START_TEST(a_request_that_would_cost_too_much_is_refused)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GString) request = g_string_new(large[_i].start);
	g_autofree char *got = NULL;

	for (size_t i = 0; i < large[_i].times; i++)
		g_string_append(request, large[_i].more);
	g_string_append(request, large[_i].end);
	got = answer(store, assessor, &jane, request->str);
	ck_assert_msg(g_str_equal(got, large[_i].want), "%s%s…: got %s, want %s",
		      large[_i].start, large[_i].more, got, large[_i].want);
}
END_TEST

/* What stands before a nest without end, so that nobody sees it. */
static const char *const covers[] = {
	"{\"do\":\"find\",\"who\":",
	"",
	"/*\"*/",
	"//\"\n",
	"{\"a\\\\\":",
	"{\"a\\\"\":",
	"{'\"':",
	"{\"do\":\"find\",\"who\":\"[[[[[[[[[[\",\"a\":",
};

START_TEST(a_deep_request_is_none)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *open = g_strnfill(100000, '[');
	g_autofree char *request = g_strconcat(covers[_i], open, NULL);
	g_autofree char *got = answer(store, assessor, &jane, request);

	ck_assert_str_eq(got, NO_OBJECT);
}
END_TEST

/* The bytes, wherever they stand. */
static bool
is_in_files(const char *path, const char *bytes)
{
	static const char *const ends[] = { "", "-wal", "-journal" };
	bool is_there = false;

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *file = g_strconcat(path, ends[i], NULL);
		g_autofree char *text = NULL;
		gsize length = 0;

		if (g_file_get_contents(file, &text, &length, NULL))
			is_there |= memmem(text, length, bytes, strlen(bytes)) != NULL;
	}

	return is_there;
}

static void
learn_crowd(Store *store, Assessor *assessor)
{
	for (int i = 0; i < 300; i++) {
		guint32 mixed = (guint32)i * 2654435761u;
		g_autofree char *name = g_strdup_printf(
		    "StorePerson %x%s", mixed, i % 3 == 0 ? " of the Long Names" : "");
		g_autofree char *address = g_strdup_printf("p%x@example.org", mixed);
		const FixtureContact one = { SOURCE_CONTACT, name, "Example Ltd",
					     address,        NULL, 1000 + i };

		fixture_learn(store, assessor, &one);
	}
}

/* They are more than are found at once, and as others' they stay. */
START_TEST(all_of_a_name_are_forgotten)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);

	for (int i = 0; i < STORE_MAX_HITS + 10; i++) {
		g_autofree char *address = g_strdup_printf("a%d@example.org", i);
		const FixtureContact one = { SOURCE_CONTACT, "Ann Lee", NULL,
					     address,        NULL,      1000 };

		fixture_learn(store, assessor, &one);
	}
	ask(store, assessor, &omar, LEARN_ANN, NEW);
	ask(store, assessor, &jane, "{\"do\":\"forget\",\"who\":\"Ann Lee\"}",
	    "{\"forgotten\":74}");
	ask(store, assessor, &jane, "{\"do\":\"find\"}", NONE);
	ask(store, assessor, &omar, "{\"do\":\"find\"}", TOLD_ANN);
}
END_TEST

/* The caller must know when files are to be scrubbed, and when not. */
START_TEST(only_who_forgets_has_something_to_scrub)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	static const struct {
		const char *request;
		bool want;
	} commands[] = {
		{ "{\"do\":\"forget\",\"who\":\"" ANN "\"}", false },
		{ LEARN_ANN, false },
		{ "{\"do\":\"find\"}", false },
		{ "{\"do\":\"forget\",\"who\":\"" ANN "\"}", true },
		{ "{\"do\":\"forget\",\"who\":\"" ANN "\"}", false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		Listener listener = { text, 0, 0 };

		ck_assert_msg(requests_answer(store, assessor, &jane, commands[i].request,
					      FIXTURE_NOW, listen_to,
					      &listener) == commands[i].want,
			      "%zu: %s: %s", i, commands[i].request, text->str);
	}
}
END_TEST

START_TEST(who_is_forgotten_is_in_no_byte_of_the_files)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	static const char *const traces[] = { "Rosalind", "rosalind", "Quimby",
					      "quimby" };
	g_autoptr(GError) error = NULL;
	const FixtureContact said[] = {
		{ SOURCE_SENT, "Rosalind Quimby", NULL, "rosalind@example.org", NULL,
		  1000 },
		{ SOURCE_ACCEPTED, "Rosalind Quimby", "Quimby & Co", NULL,
		  "https://www.linkedin.com/in/rosalind-quimby", 2000 },
		{ SOURCE_CONTACT, "Rosalind Quimby", NULL, "rosalind@example.org",
		  "https://www.linkedin.com/in/rosalind-quimby", 3000 },
	};

	learn_crowd(store, assessor);
	for (size_t i = 0; i < G_N_ELEMENTS(said); i++)
		fixture_learn(store, assessor, &said[i]);
	learn_crowd(store, assessor);
	fixture_invited(store, JANE, "<1@linkedin.example>", "rosalind@example.org");
	ck_assert(is_in_files(path, "Rosalind"));
	ask(store, assessor, &jane,
	    "{\"do\":\"forget\",\"who\":\"rosalind@example.org\"}", "{\"forgotten\":1}");
	ck_assert(store_scrub(store, &error));
	for (size_t i = 0; i < G_N_ELEMENTS(traces); i++)
		ck_assert_msg(!is_in_files(path, traces[i]), "%s is there", traces[i]);
	ck_assert(is_in_files(path, "Long Names"));
}
END_TEST

START_TEST(only_root_forgets_everywhere)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autofree char *path = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(GError) error = NULL;

	ask(store, assessor, &jane, LEARN_ANN, NEW);
	ask(store, assessor, &omar, LEARN_ANN, NEW);
	ask(store, assessor, &jane, "{\"do\":\"forget\",\"who\":\"" ANN "\"}",
	    "{\"forgotten\":1}");
	ask(store, assessor, &omar, "{\"do\":\"find\"}", TOLD_ANN);
	ask(store, assessor, &jane, LEARN_ANN, NEW);
	ask(store, assessor, &root,
	    "{\"do\":\"forget\",\"who\":\"" ANN "\",\"everywhere\":true}",
	    "{\"forgotten\":2}");
	ask(store, assessor, &jane, "{\"do\":\"find\"}", NONE);
	ask(store, assessor, &omar, "{\"do\":\"find\"}", NONE);
	ck_assert(store_scrub(store, &error));
	ck_assert(!is_in_files(path, "Ann Lee"));
}
END_TEST

START_TEST(a_store_in_trouble_is_told)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = store_new("sqlite:/nonexistent/people\xff", STORE_SERVE);
	static const char *const commands[] = { LEARN_ANN, "{\"do\":\"find\"}",
						"{\"do\":\"find\",\"who\":\"" ANN "\"}",
						"{\"do\":\"forget\",\"who\":\"" ANN
						"\"}" };

	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
		g_autofree char *got = answer(store, assessor, &jane, commands[i]);

		ck_assert_msg(g_str_has_prefix(got, "{\"error\":\"/nonexistent/people") &&
				  g_utf8_validate(got, -1, NULL),
			      "%s: %s", commands[i], got);
	}
}
END_TEST

/* What the client writes, the daemon reads. */
START_TEST(a_contact_travels_unharmed)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(JsonNode) node = NULL;
	g_auto(Contact) contact = { 0 };
	g_autofree char *written = NULL, *request = NULL;

	contact_init(&contact, SOURCE_SENT);
	contact_set_name(&contact, "Ann Lee");
	contact_set_company(&contact, "Example Ltd");
	contact_add_address(&contact, ANN);
	contact_add_url(&contact, "https://www.linkedin.com/in/ann-lee");
	contact_add_answered(&contact, "<1@example.org>");
	contact.seen = 1000;
	contact_json_write(json, &contact);
	node = json_builder_get_root(json);
	written = json_to_string(node, FALSE);
	ck_assert_ptr_nonnull(strstr(written, "\"answered\":[\"<1@example.org>\"]"));
	request = g_strdup_printf("{\"do\":\"learn\",\"contacts\":[%s]}", written);
	ask(store, assessor, &jane, request, NEW);
	ask(store, assessor, &jane, "{\"do\":\"find\"}", TOLD_ANN);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("requests");
	TCase *answers = tcase_create("answers");

	tcase_add_loop_test(answers, somebody_is_found_by_address_profile_or_name, 0,
			    G_N_ELEMENTS(searches));
	tcase_add_test(answers, an_owner_is_told_the_mark_of_their_banners);
	tcase_add_test(answers, everybody_is_told_when_nobody_is_named);
	tcase_add_test(answers, each_contact_is_told_what_became_of_it);
	tcase_add_test(answers, nobody_is_seen_tomorrow);
	tcase_add_loop_test(answers, a_request_is_answered_to_whom_it_is_due, 0,
			    G_N_ELEMENTS(requests));
	tcase_add_test(answers, a_request_for_too_many_is_refused);
	tcase_add_loop_test(answers, a_request_that_would_cost_too_much_is_refused, 0,
			    G_N_ELEMENTS(large));
	tcase_add_loop_test(answers, a_deep_request_is_none, 0, G_N_ELEMENTS(covers));
	tcase_add_test(answers, only_who_forgets_has_something_to_scrub);
	tcase_add_test(answers, all_of_a_name_are_forgotten);
	tcase_add_test(answers, who_is_forgotten_is_in_no_byte_of_the_files);
	tcase_add_test(answers, only_root_forgets_everywhere);
	tcase_add_test(answers, a_store_in_trouble_is_told);
	tcase_add_test(answers, a_contact_travels_unharmed);
	suite_add_tcase(suite, answers);

	return fixture_run(suite);
}
