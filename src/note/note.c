/* SPDX-License-Identifier: BSD-2-Clause */
/* note.c - are these the inviter's own words? */

#include "config.h"

#include <string.h>

#include "text/plain-text.h"
#include "text/text.h"
#include "note/body.h"
#include "note/default-text.h"
#include "note/disguise.h"
#include "note/evidence.h"
#include "note/greeted.h"
#include "note/note.h"
#include "note/reasons.h"
#include "note/side.h"
#include "note/signals.h"
#include "note/note-language.h"
#include "note/sure-words.h"
#include "note/told.h"
#include "note/wording.h"

/* So few words beside a default text are a name or a leave-taking. */
#define BESIDE_MAX_WORDS 4

/* A default text nobody has seen has no more words, and no more of them are its own. */
#define STRUCTURAL_MAX_WORDS 20
#define STRUCTURAL_MAX_OWN   3

static void
judge_default(Note *note, const DefaultText *text, size_t edits)
{
	note->class = NOTE_DEFAULT;
	note->language = text->language;
	g_ptr_array_add(note->reasons,
			edits == 0
			    ? g_strconcat("default:", text->key, NULL)
			    : g_strdup_printf("default:%s %zu edits", text->key, edits));
}

/* A script's slip weighs towards a pitch. */
static void
judge_greeting(Note *note, const NoteNames *names, Cues *cues)
{
	Greeted greeted = greeted_of(note, names);

	if (greeted == GREETED_RECIPIENT)
		g_ptr_array_add(note->reasons, g_strdup("greeting:by-name"));
	else if (greeted == GREETED_OTHER && note->is_greeting_known)
		cues_add(cues, CUE_WRONG_NAME, CUE_WEAK, text_token(note->greeted, 40));
}

/* The recipient's own facts are context. */
static void
judge_about(const Wording *wording, const NoteNames *names, Cues *cues)
{
	g_autofree char *body =
	    names->about != NULL ? plain_text_words(wording->plain.text) : NULL;

	for (size_t i = 0; names->about != NULL && names->about[i] != NULL; i++) {
		g_autofree char *fact = plain_text_words(names->about[i]);

		if (fact[1] != '\0' && strstr(body, fact) != NULL)
			cues_add(cues, CUE_ABOUT, CUE_STRONG,
				 text_token(names->about[i], 40));
	}
}

/*
 * A default text is one sentence of the note: what stands beside it decides.  The
 * note without such texts, and the first of them; NULL where there is none.
 */
static const DefaultText *
without_defaults(const Wording *wording, char **rest_out)
{
	const PlainText *plain = &wording->plain;
	g_autoptr(GString) rest = g_string_new(NULL);
	const DefaultText *first = NULL;
	size_t from = 0;

	for (size_t i = 0; i < wording->hits->len; i++) {
		const PhraseHit *hit = &g_array_index(wording->hits, PhraseHit, i);
		const Entry *entry = wording_entry(wording, hit);

		if (entry->kind != ENTRY_DEFAULT || hit->start < from)
			continue;
		if (first == NULL)
			first = &g_array_index(wording->languages->defaults, DefaultText,
					       entry->text);
		g_string_append_len(rest, plain->text + plain->offsets[from],
				    plain->offsets[hit->start] - plain->offsets[from]);
		from = hit->end;
	}
	if (first == NULL)
		return NULL;
	g_string_append(rest, plain->text + plain->offsets[from]);
	*rest_out = g_strdup(rest->str);

	return first;
}

/*
 * Short, names the network and says nothing else, in a language whose own text nobody
 * has seen.
 */
static bool
is_structural(const Wording *wording, const Note *note, const NoteNames *names,
	      const Cues *cues)
{
	guint64 bits = note_language_bits(wording, note->language);
	g_autofree char *body = NULL, *network = NULL;

	if (note->language == NULL || (bits & wording->languages->with_defaults) != 0 ||
	    cues->own_words > STRUCTURAL_MAX_OWN || cues_say_why(cues) ||
	    wording_words(wording) > STRUCTURAL_MAX_WORDS)
		return false;
	body = plain_text_words(wording->plain.text);
	network = plain_text_words(names->network != NULL ? names->network : "");

	return network[1] != '\0' && strstr(body, network) != NULL;
}

