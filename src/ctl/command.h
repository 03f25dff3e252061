/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	command - the commands of invitectl, one file each
 *
 * DESCRIPTION
 *	A command gets what stands on its command line, writes its answer to out
 *	and returns the exit status (sysexits.h).
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdio.h>

#include "ctl/options.h"

typedef int CommandRun(const Options *options, FILE *out);

typedef struct {
	const char *name; /* "people list" where several begin with one word */
	CommandRun *run;
	OptionsOf options;
	unsigned least, most;  /* other arguments */
	const char *arguments; /* as they stand in the synopsis */
	const char *help;
} Command;

int command_backtest(const Options *options, FILE *out);
int command_classify(const Options *options, FILE *out);
int command_close(const Options *options, FILE *out);
int command_config(const Options *options, FILE *out);
int command_digest(const Options *options, FILE *out);
int command_doctor(const Options *options, FILE *out);
int command_evaluate(const Options *options, FILE *out);
int command_explain_policy(const Options *options, FILE *out);
int command_export(const Options *options, FILE *out);
int command_filter(const Options *options, FILE *out);
int command_learn(const Options *options, FILE *out);
int command_list(const Options *options, FILE *out);
int command_mark(const Options *options, FILE *out);
int command_network(const Options *options, FILE *out);
int command_note(const Options *options, FILE *out);
int command_people(const Options *options, FILE *out);
int command_purge(const Options *options, FILE *out);
int command_reply(const Options *options, FILE *out);
int command_scan(const Options *options, FILE *out);
int command_show(const Options *options, FILE *out);
int command_skeleton(const Options *options, FILE *out);
int command_status(const Options *options, FILE *out);
int command_train(const Options *options, FILE *out);

#endif
