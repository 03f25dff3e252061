-- SPDX-License-Identifier: BSD-2-Clause
-- Mail of no network: accepted at the end of its header, or, where its sender
-- wrote fields of ours, rid of them at the end of the message.

local function fail(why)
	error(why)
end

local conn = mt.connect(socket, 20, 0.1)
if conn == nil then fail("no connection to " .. socket) end

mt.mailfrom(conn, "<a@example.org>")
mt.rcptto(conn, "<marieke@example.net>")
mt.header(conn, "From", "a@example.org")
mt.header(conn, "Subject", "lunch")
mt.eoh(conn)
if mt.getreply(conn) ~= SMFIR_ACCEPT then fail("ordinary mail is not accepted") end

mt.mailfrom(conn, "<a@example.org>")
mt.rcptto(conn, "<marieke@example.net>")
mt.header(conn, "From", "a@example.org")
mt.header(conn, "INVITE-verdict", "known")
mt.header(conn, "Invite-Verdict", "known")
mt.header(conn, "invite-reply", "yes")
mt.eoh(conn)
if mt.getreply(conn) ~= SMFIR_CONTINUE then fail("fields of the sender are not seen") end
mt.bodystring(conn, "Hello\r\n")
if mt.getreply(conn) ~= SMFIR_SKIP then fail("the body is not skipped") end
mt.eom(conn)
if mt.getreply(conn) ~= SMFIR_CONTINUE then fail("no answer at end of message") end
if not mt.eom_check(conn, MT_HDRDELETE, "Invite-Verdict") or
   not mt.eom_check(conn, MT_HDRDELETE, "Invite-Reply") then
	fail("fields of the sender stay")
end
if mt.eom_check(conn, MT_HDRINSERT) or mt.eom_check(conn, MT_BODYCHANGE) then
	fail("ordinary mail is changed")
end
mt.disconnect(conn)
