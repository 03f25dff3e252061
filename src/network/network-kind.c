/* SPDX-License-Identifier: BSD-2-Clause */
/* network-kind.c - which kind of mail of a network is it? */

#include "config.h"

#include "network/network-kind.h"

static const char *const levels[KIND_LAST + 1] = {
	[KIND_METHOD] = "method",
	[KIND_TEMPLATE] = "template",
	[KIND_LINE] = "line",
	[KIND_LINK] = "link",
	[KIND_SUBJECT] = "subject",
	[KIND_FROM] = "from",
	[KIND_OWN_SUBJECT] = "own-subject",
};

const char *
network_kind_list_name(KindList level)
{
	return levels[level];
}

const char *const *
network_kind_list_names(void)
{
	return levels;
}

/* The kind that lists this text at this level of evidence, or NULL. */
static const Kind *
kind_of_folded(const Network *network, KindList level, const Folded *folded)
{
	for (size_t i = 0; i < network->kinds->len; i++) {
		const Kind *kind = network->kinds->pdata[i];

		if (pattern_list_fitting(kind->lists[level], folded, NULL) != NULL)
			return kind;
	}

	return NULL;
}

bool
network_kind_is_calendar(const Kind *kind)
{
	return kind != NULL && pattern_list_length(kind->lists[KIND_METHOD]) > 0;
}

static const Kind *
kind_by_method(const Network *network, const Reading *reading)
{
	g_auto(Folded) folded = { 0 };

	if (reading->calendar.method == NULL)
		return NULL;
	folded_init(&folded, reading->calendar.method);

	return kind_of_folded(network, KIND_METHOD, &folded);
}

static const Kind *
kind_of_template(const Network *network, const char *template)
{
	g_auto(Folded) folded;

	folded_init(&folded, template);

	return kind_of_folded(network, KIND_TEMPLATE, &folded);
}

/* The template's name stands in a field of the head, or in every link. */
static const Kind *
kind_by_template(const Network *network, const Reading *reading)
{
	g_autofree char *field = network->field != NULL
				     ? message_field(reading->message, network->field)
				     : NULL;
	PatternHit hits[HOLE_LAST];
	const Kind *kind;

	if (field != NULL && (kind = kind_of_template(network, field)) != NULL)
		return kind;

	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);
			const PatternHit *hit = &hits[HOLE_TEMPLATE];
			g_autofree char *name = NULL;

			if (!network_owns_domain(network, link->host) ||
			    reading_link_fitting(network->lists[NETWORK_LIST_TEMPLATE],
						 link, hits) == NULL)
				continue;
			name = g_strndup(link->url + hit->start, hit->end - hit->start);
			if ((kind = kind_of_template(network, name)) != NULL)
				return kind;
		}

	return NULL;
}

static const Kind *
kind_by_line(const Network *network, const Reading *reading)
{
	for (size_t k = 0; k < network->kinds->len; k++) {
		const Kind *kind = network->kinds->pdata[k];

		for (size_t part = 0; part < READING_LAST; part++)
			for (size_t i = 0; i < reading->lines[part]->len; i++) {
				const ReadingLine *line =
				    &g_array_index(reading->lines[part], ReadingLine, i);

				/* A quoted line is another mail's. */
				if (pattern_list_fitting(kind->lists[KIND_LINE],
							 &line->folded, NULL) != NULL &&
				    !reading_is_quoted(line))
					return kind;
			}
	}

	return NULL;
}

static const Kind *
kind_by_link(const Network *network, const Reading *reading)
{
	for (size_t i = 0; i < network->kinds->len; i++) {
		const Kind *kind = network->kinds->pdata[i];

		if (network_has_link(network, reading, kind->lists[KIND_LINK]))
			return kind;
	}

	return NULL;
}

static const Kind *
kind_of_subject(const Network *network, KindList level, const Reading *reading)
{
	for (size_t i = 0; i < network->kinds->len; i++) {
		const Kind *kind = network->kinds->pdata[i];

		if (network_subject_fitting(kind->lists[level],
					    &reading->folded_subject) != NULL)
			return kind;
	}

	return NULL;
}

static const Kind *
kind_by_subject(const Network *network, const Reading *reading)
{
	return kind_of_subject(network, KIND_SUBJECT, reading);
}

/*
 * Networks mailed in the inviter's own name, too (Unyk in 2009): then the Message-ID
 * says whose subject it is.
 */
static const Kind *
kind_by_own_subject(const Network *network, const Reading *reading)
{
	const Head *head = message_head(reading->message);
	const char *id = head_get(head, "Message-ID");
	g_auto(Folded) folded = { 0 };

	folded_init(&folded, id != NULL ? id : "");
	if (!network_owns_author(network, message_author(reading->message)) &&
	    !network_has_own_trait(network, head, &folded))
		return NULL;

	return kind_of_subject(network, KIND_OWN_SUBJECT, reading);
}

static const Kind *
kind_by_from(const Network *network, const Reading *reading)
{
	return network_owns_author(network, message_author(reading->message))
		   ? kind_of_folded(network, KIND_FROM, &reading->folded_address)
		   : NULL;
}

const Kind *
network_kind_by(const Network *network, const Reading *reading, KindList level)
{
	static const Kind *(*const kind_by[KIND_LAST])(const Network *,
						       const Reading *) = {
		[KIND_METHOD] = kind_by_method,
		[KIND_TEMPLATE] = kind_by_template,
		[KIND_LINE] = kind_by_line,
		[KIND_LINK] = kind_by_link,
		[KIND_SUBJECT] = kind_by_subject,
		[KIND_OWN_SUBJECT] = kind_by_own_subject,
		[KIND_FROM] = kind_by_from,
	};

	return kind_by[level](network, reading);
}

const Kind *
network_kind(const Network *network, const Reading *reading)
{
	const Kind *kind = NULL;

	for (size_t level = 0; level < KIND_LAST && kind == NULL; level++)
		kind = network_kind_by(network, reading, (KindList)level);

	return kind;
}
