/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	doctor-sendmail - the doctor's check of Sendmail's settings
 */
#ifndef DOCTOR_SENDMAIL_H
#define DOCTOR_SENDMAIL_H

#include "ctl/doctor.h"

#define DOCTOR_SENDMAIL_FILE "/etc/mail/sendmail.cf"

/* Reads sendmail.cf; what it says is cured in sendmail.mc, by hand. */
void doctor_sendmail_filters(Doctor *doctor);

#endif