/* The body's language; where the body is too short to tell, the whole note's. */
static const char *
language_of(const Wording *body, const char *whole, const char *const *people)
{
	const char *language = note_language_of(body);
	g_auto(Wording) wording = { 0 };

	if (language != NULL)
		return language;
	wording_init(&wording, body->languages, whole, people);

	return note_language_of(&wording);
}

/* Words that are hidden, or said again and again, are there for programs. */
static Side
unless_for_us(Note *note, const Evidence *evidence, Side side)
{
	if (side != SIDE_PERSONAL || (!note->is_disguised && !evidence->repeats))
		return side;
	g_ptr_array_add(note->reasons, g_strdup(note->is_disguised ? "vague:disguised"
								   : "vague:repeated"));

	return SIDE_VAGUE;
}

/* Who greets and says who they are has given no reason, though names are concrete. */
static bool
is_greeting(const Wording *wording, const Cues *cues, Side side)
{
	return side == SIDE_PERSONAL && !cues_tell_shared_past(cues) &&
	       wording_greets_only(wording);
}

/* A short offer has a default text's length, and none of its words. */
static bool
is_offer_alone(const Languages *languages, const Evidence *evidence, const Cues *cues)
{
	return cues->found[CUE_OFFER].weight >= CUE_STRONG &&
	       !evidence_has(evidence, languages, SIDE_DEFAULT, LEVEL_WEAK, 0) &&
	       !evidence_has(evidence, languages, SIDE_VAGUE, LEVEL_WEAK, 0);
}

static const NoteClass classes[] = {
	[SIDE_DEFAULT] = NOTE_DEFAULT,
	[SIDE_VAGUE] = NOTE_VAGUE,
	[SIDE_PITCH] = NOTE_PITCH,
	[SIDE_PERSONAL] = NOTE_PERSONAL,
};

/* A friend's note that sells beside what it tells of a past is in doubt. */
static Side
unless_lie(const Wording *wording, const Evidence *evidence,
	   const NoteLanguageParts *parts, const char *const *people, Side side,
	   double likelihoods[SIDE_LAST])
{
	if (side != SIDE_PERSONAL || !side_is_lie(wording, evidence, parts, people))
		return side;
	/* Nothing says that it is vague. */
	likelihoods[SIDE_VAGUE] = 0;

	return SIDE_VAGUE;
}

static void
keep_evidence(Note *note, const Languages *languages, const Evidence *evidence,
	      const Cues *cues)
{
	note->has_trade =
	    cues->found[CUE_OFFER].weight > 0 || cues->found[CUE_GROWTH].weight > 0 ||
	    evidence_has(evidence, languages, SIDE_PITCH, LEVEL_PLAIN, RULE_MEETS);
	note->features = g_array_ref(evidence->features);
	note->buckets = g_array_ref(evidence->buckets);
	note->among = evidence->among;
}

/* A name and a number, and neither a sum nor a link: whom one met, and when. */
static bool
tells_whom_and_when(const Spans *spans)
{
	return spans->names > 0 && spans->numbers > 0 &&
	       spans->first[SIGN_MONEY] == spans->first[SIGN_MONEY + 1] &&
	       spans->first[SIGN_LINK] == spans->first[SIGN_LINK + 1];
}

/*
 * Of a language that no file has, a few words look like one that a file has: these tell no
 * language, and what they sell there may be anything.  Where its very letters are no
 * language's of ours, every word is one of the writer's own, and that says nothing.
 */
static void
doubt_language(Note *note, const Wording *wording, const Evidence *evidence,
	       double likelihoods[SIDE_LAST])
{
	const Spans *spans = &evidence->spans;
	bool is_foreign = spans_are_foreign(spans, wording);

	if (!is_foreign && !spans_are_strange(spans))
		return;
	note->language = NULL;
	likelihoods[SIDE_VAGUE] += likelihoods[SIDE_PITCH];
	likelihoods[SIDE_PITCH] = 0;
	if (is_foreign && !tells_whom_and_when(spans)) {
		likelihoods[SIDE_VAGUE] = 1;
		likelihoods[SIDE_DEFAULT] = likelihoods[SIDE_PERSONAL] = 0;
	}
}

/*
 * How likely is each side?  is_beside: a default text was taken out.  True where these are
 * no default text's words, whatever is likely.
 */
