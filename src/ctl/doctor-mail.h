/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	doctor-mail - the doctor's test mails
 */
#ifndef DOCTOR_MAIL_H
#define DOCTOR_MAIL_H

#include "ctl/doctor.h"

/* Through the milter alone. */
void doctor_mail_milter(Doctor *doctor);

/* Through the MTA to --mail, by sendmail(1); nothing where it is not given. */
void doctor_mail_mta(Doctor *doctor);

#endif
