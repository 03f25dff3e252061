/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation.c - keeps an owner's list of invitations */

#include "config.h"

#include "people/invitation.h"
#include "people/invitation-judgement.h"

/* As many are dropped at once, so that few mails have to look for them. */
#define DROP_AT_ONCE 20

/* The kinds of clues, in the order in which they are believed. */
typedef enum {
	CLUE_MAIL,
	CLUE_PROFILE,
	CLUE_ADDRESS,
	CLUE_NAME,
	CLUE_NOBODY, /* a forgery, or it names nobody */
	CLUE_LAST
} ClueKind;

typedef struct {
	gint64 clues[CLUE_LAST]; /* 0: none of this kind */
} Clues;

/* 0 for NULL. */
static gint64
clue(char letter, const char *text)
{
	g_autofree char *lower = text != NULL ? g_ascii_strdown(text, -1) : NULL;
	g_autofree char *whole =
	    lower != NULL ? g_strdup_printf("%c%s", letter, lower) : NULL;

	return store_invitation_clue(whole);
}

static Clues
clues_of(const StoreInvitation *said)
{
	Clues clues = { 0 };

	clues.clues[CLUE_MAIL] = clue('m', said->texts[STORE_INVITATION_MESSAGE_ID]);
	if (said->trust > 0) {
		clues.clues[CLUE_PROFILE] =
		    clue('p', said->texts[STORE_INVITATION_PROFILE_KEY]);
		clues.clues[CLUE_ADDRESS] =
		    clue('a', said->texts[STORE_INVITATION_ADDRESS]);
		clues.clues[CLUE_NAME] =
		    clue('n', said->texts[STORE_INVITATION_NAME_KEY]);
	}
	if (clues.clues[CLUE_PROFILE] == 0 && clues.clues[CLUE_ADDRESS] == 0 &&
	    clues.clues[CLUE_NAME] == 0)
		clues.clues[CLUE_NOBODY] =
		    clue('o', said->trust > 0 ? "unnamed" : "forged");

	return clues;
}

/* Are they the same there?  A text that is not known is no difference. */
static bool
agree(const StoreInvitation *a, const StoreInvitation *b, StoreInvitationText text)
{
	return a->texts[text] == NULL || b->texts[text] == NULL ||
	       g_str_equal(a->texts[text], b->texts[text]);
}

/* Could a row that has a clue of the other's be the same inviter's same invitation? */
static bool
is_like(const StoreInvitation *row, const StoreInvitation *like)
{
	return agree(row, like, STORE_INVITATION_NETWORK) &&
	       agree(row, like, STORE_INVITATION_REQUEST) &&
	       (row->trust > 0) == (like->trust > 0);
}

static bool
is_same_inviter(const StoreInvitation *row, const StoreInvitation *like, ClueKind kind)
{
	return kind == CLUE_MAIL || agree(row, like, STORE_INVITATION_PROFILE_KEY);
}

/*
 * The row that the mail belongs to, the one that was seen last; NULL for none, or, by
 * CLUE_MAIL, for one that was forgotten.
 */
static bool
find_row(StoreWriter *writer, const char *owner, const StoreInvitation *said,
	 const Clues *clues, StoreInvitation **row_out, ClueKind *by_out, GError **error)
{
	g_autoptr(StoreInvitation) found = NULL;
	ClueKind kind;

	for (kind = 0; kind < CLUE_LAST && found == NULL; kind++) {
		g_autoptr(GArray) ids = NULL;

		if (clues->clues[kind] == 0)
			continue;
		if (!store_invitation_writer_find(writer, owner, &clues->clues[kind], 1,
						  &ids, error))
			return false;
		for (size_t i = 0; i < ids->len; i++) {
			gint64 id = g_array_index(ids, gint64, i);
			g_autoptr(StoreInvitation) row = NULL;

			if (id == STORE_INVITATION_FORGOTTEN) {
				if (kind != CLUE_MAIL)
					continue;
				*by_out = CLUE_MAIL;
				*row_out = NULL;
				return true;
			}
			if (!store_invitation_writer_get(writer, owner, id, &row, error))
				return false;
			if (row == NULL || !is_like(row, said) ||
			    !is_same_inviter(row, said, kind) ||
			    (found != NULL && found->last >= row->last))
				continue;
			store_invitation_free(found);
			found = g_steal_pointer(&row);
			*by_out = kind;
		}
	}
	*row_out = g_steal_pointer(&found);

	return true;
}

