/* SPDX-License-Identifier: BSD-2-Clause */
/* check_disguise.c - does hiding the words of a pitch make it a friend's note? */

#include "config.h"

#include <string.h>

#include "ctl/labelled.h"
#include "fixture.h"
#include "note/disguise.h"
#include "note/note.h"

static const struct {
	const char *text, *undone;
	bool on_purpose;
} texts[] = {
	{ "", "", false },
	{ "We help companies.", "We help companies.", false },
	/* What nobody sees, within words and behind them. */
	{ "com\342\200\213pan\302\255ies \342\200\256", "companies \342\200\256", false },
	{ "com\357\277\275panies \357\277\275 now", "companies \357\277\275 now", false },
	/* Cyrillic letters among Latin ones. */
	{ "\321\201\320\276mp\320\260nies", "companies", false },
	{ "\321\201\320\276mp\320\260nies h\320\265lp n\320\265w "
	  "\321\201\320\276\321\200",
	  "companies help new cop", true },
	/* A Russian word, and a Latin one with a Russian ending. */
	{ "\320\275\320\260\321\210 VPN\320\276\320\274",
	  "\320\275\320\260\321\210 VPN\320\276\320\274", false },
	/* Letters that stand apart. */
	{ "we h.e.l.p you", "we help you", false },
	{ "w.e h.e.l.p s.a.v.e", "we help save", true },
	{ "w e   h e l p   s a v e", "we   help   save", true },
	{ "\303\251.t.\303\251.s w.o.r.d", "\303\251t\303\251s word", true },
	{ "a\303\227b\303\227c\303\227d e\303\267f\303\267g\303\267h", "abcd efgh",
	  true },
	/* U+038B is no letter, though among them. */
	{ "\316\261\316\213\316\262\316\213\316\263\316\213\316\264 "
	  "\316\261\316\213\316\262\316\213\316\263\316\213\316\264",
	  "\316\261\316\262\316\263\316\264 \316\261\316\262\316\263\316\264", true },
	{ "J.R.R. Lee, U.S. a b c", "J.R.R. Lee, U.S. a b c", false },
	{ "\344\275\240 \345\245\275 \344\275\240 \345\245\275",
	  "\344\275\240 \345\245\275 \344\275\240 \345\245\275", false },
	/* Digits among small letters. */
	{ "we h3lp c0mpanies", "we help companies", true },
	{ "an mp3s player, B2B, 4x4, COVID19", "an mp3s player, B2B, 4x4, COVID19",
	  false },
};

START_TEST(words_are_written_as_they_are_read)
{
	bool on_purpose;
	g_autofree char *undone = disguise_undone(texts[_i].text, &on_purpose);

	ck_assert_msg(g_str_equal(undone, texts[_i].undone) &&
			  on_purpose == texts[_i].on_purpose,
		      "%s: got %s, %d, want %s, %d", texts[_i].text, undone, on_purpose,
		      texts[_i].undone, texts[_i].on_purpose);
}
END_TEST

/* How a sender may hide the words of a pitch; of all bytes. */
typedef char *Hide(const char *text);

/* The text with something behind each letter that another letter follows. */
static char *
with_between(const char *text, const char *between)
{
	GString *out = g_string_new(NULL);

	for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
		const char *next = g_utf8_next_char(c);

		g_string_append_len(out, c, next - c);
		if (g_unichar_isalpha(g_utf8_get_char(c)) &&
		    g_unichar_isalpha(g_utf8_get_char(next)))
			g_string_append(out, between);
	}

	return g_string_free(out, FALSE);
}

static char *
hide_unseen(const char *text)
{
	return with_between(text, "\342\200\213");
}

static char *
hide_in_marks(const char *text)
{
	return with_between(text, "\314\201\315\240\314\226");
}

static char *
hide_in_bytes(const char *text)
{
	return with_between(text, "\303");
}

static char *
hide_apart(const char *text)
{
	return with_between(text, ".");
}

static char *
hide_in_cyrillic(const char *text)
{
	static const char *const twins[] = { "\320\260", "\320\265", "\320\276",
					     "\321\200", "\321\201", "\321\205" };

	return fixture_with_twins(text, "aeopcx", twins);
}

static char *
hide_in_digits(const char *text)
{
	static const char *const twins[] = { "0", "1", "3" };

	return fixture_with_twins(text, "oie", twins);
}

/* Words of people who met, said often enough to be heard. */
static char *
hide_behind_names(const char *text)
{
	return g_strconcat(text, " FOSDEM FOSDEM met met", NULL);
}

static char *
hide_before_names(const char *text)
{
	return g_strconcat("FOSDEM FOSDEM met met. ", text, NULL);
}

static char *
hide_behind_sentences(const char *text)
{
	return g_strconcat(text, " We met at FOSDEM. We met at FOSDEM.", NULL);
}

static char *
hide_behind_a_megabyte(const char *text)
{
	g_autoptr(GString) out = g_string_new(text);

	while (out->len < 1 << 20)
		g_string_append(out, " met talked FOSDEM");

	return g_strdup(out->str);
}

