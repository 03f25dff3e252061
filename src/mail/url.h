/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	url - where a link leads
 *
 * DESCRIPTION
 *	url_host() reads the host as a browser does: user information and port
 *	are no part of it, so "https://network.example@evil.example/" leads to
 *	evil.example.  Only the schemes http and https lead to a host.  An IPv6
 *	address is a host with its brackets.
 *
 * SEE ALSO
 *	RFC 3986, section 3.2.2
 */
#ifndef URL_H
#define URL_H

/* The host in lower case, without a final dot; NULL where the URL has none. */
char *url_host(const char *url);

#endif
