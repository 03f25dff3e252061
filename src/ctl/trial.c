/* SPDX-License-Identifier: BSD-2-Clause */
/* trial.c - what of a mail fits which pattern of a network's file */

#include "config.h"

#include "text/folded.h"
#include "text/text.h"
#include "ctl/trial.h"
#include "text/address.h"
#include "mail/encoded.h"
#include "network/network-kind.h"
#include "network/network-profile.h"

/* Characters of a field, line or URL that are shown. */
#define SHOWN_MAX 1000

/* Fields that are shown whether or not something fits them. */
static const char *const usual_fields[] = { "From", "Sender", "Reply-To", "Subject",
					    "Message-ID" };

/* One network and one mail. */
typedef struct {
	Trial *trial;
	const Network *network;
	const Reading *reading;
} Run;

static void
row_free(gpointer data)
{
	TrialRow *row = data;

	g_free(row->text);
	g_free(row->label);
	g_array_unref(row->matches);
	g_free(row);
}

/* what is borrowed. */
static TrialRow *
row_new(const char *what, const char *text)
{
	TrialRow *row = g_new0(TrialRow, 1);

	row->what = what;
	row->text = text_clean(text, SHOWN_MAX);
	row->matches = g_array_new(FALSE, FALSE, sizeof(TrialMatch));

	return row;
}

static void
add_match(TrialRow *row, const KeyfileEntry *entry, const char *pattern)
{
	TrialMatch match = { entry, pattern };

	g_array_append_val(row->matches, match);
}

static void
add_phrase(TrialRow *row, const PatternListEntry *phrase)
{
	if (phrase != NULL)
		add_match(row, phrase->from, pattern_text(phrase->pattern));
}

static void
ask(TrialRow *row, const PatternList *list, const Folded *folded)
{
	add_phrase(row, pattern_list_fitting(list, folded, NULL));
}

static void
ask_kinds(const Run *run, TrialRow *row, KindList level, const Folded *folded)
{
	for (size_t i = 0; i < run->network->kinds->len; i++)
		ask(row, ((const Kind *)run->network->kinds->pdata[i])->lists[level],
		    folded);
}

/* Words of the file that stand for themselves. */
static void
ask_words(const Run *run, TrialRow *row, const char *section, const char *key,
	  const char *word)
{
	const KeyfileEntry *entry = keyfile_find(run->network->file, section, key, word);

	if (entry != NULL)
		add_match(row, entry, word);
}

/* NULL where the network's domains are its brands. */
static const KeyfileEntry *
brands_of(const Network *network)
{
	return keyfile_find(network->file, "network", "brands", NULL);
}

static void
ask_addresses(const Run *run, TrialRow *row, const Claim *claim)
{
	for (size_t i = 0; i < claim->n_addresses; i++) {
		const ClaimAddress *address = &claim->addresses[i];

		for (char **own = run->network->domains; *own != NULL; own++)
			if (address_is_under(address->domain, *own))
				ask_words(run, row, "network", "domains", *own);
		if (network_lookalike(run->network, address->domain) != LOOKALIKE_NOT)
			add_match(row, brands_of(run->network),
				  "a domain that resembles the network's");
		if (address->field != CLAIM_REPLY_TO)
			ask_words(run, row, "claims", "sender", address->text);
		if (address->field == CLAIM_FROM)
			ask_words(run, row, "claims", "except", address->text);
	}
}

static void
ask_author(const Run *run, TrialRow *row)
{
	const Network *network = run->network;
	const Reading *reading = run->reading;

	ask(row, network->lists[NETWORK_LIST_AUTHOR], &reading->folded_author);
	ask(row, network->lists[NETWORK_LIST_AUTHOR_SELF], &reading->folded_author);
	if (network_owns_author(network, message_author(reading->message)))
		ask_kinds(run, row, KIND_FROM, &reading->folded_address);
}

static void
ask_subject(const Run *run, TrialRow *row, const Folded *subject)
{
	const Network *network = run->network;
	bool is_own = network_owns_author(network, message_author(run->reading->message));

	for (size_t i = 0; i < network->kinds->len; i++) {
		const Kind *kind = network->kinds->pdata[i];

		add_phrase(row,
			   network_subject_fitting(kind->lists[KIND_SUBJECT], subject));
		if (is_own)
			add_phrase(row, network_subject_fitting(
					    kind->lists[KIND_OWN_SUBJECT], subject));
	}
}