/* A cue of each kind that speaks for a friend, each said once. */
#define ALL_CUES                                                                         \
	"Great meeting you at FOSDEM in 2019, we worked together at Acme, Anna Kovacs "  \
	"told me to write, we both went to Lindenhof school, thanks for your answer, "   \
	"I read your article about heron nests, do you remember me?"

static char *
hide_behind_cues(const char *text)
{
	return g_strconcat(text, " " ALL_CUES, NULL);
}

static char *
hide_before_cues(const char *text)
{
	return g_strconcat(ALL_CUES " ", text, NULL);
}

static const struct {
	const char *name;
	Hide *hide;
	size_t most;          /* in a hundred pitches may pass for a friend's note */
	const char *language; /* of these pitches; NULL: all */
} hides[] = {
	{ "unseen characters in words", hide_unseen, 0 },
	{ "marks piled up", hide_in_marks, 0 },
	{ "bytes that are no character in words", hide_in_bytes, 1 },
	{ "Cyrillic letters", hide_in_cyrillic, 0 },
	{ "letters apart", hide_apart, 1 },
	{ "digits", hide_in_digits, 1 },
	{ "words of people who met behind it", hide_behind_names, 0 },
	{ "and before it", hide_before_names, 0 },
	{ "a sentence twice", hide_behind_sentences, 0 },
	{ "a megabyte of them", hide_behind_a_megabyte, 0 },
	{ "a cue of each kind behind it", hide_behind_cues, 10, "en" },
	{ "and before it", hide_before_cues, 10, "en" },
};

typedef struct {
	const Languages *languages;
	Hide *hide;
	const char *language;
	size_t pitches, personal;
} Count;

static NoteClass
class_of(const Languages *languages, const char *text)
{
	static const NoteNames names = { .network = "LinkedIn" };
	g_autoptr(Note) note = note_judge(languages, text, &names);

	return note->class;
}

/* A LabelledTake. */
static void
take_pitch(void *context, const LabelledNote *labelled)
{
	Count *count = context;
	g_autofree char *hidden = NULL;

	if (labelled->class != NOTE_PITCH ||
	    (count->language != NULL &&
	     strcmp(labelled->language, count->language) != 0) ||
	    class_of(count->languages, labelled->text) != NOTE_PITCH)
		return;
	hidden = count->hide(labelled->text);
	count->pitches++;
	count->personal += class_of(count->languages, hidden) == NOTE_PERSONAL;
}

START_TEST(no_pitch_that_hides_is_a_friends_note)
{
	static const char *const files[] = { "notes/notes.tsv",
					     "notes/train/hand-1-en.tsv",
					     "notes/held-out/hand-2.tsv" };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	Count count = { .languages = assessor_languages(assessor),
			.hide = hides[_i].hide,
			.language = hides[_i].language };

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = fixture_path(files[i]);
		size_t bad = 0;

		ck_assert(labelled_read(path, take_pitch, &count, &bad, NULL));
	}
	ck_assert_uint_ge(count.pitches, 250);
	ck_assert_msg(count.personal * 100 <= hides[_i].most * count.pitches,
		      "%s: %zu of %zu pitches are personal", hides[_i].name,
		      count.personal, count.pitches);
}
END_TEST

/* A friend whose editor, charset or keyboard did it is no less a friend. */
static const struct {
	const char *text;
	NoteClass class;
} friends[] = {
	{ "We met in Gh\342\200\213ent at the ferry, I still have your um\302\255brella.",
	  NOTE_PERSONAL },
	{ "We met in Gh\377ent at the f\303erry, I still have your umbrella.",
	  NOTE_PERSONAL },
	{ "We met in Ghent at the f\320\265rry, I still have your umbrella.",
	  NOTE_PERSONAL },
	{ "We met in Ghent, and you, very very kindly, gave me your umbrella.",
	  NOTE_PERSONAL },
	{ "We met in Ghent. FOSDEM FOSDEM FOSDEM FOSDEM", NOTE_VAGUE },
};

START_TEST(a_slip_makes_no_friend_a_stranger)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	NoteClass class = class_of(assessor_languages(assessor), friends[_i].text);

	ck_assert_msg(class == friends[_i].class, "%s: got %s", friends[_i].text,
		      note_class_name(class));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("disguise");
	TCase *disguise = tcase_create("disguise");

	tcase_set_timeout(disguise, 60);
	tcase_add_loop_test(disguise, words_are_written_as_they_are_read, 0,
			    G_N_ELEMENTS(texts));
	tcase_add_loop_test(disguise, no_pitch_that_hides_is_a_friends_note, 0,
			    G_N_ELEMENTS(hides));
	tcase_add_loop_test(disguise, a_slip_makes_no_friend_a_stranger, 0,
			    G_N_ELEMENTS(friends));
	suite_add_tcase(suite, disguise);

	return fixture_run(suite);
}
