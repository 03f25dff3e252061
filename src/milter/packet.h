/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	packet - is what the MTA sends a packet that libmilter can take?
 *
 * DESCRIPTION
 *	A packet is its length in four bytes, a command of one byte, which counts,
 *	and what belongs to the command.  libmilter reads beyond its memory where
 *	macros are an odd number of strings, and hangs up without a word at much
 *	else.
 *
 *	packet_read() looks at the first packet of some bytes.  It says that one
 *	is bad as soon as it can be known, and never that less than a whole one is
 *	good.
 *
 * RETURN VALUE
 *	PACKET_WHOLE with the size of the packet, its length included.
 *	PACKET_CUT where more bytes are needed, with the size if it is known, else 0.
 *	PACKET_BAD with the reason, a few words that the log may tell.
 */
#ifndef PACKET_H
#define PACKET_H

#include <stddef.h>

/*
 * Bytes behind the command.  Postfix lets a header field of 102400 bytes through;
 * libmilter would hang up at 65535.
 */
#define PACKET_MAX_BYTES (1 << 20)

typedef enum {
	PACKET_CUT,
	PACKET_WHOLE,
	PACKET_BAD,
} PacketState;

typedef enum {
	PACKET_OPENS,   /* the first one of its connection: the negotiation */
	PACKET_FOLLOWS, /* any other */
} PacketPlace;

PacketState packet_read(const char *bytes, size_t length, PacketPlace place,
			size_t *size_out, const char **why_out);

#endif