static void
ask_reply_to(const Run *run, TrialRow *row, const char *value)
{
	g_auto(Mailbox) mailbox = { 0 };
	g_auto(Folded) folded = { 0 };

	if (mailbox_parse(value, &mailbox) != 1)
		return;
	folded_init(&folded, mailbox.address);
	ask(row, run->network->lists[NETWORK_LIST_REPLY_TO], &folded);
}

/* Fields that only the network writes, and the one with the template's name. */
static void
ask_own_field(const Run *run, TrialRow *row, const Head *alone)
{
	const Network *network = run->network;
	const char *value =
	    network->field != NULL ? head_get(alone, network->field) : NULL;
	g_auto(Folded) folded = { 0 };

	for (size_t i = 0; i < network->fields->len; i++) {
		const FieldClaim *field = network->fields->pdata[i];

		if (network_field_claim_fits(field, alone))
			add_match(row, field->from,
				  field->value != NULL ? pattern_text(field->value)
						       : field->name);
	}
	if (value == NULL)
		return;
	folded_init(&folded, value);
	ask_kinds(run, row, KIND_TEMPLATE, &folded);
}

static bool
is_usual(const Network *network, const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(usual_fields); i++)
		if (g_ascii_strcasecmp(usual_fields[i], name) == 0)
			return true;

	return network->field != NULL && g_ascii_strcasecmp(network->field, name) == 0;
}

/* A head with this field alone says what the field does. */
static void
try_field(const Run *run, const char *name, const char *value)
{
	const Network *network = run->network;
	g_autoptr(Head) alone = head_new();
	g_auto(Claim) claim = { 0 };
	g_autofree char *decoded = encoded_decode(value);
	TrialRow *row = row_new(name, decoded);

	head_add(alone, name, value);
	claim_init(&claim, alone);
	for (size_t i = 0; i < claim.n_senders; i++) {
		ask(row, network->lists[NETWORK_LIST_CLAIM_NAME], &claim.senders[i]);
		if (network_is_disguised(network, &claim.senders[i]))
			add_match(row, brands_of(network),
				  "a name that looks like the network's");
	}
	ask_addresses(run, row, &claim);
	if (g_ascii_strcasecmp(name, "From") == 0)
		ask_author(run, row);
	else if (g_ascii_strcasecmp(name, "Reply-To") == 0)
		ask_reply_to(run, row, value);
	if (claim.subject.chars != NULL)
		ask_subject(run, row, &claim.subject);
	ask(row, network->lists[NETWORK_LIST_CLAIM_MESSAGE_ID], &claim.message_id);
	ask_own_field(run, row, alone);
	row->is_claim = network_claims(network, &claim);
	row->is_missing = row->matches->len == 0;
	if (row->matches->len > 0 || is_usual(network, name))
		g_ptr_array_add(run->trial->rows[TRIAL_HEAD], row);
	else
		row_free(row);
}

/* A later line starts the note, so the words above it are none. */
static void
forget_notes(GPtrArray *rows)
{
	for (size_t i = 0; i < rows->len; i++) {
		TrialRow *row = rows->pdata[i];

		if (g_str_equal(row->what, reading_line_use_name(LINE_NOTE))) {
			row->what = reading_line_use_name(LINE_OVER);
			row->is_missing = false;
		}
	}
}

static void
try_line(const Run *run, GPtrArray *rows, const ReadingLine *line)
{
	const Network *network = run->network;
	LineUse use = run->trial->is_taken ? line->use : LINE_UNREAD;
	TrialRow *row = row_new(reading_line_use_name(use), line->text);

	ask(row, network->lists[NETWORK_LIST_START], &line->folded);
	ask(row, network->lists[NETWORK_LIST_END], &line->folded);
	ask(row, network->lists[NETWORK_LIST_BANNER], &line->folded);
	ask_kinds(run, row, KIND_LINE, &line->folded);
	ask(row, network->lists[NETWORK_LIST_FRAME], &line->folded);
	if (use == LINE_HEADLINE)
		ask(row, network->lists[NETWORK_LIST_COMPANY], &line->folded);
	row->is_missing = row->matches->len == 0 && !line->is_link &&
			  (use == LINE_UNREAD || use == LINE_NOTE);
	if (use == LINE_START)
		forget_notes(rows);
	g_ptr_array_add(rows, row);
}

static void
try_lines(const Run *run, TrialPart to, ReadingPart from)
{
	const GArray *lines = run->reading->lines[from];

	for (size_t i = 0; i < lines->len; i++) {
		const ReadingLine *line = &g_array_index(lines, ReadingLine, i);

		if (line->text[0] != '\0')
			try_line(run, run->trial->rows[to], line);
	}
}

