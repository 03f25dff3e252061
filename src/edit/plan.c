/* SPDX-License-Identifier: BSD-2-Clause */
/* plan.c - from what was judged, and each recipient's policy, to the edits */

#include "config.h"

#include <string.h>

#include "text/text.h"
#include "mail/encoded.h"
#include "mail/encoded-field.h"
#include "mail/insert.h"
#include "edit/banner.h"
#include "edit/fields.h"
#include "edit/plan.h"
#include "network/network-kind.h"

/* A line has at most 998 octets (RFC 5322, section 2.1.1), and a tag comes before it. */
#define SUBJECT_LINE_MAX 800

/* What one recipient wants done, as far as the assessment allows it. */
typedef struct {
	const Recipient *recipient;
	const Assessment *assessment;
	Actions actions;
} Wish;

static void
wish_clear(gpointer data)
{
	policy_actions_clear(&((Wish *)data)->actions);
}

static const Wish *
wish_at(const GArray *wishes, guint index)
{
	return &g_array_index(wishes, Wish, index);
}

static bool
is_allowed(const Wish *wish, ActionKind kind)
{
	return (wish->actions.allowed & POLICY_ACTION_BIT(kind)) != 0;
}

static size_t
count_wishes(const GArray *wishes, ActionKind kind)
{
	size_t count = 0;

	for (guint i = 0; i < wishes->len; i++)
		count += is_allowed(wish_at(wishes, i), kind);

	return count;
}

/* Log each kind of action once that the mail is not sure enough for. */
static void
tell_unsure(Report *report, const GArray *wishes)
{
	unsigned unsure = 0;

	for (guint i = 0; i < wishes->len; i++)
		unsure |= wish_at(wishes, i)->actions.unsure;
	for (size_t kind = 0; kind < ACTION_LAST; kind++)
		if (unsure & POLICY_ACTION_BIT(kind))
			report_trouble(
			    report,
			    "no %s: the mail is not verified, or it is not known "
			    "who knows whom",
			    policy_action_name((ActionKind)kind));
}

/* Tell in our fields what the caller cannot do. */
static void
tag_instead(const Plan *plan, Report *report, Wish *wish)
{
	unsigned wanted = wish->actions.allowed & plan->unable;

	for (size_t kind = 0; kind < ACTION_LAST; kind++)
		if (wanted & POLICY_ACTION_BIT(kind))
			report_trouble(report, "no %s: only the daemon does that",
				       policy_action_name((ActionKind)kind));
	if (wanted != 0)
		wish->actions.allowed =
		    (wish->actions.allowed & ~wanted) | POLICY_ACTION_BIT(ACTION_TAG);
}

/* Do all recipients want it?  Where only some do, the log says so. */
static bool
all_wish(const Plan *plan, Report *report, const GArray *wishes, ActionKind kind)
{
	size_t count = count_wishes(wishes, kind);

	if (count > 0 && (count < wishes->len || plan->has_more)) {
		report_trouble(report,
			       "no %s: not all recipients want it (%zu of %u%s do)",
			       policy_action_name(kind), count, wishes->len,
			       plan->has_more ? " and more" : "");
		return false;
	}

	return count > 0;
}

static const Action *
action_of(const Wish *wish, ActionKind kind)
{
	for (guint i = 0; i < wish->actions.list->len; i++) {
		const Action *action = &g_array_index(wish->actions.list, Action, i);

		if (action->kind == kind)
			return action;
	}

	return NULL;
}

static char *
argument_of(const Wish *wish, const Action *action)
{
	return policy_action_argument(action, wish->recipient->address,
				      wish->assessment->verdict);
}

/* The argument that all give an action, or NULL where they differ; the caller's. */
static char *
common_argument(Report *report, const GArray *wishes, ActionKind kind)
{
	g_autofree char *common =
	    argument_of(wish_at(wishes, 0), action_of(wish_at(wishes, 0), kind));

	for (guint i = 1; i < wishes->len; i++) {
		g_autofree char *other =
		    argument_of(wish_at(wishes, i), action_of(wish_at(wishes, i), kind));

		if (g_strcmp0(common, other) != 0) {
			report_trouble(report, "no %s: recipients want different words",
				       policy_action_name(kind));
			return NULL;
		}
	}

	return g_steal_pointer(&common);
}

