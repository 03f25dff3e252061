-- SPDX-License-Identifier: BSD-2-Clause
-- Observing, the daemon changes nothing, not even fields of the sender.

local conn = mt.connect(socket, 20, 0.1)
if conn == nil then error("no connection to " .. socket) end

mt.mailfrom(conn, "<a@example.org>")
mt.rcptto(conn, "<marieke@example.net>")
mt.header(conn, "From", "Jane Roe via LinkedIn <invitations@linkedin.com>")
mt.header(conn, "Subject", "I want to connect")
mt.header(conn, "Invite-Verdict", "known")
mt.eoh(conn)
mt.bodystring(conn, "I'd like to add you to my professional network on LinkedIn.\r\n")
mt.eom(conn)
if mt.eom_check(conn, MT_HDRDELETE) or mt.eom_check(conn, MT_HDRINSERT) or
   mt.eom_check(conn, MT_BODYCHANGE) then
	error("something is changed")
end
mt.disconnect(conn)