static bool
move(StoreInvitation *row, InvitationEvent event, gint64 when)
{
	InvitationState state;
	InvitationWhy why;

	if (!invitation_state_after((InvitationState)row->state, (InvitationWhy)row->why,
				    event, &state, &why))
		return false;
	row->state = (int)state;
	row->why = (int)why;
	row->state_when = when;

	return true;
}

/* All that it says is another invitation's. */
static void
begin_anew(StoreInvitation *row, const StoreInvitation *said, gint64 when)
{
	/* They are valid and cut already. */
	for (int i = 0; i < STORE_INVITATION_LAST; i++) {
		g_free(row->texts[i]);
		row->texts[i] = g_strdup(said->texts[i]);
	}
	row->worth = said->worth;
	row->trust = said->trust;
	row->first = row->last = when;
	row->reminders = 0;
}

static InvitationKept
add_mail(StoreInvitation *row, const StoreInvitation *said, InvitationMail mail,
	 gint64 when)
{
	InvitationEvent event =
	    mail == INVITATION_REMINDER ? INVITATION_REMINDED : INVITATION_CAME;
	/* An old mail tells nothing of what its owner did since. */
	bool is_reopened = when > row->state_when && move(row, event, when);

	if (is_reopened && mail == INVITATION_FIRST_MAIL) {
		begin_anew(row, said, when);
		return INVITATION_REOPENED;
	}
	invitation_judgement_add(row, said, when);
	row->reminders++;
	row->first = MIN(row->first, when);
	row->last = MAX(row->last, when);

	return is_reopened ? INVITATION_REOPENED : INVITATION_AGAIN;
}

static StoreInvitation *
first_of(const StoreInvitation *said, gint64 when)
{
	StoreInvitation *row = store_invitation_new();

	begin_anew(row, said, when);
	row->state = INVITATION_STATE_OPEN;
	row->why = INVITATION_WHY_CAME;
	row->state_when = when;

	return row;
}

static bool
make_room(StoreWriter *writer, const char *owner, size_t count, GError **error)
{
	g_autoptr(GArray) ids = NULL;

	return count <= STORE_INVITATION_MAX_COUNT ||
	       (store_invitation_least(writer, owner, G_MININT64, DROP_AT_ONCE, &ids,
				       error) &&
		store_invitation_drop(writer, owner, ids, STORE_INVITATION_COUNTED,
				      error));
}

/*
 * A mail that has no Message-ID, or none that is kept, is taken for a new one only if it
 * came after all that were counted.
 */
static bool
is_counted(const StoreInvitation *row, const Clues *clues, gint64 when)
{
	return (clues->clues[CLUE_MAIL] == 0 ||
		row->reminders + 1 >= INVITATION_MAX_MAILS) &&
	       when <= row->last;
}

/* *id_out: the invitation's; *count_out: as of store_invitation_put(). */
static bool
add(StoreWriter *writer, const char *owner, const StoreInvitation *said,
    InvitationMail mail, gint64 when, InvitationKept *kept_out, gint64 *id_out,
    size_t *count_out, GError **error)
{
	Clues clues = clues_of(said);
	g_autoptr(StoreInvitation) row = NULL;
	InvitationKept kept = INVITATION_NEW;
	ClueKind by = CLUE_LAST;

	if (!find_row(writer, owner, said, &clues, &row, &by, error))
		return false;
	if (by == CLUE_MAIL || (row != NULL && is_counted(row, &clues, when))) {
		*kept_out = INVITATION_SEEN;
		return true;
	}
	if (row != NULL)
		kept = add_mail(row, said, mail, when);
	else
		row = first_of(said, when);
	if (row->reminders >= INVITATION_MAX_MAILS)
		clues.clues[CLUE_MAIL] = 0;
	if (!store_invitation_put(writer, owner, row, count_out, error) ||
	    !store_invitation_add_clues(writer, owner, row->id, clues.clues, CLUE_LAST,
					error))
		return false;
	*id_out = row->id;
	*kept_out = kept;

	return true;
}