/* May it stand in a field that we write: printable ASCII, no line long or blank? */
static bool
is_plain(const char *value)
{
	size_t column = 0;

	for (const char *c = value; *c != '\0'; c++) {
		const char *next = c + 1 + strspn(c + 1, " \t");

		if (*c == '\n' && (next == c + 1 || *next == '\n' || *next == '\0'))
			return false;
		if (*c != '\n' && *c != '\t' && !g_ascii_isprint(*c))
			return false;
		column = *c == '\n' ? 0 : column + 1;
		if (column > SUBJECT_LINE_MAX)
			return false;
	}

	return true;
}

/*
 * The mail's subject as it stands, or written anew where it must not; used: columns
 * taken.
 */
static char *
subject_of(const Head *head, size_t used)
{
	const char *raw = head_get(head, "Subject");
	g_autoptr(GString) plain = g_string_new(raw != NULL ? raw : "");
	g_autofree char *decoded = NULL;

	g_string_replace(plain, "\r", "", 0);
	g_strchug(plain->str);
	if (is_plain(plain->str))
		return g_strdup(plain->str);
	decoded = encoded_decode(plain->str);

	return encoded_field(decoded, ENCODED_TEXT, used);
}

/* Put words before the subject, once. */
static void
tag_subject(const Plan *plan, Edits *edits, const char *words)
{
	g_autofree char *encoded =
	    encoded_field(words, ENCODED_TEXT, strlen("Subject: "));
	g_autofree char *subject =
	    subject_of(plan->head, strlen("Subject:  ") + strlen(encoded));
	g_autofree char *value = NULL;

	if (words[0] == '\0' || g_str_has_prefix(subject, encoded))
		return;
	value =
	    g_strdup_printf("%s%s%s", encoded, subject[0] != '\0' ? " " : "", subject);
	edits_change(edits, "Subject", value);
}

/* Does a recipient's mail leave the site, where others verify what was signed? */
static bool
goes_away(const GArray *wishes)
{
	for (guint i = 0; i < wishes->len; i++)
		if (wish_at(wishes, i)->recipient->place == RECIPIENT_AWAY)
			return true;

	return false;
}

/* A meeting is shown by the reader's own program; only what harms is marked in it. */
static bool
is_plain_meeting(const Assessment *assessment)
{
	return network_kind_is_calendar(assessment->kind) &&
	       assessment->verdict != VERDICT_SPAMMY &&
	       assessment->verdict != VERDICT_FORGED;
}

/*
 * Takes blocks off and puts ours in; text NULL: takes them off alone.  Returns what
 * became of it where nothing had to be changed.
 */
static const char *
change_body(const Plan *plan, Edits *edits, Report *report, const char *text,
	    const char *html)
{
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);

	edits->body = insert_into_mime(plan->mime, text, html, reasons);
	for (size_t i = 0; i < reasons->len; i++)
		report_trouble(report, "no banner in a part: %s",
			       (const char *)reasons->pdata[i]);

	return reasons->len == 0 && plan->shown->blocks != MESSAGE_NO_BLOCK ? "has-one"
									    : "no-part";
}

/* Returns what became of it, for the summary. */
static const char *
add_banner(const Plan *plan, Edits *edits, Report *report, const GArray *wishes)
{
	g_autofree char *mark = assessor_mark(plan->assessor, plan->owner);
	g_autofree char *text = NULL, *html = NULL;
	const char *why_not = is_plain_meeting(plan->shown) ? "calendar"
			      : plan->owner == NULL         ? "several-recipients"
			      : goes_away(wishes)           ? "leaves-site"
							    : NULL;
	const char *unchanged;

	if (why_not == NULL && !banner_render(plan->shown, mark, &text, &html))
		why_not = "no-words";
	/* A sender's imitation is taken off even where no banner of ours is put in. */
	if (why_not != NULL &&
	    (plan->shown->blocks == MESSAGE_NO_BLOCK || goes_away(wishes)))
		return why_not;
	unchanged = change_body(plan, edits, report, text, html);
	if (edits->body == NULL)
		return why_not != NULL ? why_not : unchanged;

	return why_not != NULL ? "taken-off" : "yes";
}