static void
try_method(const Run *run)
{
	const char *method = run->reading->calendar.method;
	g_auto(Folded) folded = { 0 };
	TrialRow *row;

	if (method == NULL)
		return;
	row = row_new("METHOD", method);
	folded_init(&folded, method);
	ask_kinds(run, row, KIND_METHOD, &folded);
	row->is_missing = row->matches->len == 0;
	g_ptr_array_add(run->trial->rows[TRIAL_CALENDAR], row);
}

/* Most links stand in both parts, and some twice in one. */
static bool
is_told(const GPtrArray *rows, const TrialRow *row)
{
	for (size_t i = 0; i < rows->len; i++) {
		const TrialRow *other = rows->pdata[i];

		if (g_str_equal(other->text, row->text) &&
		    g_str_equal(other->label, row->label))
			return true;
	}

	return false;
}

static void
try_link(const Run *run, ReadingLink *link)
{
	const Network *network = run->network;
	bool is_home = network_owns_domain(network, link->host);
	TrialRow *row = row_new(is_home                     ? "home"
				: link->unwrapped.is_hidden ? "hidden"
				: link->host[0] != '\0'     ? "away"
							    : "none",
				link->url);

	row->label = text_clean(link->label, SHOWN_MAX);
	ask(row, network->lists[NETWORK_LIST_ACCEPT_LABEL], &link->folded_label);
	ask(row, network->lists[NETWORK_LIST_ACTION], &link->folded_label);
	ask(row, network->lists[NETWORK_LIST_PROFILE_LABEL], &link->folded_label);
	if (is_home) {
		const Folded *url = reading_folded_url(link);

		ask(row, network->lists[NETWORK_LIST_ACCEPT], url);
		ask(row, network->lists[NETWORK_LIST_TEMPLATE], url);
		ask_kinds(run, row, KIND_LINK, url);
		for (size_t i = 0; i < network->profiles->len; i++) {
			const ProfileForm *form = network->profiles->pdata[i];

			ask(row, form->links, url);
		}
	}
	row->is_missing = is_home && row->matches->len == 0;
	if (is_told(run->trial->rows[TRIAL_LINKS], row))
		row_free(row);
	else
		g_ptr_array_add(run->trial->rows[TRIAL_LINKS], row);
}

static void
find_claim(const Run *run)
{
	const Network *network = run->network;
	Trial *trial = run->trial;
	g_auto(Claim) claim = { 0 };

	claim_init(&claim, message_head(run->reading->message));
	trial->is_claimed = network_claims(network, &claim);
	trial->is_sent = network_sent(network, &claim, run->reading,
				      network_kind(network, run->reading));
	for (size_t level = 0; level < KIND_LAST; level++)
		trial->kinds[level] =
		    network_kind_by(network, run->reading, (KindList)level);
}

Trial *
trial_new(const Network *network, const Assessment *assessment)
{
	Trial *trial = g_new0(Trial, 1);
	const Reading *reading = assessment->reading;
	const Head *head = message_head(reading->message);
	Run run = { trial, network, reading };

	for (size_t part = 0; part < TRIAL_LAST; part++)
		trial->rows[part] = g_ptr_array_new_with_free_func(row_free);
	trial->is_taken = assessment->network == network;
	find_claim(&run);
	for (size_t i = 0; i < head_length(head); i++)
		try_field(&run, head_name(head, i), head_value(head, i));
	try_lines(&run, TRIAL_TEXT, READING_TEXT);
	try_lines(&run, TRIAL_HTML, READING_HTML);
	try_method(&run);
	try_lines(&run, TRIAL_CALENDAR, READING_CALENDAR);
	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++)
			try_link(&run,
				 &g_array_index(reading->links[part], ReadingLink, i));

	return trial;
}

void
trial_free(Trial *trial)
{
	if (trial == NULL)
		return;

	for (size_t part = 0; part < TRIAL_LAST; part++)
		g_ptr_array_unref(trial->rows[part]);
	g_free(trial);
}

const char *
trial_part_name(TrialPart part)
{
	static const char *const names[TRIAL_LAST] = {
		[TRIAL_HEAD] = "head",   [TRIAL_TEXT] = "text",
		[TRIAL_HTML] = "html",   [TRIAL_CALENDAR] = "calendar",
		[TRIAL_LINKS] = "links",
	};

	return names[part];
}