static bool
weigh(const Wording *wording, Note *note, const Evidence *evidence, const Cues *cues,
      bool is_beside, double likelihoods[SIDE_LAST])
{
	const Languages *languages = wording->languages;
	bool is_own = cues_tell_shared_past(cues) ||
		      evidence_tells(evidence, languages, RULE_OWN, LEVEL_STRONG);

	weights_likelihoods(languages->weights, evidence->features, evidence->buckets,
			    likelihoods);
	if (is_beside || is_own || is_offer_alone(languages, evidence, cues))
		likelihoods[SIDE_DEFAULT] = 0;
	doubt_language(note, wording, evidence, likelihoods);
	sure_words_weigh(languages, evidence, likelihoods);

	return is_own;
}

/* text: without greeting and signature; whole: with them, for scripts slip there, too. */
static void
judge_own_words(const Languages *languages, Note *note, const char *text,
		const char *whole, const NoteNames *names)
{
	const char *const people[] = { names->inviter != NULL ? names->inviter : "",
				       names->recipient != NULL ? names->recipient : "",
				       names->network != NULL ? names->network : "",
				       NULL };
	g_autoptr(GString) own = g_string_new(NULL);
	g_auto(Wording) wording = { 0 };
	g_auto(NoteLanguageParts) parts = { 0 };
	g_auto(Cues) cues = { 0 };
	g_auto(Evidence) evidence = { 0 };
	double likelihoods[SIDE_LAST];
	g_autofree char *rest = NULL;
	const DefaultText *within;
	Side side;
	bool is_own, greets;

	wording_init(&wording, languages, text, people);
	within = without_defaults(&wording, &rest);
	if (within != NULL) {
		wording_clear(&wording);
		wording_init(&wording, languages, rest, people);
	}
	note->language = language_of(&wording, whole, people);
	note_language_narrow(&wording, note->language, &parts);
	cues.own_words = wording_own_words(&wording, own);
	wording_cues(&wording, &cues);
	signals_add(&cues, languages->field_words, whole);
	judge_about(&wording, names, &cues);
	note->has_shared_past = cues_tell_shared_past(&cues);
	judge_greeting(note, names, &cues);
	evidence_init(&evidence, &wording, &cues);
	keep_evidence(note, languages, &evidence, &cues);
	if (within != NULL && !cues_say_why(&cues) &&
	    (cues.own_words == 0 || evidence.spans.words <= BESIDE_MAX_WORDS)) {
		judge_default(note, within, 0);
		return;
	}
	is_own = weigh(&wording, note, &evidence, &cues, within != NULL, likelihoods);
	side = side_at_site(&wording, &evidence, &cues, likelihoods, note->reasons);
	side = unless_for_us(note, &evidence, side);
	greets = is_greeting(&wording, &cues, side);
	side = greets ? SIDE_VAGUE : side;
	side = unless_lie(&wording, &evidence, &parts, people, side, likelihoods);
	note->class = classes[side];
	if (side == SIDE_DEFAULT ||
	    (!is_own && is_structural(&wording, note, names, &cues))) {
		note->class = NOTE_DEFAULT;
		g_ptr_array_add(note->reasons, g_strdup("default:structural"));
		return;
	}
	fingerprint_sketch_init(&note->sketch, &wording.plain, wording.is_name);
	if (greets)
		g_ptr_array_add(note->reasons, g_strdup(REASONS_NO_OWN_WORDS));
	else
		reasons_add(note->reasons, &evidence, &wording, &cues, side, own->str,
			    likelihoods[side]);
}

/*
 * What tells of the inviter as of somebody else is the network's; alone, it says nothing,
 * and where it only names the network it is a default text.
 */
static void
judge_body(const Languages *languages, Note *note, const char *body, const char *whole,
	   const NoteNames *names)
{
	g_autofree char *own = told_left_out(body, names->inviter, names->rules);

	if (body_has_words(own)) {
		judge_own_words(languages, note, own, whole, names);
		return;
	}
	judge_own_words(languages, note, body, whole, names);
	if (note->class == NOTE_DEFAULT)
		return;
	note->class = NOTE_VAGUE;
	note->has_shared_past = false;
	g_ptr_array_set_size(note->reasons, 0);
	g_ptr_array_add(note->reasons, g_strdup(REASONS_NO_OWN_WORDS));
}

/* A greeting, a name below, a waving hand: something is said, and no reason given. */
static void
judge_wordless(Note *note, const char *whole)
{
	bool is_said = body_has_words(whole);

	/* U+FFFD is a byte that was lost. */
	for (const char *c = whole; *c != '\0' && !is_said; c = g_utf8_next_char(c))
		is_said = g_unichar_type(g_utf8_get_char(c)) == G_UNICODE_OTHER_SYMBOL &&
			  g_utf8_get_char(c) != TEXT_REPLACEMENT;
	note->class = is_said ? NOTE_VAGUE : NOTE_NONE;
	g_ptr_array_add(note->reasons,
			g_strdup(is_said ? REASONS_NO_OWN_WORDS : "note:none"));
}