/* The mail itself; returns what became of the banner. */
static const char *
edit_mail(const Plan *plan, Edits *edits, Report *report, const GArray *wishes)
{
	if (all_wish(plan, report, wishes, ACTION_TAG))
		fields_insert(edits, plan->shown,
			      plan->owner != NULL ? FIELDS_WITH_REPLY
						  : FIELDS_WITHOUT_REPLY);
	if (all_wish(plan, report, wishes, ACTION_SUBJECT) && !goes_away(wishes) &&
	    !is_plain_meeting(plan->shown)) {
		g_autofree char *words = common_argument(report, wishes, ACTION_SUBJECT);

		if (words != NULL)
			tag_subject(plan, edits, words);
	}
	if (count_wishes(wishes, ACTION_BANNER) == 0)
		return "no";

	return all_wish(plan, report, wishes, ACTION_BANNER)
		   ? add_banner(plan, edits, report, wishes)
		   : "several-recipients";
}

/* The mail's envelope, while it is changed; addresses in lower case. */
typedef struct {
	GHashTable *here;    /* who has the mail already; borrowed */
	GHashTable *targets; /* who gets it by a redirect or a copy */
	unsigned done;       /* bits of ActionKind */
} Envelope;

/* Another recipient; false where no address came of it. */
static bool
add_recipient(Edits *edits, Report *report, Envelope *envelope, const Wish *wish,
	      const Action *action)
{
	g_autofree char *to = argument_of(wish, action);
	g_autofree char *lower = to != NULL ? g_ascii_strdown(to, -1) : NULL;

	if (to == NULL) {
		report_trouble(report, "no %s: what comes of its address is none",
			       policy_action_name(action->kind));
		return false;
	}
	/* A redirect to itself is none, and a copy to itself stays beside a redirect. */
	if (g_str_equal(lower, wish->recipient->address)) {
		if (action->kind == ACTION_COPY)
			g_hash_table_add(envelope->targets, g_steal_pointer(&lower));
		return false;
	}
	envelope->done |= POLICY_ACTION_BIT(action->kind);
	if (!g_hash_table_contains(envelope->targets, lower) &&
	    !g_hash_table_contains(envelope->here, lower))
		g_ptr_array_add(edits->recipients_in, g_steal_pointer(&to));
	g_hash_table_add(envelope->targets, g_steal_pointer(&lower));

	return true;
}

/* Adds those that a recipient's redirect and copies name; is the recipient to go? */
static bool
add_recipients_of(Edits *edits, Report *report, Envelope *envelope, const Wish *wish)
{
	bool is_to_go = is_allowed(wish, ACTION_DISCARD);

	for (guint i = 0; i < wish->actions.list->len; i++) {
		const Action *action = &g_array_index(wish->actions.list, Action, i);

		if (is_allowed(wish, action->kind) &&
		    (action->kind == ACTION_COPY || action->kind == ACTION_REDIRECT))
			is_to_go |=
			    add_recipient(edits, report, envelope, wish, action) &&
			    action->kind == ACTION_REDIRECT;
	}

	return is_to_go;
}

/* A recipient to whom another one's redirect or copy leads keeps the mail. */
static void
remove_recipients(Edits *edits, Envelope *envelope, const GArray *wishes,
		  const bool *are_to_go)
{
	for (guint i = 0; i < wishes->len; i++) {
		const Wish *wish = wish_at(wishes, i);

		if (!are_to_go[i] ||
		    g_hash_table_contains(envelope->targets, wish->recipient->address))
			continue;
		if (is_allowed(wish, ACTION_DISCARD))
			envelope->done |= POLICY_ACTION_BIT(ACTION_DISCARD);
		g_ptr_array_add(edits->recipients_out, g_strdup(wish->recipient->given));
	}
	/* A mail without any recipient would be lost. */
	if (edits->recipients_out->len == wishes->len && edits->recipients_in->len == 0)
		g_ptr_array_set_size(edits->recipients_out, 0);
}

/* Add and remove recipients; returns what was done, in bits of ActionKind. */
static unsigned
edit_envelope(Edits *edits, Report *report, const GArray *wishes)
{
	g_autoptr(GHashTable) here = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) targets =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree bool *are_to_go = g_new0(bool, wishes->len);
	Envelope envelope = { here, targets, 0 };

	for (guint i = 0; i < wishes->len; i++)
		g_hash_table_add(here, wish_at(wishes, i)->recipient->address);
	for (guint i = 0; i < wishes->len; i++)
		are_to_go[i] =
		    add_recipients_of(edits, report, &envelope, wish_at(wishes, i));
	remove_recipients(edits, &envelope, wishes, are_to_go);

	return envelope.done;
}

