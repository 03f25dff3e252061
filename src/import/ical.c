/* SPDX-License-Identifier: BSD-2-Clause */
/* ical.c - libical, loaded when the first calendar is read */

#include "config.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "import/ical.h"

enum {
	LOADED = 1,
	MISSING,
};

static bool
load(Ical *functions)
{
	void *library = dlopen(ICAL_LIBRARY, RTLD_NOW | RTLD_LOCAL), *function;

	if (library == NULL)
		return false;
#define LOAD(name)                                                                       \
	function = dlsym(library, "ical" #name);                                         \
	if (function == NULL)                                                            \
		return false;                                                            \
	memcpy(&functions->name, &function, sizeof(function));
	ICAL_FUNCTIONS(LOAD)
#undef LOAD

	return true;
}

const Ical *
ical(void)
{
	static Ical functions;
	static gsize state;

	if (g_once_init_enter(&state)) {
		bool is_loaded = load(&functions);

		if (!is_loaded)
			g_warning("calendars cannot be read: %s", dlerror());
		g_once_init_leave(&state, is_loaded ? LOADED : MISSING);
	}

	return state == LOADED ? &functions : NULL;
}
