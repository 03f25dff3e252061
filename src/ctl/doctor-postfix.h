/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	doctor-postfix - the doctor's checks of Postfix's settings
 */
#ifndef DOCTOR_POSTFIX_H
#define DOCTOR_POSTFIX_H

#include "ctl/doctor.h"

void doctor_postfix_running(Doctor *doctor);
void doctor_postfix_milters(Doctor *doctor);
void doctor_postfix_services(Doctor *doctor);
void doctor_postfix_skipped(Doctor *doctor);
void doctor_postfix_headers(Doctor *doctor);
void doctor_postfix_filter(Doctor *doctor);

#endif