Note *
note_judge(const Languages *languages, const char *text, const NoteNames *names)
{
	g_autoptr(Note) note = g_new0(Note, 1);
	g_autofree char *cut = g_strndup(text != NULL ? text : "", NOTE_MAX);
	g_autofree char *valid = g_utf8_make_valid(g_strstrip(cut), -1);
	g_autofree char *whole = disguise_undone(valid, &note->is_disguised);
	g_auto(GStrv) lines = g_strsplit(valid, "\n", -1);
	size_t edits = 0;
	const DefaultText *known = body_strip(languages, lines, names, note, &edits);
	g_autofree char *rest = g_strjoinv(" ", lines);
	bool on_purpose;
	g_autofree char *body = disguise_undone(rest, &on_purpose);

	note->reasons = g_ptr_array_new_with_free_func(g_free);
	if (known != NULL) {
		judge_default(note, known, edits);
	} else if (!body_has_words(body)) {
		judge_wordless(note, whole);
	} else {
		judge_body(languages, note, body, whole, names);
	}

	return g_steal_pointer(&note);
}

/* What decides against all that the words say is told first.  Takes the reason. */
static void
decide(Note *note, NoteClass class, char *reason)
{
	note->class = class;
	g_ptr_array_insert(note->reasons, 0, reason);
}

void
note_set_bulk(Note *note, size_t recipients, size_t days)
{
	if (note->class != NOTE_PERSONAL && note->class != NOTE_VAGUE)
		return;

	decide(note, note->has_shared_past ? NOTE_VAGUE : NOTE_PITCH,
	       g_strdup_printf("bulk:%zu recipients in %zu days", recipients, days));
}

bool
note_is_of_person(const Note *note, const char *text, const NoteNames *names)
{
	return ((note->class == NOTE_PERSONAL || note->class == NOTE_PITCH) &&
		told_by_oneself(text, names->rules)) ||
	       note->has_shared_past ||
	       (note->is_greeting_known && greeted_of(note, names) == GREETED_RECIPIENT);
}

void
note_set_unplaced(Note *note, const NoteNames *names)
{
	Greeted greeted = greeted_of(note, names);

	if (note->class == NOTE_DEFAULT || note->is_signed || note->has_shared_past ||
	    greeted == GREETED_RECIPIENT ||
	    (greeted == GREETED_NOBODY && note->is_greeting_known))
		return;
	note->class = NOTE_VAGUE;
	/* The words of a mail system are in many mails; they teach nothing of notes. */
	fingerprint_sketch_clear(&note->sketch);
	g_ptr_array_set_size(note->reasons, 0);
	g_ptr_array_add(note->reasons, g_strdup("note:not-found"));
}

void
note_set_taught(Note *note, NoteClass class)
{
	note->is_taught = true;
	decide(note, class, g_strconcat("learned:owner ", note_class_name(class), NULL));
}

void
note_set_pitch(Note *note, char *reason)
{
	decide(note, NOTE_PITCH, reason);
}

void
note_free(Note *note)
{
	if (note == NULL)
		return;
	g_ptr_array_unref(note->reasons);
	g_clear_pointer(&note->features, g_array_unref);
	g_clear_pointer(&note->buckets, g_array_unref);
	fingerprint_sketch_clear(&note->sketch);
	g_free(note->greeted);
	g_free(note);
}

const char *
note_class_name(NoteClass class)
{
	static const char *const names[NOTE_LAST] = {
		[NOTE_NONE] = "none",         [NOTE_DEFAULT] = "default",
		[NOTE_VAGUE] = "vague",       [NOTE_PITCH] = "pitch",
		[NOTE_PERSONAL] = "personal",
	};

	return names[class];
}

NoteClass
note_class_of(const char *name)
{
	for (int i = 0; i < NOTE_LAST; i++)
		if (g_strcmp0(name, note_class_name((NoteClass)i)) == 0)
			return (NoteClass)i;

	return NOTE_LAST;
}

bool
note_class_is_taught(NoteClass class)
{
	return class == NOTE_VAGUE || class == NOTE_PITCH || class == NOTE_PERSONAL;
}
