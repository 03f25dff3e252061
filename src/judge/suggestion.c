/* SPDX-License-Identifier: BSD-2-Clause */
/* suggestion.c - what to do, with the reply written ready to send */

#include "config.h"

#include <stdbool.h>

#include "judge/reply-form.h"
#include "judge/suggestion.h"
#include "people/reply-name.h"

/*
 * Can an answer arrive at somebody who waits for one?  Events come to thousands
 * of calendars at once, and an answer to their organizer's address tells no more
 * than that it was read.
 */
static bool
is_in_reach(const Network *network, const Invite *invite, const Findings *findings)
{
	return network->takes_replies ||
	       (invite->address != NULL && findings->request != REQUEST_EVENT);
}

/* The key of the text that goes with an answer, or NULL for none. */
static const char *
text_key(const Network *network, const Invite *invite, const Findings *findings,
	 Verdict verdict, Answer answer)
{
	if (answer != ANSWER_IGNORE)
		return verdict_answer_name(answer);

	return verdict == VERDICT_SPAMMY && is_in_reach(network, invite, findings)
		   ? "decline"
		   : NULL;
}

/*
 * May it be said that the recipient does not know the inviter?  Nobody can tell of a
 * namesake, nor of one whom the mail does not name, nor of one whose note tells of a
 * past that both have.
 */
static bool
is_surely_stranger(const Findings *findings, const ReplyNames *names)
{
	g_autofree char *inviter = reply_name_clean(names->rules, names->inviter);

	return findings->relation != RELATION_UNKNOWN &&
	       findings->relation != RELATION_NAMESAKE && !findings->tells_past &&
	       inviter != NULL && reply_name_is_full(names->rules, inviter);
}

/*
 * Greeting, text and sign-off with an empty line between; NULL where there is no text.
 * The body is the one for people who are known, for a note that says why, or for mail
 * of which nobody can tell who knows whom, before the one for the request, before the
 * plain one.
 */
static char *
write_reply(const Voice *voice, const char *key, const Findings *findings,
	    Verdict verdict, const ReplyNames *names)
{
	static const char *const greetings[] = { "greeting-known", "greeting",
						 "greeting-nameless", NULL };
	static const char *const signoffs[] = { "signoff", "signoff-nameless", NULL };
	/* Who tells of a past that both have has said what it is about. */
	const char *people =
	    verdict == VERDICT_KNOWN      ? "known"
	    : verdict == VERDICT_PERSONAL ? "personal"
	    : findings->tells_past &&
		    g_str_equal(key, verdict_answer_name(ANSWER_CONSIDER))
		? "personal"
		: "unknown";
	g_autofree char *of_people = g_strdup_printf("%s-%s", key, people);
	g_autofree char *asked =
	    g_strdup_printf("%s-%s", key, network_request_name(findings->request));
	const char *const keys[] = { of_people, asked, key, NULL };
	bool has_people = verdict == VERDICT_KNOWN || verdict == VERDICT_PERSONAL ||
			  !is_surely_stranger(findings, names);
	g_autofree char *body =
	    replies_text(voice, "texts", has_people ? keys : keys + 1, names);
	g_autofree char *greeting = replies_text(
	    voice, "texts", verdict == VERDICT_KNOWN ? greetings : greetings + 1, names);
	g_autofree char *signoff = replies_text(voice, "texts", signoffs, names);

	if (body == NULL)
		return NULL;

	return g_strconcat(
	    greeting != NULL ? greeting : "", greeting != NULL ? "\n\n" : "", body,
	    signoff != NULL ? "\n\n" : "", signoff != NULL ? signoff : "", NULL);
}

Suggestion *
suggestion_new(const Voice *voice, const Network *network, const Invite *invite,
	       const Findings *findings, Verdict verdict, Answer answer)
{
	Suggestion *suggestion = g_new0(Suggestion, 1);
	ReplyNames names = { .inviter = invite->name,
			     .company = invite->company,
			     .recipient = invite->recipient,
			     .network = network->title,
			     .rules = voice->names };
	Voice toward = *voice;
	const char *key;

	suggestion->answer = answer;
	suggestion->language = voice->language;
	if (answer == ANSWER_REPORT || findings->relation == RELATION_IMPOSTOR ||
	    findings->has_doubtful_links)
		return suggestion;

	suggestion->url = g_strdup(network->page);
	key = text_key(network, invite, findings, verdict, answer);
	if (key == NULL)
		return suggestion;

	suggestion->address = g_strdup(invite->address);
	/* A default text's form of address is the network's, and no choice. */
	toward.is_familiar =
	    findings->note != NOTE_DEFAULT && reply_form_is_familiar(voice, invite->note);
	suggestion->reply = write_reply(&toward, key, findings, verdict, &names);

	return suggestion;
}

char *
suggestion_for_many(const Voice *voice)
{
	const Findings findings = { .relation = RELATION_UNKNOWN };
	const ReplyNames names = { .rules = voice->names };

	return write_reply(voice, verdict_answer_name(ANSWER_REPLY_DONT_ACCEPT),
			   &findings, VERDICT_CONTEXTLESS, &names);
}

char *
suggestion_welcome(const Voice *voice, const char *name)
{
	const Findings findings = { .relation = RELATION_KNOWN,
				    .request = REQUEST_CONNECT };
	const ReplyNames names = { .inviter = name, .rules = voice->names };

	return write_reply(voice, verdict_answer_name(ANSWER_ACCEPT), &findings,
			   VERDICT_KNOWN, &names);
}

/*
 * The way that a network tells is that of an invitation: it passes a message on to the
 * person who sent it, and not with an event, a group, a page or a favour.
 */
static bool
has_no_way(Request request)
{
	return request == REQUEST_EVENT || request == REQUEST_GROUP ||
	       request == REQUEST_FOLLOW || request == REQUEST_RECOMMEND ||
	       request == REQUEST_ENDORSE;
}

char *
suggestion_hint(const Voice *voice, const Network *network, const Invite *invite,
		const Findings *findings, const Suggestion *suggestion)
{
	g_autofree char *asked =
	    g_strdup_printf("no-reply-%s", network_request_name(findings->request));
	const char *const keys[] = { asked, "no-reply", NULL };
	ReplyNames names = { .network = network->title };
	bool takes_reply = network->takes_replies && !has_no_way(findings->request);
	const char *hint = network->takes_replies && !takes_reply
			       ? NULL
			       : network_reply_hint(network, voice->language);

	/* Mail takes its own way. */
	if (suggestion->url == NULL || suggestion->answer == ANSWER_ACCEPT ||
	    (invite->address != NULL && !takes_reply))
		return NULL;
	if (hint != NULL)
		return g_strdup(hint);

	return takes_reply ? NULL : replies_text(voice, "banner", keys, &names);
}

void
suggestion_free(Suggestion *suggestion)
{
	if (suggestion == NULL)
		return;

	g_free(suggestion->reply);
	g_free(suggestion->url);
	g_free(suggestion->address);
	g_free(suggestion->hint);
	g_free(suggestion);
}
