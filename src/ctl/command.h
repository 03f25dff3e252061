/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	command - the commands of invitectl, one file each
 *
 * DESCRIPTION
 *	A command gets its own arguments, argv[0] being its name, writes its
 *	answer to out and returns the exit status (sysexits.h).
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdio.h>

typedef struct {
	const char *name;
	int (*run)(int argc, char **argv, FILE *out);
	const char *synopsis;
	const char *help;
} Command;

int command_backtest(int argc, char **argv, FILE *out);
int command_explain_policy(int argc, char **argv, FILE *out);
int command_classify(int argc, char **argv, FILE *out);
int command_evaluate(int argc, char **argv, FILE *out);
int command_learn(int argc, char **argv, FILE *out);
int command_mark(int argc, char **argv, FILE *out);
int command_network(int argc, char **argv, FILE *out);
int command_note(int argc, char **argv, FILE *out);
int command_people(int argc, char **argv, FILE *out);
int command_reply(int argc, char **argv, FILE *out);
int command_train(int argc, char **argv, FILE *out);

#endif
