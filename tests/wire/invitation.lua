-- SPDX-License-Identifier: BSD-2-Clause
-- An invitation gets its fields; the same from an authenticated sender passes.

local function fail(why)
	error(why)
end

local function head(conn)
	mt.rcptto(conn, "<marieke@example.net>")
	mt.header(conn, "From", "Kwabena Osei-Tutu via LinkedIn <invitations@linkedin.com>")
	mt.header(conn, "Subject", "I want to connect")
	mt.header(conn, "To", "Marieke Duivenvoorde <marieke@example.net>")
	mt.header(conn, "MIME-Version", "1.0")
	mt.header(conn, "Content-Type",
	    "multipart/alternative; boundary=\"" .. boundary() .. "\"")
	mt.eoh(conn)
end

-- The first line of the body is its boundary.
function boundary()
	local line = io.open(body):read("*l")
	return (line:gsub("^%-%-", ""):gsub("\r$", ""))
end

local conn = mt.connect(socket, 20, 0.1)
if conn == nil then fail("no connection to " .. socket) end

mt.mailfrom(conn, "<a@example.org>")
head(conn)
if mt.getreply(conn) ~= SMFIR_CONTINUE then fail("the invitation is not kept") end
mt.bodyfile(conn, body)
mt.eom(conn)
if mt.getreply(conn) ~= SMFIR_CONTINUE then fail("no answer at end of message") end
for _, name in ipairs({ "Invite-Verdict", "Invite-Reasons", "Invite-From",
    "Invite-Suggestion", "Invite-Reply" }) do
	if not mt.eom_check(conn, MT_HDRINSERT, name) then fail(name .. " is missing") end
end
if mt.eom_check(conn, MT_BODYCHANGE) then fail("the body is changed unasked") end
if mt.getheader(conn, "Invite-Verdict", 0):match("^default%-text;") == nil then
	fail("wrong verdict: " .. mt.getheader(conn, "Invite-Verdict", 0))
end

mt.macro(conn, SMFIC_MAIL, "{auth_authen}", "marieke")
mt.mailfrom(conn, "<a@example.org>")
head(conn)
if mt.getreply(conn) ~= SMFIR_ACCEPT then fail("outgoing mail is judged") end
mt.disconnect(conn)