/* Rejected or discarded for all, nothing else is left to be done. */
static bool
edit_end(const Plan *plan, Edits *edits, Report *report, const GArray *wishes)
{
	if (all_wish(plan, report, wishes, ACTION_REJECT)) {
		edits->end = EDITS_REJECT;
		edits->reply = argument_of(wish_at(wishes, 0),
					   action_of(wish_at(wishes, 0), ACTION_REJECT));
	} else if (count_wishes(wishes, ACTION_DISCARD) == wishes->len &&
		   !plan->has_more) {
		edits->end = EDITS_DISCARD;
	}

	/* Fields of the sender's need not be deleted, either. */
	if (edits->end != EDITS_PASS)
		g_array_set_size(edits->fields, 0);

	return edits->end != EDITS_PASS;
}

/* The actions that are done, or "none"; done: those that the edits do not show. */
static char *
done_text(const Edits *edits, unsigned done)
{
	g_autoptr(GString) text = g_string_new(NULL);

	done |= edits->end == EDITS_REJECT ? POLICY_ACTION_BIT(ACTION_REJECT) : 0;
	done |= edits->end == EDITS_DISCARD ? POLICY_ACTION_BIT(ACTION_DISCARD) : 0;
	done |= edits->body != NULL ? POLICY_ACTION_BIT(ACTION_BANNER) : 0;
	for (guint i = 0; i < edits->fields->len; i++) {
		const Edit *edit = &g_array_index(edits->fields, Edit, i);

		done |= edit->kind == EDIT_INSERT ? POLICY_ACTION_BIT(ACTION_TAG) : 0;
		done |= edit->kind == EDIT_CHANGE ? POLICY_ACTION_BIT(ACTION_SUBJECT) : 0;
	}
	for (size_t kind = 0; kind < ACTION_LAST; kind++)
		if (done & POLICY_ACTION_BIT(kind))
			g_string_append_printf(text, "%s%s", text->len > 0 ? "," : "",
					       policy_action_name((ActionKind)kind));

	return g_strdup(text->len > 0 ? text->str : "none");
}

/* Each recipient's wish, in the order of the envelope. */
static GArray *
wishes_of(const Plan *plan, Report *report)
{
	GArray *wishes = g_array_new(FALSE, TRUE, sizeof(Wish));

	g_array_set_clear_func(wishes, wish_clear);
	g_array_set_size(wishes, plan->recipients->len);
	for (guint i = 0; i < plan->recipients->len; i++) {
		const Recipient *recipient =
		    &g_array_index(plan->recipients, Recipient, i);
		const Assessment *judged =
		    g_hash_table_lookup(plan->judged, recipient->owner);
		const Assessment *assessment = judged != NULL ? judged : plan->shown;
		const Findings findings = assess_findings(assessment);
		Wish *wish = &g_array_index(wishes, Wish, i);

		*wish = (Wish){ .recipient = recipient, .assessment = assessment };
		/* Nothing is done for a recipient to whom the mail is an ordinary one. */
		if (!assess_is_recognised(assessment))
			wish->actions.list = g_array_new(FALSE, FALSE, sizeof(Action));
		else
			policy_actions(assessor_policy(plan->assessor),
				       recipient->address, assessment->verdict, &findings,
				       &wish->actions);
		tag_instead(plan, report, wish);
	}

	return wishes;
}

void
plan_edits(const Plan *plan, Edits *edits, Report *report)
{
	g_autoptr(GArray) wishes = NULL;
	g_autofree char *actions = NULL;
	ReportDone done = { .actions = "none", .banner = "no", .owners = plan->owners };
	unsigned others = 0;

	if (!assess_is_recognised(plan->shown) || plan->recipients->len == 0) {
		report_found(report, plan->shown, &done);
		return;
	}
	wishes = wishes_of(plan, report);
	tell_unsure(report, wishes);
	if (!edit_end(plan, edits, report, wishes)) {
		done.banner = edit_mail(plan, edits, report, wishes);
		others = plan->has_more ? 0 : edit_envelope(edits, report, wishes);
	}
	actions = done_text(edits, others);
	done.actions = actions;
	report_found(report, plan->shown, &done);
}