bool
invitation_record(StoreWriter *writer, const char *owner, const StoreInvitation *said,
		  InvitationMail mail, gint64 when, InvitationKept *kept_out,
		  GError **error)
{
	size_t count = 0;
	gint64 id;

	return add(writer, owner, said, mail, when, kept_out, &id, &count, error) &&
	       make_room(writer, owner, count, error);
}

bool
invitation_record_old(StoreWriter *writer, const char *owner, const StoreInvitation *said,
		      InvitationMail mail, gint64 when, gint64 open_since,
		      InvitationKept *kept_out, GError **error)
{
	g_autoptr(GArray) ids = NULL;
	bool is_itself;
	size_t count = 0;
	gint64 id = 0;

	if (!add(writer, owner, said, mail, when, kept_out, &id, &count, error))
		return false;
	if (count <= STORE_INVITATION_MAX_COUNT)
		return true;
	/* No more than one, or what went would come back when it is read again. */
	if (!store_invitation_least(writer, owner, open_since, 1, &ids, error))
		return false;
	is_itself = ids->len > 0 && g_array_index(ids, gint64, 0) == id;
	*kept_out = INVITATION_BEYOND;

	return store_invitation_drop(
	    writer, owner, ids,
	    is_itself ? STORE_INVITATION_UNMADE : STORE_INVITATION_COUNTED, error);
}

/* The arguments of invitation_keep() on their way through a transaction. */
typedef struct {
	const char *owner;
	const StoreInvitation *said;
	InvitationMail mail;
	gint64 when;
	InvitationKept *kept_out;
} Arrival;

static bool
record(StoreWriter *writer, void *context, GError **error)
{
	const Arrival *arrival = context;

	return invitation_record(writer, arrival->owner, arrival->said, arrival->mail,
				 arrival->when, arrival->kept_out, error);
}

bool
invitation_keep(Store *store, const char *owner, const StoreInvitation *said,
		InvitationMail mail, gint64 when, InvitationKept *kept_out,
		GError **error)
{
	Arrival arrival = { owner, said, mail, when, kept_out };

	return store_change(store, record, &arrival, error);
}

bool
invitation_find(Store *store, const char *owner, const StoreInvitation *like,
		GArray **ids_out, GError **error)
{
	Clues clues = clues_of(like);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(gint64));

	for (ClueKind kind = 0; kind < CLUE_NOBODY && found->len == 0; kind++) {
		g_autoptr(GArray) ids = NULL;

		if (clues.clues[kind] == 0)
			continue;
		if (!store_invitation_find(store, owner, &clues.clues[kind], 1, &ids,
					   error))
			return false;
		for (size_t i = 0; i < ids->len; i++) {
			gint64 id = g_array_index(ids, gint64, i);
			g_autoptr(StoreInvitation) row = NULL;

			if (!store_invitation_get(store, owner, id, &row, error))
				return false;
			if (row != NULL && (kind == CLUE_MAIL || is_like(row, like)) &&
			    is_same_inviter(row, like, kind))
				g_array_append_val(found, id);
		}
	}
	*ids_out = g_steal_pointer(&found);

	return true;
}

/* Something that happened, on its way through a transaction. */
typedef struct {
	const char *owner;
	const gint64 *ids;
	size_t count;
	InvitationEvent event;
	gint64 when;
	InvitationChange *changes;
	const StoreInvitation *said; /* NULL: nothing more is known */
} Happening;

