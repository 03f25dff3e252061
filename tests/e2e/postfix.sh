#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# NAME
#	postfix.sh - a Postfix of its own, beside the system's
#
# SYNOPSIS
#	postfix.sh start DIR SETTINGS LISTENER...
#	postfix.sh stop DIR
#
# DESCRIPTION
#	Configuration, queue and log (DIR/log) lie in DIR, which must be
#	absolute, short, and open to the user postfix (mode 755).  SETTINGS is a
#	file of lines for main.cf.  A LISTENER is a port of 127.0.0.1, and after
#	it what else stands on its line of master.cf: "2525 -o name=value".
#	Needs root.  The system's own Postfix and its settings are not touched.
#
# EXIT STATUS
#	0, 1 where Postfix did not start, 2 at bad usage.
set -eu

die()
{
	echo "postfix.sh: $*" >&2
	exit 2
}

main_cf()
{
	cat <<END
compatibility_level = 3.6
queue_directory = $dir/spool
data_directory = $dir/data
daemon_directory = $(postconf -dh daemon_directory)
command_directory = $(postconf -dh command_directory)
mail_owner = postfix
setgid_group = postdrop
maillog_file = $dir/log
maillog_file_prefixes = $dir
multi_instance_enable = no
myhostname = mx.example.net
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
smtpd_tls_security_level = none
smtp_tls_security_level = none
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
local_header_rewrite_clients =
disable_dns_lookups = yes
in_flow_delay = 0
END
	cat "$1"
}

master_cf()
{
	for listener; do
		echo "127.0.0.1:${listener%% *} inet n - n - - smtpd"
		[ "$listener" = "${listener#* }" ] || echo "    ${listener#* }"
	done
	cat <<END
pickup    unix  n  -  n  60    1  pickup
cleanup   unix  n  -  n  -     0  cleanup
qmgr      unix  n  -  n  300   1  qmgr
tlsmgr    unix  -  -  n  1000? 1  tlsmgr
rewrite   unix  -  -  n  -     -  trivial-rewrite
bounce    unix  -  -  n  -     0  bounce
defer     unix  -  -  n  -     0  bounce
trace     unix  -  -  n  -     0  bounce
verify    unix  -  -  n  -     1  verify
flush     unix  n  -  n  1000? 0  flush
proxymap  unix  -  -  n  -     -  proxymap
proxywrite unix -  -  n  -     1  proxymap
smtp      unix  -  -  n  -     -  smtp
relay     unix  -  -  n  -     -  smtp
showq     unix  n  -  n  -     -  showq
error     unix  -  -  n  -     -  error
retry     unix  -  -  n  -     -  error
discard   unix  -  -  n  -     -  discard
virtual   unix  -  n  n  -     -  virtual
lmtp      unix  -  -  n  -     -  lmtp
anvil     unix  -  -  n  -     1  anvil
scache    unix  -  -  n  -     1  scache
postlog   unix-dgram n - n  -  1  postlogd
END
}

start()
{
	settings=$1
	shift
	# The sockets in the queue folder must fit into sun_path.
	[ ${#dir} -le 60 ] || die "$dir: more than 60 characters"
	[ ! -e "$dir/etc" ] || die "$dir is in use"
	mkdir -p "$dir/etc" "$dir/spool" "$dir/data"
	chmod 755 "$dir" "$dir/etc" "$dir/spool"
	chown postfix "$dir/data"
	main_cf "$settings" > "$dir/etc/main.cf"
	master_cf "$@" > "$dir/etc/master.cf"
	postfix -c "$dir/etc" start > "$dir/start.log" 2>&1 && await_master ||
	    { cat "$dir/start.log" "$dir/log" >&2 2>/dev/null || :; exit 1; }
}

# A port that is taken may end the master after "postfix start" has gone.  It tells one
# or the other, however long that takes, unless it hangs.
await_master()
{
	i=0
	while [ $i -lt 600 ]; do
		if grep -qs 'daemon started' "$dir/log"; then
			sleep 0.1
			postfix -c "$dir/etc" status 2>/dev/null
			return
		fi
		! grep -qs 'fatal: ' "$dir/log" || return 1
		sleep 0.2
		i=$((i + 1))
	done
	return 1
}

stop()
{
	[ -d "$dir/etc" ] || return 0
	postfix -c "$dir/etc" stop > /dev/null 2>&1 || :
}

[ $# -ge 2 ] || die "usage: postfix.sh start DIR SETTINGS LISTENER... | stop DIR"
command=$1 dir=$2
shift 2
case $dir in
/*) ;;
*) die "$dir: not absolute" ;;
esac
PATH=$PATH:/usr/sbin:/sbin
export PATH

case $command in
start)
	[ $# -ge 2 ] || die "start needs DIR SETTINGS LISTENER..."
	start "$@"
	;;
stop)
	stop
	;;
*)
	die "what is \"$command\"?"
	;;
esac
