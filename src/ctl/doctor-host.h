/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	doctor-host - the doctor's checks of folders, the store and the daemon
 */
#ifndef DOCTOR_HOST_H
#define DOCTOR_HOST_H

#include "ctl/doctor.h"

void doctor_host_settings(Doctor *doctor);
void doctor_host_store(Doctor *doctor);
void doctor_host_folder(Doctor *doctor);
void doctor_host_daemon(Doctor *doctor);
void doctor_host_reach(Doctor *doctor);
void doctor_host_curators(Doctor *doctor);
void doctor_host_control(Doctor *doctor);
void doctor_host_logins(Doctor *doctor);
void doctor_host_signs(Doctor *doctor);

/* Tells how the socket's folder is made. */
void doctor_host_cure_folder(Doctor *doctor, const char *folder);

#endif