static bool
happen(StoreWriter *writer, void *context, GError **error)
{
	const Happening *happening = context;

	for (size_t i = 0; i < happening->count; i++) {
		g_autoptr(StoreInvitation) row = NULL;
		InvitationChange change = { .kind = INVITATION_NONE };
		size_t count;

		if (!store_invitation_writer_get(writer, happening->owner,
						 happening->ids[i], &row, error))
			return false;
		if (row != NULL) {
			change.was = (InvitationState)row->state;
			change.kind = move(row, happening->event, happening->when)
					  ? INVITATION_CHANGED
					  : INVITATION_UNCHANGED;
		}
		if (row != NULL && happening->said != NULL &&
		    happening->said->trust >= row->trust &&
		    happening->said->worth > row->worth) {
			invitation_judgement_take(row, happening->said);
			change.kind = INVITATION_CHANGED;
		}
		if (change.kind == INVITATION_CHANGED &&
		    !store_invitation_put(writer, happening->owner, row, &count, error))
			return false;
		if (happening->changes != NULL)
			happening->changes[i] = change;
	}

	return true;
}

bool
invitation_happened(Store *store, const char *owner, const gint64 *ids, size_t count,
		    InvitationEvent event, gint64 when, InvitationChange *changes_out,
		    GError **error)
{
	Happening happening = { owner, ids, count, event, when, changes_out, NULL };

	g_assert(count <= INVITATION_BATCH);

	return count == 0 || store_change(store, happen, &happening, error);
}

bool
invitation_filed(Store *store, const char *owner, const StoreInvitation *said,
		 InvitationEvent event, gint64 when, GError **error)
{
	g_autoptr(GArray) ids = NULL;
	Happening happening = {
		.owner = owner,
		.event = event,
		.when = when,
		.said = event == INVITATION_MOVED_BACK ? said : NULL,
	};

	if (!invitation_find(store, owner, said, &ids, error))
		return false;
	happening.ids = (const gint64 *)ids->data;
	happening.count = MIN(ids->len, INVITATION_BATCH);

	return ids->len == 0 || store_change(store, happen, &happening, error);
}

/* Those that a mail to this person answers. */
static bool
find_answered(Store *store, const char *owner, const Contact *contact, GArray *ids,
	      GError **error)
{
	g_autoptr(GArray) clues = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GArray) found = NULL;

	for (size_t i = 0; i < contact->answered->len; i++) {
		gint64 answered = clue('m', contact->answered->pdata[i]);

		g_array_append_val(clues, answered);
	}
	for (size_t i = 0; i < contact->addresses->len; i++) {
		gint64 address = clue('a', contact->addresses->pdata[i]);

		g_array_append_val(clues, address);
	}
	if (!store_invitation_find(store, owner, (const gint64 *)clues->data, clues->len,
				   &found, error))
		return false;
	for (size_t i = 0; i < found->len && ids->len < INVITATION_BATCH; i++)
		g_array_append_val(ids, g_array_index(found, gint64, i));

	return true;
}

bool
invitation_mailed(Store *store, const char *owner, const GArray *contacts, gint64 when,
		  GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	/* Most mails answer none, so a transaction begins only where one does. */
	for (size_t i = 0; i < contacts->len; i++)
		if (!find_answered(store, owner, &g_array_index(contacts, Contact, i),
				   ids, error))
			return false;

	return invitation_happened(store, owner, (const gint64 *)ids->data, ids->len,
				   INVITATION_MAILED, when, NULL, error);
}

bool
invitation_forget(StoreWriter *writer, const char *owner, gint64 id, gint64 when,
		  GError **error)
{
	g_autoptr(StoreInvitation) row = NULL;
	Clues clues;

	if (!store_invitation_writer_get(writer, owner, id, &row, error))
		return false;
	if (row == NULL)
		return true;
	clues = clues_of(row);
	/* Of who it was nothing stays, only which mails told of it. */
	clues.clues[CLUE_MAIL] = 0;

	return store_invitation_forget(writer, owner, id, clues.clues, CLUE_LAST, when,
				       error);
}

bool
invitation_is_due(const StoreInvitation *invitation, gint64 now)
{
	return invitation->state == INVITATION_STATE_OPEN && invitation->worth > 0 &&
	       now - invitation->first >= INVITATION_DUE;
}
